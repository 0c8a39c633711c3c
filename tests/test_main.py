from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from analysis import __version__
from analysis.__main__ import main
from analysis.errors import EvidenceError, Fault
from analysis.paths import FIGURES, REPOSITORY
from analysis.pipeline import reproduce as pipeline
from analysis.pipeline import request as plan
from analysis.pipeline.verification import table as verdict
from analysis.pipeline.verification import verify as verification


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *arguments], capture_output=True, text=True, check=False, **options
    )


def test_the_console_script_and_the_module_are_the_same() -> None:
    script = Path(sys.executable).with_name("analysis")
    by_script = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert by_script.stdout == run("--version").stdout == f"analysis {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        "reproduce",
        "status",
        "verify",
        "sweep",
        "check",
        "explain",
        "diff",
        "export",
        "figures",
        "calibrate",
        "multiverse",
        "normalise",
        "summarise-tasks",
    ],
)
def test_help_of_every_command_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"examples:\n  analysis {command}" in capsys.readouterr().out


def test_the_help_starts_a_reader_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert "examples:\n  analysis reproduce " in said
    assert max(map(len, said.splitlines())) <= 120


def test_help_and_the_package_need_nothing_heavy() -> None:
    code = (
        "import sys, analysis, analysis.__main__ as command\n"
        "try: command.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'matplotlib', 'papermill', 'scipy', 'nbformat', 'IPython', 'PIL'}\n"
        "print(sorted(heavy & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_misspelt_parameter_is_told_without_importing_anything_heavy() -> None:
    code = (
        "import sys, analysis.__main__ as command\n"
        "status = command.main(['reproduce', '-p', 'no_such_parameter=1'])\n"
        "print(status, sorted({'pandas', 'numpy', 'papermill', 'nbformat'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1 []\n"
    assert "'no_such_parameter' is not known" in done.stderr


def test_faults_are_printed_all_and_harmless(monkeypatch, capsys: pytest.CaptureFixture[str]) -> None:
    from analysis.pipeline import evidence_summary

    def faulty(*_: object) -> None:
        raise EvidenceError([Fault(file="a.csv", rule="r"), Fault(file="b.csv", row=3, rule="\x1b]0;evil\x07")])

    monkeypatch.setattr(evidence_summary, "load_evidence", faulty)
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("analysis: 2 faults in the evidence:\n  a.csv: r\n  b.csv, line 3: ")
    assert "\x1b" not in said


@pytest.mark.parametrize(
    "arguments", [[], ["reproduce", "--workers", "0"], ["reproduce", "--timeout", "x"], ["run"], ["diff"]]
)
def test_what_is_not_understood_ends_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "usage: analysis" in capsys.readouterr().err


def test_the_request_is_what_was_typed(monkeypatch, tmp_path: Path) -> None:
    asked = []

    def reproduce(request: object, _: object) -> None:
        asked.append(request)
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "reproduce", reproduce)
    monkeypatch.setattr(plan, "planned", lambda *_: None)
    typed = ["reproduce", "alpha", "-p", "seed=1", "-p", "words=a b", "--data", str(tmp_path), "--workers", "1"]
    assert main([*typed, "--timeout", "5", "--out", "x"]) == 130
    (request,) = asked
    assert (request.notebooks, request.given) == (("alpha",), ("seed=1", "words=a b"))
    assert (request.data, request.out) == (tmp_path, Path("x"))
    assert (request.workers, request.cell_timeout_s, request.rewrite) == (1, 5, False)


def changed_copy(folder: Path, key: str, **parts: object) -> Path:
    """Return a copy of the record's values in which one value has other parts."""
    tree = json.loads((FIGURES / "values.json").read_text(encoding="utf-8"))
    tree["values"][key] |= parts
    folder.mkdir()
    (folder / "values.json").write_text(json.dumps(tree), encoding="utf-8")
    return folder


def test_explain_prints_the_chain_and_nothing_a_terminal_obeys(tmp_path: Path, capsys) -> None:
    hostile = "\x1b]0;evil\x07\u202emethod\nSources (0):"
    folder = changed_copy(tmp_path / "run", "casualty_trends.civilian_share", method=hostile)
    assert main(["explain", "civilian_share", "--record", str(folder), "--limit", "2"]) == 0
    said = capsys.readouterr().out
    assert "\\x1b]0;evil\\x07\\u202emethod Sources (0):" in said
    assert not {"\x1b", "\x07", "\u202e"} & {*said}
    assert "shows all)" in said
    assert main(["explain", "civilian_share", "--record", str(folder), "--json"]) == 0
    said = capsys.readouterr().out
    assert said.isascii()
    assert "\x1b" not in said
    assert json.loads(said)["estimate"]["method"] == hostile


def test_explain_alone_lists_what_there_is(capsys) -> None:
    assert main(["explain"]) == 0
    assert "  casualty-rate\n" in capsys.readouterr().out
    assert main(["explain", "--json"]) == 0
    assert "casualty-rate" in json.loads(capsys.readouterr().out)["figures"]


def test_explain_of_what_is_not_there_says_what_may_have_been_meant(tmp_path: Path, capsys) -> None:
    assert main(["explain", "casualty_trends.total_registerd"]) == 1
    assert "; did you mean 'casualty_trends.total_registered'" in capsys.readouterr().err
    assert main(["explain", "x", "--record", str(tmp_path / "nowhere")]) == 1
    assert "there is no such folder" in capsys.readouterr().err


@pytest.mark.parametrize("limit", ["-1", "many", "1.5"])
def test_a_limit_is_a_number_of_rows(limit: str, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(["explain", "x", f"--limit={limit}"])
    assert left.value.code == 2
    assert "--limit" in capsys.readouterr().err


def test_the_status_of_diff_says_whether_anything_moved(tmp_path: Path, capsys) -> None:
    key = "casualty_trends.total_registered"
    interval = {"low": 416, "high": 422, "kind": "scenario", "level": None}
    same = changed_copy(tmp_path / "same", key, value=419, interval=interval)
    moved = changed_copy(tmp_path / "moved", key, value=418, interval=interval)
    assert main(["diff", str(changed_copy(tmp_path / "unchanged", key))]) == 0
    assert "Nothing moved: " in capsys.readouterr().out
    assert main(["diff", str(same), str(moved)]) == 1
    assert capsys.readouterr().out.count(key) == 1
    assert main(["diff", str(same), str(moved), "--json"]) == 1
    (one,) = json.loads(capsys.readouterr().out)["moved"]
    # 419 in 416 to 422: half-width 3; 418 - 419 = -1.
    assert (one["key"], one["change"], one["change_in_half_widths"]) == (key, -1.0, -0.3333333333)


def test_diff_of_folders_that_cannot_be_compared_ends_with_status_2(tmp_path: Path, capsys) -> None:
    assert main(["diff", str(tmp_path / "nowhere")]) == 2
    assert "analysis: " in capsys.readouterr().err
    broken = changed_copy(tmp_path / "broken", "casualty_trends.total_registered", value="much")
    assert main(["diff", str(broken)]) == 2
    assert "total_registered cannot be read: value must be a number, found 'much'" in capsys.readouterr().err


def test_explaining_and_comparing_load_nothing_that_draws_or_runs() -> None:
    code = (
        "import sys, analysis.__main__ as command\n"
        "command.main(['explain', 'casualty-rate'])\n"
        "command.main(['diff', 'figures', 'figures'])\n"
        "print(sorted({'matplotlib', 'papermill', 'scipy', 'nbformat', 'IPython', 'PIL'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("ok", "status"), [(True, 0), (False, 1)])
def test_verify_ends_with_the_verdict_and_its_status(
    ok: bool, status: int, monkeypatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def verified(request: object, _: object) -> SimpleNamespace:
        asked.append(request)
        return SimpleNamespace(ok=ok)

    monkeypatch.setattr(verification, "verify", verified)
    monkeypatch.setattr(verdict, "table", lambda *_: "VERDICT")
    assert main(["verify", "--out", "x", "--workers", "1", "--timeout", "5"]) == status
    assert capsys.readouterr().out == "VERDICT\n"
    (request,) = asked
    assert (request.out, request.workers, request.cell_timeout_s) == (Path("x"), 1, 5)
    assert (request.notebooks, request.given, request.data) == ((), (), None)


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from analysis import __main__ as command
from analysis.pipeline import run_selected as pipeline
from analysis.record import layout

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell makes what it starts in the background ignore it
    layout.repository = lambda: layout.Layout(root=Path(sys.argv[1]))
    pipeline.checked_evidence = lambda folder, **names: {}
    sys.exit(command.main(["reproduce"]))
"""

ENDLESS = {
    "cells": [
        {
            "cell_type": "code",
            "id": "a",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": "open('started', 'w').close()\nimport time\ntime.sleep(600)",
        }
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.mark.notebooks
@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_ctrl_c_says_so_ends_everything_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / "notebooks").mkdir(parents=True)
    (root / "notebooks" / "endless.ipynb").write_text(json.dumps(ENDLESS), encoding="utf-8")
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(root)], stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        started = root / "notebooks" / "started"
        while not started.exists() and process.poll() is None:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process of the group
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.splitlines()[-1] == "analysis: interrupted; the record is as it was"
    assert "Traceback" not in said
    left = sorted(path.name for path in (root / "build" / "reproduce").iterdir())
    assert left == [".gitignore", ".made-by-analysis"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_output_that_cannot_be_written_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "analysis", "explain"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr == "analysis: the system refused: [Errno 28] No space left on device\n"
