import pytest

from analysis.pipeline.messages import counted, head, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, Şuşa\n\tx", "plain, Şuşa\n\tx"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("a\rb\x08c", r"a\rb\x08c"),
        ("\u202eevil", r"\u202eevil"),
        ("\x9b2J", r"\x9b2J"),
        ("\ud800", r"\ud800"),
    ],
)
def test_nothing_from_data_can_drive_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_long_text_is_cut_and_says_so() -> None:
    assert head("a\nb\nc", lines=2) == "a\nb\n… (1 more lines)"
    assert head("abcdef", lines=1, width=4) == "abc…"


def test_counts_have_the_right_number() -> None:
    assert [counted(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
