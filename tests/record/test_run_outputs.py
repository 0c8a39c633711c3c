from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.errors import ReproductionError
from analysis.record.run_outputs import NotebookOutputs, check_no_clash, check_same_evidence, read_outputs


@pytest.fixture
def folder(tmp_path: Path, figure: Callable[..., dict[str, bytes]]) -> Path:
    (tmp_path / "values.json").write_text(
        '{"parameters": {"seed": 1}, "values": {"b": {"value": 1}, "a": {"value": 2}}}'
    )
    for ending, content in figure(0.5).items():
        (tmp_path / f"first-figure{ending}").write_bytes(content)
    return tmp_path


def test_keys_are_prefixed_by_the_notebook(folder: Path) -> None:
    read = read_outputs(folder, notebook="alpha")
    assert list(read.values) == ["alpha.a", "alpha.b"]
    assert read.parameters == {"seed": 1}
    assert sorted(read.figures["first-figure"]) == [".csv", ".json", ".pdf", ".png", ".svg"]


def test_a_notebook_without_outputs_is_allowed(tmp_path: Path) -> None:
    read = read_outputs(tmp_path / "nothing", notebook="alpha")
    assert (read.values, read.figures) == ({}, {})


def test_an_incomplete_figure_and_a_foreign_file_are_named(folder: Path) -> None:
    (folder / "first-figure.svg").unlink()
    (folder / "notes.txt").write_text("x")
    with pytest.raises(ReproductionError) as caught:
        read_outputs(folder, notebook="alpha")
    message = str(caught.value)
    assert "outputs of alpha that cannot be used" in message
    assert "figure first-figure: no .svg" in message
    assert "notes.txt: not a file a figure consists of" in message


def test_a_figure_cannot_take_the_name_of_the_values(folder: Path, figure: Callable[..., dict[str, bytes]]) -> None:
    for ending, content in figure(0.5).items():
        (folder / f"MANIFEST{ending}").write_bytes(content)
    with pytest.raises(ReproductionError, match="figure MANIFEST: the name is taken"):
        read_outputs(folder, notebook="alpha")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"values": {"a": 1, "a": 2}}', "has a twice"),
        ("{", "cannot be read"),
        ("[]", "is not an object"),
    ],
)
def test_values_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "values.json").write_text(text)
    with pytest.raises(ReproductionError, match=rf"alpha: values\.json .*{message}"):
        read_outputs(tmp_path, notebook="alpha")


def test_a_figure_of_two_notebooks_names_both() -> None:
    one, other = (
        NotebookOutputs(notebook=name, parameters={}, values={}, figures={"same": {}}) for name in ("alpha", "beta")
    )
    with pytest.raises(ReproductionError, match="figure same is written by alpha and by beta"):
        check_no_clash([one, other], {})
    with pytest.raises(ReproductionError, match="figure same is written by gamma and by alpha"):
        check_no_clash([one], {"same": "gamma"})


def made_from(notebook: str, facts: bytes) -> NotebookOutputs:
    return NotebookOutputs(
        notebook=notebook, parameters={}, values={}, figures={f"{notebook}-figure": {".json": facts}}
    )


def test_outputs_from_evidence_that_changed_meanwhile_are_refused() -> None:
    checked = {"a.csv": "1", "b.csv": "2"}
    same, empty, broken = (
        made_from(name, facts)
        for name, facts in (("alpha", b'{"evidence": {"a.csv": "1"}}'), ("beta", b"{}"), ("gamma", b"{"))
    )
    check_same_evidence([same, empty, broken], checked)
    others = [made_from(name, b'{"evidence": {"a.csv": "1", "b.csv": "3", "c.csv": "4"}}') for name in ("x", "y")]
    with pytest.raises(ReproductionError) as caught:
        check_same_evidence([same, *others], checked)
    message = str(caught.value)
    assert "the evidence changed while the notebooks ran, so nothing was published" in message
    assert "b.csv (as read by x, y); c.csv (as read by x, y). Run again" in message
