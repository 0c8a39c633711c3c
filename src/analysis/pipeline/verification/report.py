"""report.md: what a CODECHECK checker completes; what was run, where, with what, and what came of each output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from analysis.pipeline.messages import printable
from analysis.pipeline.summary import failed
from analysis.pipeline.verification.captions import captions
from analysis.pipeline.verification.markdown import code, escaped, table
from analysis.pipeline.verification.outcome import Verification
from analysis.record.layout import Layout
from analysis.record.tolerance import ABSOLUTE, RELATIVE
from analysis.record.verification.check import Check, HashedFile

_BLANK: Final = "\\_" * 24

_HEAD: Final = """\
# Report of a check

Written by `analysis verify` for a person who checks this study, for instance as a CODECHECK. **It is not a certificate
and gives no judgement beyond the comparisons listed here.** It says that the committed results were, or were not,
computed again from the committed evidence and code on one machine; it does not say that evidence, methods or
conclusions are right. The checker fills in the blanks.
"""

_REMARKS: Final = f"""\
## For the checker

- Were the instructions enough to run it? {_BLANK}
- What had to be changed or asked? {_BLANK}
- Do the figures looked at show what their captions say? {_BLANK}
- Other remarks: {_BLANK}
"""

_PARTS: Final = (
    ("evidence", "Evidence"),
    ("file", "Files of the record against the hashes in `figures/MANIFEST.json`"),
    ("figure", "Figures"),
    ("value", "Values of `figures/values.json`"),
    ("text", "Other texts"),
    ("notebook", "Notebooks"),
)


def report_text(verification: Verification, layout: Layout) -> str:
    """Return the text of report.md."""
    return "\n\n".join(part.strip("\n") for part in _parts(verification, layout)) + "\n"


def _parts(verification: Verification, layout: Layout) -> Iterator[str]:
    yield _HEAD
    blanks = ("Checker", "ORCID", "Affiliation", "Date of the check", "Version or address of what was checked")
    yield table(("to be filled in", ""), [(name, _BLANK) for name in blanks])
    yield f"## Result\n\n{escaped(verification.verdict)}"
    yield from _disagreements(verification)
    yield f"## What was run\n\n{_run(verification)}"
    yield f"## Where\n\n{_machine(verification)}"
    yield f"## Versions\n\n{_versions(verification)}"
    yield (
        "## Outputs\n\n"
        f"Numbers agree when they differ by at most {RELATIVE:g} of the larger one, or by {ABSOLUTE:g}; a value with a "
        "tolerance of its own says so. Text has to be equal. PDF and SVG whose bytes differ are judged by the PNG and "
        "the numbers drawn."
    )
    shown = captions(layout, tuple(check.name for check in verification.checks if check.kind == "figure"))
    for kind, title in _PARTS:
        checks = [check for check in verification.checks if check.kind == kind]
        yield f"### {title}\n\n{_outputs(kind, checks, shown)}"
    yield _REMARKS


def _disagreements(verification: Verification) -> Iterator[str]:
    for result in verification.results:
        if not result.ok:
            # Indented, so that source and error of the cell are shown as they are.
            lines = failed(result, verification.folder).splitlines()
            yield "### A notebook that failed\n\n" + "\n".join(f"    {printable(line)}" for line in lines)
    rows = [
        (f"{check.kind} {code(check.name)}", escaped(one.where), escaped(one.old), escaped(one.new))
        for check in verification.checks
        if not check.agrees
        for one in check.differences
    ]
    if rows:
        yield "### What does not agree\n\n" + table(("output", "where", "record", "this run"), rows)


def _run(verification: Verification) -> str:
    facts = verification.facts
    rows = [
        (
            code(name),
            escaped("to the end" if one["ok"] else str(one["failure"])),
            f"{one['seconds']:.1f} s",
            f"{one['cell_seconds']:.1f} s",
            code(one["source_sha256"]),
        )
        for name, one in sorted(facts["notebooks"].items())
    ]
    changes = "with changes that are not committed" if facts["uncommitted_changes"] else "without uncommitted changes"
    how = (
        "Every notebook of `notebooks/` with its default parameters, each in a kernel of its own "
        f"({facts['workers']} at a time), on the evidence in `data/`, by `analysis verify`."
    )
    when = (
        f"Commit {code(facts['commit'])}, {changes}. "
        f"Finished {escaped(facts['finished_at'])} after {facts['seconds']:.1f} s."
    )
    return "\n\n".join((how, when, table(("notebook", "ran", "time", "of it in cells", "SHA-256 of its file"), rows)))


def _machine(verification: Verification) -> str:
    machine = verification.facts["machine"]
    return table(("", ""), [(name, escaped(str(machine[name]))) for name in ("system", "processor", "cores", "python")])


def _versions(verification: Verification) -> str:
    names = sorted({**verification.stated, **verification.used})
    rows = [
        (code(name), escaped(verification.stated.get(name, "")), escaped(verification.used.get(name, "")))
        for name in names
    ]
    text = "Direct dependencies; every installed package is listed in `verify.json`."
    return f"{text}\n\n{table(('package', 'the record was made with', 'here'), rows)}"


def _outputs(kind: str, checks: Sequence[Check], shown: dict[str, str]) -> str:
    if not checks:
        return "None."
    if kind == "value":
        values = [(code(check.name), escaped(check.method), _result(check)) for check in checks]
        return table(("value", "compared by", "result"), values)
    if kind == "figure":
        return "\n\n".join(_figure(check, shown[check.name]) for check in checks)
    rows = [row for check in checks for row in _file_rows(check)]
    return table(("output", "compared by", "SHA-256 on record", "SHA-256 found or made", "result"), rows)


def _file_rows(check: Check) -> list[tuple[str, str, str, str, str]]:
    ends = (escaped(check.method), _result(check))
    files = check.files or (HashedFile(path=check.name),)
    return [(code(one.path), ends[0], code(one.committed), _made(one), ends[1]) for one in files]


def _figure(check: Check, caption: str) -> str:
    rows = [(code(one.path), code(one.committed), _made(one)) for one in check.files]
    head = f"**{code(check.name)}**: {_result(check)} (compared by: {escaped(check.method)}). {escaped(caption)}"
    return f"{head}\n\n{table(('file', 'SHA-256 on record', 'SHA-256 made by this run'), rows)}"


def _made(one: HashedFile) -> str:
    return "the same" if one.made and one.made == one.committed else code(one.made)


def _result(check: Check) -> str:
    return escaped(str(check.outcome)) if check.agrees else f"**{escaped(str(check.outcome).upper())}**"
