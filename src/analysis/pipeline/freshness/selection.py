"""Which of the notebooks asked for have to run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.pipeline.freshness.check import Freshness, freshness, orphans
from analysis.pipeline.request import Plan, Request
from analysis.record.layout import Layout
from analysis.record.manifest import Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is left to do.

    Parameters
    ----------
    plan
        The plan with the notebooks that have to run.
    runs
        The same notebooks with their inputs as they are now; empty for a run that is not for the record.
    up_to_date
        Names of the notebooks asked for that need not run.
    orphans
        Notebooks with outputs in the record that are not there any more; empty unless all notebooks were asked for.
    """

    plan: Plan
    runs: tuple[Freshness, ...] = ()
    up_to_date: tuple[str, ...] = ()
    orphans: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the record holds as it is."""
        return not self.plan.notebooks and not self.orphans


def selected(request: Request, plan: Plan, layout: Layout, manifest: Manifest | None) -> Selection:
    """Return what has to run of `plan`: for the record what is not up to date, else everything.

    Raises
    ------
    ReproductionError
        When a file is not a notebook.
    """
    if not request.is_for_the_record:
        return Selection(plan=plan)
    found = freshness(plan.notebooks, layout, manifest)
    runs = tuple(one for one in found if request.force or request.rewrite or not one.holds)
    return Selection(
        plan=replace(plan, notebooks=tuple(one.notebook for one in runs)),
        runs=runs,
        up_to_date=tuple(one.name for one in found if one not in runs),
        orphans=orphans(layout, manifest) if plan.everything else (),
    )
