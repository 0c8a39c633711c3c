"""Write ``requirements.lock`` from ``pyproject.toml``; ``--upgrade`` moves every version to the newest that fits.

Without ``--upgrade`` the versions of the present lock are kept wherever they still fit, so running it twice changes
nothing. The lock names no index: a machine's own settings decide where packages come from.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXCLUDED = "rfc3987-syntax"

HEADER = f"""\
# Every package of this project, its extras and its set-up, one version each for Python 3.11 to 3.13, with hashes.
# Written by `make lock` (newest versions: `make lock UPGRADE=1`); read by .ci/environment. Do not edit by hand.
#
# {EXCLUDED} is left out on purpose. It comes in only through an optional extra of jsonschema that jupyter-events asks
# for, checks nothing but the IRI format, which nothing here or in Jupyter uses, and would add about 1.5 seconds to the
# start of every process that imports nbformat. Where `pip check` reports it as missing, that is expected.

"""


def compile_command(output: Path, excludes: Path, *, upgrade: bool) -> list[str]:
    """The uv call that resolves the lock into `output`."""
    uv = ROOT / ".venv" / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    return [
        str(uv), "pip", "compile", "pyproject.toml", "--quiet", "--all-extras", "--universal",
        "--python-version", "3.11", "--fork-strategy", "fewest", "--generate-hashes", "--no-config", "--no-header",
        "--no-emit-index-url", "--no-emit-find-links", "--excludes", str(excludes), "--output-file", str(output),
        *(["--upgrade"] if upgrade else []),
    ]  # fmt: skip


def write_lock(*, upgrade: bool) -> None:
    """Resolve into a temporary file beside the lock, then replace the lock in one step."""
    lock = ROOT / "requirements.lock"
    settings = {name: value for name, value in os.environ.items() if name not in {"PIP_FIND_LINKS", "UV_FIND_LINKS"}}
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as folder:
        draft, excludes = Path(folder) / "requirements.txt", Path(folder) / "excludes.txt"
        draft.write_text(lock.read_text(encoding="utf-8") if lock.exists() else "", encoding="utf-8")
        excludes.write_text(EXCLUDED + "\n", encoding="utf-8")
        subprocess.run(compile_command(draft, excludes, upgrade=upgrade), cwd=ROOT, env=settings, check=True)
        finished = Path(folder) / "requirements.lock"
        finished.write_text(HEADER + draft.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
        finished.replace(lock)


if __name__ == "__main__":
    (ROOT / "build").mkdir(exist_ok=True)
    write_lock(upgrade="--upgrade" in sys.argv[1:])
