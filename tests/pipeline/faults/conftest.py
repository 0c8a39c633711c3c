"""Real disks that are full or read-only, for tests that may make them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


def _mounted(*arguments: str) -> bool:
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@pytest.fixture
def mounts() -> Iterator[list[Path]]:
    """Return the list of folders something was mounted on; all are released after the test."""
    made: list[Path] = []
    yield made
    for folder in reversed(made):
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def small_disk(mounts: list[Path]) -> Callable[[Path], Path]:
    """Return what puts a disk of one megabyte at a folder, keeping the files in it."""

    def put(folder: Path) -> Path:
        kept = folder.with_name(f"{folder.name}-kept")
        folder.rename(kept)
        folder.mkdir()
        if not _mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)):
            pytest.skip("a full disk is a small tmpfs, and this user or container may not mount one")
        mounts.append(folder)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        return folder

    return put


def fill(disk: Path) -> Path:
    """Write until the disk is full to the last byte, and return the file that fills it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        for size in (65536, 4096, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                pass
    return filler


@pytest.fixture(name="fill")
def _fill() -> Callable[[Path], Path]:
    return fill


@pytest.fixture
def make_read_only(mounts: list[Path]) -> Iterator[Callable[[Path], Callable[[], None]]]:
    """Return what makes a folder read-only, for the superuser too, and returns what makes it writable again."""
    modes: dict[Path, int] = {}

    def lock(folder: Path) -> Callable[[], None]:
        if os.name == "posix" and os.geteuid() != 0:
            modes[folder] = folder.stat().st_mode
            folder.chmod(0o555)
            return lambda: folder.chmod(modes[folder])
        if not _mounted("--bind", str(folder), str(folder)):
            pytest.skip("permissions do not bind the superuser, and this one may not mount a read-only folder")
        mounts.append(folder)
        if not _mounted("-o", "remount,ro,bind", str(folder)):
            pytest.skip("permissions do not bind the superuser, and this one may not mount a read-only folder")
        return lambda: subprocess.run(["mount", "-o", "remount,rw,bind", str(folder)], check=True)

    yield lock
    for folder, mode in modes.items():
        folder.chmod(mode)
