"""Set up ``.venv`` from ``requirements.lock``, or find that it is ready; standard library only.

Run it with the interpreter the environment should use: ``python3 .ci/environment [FOLDER]``; FOLDER is ``.venv``
unless another is named. Where that interpreter does not fit, another one on the PATH is taken, or, with
``--only-this-python``, none. The syntax of these files stays within Python 3.6, so that an old interpreter answers
with a sentence and not with a traceback.

A stamp inside ``.venv``, written last, names the lock, the project file, the interpreter and the folder it was made
for. No stamp means half-made: such an environment is built anew. Proxy, certificate and index settings of the machine
hold.
"""

import contextlib
import os
import sys
import time
from pathlib import Path

from installer import Installer, fill
from interpreter import candidates, choose
from messages import SetupError, say
from stamp import stale, wanted_stamp, write_stamp

ONLY_THIS = "--only-this-python"
ROOT = Path(__file__).resolve().parent.parent.parent


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


def set_up(root: Path, name: str, only_this: bool = False) -> None:
    """Leave a finished environment in the folder `name` of the repository, whatever was there before.

    With `only_this` the running interpreter is used or refused; no other one is looked for.
    """
    venv = root / name
    interpreter = choose(candidates(only_this))
    wanted = wanted_stamp(root, interpreter)
    if not stale(venv, wanted):
        return
    with only_one(root / "build" / "environment.lock") as held:
        changed = stale(venv, wanted)
        if not changed:
            return
        started = time.time()
        say(f"Setting up {name} with Python {wanted['python']} (missing or changed: {', '.join(changed)})")
        with contextlib.suppress(OSError):
            (venv / "stamp.json").unlink()
        fill(Installer(root, venv, interpreter, held), changed)
        write_stamp(venv, wanted)
        say(f"  ready after {time.time() - started:.0f} s")


def main() -> int:
    """Set up the environment; exit status 0 when it is ready."""
    given = sys.argv[1:]
    names = [word for word in given if word != ONLY_THIS]
    try:
        set_up(ROOT, names[0] if names else ".venv", ONLY_THIS in given)
    except SetupError as trouble:
        print(f"Set-up stopped: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up interrupted; the next command starts it again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
