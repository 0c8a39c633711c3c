"""What every command prints alike: JSON for machines, complaints for people."""

from __future__ import annotations

import sys


def ascii_json(tree: object) -> str:
    """Return JSON in ASCII, so that nothing in the data reaches the terminal as itself."""
    import json

    return json.dumps(tree, indent=1, allow_nan=False).replace("\x7f", r"\u007f")


def complain(text: str) -> None:
    """Print a complaint to standard error, fit for a terminal."""
    from analysis.pipeline.messages import printable

    print(f"analysis: {printable(text)}", file=sys.stderr)
