import base64
import copy
import io
import json
from typing import Any

import pytest
from PIL import Image

from analysis.errors import ReproductionError
from analysis.record.notebook_outputs import notebook_differences


def picture(shade: int) -> str:
    stream = io.BytesIO()
    Image.new("L", (20, 20), shade).save(stream, "png")
    return base64.b64encode(stream.getvalue()).decode()


def tree() -> dict[str, Any]:
    cell = {
        "cell_type": "code",
        "id": "a",
        "execution_count": 1,
        "metadata": {},
        "source": ["x"],
        "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["rate 1.5000000001\n", "n 3\n"]},
            {"output_type": "display_data", "metadata": {"alt": "a"}, "data": {"image/png": picture(100)}},
        ],
    }
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def found(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [str(one) for one in notebook_differences(json.dumps(old).encode(), json.dumps(new).encode())]


def changed(path: str, value: object) -> dict[str, Any]:
    """Return the notebook with one thing changed, named by its path in the first cell."""
    new = copy.deepcopy(tree())
    place: Any = new["cells"][0]
    *way, last = path.split("/")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[last] = value
    return new


def test_numbers_within_the_tolerance_and_faint_pictures_agree() -> None:
    assert found(tree(), changed("outputs/0/text", ["rate 1.5000000002\n", "n 3\n"])) == []
    assert found(tree(), changed("outputs/0/text", "rate 1.5000000001\nn 3\n")) == []
    assert found(tree(), changed("outputs/1/data", {"image/png": picture(102)})) == []


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("outputs/0/text", ["rate 1.5000000001\n", "n 4\n"], "cell 1, output 1, text: n 3 -> n 4"),
        ("outputs/1/data", {"image/png": picture(120)}, "cell 1, output 2, image/png: a picture -> another picture"),
        ("outputs/1/metadata", {"alt": "b"}, "cell 1, output 2.metadata.alt: a -> b"),
        ("outputs/1/data", {"text/plain": "x"}, "cell 1, output 2, kinds: image/png -> text/plain"),
        ("outputs", [], "cell 1, number of outputs: 2 -> 0"),
        ("source", ["y"], "cells: as committed -> other text or code"),
        ("execution_count", 2, "cells[0].execution_count: 1 -> 2"),
        ("metadata", {"tags": ["x"]}, "cells[0].metadata.tags: nothing -> ['x']"),
    ],
)
def test_every_other_difference_is_named(path: str, value: object, message: str) -> None:
    assert found(tree(), changed(path, value)) == [message]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"cells": 1}', b"\xff"])
def test_a_file_that_is_no_notebook(content: bytes) -> None:
    with pytest.raises(ReproductionError, match="a notebook file cannot be read"):
        notebook_differences(json.dumps(tree()).encode(), content)
