"""`ivr serve` as a process of its own."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from app_house import ACCOUNT, CALLER, NUMBER, PUBLIC, TOKEN
from free_port import free_port

from ivr.sim.cloud.signing import sign
from ivr.store.server_process import server_lives

IVR = [sys.executable, "-c", "from ivr.cli import main; main()"]
READY_WITHIN_S = 250.0
ENDS_WITHIN_S = 120.0
ANSWERS_WITHIN_S = 120.0
"""A worker that is killed or begins answers when the next one is up."""


class Running:
    """A server; everything it started ends with `close`."""

    def __init__(self, hotline: Path, data: Path, *more: str, **env: str) -> None:
        self.port = free_port()
        self.data = data
        self.log = data.parent / "server.log"
        self.base = f"http://127.0.0.1:{self.port}"
        command = [*IVR, "serve", str(hotline), "--port", str(self.port), "--data", str(data)]
        command += ["--local-line", "--public-url", PUBLIC, *more]
        with self.log.open("ab") as log:
            env = {**os.environ, "TWILIO_AUTH_TOKEN": TOKEN, **env}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=env, start_new_session=True)
        self._until_ready()

    def close(self) -> None:
        """However the test ended: no process is left."""
        for pid in [self.process.pid, *self.workers(), *self.redis_pids()]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    # --- processes --------------------------------------------------------------------------------------------

    def workers(self) -> list[int]:
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", "spawn_main"], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in found.stdout.split()]

    def up(self) -> list[int]:
        """The workers that have begun to serve: each watches its hotline's folder from then on."""
        return [pid for pid in self.workers() if "anon_inode:inotify" in files_of(pid)]

    def connected(self, port: int | None = None) -> list[int]:
        """The workers that have an open connection, one for each; where told, only those with this port of ours."""
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        here, there = f":{self.port:04X}", "" if port is None else f":{port:04X}"
        established = [row for row in rows if row[3] == "01" and row[1].endswith(here) and row[2].endswith(there)]
        held = {f"socket:[{row[9]}]" for row in established}
        return [pid for pid in self.workers() for file in files_of(pid) if file in held]

    def redis_pids(self) -> list[int]:
        """The Redis server of this data directory, while there is one."""
        file = self.data / "redis" / "redis.pid"
        return [int(file.read_text())] if file.exists() else []

    def ends(self, by: signal.Signals) -> int:
        """Told to end; its exit status. Nothing it started is left."""
        workers = self.workers()
        self.process.send_signal(by)
        status = self.process.wait(ENDS_WITHIN_S)
        assert not [pid for pid in workers if is_alive(pid)], "a worker is still there"
        assert not server_lives(self.data / "redis"), "the Redis server is still there"
        return status

    # --- requests ------------------------------------------------------------------------------------------------

    def get(self, path: str) -> str:
        return self._ask(urllib.request.Request(self.base + path))

    def json(self, path: str, body: Any) -> Any:
        data = json.dumps(body).encode()
        return json.loads(
            self._ask(urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}))
        )

    def metric(self, name: str) -> float:
        """Of all workers together; `name` is the beginning of its line in /metrics. NaN where nobody tells it just
        now."""
        lines = (line.rpartition(" ") for line in self.get("/metrics").splitlines() if line.startswith(name))
        return next((float(value) for _, _, value in lines), math.nan)

    def carrier(self, path: str, call: str, **told: str) -> str:
        """A signed request of the carrier."""
        form = {"CallSid": call, "AccountSid": ACCOUNT, "From": CALLER, "To": NUMBER, "CallStatus": "in-progress"}
        form |= told
        signature = sign(TOKEN, PUBLIC + path, {name: [value] for name, value in form.items()})
        return self._ask(
            urllib.request.Request(
                self.base + path, urlencode(form).encode(), {"X-Twilio-Signature": signature}, method="POST"
            )
        )

    def _ask(self, request: urllib.request.Request) -> str:
        with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN_S) as answer:
            return str(answer.read().decode())

    def _until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with suppress(OSError):
                self.get("/readyz")
                return
            time.sleep(0.02)
        self.close()
        raise AssertionError(f"the server did not come up:\n{self.log.read_text()}")


def files_of(pid: int) -> list[str]:
    """What it has open; nothing once it is gone."""
    found = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(FileNotFoundError):  # closed meanwhile
                found.append(os.readlink(file))
    return found


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def ivr(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Another command."""
    return subprocess.run([*IVR, *arguments], capture_output=True, text=True, check=False, timeout=READY_WITHIN_S)
