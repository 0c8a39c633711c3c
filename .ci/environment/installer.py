"""Fill an environment from the lock, with uv where that works and with pip elsewhere."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from interpreter import program
from messages import SetupError, say

# The build backend of the one package that comes as source; without isolation it has to be there first.
BUILDS_REUSE = "poetry-core"

PIP_OPTIONS = ("--no-deps", "--no-build-isolation")

# The lines of their output that tell how far they are: all but uv's list of packages, and of pip's the downloads.
UV_PROGRESS = re.compile(r"(?! [-+~] )")
PIP_PROGRESS = re.compile(r"\s*(Downloading|Building|Installing)")
NOTHING = re.compile(r"(?!)")
COMPILING = "    compiling bytecode, so that later starts are quick"

# What would send an installation elsewhere, keep bytecode from being written, or make it slow to load.
MISLEADING = (
    "CONDA_PREFIX",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "SOURCE_DATE_EPOCH",
    "UV_PYTHON",
    "UV_SYSTEM_PYTHON",
    "VIRTUAL_ENV",
)


def locked_entry(lock: str, name: str) -> str:
    """One package's lines of the lock: its version and its hashes."""
    found = re.search(rf"^{re.escape(name)}==.*(?:\n    --hash=.*)*", lock, flags=re.MULTILINE)
    if found is None:
        raise SetupError(f"requirements.lock names no {name}; write it anew with: make lock")
    return found.group(0).rstrip("\\ ") + "\n"


def install_settings(machine: dict) -> dict:
    """The machine's variables without what would mislead an installation, and with what uv reads by another name."""
    settings = {name: value for name, value in machine.items() if name not in MISLEADING}
    settings.update(UV_COMPILE_BYTECODE="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        if settings.get(name):
            settings.setdefault("SSL_CERT_FILE", settings[name])
    return settings


def pip_index(listing: str) -> str:
    """The package index that pip was told to use (`pip config list`), empty for its default; the last line wins."""
    found = re.findall(r"^\S+\.index-url='(.*)'$", listing, flags=re.MULTILINE)
    return found[-1] if found else ""


class Installer:
    """Runs the programs that fill one environment, and shows of their output what a person wants to see."""

    def __init__(self, root: Path, venv: Path, interpreter: dict, held: int) -> None:
        self.root, self.venv, self.interpreter, self.held = root, venv, interpreter, held
        self.python = str(program(self.venv, "python"))
        self.settings = install_settings(dict(os.environ))

    def run(self, command: list, show=NOTHING) -> str:  # noqa: ANN001  # re.Pattern needs newer syntax
        """Run one program to its end; on failure its last lines become the message."""
        # The child holds the set-up's lock too: if this process is killed, the next set-up waits for the child.
        keep = {} if os.name == "nt" else {"pass_fds": (self.held,)}
        child = subprocess.Popen(
            command,
            cwd=str(self.root),
            env=self.settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
            **keep,
        )
        lines = []
        with child.stdout:
            for line in child.stdout:
                lines.append(line)
                if show.match(line):
                    say("    " + line.strip()[:100])
                if show is UV_PROGRESS and line.startswith("Installed "):
                    say(COMPILING)  # which uv does next, and says nothing until it is done
        if child.wait() != 0:
            raise SetupError(f"{' '.join(command[:4])} failed:\n" + "".join(lines[-15:]).rstrip())
        return "".join(lines)

    def pip(self, *arguments: str, show=NOTHING) -> str:  # noqa: ANN001
        """Run the environment's own pip."""
        return self.run([self.python, "-I", "-m", "pip", *arguments], show=show)

    def uv(self, *arguments: str, show=NOTHING) -> str:  # noqa: ANN001
        """Run the environment's own uv on this environment."""
        command = [str(program(self.venv, "uv")), "pip", arguments[0], "--python", self.python]
        return self.run([*command, *arguments[1:]], show=show)

    def create(self) -> None:
        """Make the empty environment, after removing what is left of an earlier one."""
        if self.venv.exists() and any(self.venv.iterdir()) and not (self.venv / "pyvenv.cfg").exists():
            raise SetupError(f"{self.venv} is not a Python environment; move it away and repeat")
        shutil.rmtree(str(self.venv), ignore_errors=True)
        self.run([self.interpreter["executable"], "-I", "-m", "venv", str(self.venv)])

    def fetch(self, *names: str) -> None:
        """Install single packages with pip, at their locked versions and hashes."""
        wanted = self.venv / "first.txt"
        lock = (self.root / "requirements.lock").read_text(encoding="utf-8")
        wanted.write_text("".join(locked_entry(lock, name) for name in names), encoding="utf-8")
        self.pip("install", "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted))

    def adopt_index(self) -> None:
        """Let uv use the index that pip is set to, unless it has one of its own."""
        index = pip_index(self.pip("config", "list"))
        if index and "UV_INDEX_URL" not in self.settings:
            self.settings.setdefault("UV_DEFAULT_INDEX", index)

    def update(self) -> None:
        """Make the environment hold exactly the lock, then add the package itself, which a sync removes."""
        self.fetch("uv", BUILDS_REUSE)
        self.adopt_index()
        self.uv("sync", "--require-hashes", "--no-build-isolation", "requirements.lock", show=UV_PROGRESS)
        self.uv("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")

    def build(self) -> None:
        """Make the environment and fill it with uv."""
        self.create()
        self.update()

    def build_with_pip(self) -> None:
        """Make the environment and fill it without uv."""
        self.create()
        self.fetch(BUILDS_REUSE)
        lock = ("--require-hashes", "-r", "requirements.lock")
        self.pip("install", *PIP_OPTIONS, "--progress-bar", "off", *lock, show=PIP_PROGRESS)
        self.pip("install", *PIP_OPTIONS, "--quiet", "--editable", ".")
        say(COMPILING)
        self.run([self.python, "-I", "-m", "compileall", "-q", "-j", "0", str(self.venv)])

    def finish(self) -> None:
        """Compile the package itself, and see that it can be imported."""
        self.run([self.python, "-I", "-m", "compileall", "-q", "src"])
        self.run([self.python, "-I", "-c", "import analysis"])


def fill(installer: Installer, changed: list) -> None:
    """Bring an environment to what the lock says, by the quickest way that works."""
    ways = [(installer.build, "with uv"), (installer.build_with_pip, "with pip, which takes longer")]
    # On Windows a running uv cannot replace itself, so there an environment is always built anew.
    if set(changed) <= {"requirements.lock", "pyproject.toml"} and os.name != "nt":
        ways.insert(0, (installer.update, "with uv, in place"))
    for number, (way, words) in enumerate(ways, start=1):
        say(f"  installing the packages of requirements.lock {words}")
        try:
            way()
        except SetupError as trouble:
            if number == len(ways):
                raise
            say(f"  that failed: {str(trouble).splitlines()[-1].strip()}")
        else:
            break
    installer.finish()
