"""No tracked file names a folder of one machine or the host of a package index."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Put together from parts, or this file would name them itself.
FOLDERS = ("home", "root", "Users", "work", "opt", "private/var", "builds")
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org")
# A folder counts at the start of a path, not inside an address or a longer path.
PRIVATE = re.compile(rf"(?<![\w.:/*~-])/(?:{'|'.join(FOLDERS)})/|[A-Za-z]:\\+Users\\|{'|'.join(map(re.escape, HOSTS))}")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git work tree")
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def private(text: str) -> list[str]:
    return [text[max(0, found.start() - 20) : found.end() + 20] for found in PRIVATE.finditer(text)]


def test_no_tracked_file_names_a_private_place() -> None:
    found = {
        str(path.relative_to(ROOT)): places
        for path in tracked()
        if (places := private(path.read_bytes().decode("utf-8", errors="ignore")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "File '/{}/me/x.py'".format("home"),
        "/{}/main".format("work"),
        "C:\\{}\\me".format("Users"),
        "https://" + HOSTS[0],
    ],
)
def test_private_place_is_noticed(text: str) -> None:
    assert private(text) == [text[max(0, text.index(PRIVATE.search(text)[0]) - 20) :]]


@pytest.mark.parametrize(
    "text", ["https://example.net/{}/page".format("home"), "docs/{}/plan".format("work"), "n/{}/n".format("root")]
)
def test_address_and_relative_path_are_no_private_places(text: str) -> None:
    assert private(text) == []
