import json
import sys

import pytest

from analysis.errors import ReproductionError
from analysis.record.manifest import check_record, read_manifest, unlisted_files, versions_in_use


def test_every_file_is_listed_with_who_made_it(record) -> None:
    manifest = check_record(record.layout)
    assert sorted([*manifest.files, "MANIFEST.json"]) == [
        name for name in sorted(record.files()) if "ipynb" not in name
    ]
    assert manifest.made_by == {"first-figure": "alpha", "other-figure": "beta"}
    assert manifest.evidence == {"table.csv": "e" * 64}


def test_no_record_yet(record) -> None:
    for path in record.layout.figures.iterdir():
        path.unlink()
    assert check_record(record.layout) is None


def test_damage_names_every_file_and_what_to_do(record) -> None:
    (record.layout.figures / "values.json").write_text("{}")
    (record.layout.figures / "first-figure.pdf").unlink()
    with pytest.raises(ReproductionError) as caught:
        check_record(record.layout)
    message = str(caught.value)
    assert "figures/first-figure.pdf is missing" in message
    assert "figures/values.json was changed after it was published" in message
    assert "other-figure" not in message
    assert "git restore figures" in message


@pytest.mark.parametrize("text", ["", "[]", "{", '{"other": 1}', '{"files": []}', "1"])
def test_a_damaged_manifest_is_named(record, text: str) -> None:
    record.layout.manifest.write_text(text)
    with pytest.raises(ReproductionError, match=r"figures/MANIFEST\.json is damaged"):
        check_record(record.layout)


@pytest.mark.parametrize("table", ["files", "made_by", "evidence"])
@pytest.mark.parametrize("name", ["../../x/evil", "/etc/passwd", "..", "a\\..\\b", ""])
def test_a_name_that_leads_elsewhere_is_damage(record, table: str, name: str) -> None:
    tree = json.loads(record.layout.manifest.read_bytes())
    tree[table][name] = "0"
    record.layout.manifest.write_text(json.dumps(tree))
    with pytest.raises(ReproductionError, match=r"MANIFEST\.json is damaged \(.* is not "):
        read_manifest(record.layout)


def test_a_missing_manifest_beside_figures_is_damage(record) -> None:
    record.layout.manifest.unlink()
    with pytest.raises(ReproductionError, match=r"MANIFEST\.json is missing beside 12 files"):
        read_manifest(record.layout)


def test_files_nobody_made_are_told_apart(record) -> None:
    (record.layout.figures / "notes.txt").write_text("x")
    assert unlisted_files(record.layout, check_record(record.layout)) == ["notes.txt"]


def test_versions_are_of_python_and_the_direct_dependencies_only(record) -> None:
    record.layout.project.write_text('[project]\ndependencies = ["pandas>=3,<4", "no-such-package ; x"]\n')
    found = versions_in_use(record.layout)
    assert list(found) == ["python", "pandas", "no-such-package"]
    assert found["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert found["no-such-package"] == "not installed"


def test_nothing_about_the_machine_is_committed(record) -> None:
    tree = json.loads(record.layout.manifest.read_bytes())
    assert sorted(tree) == ["evidence", "files", "lock_sha256", "made_by", "versions"]
