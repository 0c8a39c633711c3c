"""How a study's multiverse is declared: choices and why each could be taken, known mistakes, and headlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

Parameters = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to decide a choice.

    Parameters
    ----------
    label
        A few words, for rows of figures and tables; unique within the choice.
    reason
        Why a careful analyst could decide so.
    parameters
        What the notebook is run with for it, by parameter.
    """

    label: str
    reason: str
    parameters: Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that has to be decided and can be decided in more than one defensible way.

    Parameters
    ----------
    name
        A few words; unique within the study, and a column of the stored table.
    options
        At least two; the first is what the study does by default.
    """

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A known error, run to show what it would do; never part of the curve.

    Parameters
    ----------
    name
        What is done, in a few words.
    why
        Why it is an error.
    parameters
        What the notebook is run with; everything else as by default.
    """

    name: str
    why: str
    parameters: Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline value whose dependence on the choices is looked at.

    Parameters
    ----------
    key
        Of the value, with its notebook before it.
    label
        What it is, for titles.
    axis
        Quantity and unit on the axis.
    reference
        The value at which the statement turns into its opposite; None where there is none.
    reference_words
        What stands at the reference.
    """

    key: str
    label: str
    axis: str
    reference: float | None = None
    reference_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """One decision of every choice.

    Parameters
    ----------
    options
        Label of the option taken, by choice.
    parameters
        What the notebook is run with.
    """

    options: Mapping[str, str]
    parameters: Parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiverse:
    """The choices, known mistakes and headlines of one study.

    Parameters
    ----------
    notebook
        Name of the study's notebook without ending.
    choices, mistakes, headlines
        Their order is that of rows and figures.
    """

    notebook: str
    choices: tuple[Choice, ...]
    mistakes: tuple[Mistake, ...]
    headlines: tuple[Headline, ...]

    def specifications(self) -> tuple[Specification, ...]:
        """Return every combination of options, the study's defaults first; the last choice changes fastest."""
        return tuple(_specification(self.choices, taken) for taken in product(*(one.options for one in self.choices)))


def _specification(choices: tuple[Choice, ...], taken: tuple[Option, ...]) -> Specification:
    return Specification(
        options={choice.name: option.label for choice, option in zip(choices, taken, strict=True)},
        parameters={name: value for option in taken for name, value in option.parameters.items()},
    )
