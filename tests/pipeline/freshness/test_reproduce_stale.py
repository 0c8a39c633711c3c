"""Which notebooks run after which edit."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from analysis.errors import ReproductionError
from analysis.pipeline.freshness import inputs
from analysis.pipeline.freshness.status import status
from analysis.pipeline.result import Failure, FailureKind
from analysis.pipeline.summary import summary
from analysis.record.manifest import check_record


def test_nothing_changed_so_nothing_runs_and_no_file_is_written(fresh) -> None:
    files = {path: path.stat().st_mtime_ns for path in fresh.layout.root.rglob("*") if path.is_file()}
    assert fresh.run() == []
    assert {path: path.stat().st_mtime_ns for path in fresh.layout.root.rglob("*") if path.is_file()} == files
    assert fresh.report.ok
    text = summary(fresh.report, fresh.layout)
    assert "No notebook had to run" in text
    assert "\nUp to date, not run: alpha, beta (--force runs them all the same)\n" in text
    assert text.endswith("The record holds; no committed file was changed.")


def edit(name: str, text: str = "# edited\n"):
    return lambda fresh: fresh.write(name, text)


def cell(name: str, number: int, **changed: object):
    return lambda fresh: fresh.edit_notebook(name, lambda tree: tree["cells"][number].update(**changed))


def touch(fresh) -> None:
    """Write every file again as it is, at another time."""
    for path in sorted(fresh.layout.root.rglob("*")):
        if path.is_file() and "build" not in path.parts:
            path.write_bytes(path.read_bytes())
            os.utime(path, (1, 1))


def leave_traces(fresh) -> None:
    """Save a notebook as an editor does: other white space, run times, no change a person made."""

    def traces(tree: dict) -> None:
        tree["metadata"]["papermill"] = {"duration": 1}
        for one in tree["cells"]:
            one["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01"}
            one["source"] = "".join(one["source"]).splitlines(keepends=True)

    fresh.edit_notebook("alpha", traces)


def state(name: str):
    return f"build/up-to-date/{name}.json"


EDITS = {
    "touched": (touch, [], ""),
    "traces": (leave_traces, [], ""),
    "cell": (cell("alpha", 0, source="# Another question"), ["alpha"], "notebook: notebooks/alpha.ipynb was changed"),
    "tags": (cell("alpha", 0, metadata={"tags": ["a"]}), ["alpha"], "notebook: notebooks/alpha.ipynb was changed"),
    "parameters": (
        cell("beta", 1, source="level: float = 0.9  # a number\n"),
        ["beta"],
        "parameters: the parameters cell was changed",
    ),
    "outputs": (cell("alpha", 3, outputs=[]), ["alpha"], "outputs: notebooks/alpha.ipynb was changed"),
    "own module": (edit("src/analysis/mines/counts.py"), ["alpha"], "code: src/analysis/mines/counts.py was changed"),
    "late import": (edit("src/analysis/shared.py"), ["alpha", "beta"], "code: src/analysis/shared.py was changed"),
    "font": (edit("src/analysis/plots/fonts/a.ttf"), ["beta"], "code: src/analysis/plots/fonts/a.ttf was changed"),
    "new font": (edit("src/analysis/plots/fonts/b.ttf"), ["beta"], "code: src/analysis/plots/fonts/b.ttf was added"),
    "runner": (edit("src/analysis/pipeline/run_one.py"), ["alpha", "beta"], "code: src/analysis/pipeline/run_one.py"),
    "template": (
        edit("src/analysis/pipeline/warm/ipykernel_template.py"),
        ["alpha", "beta"],
        "code: src/analysis/pipeline/warm/ipykernel_template.py was changed",
    ),
    "settings beside": (
        edit("notebooks/matplotlibrc"),
        ["alpha", "beta"],
        "beside it: notebooks/matplotlibrc was added",
    ),
    "module beside": (edit("notebooks/numpy.py"), ["alpha", "beta"], "beside it: notebooks/numpy.py was added"),
    "what pytest reads": (edit("notebooks/conftest.py"), [], ""),
    "unrelated": (edit("src/analysis/unrelated.py"), [], ""),
    "new module": (edit("src/analysis/new.py"), [], ""),
    "module in front": (edit("src/analysis/mines/shared.py"), [], ""),
    "evidence": (edit("data/table.csv", "a\n2\n"), ["alpha", "beta"], "evidence: data/table.csv was changed"),
    "lock": (edit("requirements.lock"), ["alpha", "beta"], "lock: requirements.lock was changed"),
    "state": (edit(state("alpha"), "{"), ["alpha"], "last run: what is known of it cannot be read"),
    "state of another kind": (edit(state("alpha"), '{"inputs": [1], "outputs": 2, "listing": 3}'), ["alpha"], "cannot"),
    "state of an empty kind": (edit(state("alpha"), '{"inputs": {}, "outputs": {}, "listing": ""}'), ["alpha"], "code"),
    "state deep": (edit(state("alpha"), "[" * 100_000), ["alpha"], "cannot be read"),
    "no state": (lambda fresh: fresh.path(state("alpha")).unlink(), ["alpha"], "last run: not known here"),
    "a fresh clone": (lambda fresh: shutil.rmtree(fresh.layout.build), ["alpha", "beta"], "last run: not known here"),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_runs_after_an_edit(fresh, name: str) -> None:
    change, names, why = EDITS[name]
    change(fresh)
    found = {one.name: [str(each) for each in one.changes] for one in status(fresh.layout).notebooks}
    assert [one for one, changes in found.items() if changes] == names
    assert all(any(why in change for change in found[one]) for one in names), found
    assert fresh.run() == names
    assert fresh.report.up_to_date == tuple(one for one in ("alpha", "beta") if one not in names)
    assert fresh.run() == []
    assert status(fresh.layout).holds


def test_another_interpreter(fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs.platform, "python_version", lambda: "3.99.1")
    (alpha, _) = status(fresh.layout).notebooks
    assert str(alpha.changes[0]).endswith(", is 3.99.1")
    assert fresh.run() == ["alpha", "beta"]


def test_a_notebook_that_starts_to_import_a_module_depends_on_it(fresh) -> None:
    cell("alpha", 3, source="from analysis import unrelated")(fresh)
    assert fresh.run() == ["alpha"]
    edit("src/analysis/unrelated.py")(fresh)
    assert fresh.run() == ["alpha"]


def test_code_that_is_no_python_depends_on_the_whole_package(fresh) -> None:
    cell("alpha", 3, source="this is no python")(fresh)
    assert fresh.run() == ["alpha"]
    edit("src/analysis/unrelated.py")(fresh)
    assert fresh.run() == ["alpha"]


def test_only_what_was_asked_for_runs(fresh) -> None:
    edit("src/analysis/shared.py")(fresh)
    assert fresh.run("alpha") == ["alpha"]
    assert fresh.run("alpha") == []
    assert fresh.run() == ["beta"]


def test_force_runs_all_and_has_everything_computed_anew(fresh) -> None:
    fresh.project.reproduce(force=True)
    assert [(spec.name, spec.anew) for spec in fresh.quick.ran] == [("alpha", True), ("beta", True)]
    del fresh.quick.ran[:]
    fresh.project.reproduce("alpha", force=False, rewrite=True)
    assert [(spec.name, spec.anew) for spec in fresh.quick.ran] == [("alpha", False)]


@pytest.mark.parametrize("asked", [{"given": ("level=0.95",)}, {"out": "mine"}, {"data": "evidence"}])
def test_a_run_elsewhere_always_runs_and_leaves_what_is_known_alone(fresh, tmp_path, asked: dict) -> None:
    (tmp_path / "evidence").mkdir()
    asked = {key: tmp_path / value if isinstance(value, str) else value for key, value in asked.items()}
    known = fresh.path(state("alpha")).read_bytes()
    assert fresh.run(**asked) == ["alpha", "beta"]
    assert fresh.path(state("alpha")).read_bytes() == known
    assert fresh.run() == []


def test_what_was_not_run_keeps_its_place_in_the_record(fresh) -> None:
    cell("alpha", 0, source="# Another question")(fresh)
    fresh.quick.happens["alpha"] = other_value(fresh, 0.7)
    assert fresh.run() == ["alpha"]
    assert fresh.report.replaced == ("figures/values.json", "figures/values.tex", "figures/MANIFEST.json")
    assert (fresh.project.value("alpha.main"), fresh.project.value("beta.main")) == (0.7, 1.9)
    tex = (fresh.layout.figures / "values.tex").read_text(encoding="utf-8")
    assert "@alpha.main" in tex
    assert "@beta.main" in tex
    assert check_record(fresh.layout).made_by == {"alpha-figure": "alpha", "beta-figure": "beta"}
    assert fresh.run() == []


def other_value(fresh, number: float):
    def happens(spec) -> None:
        fresh.ends(spec)
        path = spec.output / "values.json"
        tree = json.loads(path.read_bytes())
        tree["values"]["main"]["value"] = number
        path.write_text(json.dumps(tree), encoding="utf-8")

    return happens


def test_another_record_put_in_place_by_git_is_not_up_to_date(fresh) -> None:
    old = fresh.layout.root.parent / "old"
    shutil.copytree(fresh.layout.figures, old)
    fresh.quick.happens["alpha"] = other_value(fresh, 0.7)
    assert fresh.run("alpha", force=True) == ["alpha"]
    shutil.rmtree(fresh.layout.figures)
    shutil.copytree(old, fresh.layout.figures)
    (alpha, beta) = status(fresh.layout).notebooks
    assert [str(change) for change in alpha.changes] == ["outputs: its part of figures/values.json was changed"]
    assert beta.holds
    assert fresh.run() == ["alpha"]


@pytest.mark.parametrize(
    ("name", "owners"), [("alpha-figure.svg", ["alpha"]), ("values.tex", ["alpha", "beta"]), ("values.json", ["alpha"])]
)
def test_a_damaged_record_is_noticed_though_nothing_would_run(fresh, name: str, owners: list[str]) -> None:
    fresh.write(f"figures/{name}", "damage")
    stale = [one for one in status(fresh.layout).notebooks if not one.holds]
    assert {*owners} <= {one.name for one in stale}
    assert any(f"figures/{name} was changed" in str(change) for change in stale[0].changes)
    assert status(fresh.layout).damage == (f"figures/{name} was changed after it was published",)
    with pytest.raises(ReproductionError, match=f"the record is damaged; nothing was run:\n  figures/{name}"):
        fresh.run()


def test_the_outputs_of_a_notebook_that_is_gone_go_when_forced(fresh) -> None:
    (fresh.layout.notebooks / "beta.ipynb").unlink()
    assert status(fresh.layout).orphans == ("beta",)
    assert not status(fresh.layout).holds
    before = fresh.project.committed()
    with pytest.raises(ReproductionError, match=r"any more: beta\. .*`git restore notebooks/beta\.ipynb`.*--force"):
        fresh.run("alpha")  # every notebook there is
    assert fresh.project.committed() == before
    assert fresh.run("alpha", force=True) == ["alpha"]
    assert check_record(fresh.layout).made_by == {"alpha-figure": "alpha"}
    assert not list(fresh.layout.figures.glob("beta-figure*"))
    assert fresh.project.value("alpha.main") == 0.95
    said = summary(fresh.report, fresh.layout)
    assert "no longer made" in said
    kept, gone = said.split("Removed from the record (5 files):\n")
    assert gone.splitlines()[:5] == [
        f"  figures/beta-figure.{ending}" for ending in ("csv", "json", "pdf", "png", "svg")
    ]
    assert "beta-figure." not in kept.partition("Replaced in the record")[2]
    assert fresh.run() == []


def test_a_record_that_is_gone_is_made_anew(fresh) -> None:
    shutil.rmtree(fresh.layout.figures)
    fresh.layout.figures.mkdir()
    assert fresh.run() == ["alpha", "beta"]


def test_source_edited_while_a_notebook_runs_makes_it_run_again(fresh) -> None:
    def edited_meanwhile(spec) -> None:
        fresh.ends(spec)
        edit("src/analysis/mines/counts.py", "# edited while it ran\n")(fresh)

    cell("alpha", 0, source="# Another question")(fresh)
    fresh.quick.happens["alpha"] = edited_meanwhile
    assert fresh.run() == ["alpha"]
    fresh.quick.happens["alpha"] = fresh.ends
    assert fresh.run() == ["alpha"]
    assert fresh.run() == []


def test_a_failure_leaves_all_that_had_to_run_stale(fresh) -> None:
    edit("src/analysis/shared.py")(fresh)
    fresh.quick.happens["beta"] = lambda _: Failure(kind=FailureKind.RAISED)
    assert fresh.run() == ["alpha", "beta"]
    assert not fresh.report.ok
    fresh.quick.happens["beta"] = fresh.ends
    assert fresh.run() == ["alpha", "beta"]
    assert fresh.run() == []


def test_evidence_that_changes_while_some_notebooks_run_publishes_nothing(fresh) -> None:
    """Another run publishes all of it meanwhile; this one has outputs of the old evidence."""
    cell("alpha", 0, source="# Another question")(fresh)

    def meanwhile(spec) -> None:
        fresh.ends(spec)
        tree = json.loads(fresh.layout.manifest.read_bytes())
        tree["evidence"]["table.csv"] = "f" * 64
        fresh.layout.manifest.write_text(json.dumps(tree), encoding="utf-8")

    fresh.quick.happens["alpha"] = meanwhile
    with pytest.raises(ReproductionError, match=r"the evidence changed since the record was made \(table\.csv\)"):
        fresh.run()
    fresh.quick.happens["alpha"] = fresh.ends
    del fresh.quick.ran[:]
    assert fresh.run() == ["alpha", "beta"]
    assert check_record(fresh.layout).evidence == fresh.project.evidence


def test_a_state_that_cannot_be_kept_costs_another_run_and_nothing_else(fresh) -> None:
    shutil.rmtree(fresh.layout.build / "up-to-date")
    fresh.write("build/up-to-date", "in the way")
    assert fresh.run() == ["alpha", "beta"]
    assert fresh.report.ok
    assert fresh.run() == ["alpha", "beta"]


def test_an_interrupted_publication_is_told_and_finished(fresh) -> None:
    def stop(number: int) -> None:
        if number == 1:
            raise KeyboardInterrupt

    fresh.quick.happens["alpha"] = other_value(fresh, 0.7)
    with pytest.raises(KeyboardInterrupt):
        fresh.run("alpha", force=True, after_rename=stop)
    assert status(fresh.layout).interrupted
    assert not status(fresh.layout).damage  # a record that is half in place is no damage
    assert not status(fresh.layout).holds
    del fresh.quick.ran[:]
    assert fresh.run() == ["alpha"]
    assert fresh.project.value("alpha.main") == 0.7
    assert status(fresh.layout).holds
    assert fresh.report.recovered
    assert f"was finished ({len(fresh.report.recovered)} files):" in summary(fresh.report, fresh.layout)
    assert "no other committed file was changed" in summary(fresh.report, fresh.layout)
