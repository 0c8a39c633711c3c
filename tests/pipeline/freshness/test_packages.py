from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.pipeline.freshness.packages import other_versions, packages_text
from analysis.pipeline.freshness.status import status
from analysis.pipeline.freshness.status_text import status_text, status_tree

LOCK = """\
# pandas==9 is not an entry
demo-package==1.0 \\
    --hash=sha256:00
    # via demo
absent==3.0 ; sys_platform == 'win32' \\
other==2.1
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the first folder on a path of two in which packages lie."""
    folders = [tmp_path / name for name in ("first", "second")]
    for folder, name in zip(folders, ("Demo_Package-1.1.dist-info", "demo_package-1.0.dist-info"), strict=True):
        (folder / name).mkdir(parents=True)
    (folders[1] / "other-2.1.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [*map(str, folders), str(tmp_path / "no such folder"), *sys.path])
    return folders[0]


def test_the_version_that_is_imported_is_held_against_the_lock(tmp_path: Path, installed: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK)
    assert other_versions(lock) == {"demo-package": "1.1 instead of 1.0"}
    (installed / "Demo_Package-1.1.dist-info").rename(installed / "Demo.Package-1.0.dist-info")
    assert other_versions(lock) == {}


def test_without_a_lock_nothing_is_said(tmp_path: Path) -> None:
    assert other_versions(tmp_path / "requirements.lock") == {}


def test_the_text_names_the_first_few() -> None:
    assert packages_text({}) == ""
    many = {f"p{number}": "2 instead of 1" for number in range(9)}
    assert "p5 2 instead of 1, and 3 more. `rm -r .venv`" in packages_text(many)


def test_a_package_of_another_version_makes_everything_stale_until_it_ran_and_is_named_as_long_as_it_is_there(
    fresh, installed: Path
) -> None:
    fresh.write("requirements.lock", LOCK)
    assert fresh.run() == ["alpha", "beta"]
    assert status(fresh.layout).packages == {"demo-package": "1.1 instead of 1.0"}
    warning = (
        "Installed packages are not those of requirements.lock: demo-package 1.1 instead of 1.0. "
        "`rm -r .venv` and `make setup` install those."
    )
    assert status_text(status(fresh.layout)) == f"alpha  up to date\nbeta   up to date\n\n{warning}"
    assert warning in fresh.project.said.getvalue()
    (installed / "Demo_Package-1.1.dist-info").rename(installed / "demo_package-1.2.dist-info")
    (alpha, _) = status(fresh.layout).notebooks
    assert [str(change) for change in alpha.changes] == ["packages: demo-package is 1.2 instead of 1.0"]
    assert status_tree(status(fresh.layout))["packages_of_other_versions"] == {"demo-package": "1.2 instead of 1.0"}
    (installed / "demo_package-1.2.dist-info").rename(installed / "demo_package-1.0.dist-info")
    (alpha, _) = status(fresh.layout).notebooks
    assert [str(change) for change in alpha.changes] == [
        "packages: demo-package is of the version in requirements.lock again"
    ]
    assert fresh.run() == ["alpha", "beta"]
    assert status(fresh.layout).holds
