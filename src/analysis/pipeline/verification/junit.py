"""junit.xml: one test case an output, in the form build servers read."""

from __future__ import annotations

from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from analysis.pipeline.messages import printable
from analysis.pipeline.verification.outcome import Verification
from analysis.record.layout import Layout
from analysis.record.verification.check import Check


def junit_text(verification: Verification, _: Layout) -> str:
    """Return the text of junit.xml: a suite for each kind of output, and one for the notebooks' runs."""
    root = Element("testsuites", name="analysis verify", time=f"{verification.facts['seconds']:.3f}")
    _add_runs(root, verification)
    for kind, checks in groupby(sorted(verification.checks, key=lambda check: check.kind), lambda check: check.kind):
        suite = SubElement(root, "testsuite", name=kind)
        for check in checks:
            case = SubElement(suite, "testcase", classname=f"verify.{kind}", name=printable(check.name), time="0")
            if not check.agrees:
                _fail(case, str(check.outcome), _message(check), "\n".join(str(one) for one in check.differences))
    _count(root)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add_runs(root: Element, verification: Verification) -> None:
    suite = SubElement(root, "testsuite", name="run")
    for result in verification.results:
        name, seconds = printable(result.spec.name), f"{result.seconds:.3f}"
        case = SubElement(suite, "testcase", classname="verify.run", name=name, time=seconds)
        if result.failure is not None:
            failure = result.failure
            _fail(case, str(failure.kind), f"{failure.kind}{failure.place}", f"{failure.source}\n{failure.detail}")


def _message(check: Check) -> str:
    first = str(check.differences[0]) if check.differences else ""
    return f"{check.kind} {check.name}: {check.outcome}" + (f"; {first}" if first else "")


def _fail(case: Element, kind: str, message: str, text: str) -> None:
    # What XML has no form for (control characters, surrogates, non-characters) is what is not printable either.
    SubElement(case, "failure", type=kind, message=printable(message)).text = printable(text)


def _count(root: Element) -> None:
    """Write the numbers of cases and failures on each suite and on the whole."""
    for suite in root.iter("testsuite"):
        _write_counts(suite)
    _write_counts(root)


def _write_counts(element: Element) -> None:
    element.set("tests", str(sum(1 for _ in element.iter("testcase"))))
    element.set("failures", str(sum(1 for _ in element.iter("failure"))))
    element.set("errors", "0")
