from __future__ import annotations

import json

from analysis.pipeline.freshness.status import status
from analysis.pipeline.freshness.status_text import status_text, status_tree


def test_what_is_up_to_date_takes_one_line_a_notebook(fresh) -> None:
    assert status_text(status(fresh.layout)) == "alpha  up to date\nbeta   up to date"
    assert status_tree(status(fresh.layout, ["alpha"])) == {
        "up_to_date": True,
        "notebooks": {"alpha": {"up_to_date": True, "changes": []}},
        "outputs_without_notebook": [],
        "publication_interrupted": False,
        "damage": [],
        "packages_of_other_versions": {},
    }


def test_what_changed_is_listed_under_its_notebook(fresh) -> None:
    fresh.write("src/analysis/mines/counts.py", "# edited\n")
    assert status_text(status(fresh.layout)).splitlines() == [
        "alpha  stale",
        "  code: src/analysis/mines/counts.py was changed",
        "  code: src/analysis/shared.py is gone or no longer imported",
        "beta   up to date",
        "",
        "`analysis reproduce` would run 1 notebook.",
    ]
    tree = status_tree(status(fresh.layout))
    assert json.loads(json.dumps(tree)) == tree
    assert tree["notebooks"]["alpha"]["changes"][0] == {
        "part": "code",
        "name": "src/analysis/mines/counts.py",
        "what": "was changed",
    }


def test_a_long_list_is_cut_unless_one_asks(fresh) -> None:
    for number in range(9):
        fresh.write(f"src/analysis/plots/fonts/{number}.ttf", "a font")
    text = status_text(status(fresh.layout, ["beta"]))
    assert "  code: src/analysis/plots/fonts/5.ttf was added\n  and 3 more: analysis status beta" in text
    assert "fonts/8.ttf was added" in status_text(status(fresh.layout, ["beta"]), everything=True)


def test_what_no_notebook_makes_any_more_is_named(fresh) -> None:
    (fresh.layout.notebooks / "beta.ipynb").unlink()
    assert "beta: there is no such notebook, but outputs of it in figures/" in status_text(status(fresh.layout))


def test_an_entry_of_a_file_that_is_not_there_is_damage_though_every_notebook_is_up_to_date(fresh) -> None:
    tree = json.loads(fresh.layout.manifest.read_bytes())
    tree["files"]["extra.png"] = "0" * 64
    fresh.layout.manifest.write_text(json.dumps(tree), encoding="utf-8")
    found = status(fresh.layout)
    assert all(one.holds for one in found.notebooks)
    assert not found.holds
    said = status_text(found)
    assert "The record is damaged; `analysis reproduce` would run nothing:\n  figures/extra.png is missing" in said
    assert "git restore figures" in said
