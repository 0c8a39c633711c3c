"""An RO-Crate of the record: files, licences, runs, values and the pages behind them.

RO-Crate 1.1 (Soiland-Reyes et al. 2022, doi:10.3233/DS-210053) with the Process Run Crate profile: one action a
notebook, from the evidence and the parameters to the figures and values.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import pandas as pd
from rocrate.model.contextentity import ContextEntity
from rocrate.model.entity import Entity
from rocrate.rocrate import ROCrate

from analysis.evidence.citation import plain_text, web_address
from analysis.record.printed import printed_kind
from analysis.record.stored_figure import StoredFigure
from analysis.reporting.archive.citation_file import CitedAs
from analysis.reporting.archive.contents import FILES, FOLDERS, LICENCES, MEDIA_TYPES, TEXT, licences_of
from analysis.reporting.trail import tables_read

METADATA: Final = "ro-crate-metadata.json"
_PROFILE: Final = "https://w3id.org/ro/wfrun/process/0.5"
_TERMS: Final = {"sha256": "https://schema.org/sha256"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the crate describes.

    Parameters
    ----------
    cited
        How the study is cited.
    paths
        Every file of data/, figures/ and notebooks/ and at the top, and every other folder (ending in /), relative.
    hashes
        SHA-256 by path, where known.
    values
        As they stand in values.json, by full key.
    parameters
        Of the default run, by notebook.
    figures
        Facts by name.
    versions
        Versions of Python and the direct dependencies that made the record.
    pages
        Sources that may be named, by `source_id`.
    row_tables
        Tables of evidence rows; a run is given those that its notebook reads, and every other evidence file.
    """

    cited: CitedAs
    paths: Sequence[str]
    hashes: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    parameters: Mapping[str, Mapping[str, object]]
    figures: Mapping[str, StoredFigure]
    versions: Mapping[str, str]
    pages: pd.DataFrame
    row_tables: tuple[str, ...]


def crate_metadata(described: Described) -> str:
    """Return the text of ro-crate-metadata.json; the same for the same record, whenever and wherever it is made."""
    crate = ROCrate()
    crate.metadata.extra_terms.update(_TERMS)
    _describe_root(crate, described)
    for path in sorted(described.paths):
        _add_path(crate, path, described)
    _add_pages(crate, described.pages)
    for key in sorted(described.values):
        _add_value(crate, key, described)
    for name in sorted(described.figures):
        _add_figure(crate, described.figures[name], described)
    for notebook in sorted(described.parameters):
        _add_run(crate, notebook, described)
    return json.dumps(crate.metadata.generate(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _describe_root(crate: ROCrate, described: Described) -> None:
    cited = described.cited
    for address, name in LICENCES.items():
        _add(crate, address, {"@type": "CreativeWork", "name": name})
    authors = [
        _add(crate, f"#author-{number}", {"@type": "Organization", "name": name})
        for number, name in enumerate(cited.authors, 1)
    ]
    profile = _add(crate, _PROFILE, {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"})
    root = crate.root_dataset
    root["name"], root["description"], root["version"] = cited.title, cited.abstract, cited.version
    root["datePublished"], root["keywords"] = cited.released, list(cited.keywords)
    root["author"], root["conformsTo"] = authors, profile
    root["license"] = [crate.dereference(address) for address in LICENCES]
    _add(
        crate,
        "#environment",
        {
            "@type": "SoftwareApplication",
            "name": f"Python {described.versions.get('python', '')} with the packages of requirements.lock",
            "softwareVersion": described.versions.get("python", ""),
            "softwareRequirements": [
                f"{name}=={version}" for name, version in sorted(described.versions.items()) if name != "python"
            ],
        },
    )


def _add(crate: ROCrate, identifier: str, properties: Mapping[str, object]) -> Entity:
    return crate.add(ContextEntity(crate, identifier, properties=dict(properties)))


def _add_path(crate: ROCrate, path: str, described: Described) -> None:
    facts: dict[str, object] = {"license": [{"@id": address} for address in licences_of(path)]}
    if path.endswith("/"):
        facts |= {"name": path, "description": FOLDERS[path.rstrip("/")]}
        crate.add_dataset(dest_path=path, properties=facts)
        return
    name = PurePosixPath(path)
    facts |= {"name": name.name}
    if path in FILES:
        facts["description"] = FILES[path]
    if name.suffix in MEDIA_TYPES:
        facts["encodingFormat"] = MEDIA_TYPES[name.suffix]
    if path in described.hashes:
        facts["sha256"] = described.hashes[path]
    if name.suffix == ".ipynb":
        facts |= {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": "Python"}
    crate.add_file(dest_path=path, properties=facts)


def _add_pages(crate: ROCrate, pages: pd.DataFrame) -> None:
    for source_id, page in pages.sort_index().to_dict("index").items():
        facts = {
            "@type": "CreativeWork",
            "identifier": str(source_id),
            "name": plain_text(page["title"]),
            "publisher": plain_text(page["publisher"]),
            "datePublished": plain_text(page["published_on"]),
            "url": web_address(page["url"]),
        }
        _add(crate, _page(str(source_id)), {name: said for name, said in facts.items() if said})


def _page(source_id: str) -> str:
    return f"#source-{source_id}"


def _cited(sources: Iterable[str], described: Described) -> list[dict[str, str]]:
    return [{"@id": _page(source_id)} for source_id in sources if source_id in described.pages.index]


def _add_value(crate: ROCrate, key: str, described: Described) -> None:
    value = described.values[key]  # noqa: PD011 - of a dataclass, not of a DataFrame
    facts: dict[str, object] = {
        "@type": "PropertyValue",
        "propertyID": key,
        "name": value["quantity"],
        "value": value["value"],
        "unitText": value["unit"],
        "measurementTechnique": value["method"],
        "description": _about(value),
        "citation": _cited(value["sources"], described),
        "isPartOf": {"@id": "figures/values.json"},
        "license": {"@id": TEXT},
    }
    ends = {"minValue": "low", "maxValue": "high"}
    if value["interval"] is not None:
        facts |= {name: value["interval"][end] for name, end in ends.items()}
    _add(crate, f"#value-{key}", facts)


def _about(value: Mapping[str, Any]) -> str:
    period = f"{value['period']['start']} to {value['period']['end']}"
    kind = f"the ends are a {printed_kind(value)}" if value["interval"] is not None else "no interval"
    assumed = "; ".join(value["assumptions"])
    return f"{value['geography']}, {period}; from {value['n']} {value['n_unit']}; {kind}." + (
        f" Assumptions: {assumed}." if assumed else ""
    )


def _add_figure(crate: ROCrate, figure: StoredFigure, described: Described) -> None:
    """Say of a figure's main file what it shows, from which numbers, and from which pages these are."""
    picture = crate.dereference(f"figures/{figure.name}.pdf")
    if picture is None:
        return
    picture["caption"], picture["description"] = figure.caption, figure.alt
    picture["isBasedOn"] = [{"@id": f"figures/{figure.data_file.name}"}]
    picture["citation"] = _cited(figure.sources, described)


def _add_run(crate: ROCrate, notebook: str, described: Described) -> None:
    """Add the run of a notebook: made with what, from which evidence and parameters, to which figures and values."""
    given = described.parameters[notebook]
    for name in sorted(given):
        facts = {"@type": "PropertyValue", "name": name, "value": json.dumps(given[name], sort_keys=True)}
        _add(crate, f"#parameter-{notebook}-{name}", facts)
    drawn = [path for path in described.paths if _is_drawn_by(notebook, path, described)]
    evidence = [path for path in described.paths if _is_read_by(notebook, path, described)]
    crate.add_action(
        [crate.dereference(f"notebooks/{notebook}.ipynb"), crate.dereference("#environment")],
        identifier=f"#run-{notebook}",
        object=[
            *({"@id": path} for path in sorted(evidence)),
            *({"@id": f"#parameter-{notebook}-{name}"} for name in sorted(given)),
        ],
        result=[
            *({"@id": path} for path in sorted(drawn)),
            *({"@id": f"#value-{key}"} for key in sorted(described.values) if key.startswith(f"{notebook}.")),
        ],
        properties={"name": f"notebooks/{notebook}.ipynb with its default parameters", "agent": {"@id": "#author-1"}},
    )


def _is_read_by(notebook: str, path: str, described: Described) -> bool:
    unread = {*described.row_tables} - {*tables_read(notebook, described.row_tables)}
    return path.startswith("data/") and path.endswith(("csv", "json")) and PurePosixPath(path).stem not in unread


def _is_drawn_by(notebook: str, path: str, described: Described) -> bool:
    folder, _, name = path.partition("/")
    figure = described.figures.get(PurePosixPath(name).stem)
    return folder == "figures" and figure is not None and figure.notebook == notebook
