"""codecheck.yml: the list of outputs for a CODECHECK, with every field that only people can fill in marked.

Format: CODECHECK configuration file specification 2.0, https://codecheck.org.uk/spec/config/2.0/
"""

from __future__ import annotations

import json
from typing import Final

from analysis.pipeline.verification.captions import captions
from analysis.pipeline.verification.outcome import Verification
from analysis.record.layout import Layout

_BLANK: Final = "TO BE FILLED IN"

_HEAD: Final = """\
%YAML 1.1
---
# Written by `analysis verify` from the figures' JSON. It is a start for a CODECHECK, not a certificate: every
# field that says TO BE FILLED IN is for the authors or the checker. Paths are relative to the root of the repository;
# put this file there.
version: https://codecheck.org.uk/spec/config/2.0/

manifest:
"""


def codecheck_text(verification: Verification, layout: Layout) -> str:
    """Return the text of codecheck.yml: each figure of the record with its caption's first sentence, and the values."""
    figures = tuple(check.name for check in verification.checks if check.kind == "figure")
    comments = {f"figures/{name}.png": caption for name, caption in captions(layout, figures).items()}
    comments["figures/values.json"] = "Every headline value with its interval, method, sources and assumptions."
    items = [
        f"  - file: {scalar(path)}\n    comment: {scalar(comment)}\n"
        for path, comment in comments.items()
        if (layout.root / path).is_file()
    ]
    return _HEAD + "".join(items) + _people(verification)


def _people(verification: Verification) -> str:
    blank = scalar(_BLANK)
    found = scalar(f"{_BLANK} by the checker. What `analysis verify` said: {verification.verdict}")
    return f"""
paper:
  title: {blank}
  authors:
    - name: {blank}
      ORCID: {blank}
  reference: {blank}

codechecker:
  - name: {blank}
    ORCID: {blank}

report: {scalar(f"{_BLANK} with the address of the published certificate; report.md is the draft to complete")}
summary: {found}
check_time: {blank}
certificate: {blank}
"""


def scalar(text: str) -> str:
    """Return `text` as a double-quoted YAML scalar in which every character YAML cannot hold is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(character if character.isprintable() else _escaped(character) for character in quoted)


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
