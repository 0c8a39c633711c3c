"""Find a Python that can carry this project, or say what was found instead."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from messages import SetupError

OLDEST, NEWEST = (3, 11), (3, 13)

PROBE = """
import json, sys
missing = []
for name in ("venv", "ensurepip"):
    try:
        __import__(name)
    except ImportError:
        missing.append(name)
print(json.dumps({
    "executable": getattr(sys, "_base_executable", None) or sys.executable,
    "prefix": sys.base_prefix,
    "version": list(sys.version_info[:3]),
    "implementation": sys.implementation.name,
    "missing": missing,
}))
"""


def candidates(only_this: bool = False) -> list:
    """Commands that may be a fitting Python: the one running this first, then others by name if they may stand in."""
    commands = [[sys.executable]]
    if only_this:
        return commands
    for minor in range(OLDEST[1], NEWEST[1] + 1):
        name = f"python3.{minor}"
        if os.name == "nt" and shutil.which("py"):
            commands.append(["py", f"-3.{minor}"])
        elif shutil.which(name):
            commands.append([name])
    return commands


def probe(command: list) -> dict:
    """What the interpreter behind a command says of itself, or the `problem` that kept it from answering."""
    try:
        done = subprocess.run(  # its own output is all that is wanted
            [*command, "-I", "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True
        )
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            return {"problem": "does not run: " + lines[0]}
        return json.loads(done.stdout)
    except (OSError, ValueError) as trouble:
        return {"problem": f"does not run: {trouble}"}


def unfit(found: dict) -> str:
    """Why an interpreter cannot carry this project; empty when it can."""
    if "problem" in found:
        return found["problem"]
    version = ".".join(str(part) for part in found["version"])
    if found["implementation"] != "cpython":
        return f"is {found['implementation']} {version}, not CPython"
    if not OLDEST <= tuple(found["version"][:2]) <= NEWEST:
        return f"is Python {version} ({found['executable']})"
    return ""


def choose(commands: list, ask=probe) -> dict:  # noqa: ANN001  # Callable needs newer syntax
    """The first interpreter that fits and can make environments."""
    rejected, incomplete = [], []
    for command in commands:
        found = ask(command)
        reason = unfit(found)
        if reason:
            rejected.append(f"  {' '.join(command)} {reason}")
        elif found["missing"]:
            incomplete.append(found)
        else:
            return found
    if incomplete:
        raise SetupError(missing_module_message(incomplete[0]))
    raise SetupError(
        f"this project needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}. Found:\n" + "\n".join(rejected) + "\n"
        "Install one (Debian, Ubuntu: apt-get install python3.11 python3.11-venv) and repeat the command,\n"
        "or name one that is not on the PATH: make PYTHON=/path/to/python3.11 reproduce"
    )


def missing_module_message(found: dict) -> str:
    """What to install when an interpreter cannot make environments."""
    minor = ".".join(str(part) for part in found["version"][:2])
    missing = " and ".join(found["missing"])
    return (
        f"Python {minor} ({found['executable']}) has no module {missing}, which makes environments.\n"
        f"Debian and Ubuntu keep it in a package of its own: apt-get install python{minor}-venv\n"
        "Then repeat the command."
    )


def program(venv: Path, name: str) -> Path:
    """Path of a program inside an environment."""
    if os.name == "nt":
        return venv / "Scripts" / (name + ".exe")
    return venv / "bin" / name
