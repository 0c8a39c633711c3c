"""Messages say where, which rule and what was found."""

from __future__ import annotations

import pytest

from analysis.errors import EvidenceError, Fault


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (Fault(file="a.csv", rule="is missing"), "a.csv: is missing"),
        (Fault(file="a.csv", row=3, rule="repeats a key", value="x"), "a.csv, line 3: repeats a key; found 'x'"),
        (
            Fault(file="a.csv", row=3, column="total", rule="must be a whole number", value="1.5"),
            "a.csv, line 3, column total: must be a whole number; found '1.5'",
        ),
    ],
)
def test_a_fault_says_where_which_rule_and_what(fault: Fault, message: str) -> None:
    assert str(fault) == message


def test_control_characters_in_a_value_never_reach_the_terminal() -> None:
    assert "\x1b" not in str(Fault(file="a.csv", rule="is text", value="\x1b[31mred"))


def test_an_evidence_error_shows_every_fault() -> None:
    error = EvidenceError([Fault(file="a.csv", rule="one"), Fault(file="b.csv", rule="two")])
    assert str(error) == "2 faults in the evidence:\n  a.csv: one\n  b.csv: two"
    assert str(EvidenceError(error.faults[:1])).startswith("1 fault in the evidence:")
    assert str(EvidenceError(error.faults[:1], outcome="nothing was run")) == (
        "1 fault in the evidence; nothing was run:\n  a.csv: one"
    )
