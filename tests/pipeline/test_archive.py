"""The archive of this repository, read back with rocrate: complete, true to the record, the same each time."""

from __future__ import annotations

import json
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml
from rocrate.rocrate import ROCrate

from analysis.__main__ import main
from analysis.evidence import load_evidence
from analysis.evidence.citation import accident_pages
from analysis.evidence.source_rows import evidence_tables
from analysis.paths import FIGURES, REPOSITORY
from analysis.pipeline.archive import describe, make_archive
from analysis.record.layout import Layout, repository
from analysis.reporting.archive.contents import PUBLIC_DOMAIN
from analysis.reporting.archive.crate import crate_metadata
from analysis.reporting.trail import TABLES_READ

MANIFEST = json.loads((FIGURES / "MANIFEST.json").read_text(encoding="utf-8"))
VALUES = json.loads((FIGURES / "values.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(out=tmp_path_factory.mktemp("archive") / "deposit", layout=repository()).folder


@pytest.fixture(scope="module")
def crate(folder: Path) -> ROCrate:
    return ROCrate(folder)


def ids(found) -> list[str]:
    return [one if isinstance(one, str) else one.id for one in found]


def test_every_file_named_is_there_and_every_file_of_the_record_is_named(folder: Path, crate: ROCrate) -> None:
    named = [entity.id for entity in crate.data_entities]
    assert [name for name in named if not (folder / name).exists()] == []
    files = [path for name in ("data", "figures", "notebooks") for path in (folder / name).rglob("*") if path.is_file()]
    kept = [path.relative_to(folder).as_posix() for path in files]
    assert [path for path in kept if path not in named] == []
    assert {"README.md", "CITATION.cff", "requirements.lock", "src/", "tests/"} <= {*named}
    assert not (folder / "build").exists()
    assert {".dockerignore", ".gitattributes", ".gitignore", ".pre-commit-config.yaml"} <= {*named}
    assert (folder / ".gitignore").read_bytes() == (REPOSITORY / ".gitignore").read_bytes()
    assert list(folder.rglob("__pycache__")) == []
    assert list(folder.glob("*/**/.*")) == []


def test_each_figure_comes_from_the_run_of_its_notebook(crate: ROCrate) -> None:
    runs = {action.id: action for action in crate.get_by_type("CreateAction")}
    assert sorted(runs) == [f"#run-{name}" for name in sorted(VALUES["parameters"])]
    for figure, notebook in MANIFEST["made_by"].items():
        makers = [name for name, run in runs.items() if f"figures/{figure}.pdf" in ids(run["result"])]
        assert makers == [f"#run-{notebook}"]
        assert f"notebooks/{notebook}.ipynb" in ids(runs[makers[0]]["instrument"])


def test_each_run_is_given_the_tables_that_its_notebook_reads_and_what_describes_them(crate: ROCrate) -> None:
    tables = evidence_tables(load_evidence())
    rows = {f"data/{name}.csv" for name in tables}
    for run in crate.get_by_type("CreateAction"):
        given = {name for name in ids(run["object"]) if name.startswith("data/")}
        read = TABLES_READ.get(run.id.removeprefix("#run-"), tables)
        assert given & rows == {f"data/{name}.csv" for name in read}
        assert given - rows == {f"data/{name}" for name in MANIFEST["evidence"]} - rows
    given = {*ids(crate.dereference("#run-records_against_ground")["object"])}
    assert not given & rows
    assert "data/sources.csv" in given


def test_every_licence_of_reuse_toml_is_one_of_the_crate_and_of_the_entities_it_is_about(crate: ROCrate) -> None:
    stated = tomllib.loads((REPOSITORY / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    addresses = {"LicenseRef-PublicDomain-NaturalEarth": PUBLIC_DOMAIN}
    for annotation in stated:
        paths = annotation["path"] if isinstance(annotation["path"], list) else [annotation["path"]]
        for name in re.split(r" (?:AND|OR) ", annotation["SPDX-License-Identifier"]):
            address = addresses.get(name, f"https://spdx.org/licenses/{name}")
            assert address in ids(crate.root_dataset["license"])
            licensed = [one.id for one in crate.data_entities if address in ids(one["license"])]
            for path in paths:
                assert [one for one in licensed if fnmatch(one, path) or (one.endswith("/") and path.startswith(one))]


def test_each_value_is_the_one_on_record_with_its_run_and_its_pages(crate: ROCrate) -> None:
    made = [name for action in crate.get_by_type("CreateAction") for name in ids(action["result"])]
    for key, value in VALUES["values"].items():
        entity = crate.dereference(f"#value-{key}")
        assert (entity["value"], entity["unitText"]) == (value["value"], value["unit"])
        assert made.count(entity.id) == 1
        if value["interval"] is not None:
            assert (entity["minValue"], entity["maxValue"]) == (value["interval"]["low"], value["interval"]["high"])
        cited = [page["identifier"] for page in entity.get("citation", [])]
        assert {*cited} <= {*value["sources"]}


def test_pages_on_single_accidents_are_not_named(crate: ROCrate) -> None:
    pages = load_evidence().sources
    hidden = {*pages.index[accident_pages(pages)]}
    named = {entity["identifier"] for entity in crate.get_by_type("CreativeWork") if entity.get("identifier")}
    assert named
    assert hidden
    assert not named & hidden


def test_it_is_cited_as_citation_cff_says_and_has_no_other_date(crate: ROCrate) -> None:
    cited = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))
    root = crate.root_dataset
    assert (root["name"], root["version"]) == (cited["title"], cited["version"])
    assert crate.root_dataset.properties()["datePublished"] == str(cited["date-released"])
    assert [author["name"] for author in root["author"]] == [author["name"] for author in cited["authors"]]


def test_the_same_record_gives_the_same_text(folder: Path) -> None:
    text = crate_metadata(describe(repository()))
    assert text == (folder / "ro-crate-metadata.json").read_text(encoding="utf-8")


def test_every_reference_leads_to_an_entity(folder: Path) -> None:
    graph = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    known = {entity["@id"] for entity in graph}
    assert len(known) == len(graph)
    wanted = {
        one["@id"]
        for entity in graph
        for found in entity.values()
        for one in (found if isinstance(found, list) else [found])
        if isinstance(one, dict)
    }
    assert {name for name in wanted - known if not name.startswith("https://w3id.org/ro/crate/")} == set()


def test_nothing_is_archived_without_a_record(tmp_path: Path) -> None:
    from analysis.errors import ReproductionError

    with pytest.raises(ReproductionError, match="there is no record to archive"):
        make_archive(out=tmp_path / "out", layout=Layout(root=tmp_path / "empty"))
    assert main(["archive", "--out", str(FIGURES)]) == 1
