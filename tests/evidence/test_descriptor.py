"""Nothing in a descriptor may make a reader open something outside the folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from analysis.errors import EvidenceError
from analysis.evidence.descriptor import read_descriptor


def write(folder: Path, package: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def resource(**changes: Any) -> dict[str, Any]:
    schema = {"fields": [{"name": "id", "type": "string"}], "primaryKey": "id"}
    return {"name": "t", "path": "t.csv", "schema": schema, **changes}


def refusal(folder: Path) -> str:
    with pytest.raises(EvidenceError) as caught:
        read_descriptor(folder)
    return str(caught.value)


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("https://example.org/t.csv", "must not be remote"),
        ("file:///etc/passwd", "must not be remote"),
        ("//host/share/t.csv", "must not be remote"),
        ("\\\\host\\share\\t.csv", "must not be remote"),
        ("C:\\t.csv", "must not be remote"),
        ("/etc/passwd", "must not be absolute"),
        ("~/t.csv", "must not be absolute"),
        ("../t.csv", "must not contain .."),
        ("sub/../../t.csv", "must not contain .."),
        ("sub\\..\\..\\t.csv", "is written with / and names one file"),
        ("*.csv", "is written with / and names one file"),
        ("", "has one file, named by `path`"),
        (["a.csv", "b.csv"], "has one file, named by `path`"),
        (None, "has one file, named by `path`"),
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: Any, rule: str) -> None:
    folder = write(tmp_path / "p", {"resources": [resource(path=path)]})
    assert rule in refusal(folder)


@pytest.mark.parametrize("kind", ["file", "folder", "loop"])
def test_a_symbolic_link_that_leaves_the_folder_is_refused(tmp_path: Path, kind: str) -> None:
    folder = write(tmp_path / "p", {"resources": [resource(path="sub/t.csv" if kind == "folder" else "t.csv")]})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "t.csv").write_text("id\nsecret\n")
    if kind == "file":
        (folder / "t.csv").symlink_to(outside / "t.csv")
    elif kind == "folder":
        (folder / "sub").symlink_to(outside, target_is_directory=True)
    else:
        (folder / "t.csv").symlink_to(folder / "t.csv")
    message = refusal(folder)
    assert "must not leave the folder, not even by a symbolic link" in message
    assert "secret" not in message


def test_a_descriptor_behind_a_symbolic_link_is_refused(tmp_path: Path) -> None:
    real = write(tmp_path / "real", {"resources": [resource()]})
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "datapackage.json").symlink_to(real / "datapackage.json")
    assert "not behind a symbolic link" in refusal(folder)


def test_a_link_that_stays_inside_is_allowed(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", {"resources": [resource()]})
    (folder / "kept.csv").write_text("id\n")
    (folder / "t.csv").symlink_to("kept.csv")
    assert read_descriptor(folder).files == ("t.csv",)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"schema": "schema.json"}, "schema"),
        ({"schema": "https://example.org/schema.json"}, "schema"),
        ({"dialect": "dialect.json"}, "dialect"),
        ({"profile": "https://example.org/profile.json"}, "profile"),
        ({"$schema": "https://example.org/profile.json"}, "$schema"),
        ({"extrapaths": ["b.csv"]}, "extrapaths"),
        ({"basepath": "/etc"}, "basepath"),
        ({"schema": {"$ref": "schema.json", "fields": [], "primaryKey": "id"}}, "$ref"),
    ],
)
def test_a_reference_to_another_file_is_refused(tmp_path: Path, changes: dict[str, Any], name: str) -> None:
    folder = write(tmp_path / "p", {"resources": [resource(**changes)]})
    assert f"`{name}` must not refer to another file or address" in refusal(folder)


def test_a_foreign_key_into_another_package_is_refused(tmp_path: Path) -> None:
    reference = {"package": "https://example.org/datapackage.json", "resource": "t", "fields": "id"}
    schema = resource()["schema"] | {"foreignKeys": [{"fields": "id", "reference": reference}]}
    folder = write(tmp_path / "p", {"resources": [resource(schema=schema)]})
    assert "`package` must not refer to another file or address" in refusal(folder)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"encoding": "cp1251"}, "files are in UTF-8"),
        ({"compression": "zip"}, "files are not compressed"),
        ({"dialect": {"delimiter": ";"}}, "tables are comma-separated"),
        ({"data": []}, "data stand in files"),
        ({"name": ""}, "every resource has a name"),
    ],
)
def test_what_would_be_misread_is_refused(tmp_path: Path, changes: dict[str, Any], rule: str) -> None:
    assert rule in refusal(write(tmp_path / "p", {"resources": [resource(**changes)]}))


def test_all_faults_come_in_one_report(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", {"resources": [resource(path="/a"), resource(path="../b")]})
    message = refusal(folder)
    assert "absolute" in message
    assert "contain .." in message
    assert "two resources have the same name" in message


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"{", "must be JSON in UTF-8"),
        (b"\xff", "must be JSON in UTF-8"),
        (b"[" * 100_000, "must be JSON in UTF-8"),
        (b"[]", "must be a JSON object"),
        (b"{}", "lists its files under `resources`"),
        (b'{"resources": []}', "lists its files under `resources`"),
    ],
)
def test_a_descriptor_that_is_none_is_refused(tmp_path: Path, content: bytes, rule: str) -> None:
    (tmp_path / "datapackage.json").write_bytes(content)
    assert rule in refusal(tmp_path)


def test_a_missing_folder_and_a_missing_descriptor_are_named(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nowhere")
    assert "datapackage.json: the folder holds no data package" in refusal(tmp_path)


def test_a_foreign_key_to_nothing_is_refused(tmp_path: Path) -> None:
    reference = {"resource": "gone", "fields": "id"}
    schema = resource()["schema"] | {"foreignKeys": [{"fields": "id", "reference": reference}]}
    assert "refers to no described column" in refusal(write(tmp_path / "p", {"resources": [resource(schema=schema)]}))


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    """Reading the descriptor opens no data file, so a pipe that nobody writes to does not hang it."""
    folder = write(tmp_path / "p", {"resources": [resource()]})
    os.mkfifo(folder / "t.csv")
    assert read_descriptor(folder).files == ("t.csv",)
