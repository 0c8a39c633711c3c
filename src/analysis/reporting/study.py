"""A study opened for a notebook: checked parameters, loaded evidence, and a place for its results."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from IPython.display import Image, display

from analysis.errors import InsufficientEvidence, ReproductionError
from analysis.estimate import Estimate, sorted_union
from analysis.evidence import Evidence, load_evidence
from analysis.evidence.citation import accident_pages, cite
from analysis.evidence.selection import check_originators
from analysis.parameters import check_parameters
from analysis.paths import BUILD
from analysis.plots.save import check_facts, save
from analysis.plots.style import Figure
from analysis.record.destination import destination, figures_are_wanted
from analysis.record.run_record import FigureFacts, RunRecord
from analysis.reporting import tables
from analysis.reporting.coordinates import coordinates_notice, rounded_coordinates
from analysis.reporting.stage import Tables, stage_result
from analysis.settings import coordinate_decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a notebook works with.

    Parameters
    ----------
    evidence
        The loaded and checked evidence.
    parameters
        The notebook's parameters, checked.
    run
        Where values and figures are kept.
    """

    evidence: Evidence
    parameters: Mapping[str, object]
    run: RunRecord

    def rng(self) -> np.random.Generator:
        """Return a new generator from the `seed` parameter; each call starts the same sequence."""
        seed = self.parameters.get("seed")
        if not isinstance(seed, int):
            raise ReproductionError("this notebook has no `seed` parameter, so nothing in it may be drawn at random")
        return np.random.default_rng(seed)

    def stage(self, function: Callable[..., Tables], *, title: str = "", **arguments: object) -> Tables:
        """Return ``function(**arguments)``, computed once for the same inputs and then read from build/stages/.

        For computations of seconds and more. The inputs are the arguments, the source of the function's module and of
        everything it imports, the evidence files, requirements.lock and the interpreter; when one of them is another,
        the result is computed anew. What is returned is the same whether it was computed or read, with the same
        dtypes and to the last bit. ``analysis verify`` and ``analysis reproduce --force`` compute anew.

        Parameters
        ----------
        function
            Of the top of a module of this package, annotated to return a DataFrame or a dataclass of DataFrames only.
            Its result follows from its arguments alone: chance comes from an argument ``seed: int``, from which it
            makes its own generator.
        title
            What the result is, for people who look into build/stages/.
        **arguments
            What `function` is called with: plain values, dates, tuples, lists, dicts, DataFrames, the evidence, and
            dataclasses of these.

        Raises
        ------
        ReproductionError
            For a function or an argument that is none of these, and for a result with values that have no exact text.

        Examples
        --------
        ``study.stage(coverage_by_simulation, title="coverage of the intervals", runs=1000, seed=seed)``
        """
        return stage_result(function, arguments, folder=BUILD / "stages", checksums=self.run.checksums, title=title)

    def values(self, estimates: Mapping[str, Estimate], *, tolerance: float | None = None) -> pd.DataFrame:
        """Record each estimate under its key and return the table to print.

        Parameters
        ----------
        estimates
            By key.
        tolerance
            Largest relative difference at which two runs agree about these; None for the record's own, 1e-8.
        """
        for key, estimate in estimates.items():
            self.run.add_value(key, estimate, tolerance=tolerance)
        return tables.estimates_table({f"{self.run.notebook}.{key}": value for key, value in estimates.items()})

    def not_estimable(self, reasons: Mapping[str, InsufficientEvidence]) -> pd.DataFrame:
        """Return the table of what the evidence does not allow, with reasons."""
        return tables.not_estimable_table(reasons)

    def findings(self, *names: str) -> pd.DataFrame:
        """Return where the evidence tables of these names disagree with themselves or each other, one row a finding.

        Findings run on the evidence as printed, whatever the parameters select; nothing is dropped for them.
        """
        found = self.evidence.findings()
        own = found[found["table"].isin(names)]
        return tables.printed(own[["rule", "rows", "size"]].reset_index(drop=True))

    def table(self, frame: pd.DataFrame, *, rows: int = 60) -> pd.DataFrame:
        """Return `frame` formatted for print; coordinates of other data than the repository's are rounded.

        Raises
        ------
        ReproductionError
            When it has more than `rows` rows: a printed table is never cut silently.
        """
        if len(frame) > rows:
            raise ReproductionError(
                f"the table has {len(frame)} rows and at most {rows} are printed; select or sum first"
            )
        return tables.printed(self._published(frame))

    def figure(
        self,
        figure: Figure,
        name: str,
        *,
        caption: str,
        alt: str,
        drawn: pd.DataFrame,
        sources: Iterable[str],
        estimates: Iterable[str] = (),
    ) -> None:
        """Save the figure in every format and show it; where only values are wanted, check it and go on.

        Parameters
        ----------
        figure
            As returned by a figure function of ``analysis.plots``.
        name
            File name without ending.
        caption, alt
            Caption for print; description for readers who cannot see the picture.
        drawn
            The numbers drawn, one row a mark; coordinates of other data are kept rounded.
        sources
            Every `source_id` behind the numbers drawn.
        estimates
            Keys of recorded values drawn in it.
        """
        facts = FigureFacts(
            name=name, caption=caption, alt=alt, sources=sorted_union(sources), estimates=tuple(sorted(set(estimates)))
        )
        if not figures_are_wanted():
            check_facts(facts, drawn=drawn)
            self.run.note_figure(facts)
            return
        picture = save(figure, self.run, facts, drawn=self._published(drawn))
        display(Image(data=picture, metadata={"alt": alt}))  # type: ignore[no-untyped-call]

    def _published(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` as it may leave a run: as it is, or with coordinates rounded where the data are somebody's."""
        if not self.parameters.get("data"):
            return frame
        return rounded_coordinates(frame, decimals=coordinate_decimals())

    def sources(self) -> pd.DataFrame:
        """Return the sources of every value and figure recorded so far, with who counted and the full citation.

        Pages whose title or address would name the place of an accident or tell of a person hurt in it are counted in
        the last row and not cited; they can be found by `source_id` in the evidence and in each figure's JSON.
        """
        cited = sorted_union(
            *(estimate.sources for estimate in self.run.estimates.values()),
            *(facts.sources for facts in self.run.figures.values()),
        )
        brought = [source_id for source_id in cited if source_id.startswith(tables.NOT_PUBLISHED)]
        known = self.evidence.sources.loc[[source_id for source_id in cited if source_id not in brought]]
        withheld = accident_pages(known)
        rows = [
            {"source_id": source_id, "originator": originator, "citation": cite(self.evidence, str(source_id))}
            for source_id, originator in known.loc[~withheld, "originator"].items()
        ]
        rows += [tables.brought_source(source_id) for source_id in brought]
        if withheld.any():
            rows.append(tables.withheld_sources(int(withheld.sum())))
        return pd.DataFrame(rows, columns=["source_id", "originator", "citation"]).set_index("source_id")


def open_study(notebook: str, **parameters: object) -> Study:
    """Check the parameters, load the evidence and return the study; tables are shown whole from here on.

    Parameters
    ----------
    notebook
        Name of the notebook without ending; its outputs are kept under it.
    **parameters
        Every parameter of the notebook's parameters cell. `data` names an evidence folder, empty for the repository's.

    Raises
    ------
    ParameterError
        When a parameter is out of its range.
    EvidenceError
        When the evidence breaks its own description; all faults at once.
    """
    check_parameters(parameters)
    tables.show_whole()
    evidence = load_evidence(str(parameters.get("data", "")))
    if parameters.get("data"):
        print(coordinates_notice(coordinate_decimals()), file=sys.stderr)  # noqa: T201
    left_out = parameters.get("exclude_originators", ())
    if isinstance(left_out, (list, tuple)):
        check_originators(evidence, left_out)
    run = RunRecord(
        notebook=notebook,
        folder=destination(notebook),
        parameters=dict(parameters),
        checksums=dict(evidence.checksums),
    )
    return Study(evidence=evidence, parameters=parameters, run=run)
