"""The stamp that says what an environment was made for, written last."""

import hashlib
import json
from pathlib import Path

from interpreter import probe, program

STAMP_FORMAT = 1


def digest(path: Path) -> str:
    """SHA-256 of a file's text, the same for either kind of line ending."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def wanted_stamp(root: Path, interpreter: dict) -> dict:
    """What the stamp of an environment must say for it to be used as it is."""
    return {
        "format": STAMP_FORMAT,
        "folder": str(root),
        "python": ".".join(str(part) for part in interpreter["version"]),
        "interpreter": interpreter["prefix"],
        "requirements.lock": digest(root / "requirements.lock"),
        "pyproject.toml": digest(root / "pyproject.toml"),
    }


def read_stamp(venv: Path) -> dict:
    """The stamp of an environment; empty when there is none or it cannot be read."""
    try:
        stamp = json.loads((venv / "stamp.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, stamp: dict) -> None:
    """Write the stamp by rename: it is there entirely or not at all."""
    draft = venv / "stamp.json.part"
    draft.write_text(json.dumps(stamp, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(venv / "stamp.json")


def differences(stamp: dict, wanted: dict) -> list:
    """Names of what an environment was made for and no longer is; 'set-up' alone when it was never finished."""
    if not stamp:
        return ["set-up"]
    return [name for name in wanted if stamp.get(name) != wanted[name]]


def stale(venv: Path, wanted: dict) -> list:
    """Why an environment cannot be used as it is; empty when it can."""
    if not venv.exists():
        return ["environment"]
    changed = differences(read_stamp(venv), wanted)
    if not changed and "problem" in probe([str(program(venv, "python"))]):
        return ["set-up"]
    return changed
