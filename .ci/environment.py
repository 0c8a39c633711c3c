"""Set up ``.venv`` from ``requirements.lock``, or find that it is ready; standard library only.

Run it with the interpreter the environment should use: ``python3 .ci/environment.py``. The syntax stays within
Python 3.6, so that an old interpreter answers with a sentence and not with a traceback.

A stamp inside ``.venv``, written last, names the lock, the project file, the interpreter and the folder it was made
for. No stamp means half-made: such an environment is built anew. Proxy, certificate and index settings of the machine
hold.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)
STAMP_FORMAT = 1

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


class SetupError(Exception):
    """The environment cannot be set up; the message says what was found and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once, also through a pipe."""
    print(text, flush=True)


# ---------------------------------------------------------------------------------------------------- interpreter


def candidates() -> list:
    """Commands that may be a fitting Python: the one running this first, then others by name."""
    commands = [[sys.executable]]
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


# ---------------------------------------------------------------------------------------------------------- stamp


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


def program(venv: Path, name: str) -> Path:
    """Path of a program inside an environment."""
    if os.name == "nt":
        return venv / "Scripts" / (name + ".exe")
    return venv / "bin" / name


def stale(venv: Path, wanted: dict) -> list:
    """Why an environment cannot be used as it is; empty when it can."""
    if not venv.exists():
        return ["environment"]
    changed = differences(read_stamp(venv), wanted)
    if not changed and "problem" in probe([str(program(venv, "python"))]):
        return ["set-up"]
    return changed


# --------------------------------------------------------------------------------------------------- installation


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

    def __init__(self, root: Path, venv: Path, held: int) -> None:
        self.root, self.venv, self.held = root, venv, held
        self.python = str(program(venv, "python"))
        self.settings = install_settings(dict(os.environ))

    def run(self, command: list, show: bool = False) -> str:
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
        for line in child.stdout:
            lines.append(line)
            if show and not re.match(r" [-+~] ", line):
                say("    " + line.rstrip())
        if child.wait() != 0:
            raise SetupError(f"{' '.join(command[:4])} failed:\n" + "".join(lines[-15:]).rstrip())
        return "".join(lines)

    def pip(self, *arguments: str, **options: bool) -> str:
        """Run the environment's own pip."""
        return self.run([self.python, "-I", "-m", "pip", *arguments], **options)

    def uv(self, *arguments: str, **options: bool) -> str:
        """Run the environment's own uv on this environment."""
        command = [str(program(self.venv, "uv")), "pip", arguments[0], "--python", self.python]
        return self.run([*command, *arguments[1:]], **options)

    def create(self, interpreter: dict) -> None:
        """Make the empty environment, after removing what is left of an earlier one."""
        if self.venv.exists() and any(self.venv.iterdir()) and not (self.venv / "pyvenv.cfg").exists():
            raise SetupError(f"{self.venv} is not a Python environment; move it away and repeat")
        shutil.rmtree(str(self.venv), ignore_errors=True)
        self.run([interpreter["executable"], "-I", "-m", "venv", str(self.venv)])

    def fetch_uv(self) -> None:
        """Install uv alone, at the locked version and hash."""
        if "UV_DEFAULT_INDEX" not in self.settings and "UV_INDEX_URL" not in self.settings:
            index = pip_index(self.pip("config", "list"))
            if index:
                self.settings["UV_DEFAULT_INDEX"] = index
        wanted = self.venv / "uv.txt"
        lock = (self.root / "requirements.lock").read_text(encoding="utf-8")
        wanted.write_text(locked_entry(lock, "uv"), encoding="utf-8")
        self.pip("install", "--quiet", "--no-deps", "--require-hashes", "-r", str(wanted))

    def install_with_uv(self) -> None:
        """Make the environment hold exactly the lock, then add the package itself."""
        self.uv("sync", "--require-hashes", "requirements.lock", show=True)
        # A sync removes what the lock does not name, so the package comes after it.
        self.uv("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")

    def install_with_pip(self) -> None:
        """The same without uv, into an environment that is still empty."""
        self.pip("install", "--no-deps", "--require-hashes", "--progress-bar", "off", "-r", "requirements.lock")
        self.pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
        self.run([self.python, "-I", "-m", "compileall", "-q", "-j", "0", str(self.venv)])


def fill(installer: Installer, interpreter: dict, in_place: bool) -> None:
    """Bring an environment to what the lock says: in place with uv where possible, else from nothing."""
    try:
        if not in_place:
            say("  making .venv with Python " + ".".join(str(part) for part in interpreter["version"]))
            installer.create(interpreter)
            installer.fetch_uv()
        say("  installing the packages of requirements.lock")
        installer.install_with_uv()
    except SetupError as trouble:
        if not program(installer.venv, "python").exists():
            raise
        say(f"  uv does not do here, going on with pip (this takes longer): {str(trouble).splitlines()[-1]}")
        installer.create(interpreter)
        installer.install_with_pip()
    installer.run([installer.python, "-I", "-m", "compileall", "-q", "src"])
    installer.run([installer.python, "-I", "-c", "import analysis"])


@contextlib.contextmanager
def only_one(path: Path):  # noqa: ANN201  # Iterator needs newer syntax
    """Hold a lock file while the environment changes; a second set-up waits for the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(str(path), "a") as handle:  # noqa: PTH123  # Path.open is no better in Python 3.6
        waited = False
        while not taken(handle.fileno()):
            if not waited:
                say("Another set-up is at work in this folder; waiting for it.")
            waited = True
            time.sleep(0.2)
        yield handle.fileno()


def taken(descriptor: int) -> bool:
    """Take the lock if it is free; the system gives it back when its last holder ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def set_up(root: Path) -> None:
    """Leave a finished environment behind, whatever was there before."""
    venv = root / ".venv"
    interpreter = choose(candidates())
    wanted = wanted_stamp(root, interpreter)
    if not stale(venv, wanted):
        return
    with only_one(root / "build" / "environment.lock") as held:
        changed = stale(venv, wanted)
        if not changed:
            return
        started = time.time()
        say(f"Setting up .venv (missing or changed: {', '.join(changed)})")
        # On Windows a running uv cannot replace itself, so there an environment is always built anew.
        in_place = set(changed) <= {"requirements.lock", "pyproject.toml"} and os.name != "nt"
        in_place = in_place and program(venv, "uv").exists()
        with contextlib.suppress(OSError):
            (venv / "stamp.json").unlink()
        fill(Installer(root, venv, held), interpreter, in_place)
        write_stamp(venv, wanted)
        say(f"  ready after {time.time() - started:.0f} s")


def main() -> int:
    """Set up the environment; exit status 0 when it is ready."""
    try:
        set_up(ROOT)
    except SetupError as trouble:
        print(f"Set-up stopped: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up interrupted; the next command starts it again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
