"""A running kernel can be reached from this machine only: by sockets in a private folder, or by loopback."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from analysis.pipeline.environment import kernel_environment
from analysis.pipeline.kernel import started_kernel
from analysis.pipeline.result import RunSpec
from analysis.pipeline.run_one import run_one

pytestmark = [
    pytest.mark.notebooks,
    pytest.mark.skipif(sys.platform != "linux", reason="sockets are looked up in /proc"),
]

LOOPBACK = "0100007F"  # 127.0.0.1 as the system writes it, lowest byte first

# What the kernel's own process listens on, as the system sees it.
LISTENING = """\
import json, os
from pathlib import Path
numbers = [name for name in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{name}")]
links = [os.readlink(f"/proc/self/fd/{name}") for name in numbers]
own = {link[8:-1] for link in links if link.startswith("socket:[")}
def lines(kind):
    return [line.split() for line in Path(f"/proc/self/net/{kind}").read_text().splitlines()[1:]]
def listens(kind, line):
    return line[9] in own and (line[3] == "0A" or kind.startswith("udp"))
inet = ("tcp", "tcp6", "udp", "udp6")
found = {kind: [line[1] for line in lines(kind) if listens(kind, line)] for kind in inet}
found["unix"] = [line[7] for line in lines("unix") if line[6] in own and len(line) > 7 and line[3] == "00010000"]
private = Path(os.environ["IPYTHONDIR"]).parent
found["private"], found["mode"] = str(private), oct(private.stat().st_mode & 0o777)
found["owner"] = private.stat().st_uid == os.getuid()
print(json.dumps(found))
"""


@pytest.fixture
def listening(bare, make, tmp_path: Path):
    """Return what starts a kernel as a run does and returns what it listens on."""

    def looked() -> dict[str, object]:
        spec = RunSpec(
            notebook=bare.write("study", make([LISTENING])),
            executed=tmp_path / "run" / "study.ipynb",
            output=tmp_path / "run" / "study",
        )
        result = run_one(spec)
        assert result.ok, result.failure
        cells = json.loads(spec.executed.read_text(encoding="utf-8"))["cells"]
        return json.loads("".join(cells[-1]["outputs"][0]["text"]))

    return looked


def test_channels_are_files_in_a_folder_nobody_else_can_enter(listening) -> None:
    found = listening()
    assert [found[kind] for kind in ("tcp6", "udp", "udp6")] == [[], [], []]
    # ipykernel itself opens one more, by which processes that a cell starts can print; what comes in is asked for a
    # secret of the kernel.
    assert len(found["tcp"]) <= 1
    assert {address.partition(":")[0] for address in found["tcp"]} <= {LOOPBACK}
    own = [path for path in found["unix"] if path.startswith(f"{found['private']}/k-")]
    assert len(own) == 5  # shell, iopub, stdin, control, heartbeat
    assert own == found["unix"]
    assert (found["mode"], found["owner"]) == ("0o700", True)


def test_where_such_files_cannot_be_the_loopback_address_is_bound(listening, monkeypatch, tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 25)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))  # sockets with such names are refused by the system
    found = listening()
    assert found["unix"] == []
    assert len(found["tcp"]) >= 5
    assert {address.partition(":")[0] for address in found["tcp"]} == {LOOPBACK}
    assert [found[kind] for kind in ("tcp6", "udp", "udp6")] == [[], [], []]
    assert (found["mode"], found["owner"]) == ("0o700", True)


def test_a_kernel_is_ended_without_an_interrupt_on_which_it_would_complain_on_standard_error(tmp_path: Path) -> None:
    sent = []
    private = tmp_path / "p"
    private.mkdir()
    with started_kernel(cwd=tmp_path, environment=kernel_environment(None, private=private), private=private) as kernel:
        provisioner = kernel.provisioner
        pass_on = provisioner.send_signal

        async def send_signal(number: int) -> None:
            sent.append(number)
            await pass_on(number)

        provisioner.send_signal = send_signal
        kernel.interrupt_kernel()
        assert sent == [signal.SIGINT]
    assert sent.count(signal.SIGINT) == 1
    assert not kernel.has_kernel
