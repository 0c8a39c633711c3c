"""The commands that run no study reach nothing beyond this machine; the studies: tests/notebooks/test_runs.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = Path(__file__).resolve().parents[1] / "no_network"

COMMANDS = """
import sys
from analysis.__main__ import main
folder = sys.argv[1]
for typed in (
    ["check"], ["explain"], ["explain", "casualty-rate"], ["explain", "casualty_trends.total_registered", "--json"],
    ["diff", "figures", "figures"], ["export", "values", f"{folder}/values.csv"],
    ["export", "sources", f"{folder}/sources.html"], ["export", "sources", f"{folder}/sources.bib"],
):
    assert main(typed) == 0, typed
"""

VERIFY = """
import sys
from pathlib import Path
from analysis.pipeline.request import Request
from analysis.pipeline.verification.verify import verify
from analysis.record.layout import Layout

if __name__ == "__main__":
    found = verify(Request(), Layout(root=Path(sys.argv[1])), check_folder=lambda _: {"table.csv": "e" * 64})
    assert found.ok, found
"""


def guarded(tmp_path: Path, code: str, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[dict]]:
    """Run code in a guarded process of its own; return what became of it, and what it and its children told."""
    script, log = tmp_path / "script.py", tmp_path / "network.log"
    script.write_text(code, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(GUARD), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "ANALYSIS_NETWORK_LOG": str(log)}
    done = subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=GUARD.parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done, [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


ATTEMPTS = """
import socket, urllib.request
refused = 0
for attempt in (
    lambda: urllib.request.urlopen("https://example.org"),
    lambda: socket.socket().connect(("192.0.2.1", 80)),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    lambda: socket.gethostbyname("example.org"),
    lambda: socket.socket().bind(("0.0.0.0", 0)),
):
    try:
        attempt()
    except OSError as error:
        refused += "no network in tests" in str(error)
print(refused)
one = socket.create_server(("127.0.0.1", 0))
socket.create_connection(one.getsockname()).close()
"""


def test_the_guard_refuses_and_tells_every_way_out(tmp_path: Path) -> None:
    done, told = guarded(tmp_path, ATTEMPTS)
    assert (done.returncode, done.stdout) == (0, "5\n"), done.stderr
    assert [one["attempt"] for one in told if "attempt" in one] == [
        "socket.getaddrinfo",
        "socket.connect",
        "socket.sendto",
        "socket.gethostbyname",
        "socket.bind",
    ]


def test_commands_that_read(tmp_path: Path) -> None:
    done, told = guarded(tmp_path, COMMANDS, str(tmp_path))
    assert done.returncode == 0, done.stderr[-2000:]
    assert [one for one in told if "attempt" in one] == []


@pytest.mark.notebooks
@pytest.mark.faults
def test_verify_with_workers_and_kernels(project, tmp_path: Path) -> None:
    done, told = guarded(tmp_path, VERIFY, str(project.layout.root))
    assert done.returncode == 0, done.stderr[-2000:]
    assert [one for one in told if "attempt" in one] == []
    kernels = [one for one in told if any("ipykernel" in word for word in one["guarded"])]
    assert len(kernels) == 2
