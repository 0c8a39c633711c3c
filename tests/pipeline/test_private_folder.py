from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.private_folder import PREFIX, PrivateFolder, remove_left_folders
from analysis.pipeline.warm.template import ADDRESS_VARIABLE, warm_kernels
from analysis.settings import PLAIN_KERNELS

pytestmark = pytest.mark.skipif(os.name != "posix", reason="folders are held on POSIX systems only")
KILLED = """
import os
from analysis.pipeline.private_folder import PrivateFolder
print(PrivateFolder().path, flush=True)
os._exit(9)
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def aged(folder: Path) -> Path:
    os.utime(folder, (1e9, 1e9))
    return folder


def test_what_a_killed_process_left_goes_and_what_is_held_or_not_ours_stays(tmp_path: Path) -> None:
    said = subprocess.run([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True, check=False)
    left = aged(Path(said.stdout.strip()))
    assert left.parent == tmp_path
    mine = PrivateFolder()
    aged(mine.path)
    young = Path(tempfile.mkdtemp(prefix=PREFIX))
    other = aged(Path(tempfile.mkdtemp(prefix="analysis-")))
    link = tmp_path / f"{PREFIX}link"
    link.symlink_to(other)
    remove_left_folders()
    assert sorted(tmp_path.iterdir()) == sorted([mine.path, young, other, link])
    mine.remove()
    assert not mine.path.exists()


@pytest.mark.parametrize("plain", ["", "1"])
def test_a_run_removes_them_whatever_its_kernels(monkeypatch: pytest.MonkeyPatch, plain: str) -> None:
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)
    monkeypatch.setenv(PLAIN_KERNELS, plain)
    left = aged(Path(tempfile.mkdtemp(prefix=PREFIX)))
    with warm_kernels(kernel_environment(None, private=Path(os.devnull))):
        assert not left.exists()
