"""What voices cost: `python bench/voices.py [ROUNDS]`. Takes about a minute and touches a temporary directory only.

Every voice that is installed says the same texts, live and out of the cache, taking turns in one minute. Told are
medians: the time to the first sound, CPU per second of sound (real-time factor; espeak-ng's own process included), the
whole prompt; and what a measuring ear finds: level, peak, the loudest step where clauses join.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivr.call.verbs import Say
from ivr.speech.cache import PromptCache
from ivr.speech.codec import LINE_HZ, decode
from ivr.speech.loudness import peak_dbfs, speech_dbfs
from ivr.speech.prompts import Prompts
from ivr.speech.voices.installed import installed
from ivr.speech.voices.voice import Voice

TEXTS = {
    "en": (
        "One moment, please.",
        "Your balance is 42 dollars and 50 cents, due on December 1. Thank you for calling.",
        "How can I help you? You can say it in your own words. Or press 1 for your balance, 2 for your last bill, "
        "3 for plans, 4 for a fault, 5 for a complaint, and 0 for a person.",
    ),
    "zh": (
        "请稍等。",
        "您的余额是42元5角，12月1日到期。",
        "请问有什么可以帮您？您可以直接说出需求。查余额请按1，查账单请按2。",
    ),
    "ko": ("잠시만 기다려 주십시오.", "잔액은 4만 2천 원입니다. 전화해 주셔서 감사합니다."),
}
ROUNDS = 5


@dataclass(frozen=True)
class Hearing:
    first_s: float
    whole_s: float
    cpu_s: float
    pieces: tuple[bytes, ...]

    @property
    def length_s(self) -> float:
        return sum(map(len, self.pieces)) / LINE_HZ


def cpu_s() -> float:
    """Of this process, and of those in which a voice speaks: field 14 and 15 of their /proc/PID/stat."""
    spent = time.process_time()
    for child in Path("/proc/self/task").glob("*/children"):
        for pid in child.read_text().split():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def hear(prompts: Prompts, say: Say) -> Hearing:
    cpu, begun = cpu_s(), time.perf_counter()
    sound = prompts.sound(say)
    pieces = [next(sound)]
    first = time.perf_counter() - begun
    pieces += sound
    return Hearing(first, time.perf_counter() - begun, cpu_s() - cpu, tuple(pieces))


def rounds(voices: tuple[Voice, ...], folder: Path, count: int) -> Iterator[tuple[str, str, Hearing]]:
    """(voice and language, live or cached, what was heard); live and cached right after one another."""
    for n in range(count):
        for voice in voices:
            prompts = Prompts((voice,), PromptCache(folder / str(n)))
            for language in voice.languages & TEXTS.keys():
                for text in TEXTS[language]:
                    for how in ("live", "cached"):
                        say = Say(text=text, language=language)
                        yield f"{voice.name} {language}", how, hear(prompts, say)


def step(pieces: tuple[bytes, ...]) -> int:
    """The loudest jump from one sample to the next, where clauses join."""
    joined = [decode(one[-8:] + two[:8]).astype(np.int32) for one, two in itertools.pairwise(pieces)]
    return max((int(np.abs(np.diff(one)).max()) for one in joined), default=0)


def main(count: int) -> None:
    voices = installed()
    if not voices:
        sys.exit("no voice is installed: pip install 'ivr[voices]'")
    for voice in voices:
        begun = time.perf_counter()
        voice.ready()
        print(f"{voice.name} {voice.version}: ready after {time.perf_counter() - begun:.2f} s")
    heard: defaultdict[tuple[str, str], list[Hearing]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for voice_name, how, one in rounds(voices, Path(folder), count):
            heard[voice_name, how].append(one)
    print(f"\n{'voice':32}{'':8}{'first sound':>14}{'worst':>10}{'whole':>10}{'CPU/s of sound':>16}")
    for (name, how), hearings in sorted(heard.items()):
        first = [one.first_s * 1000 for one in hearings]
        whole = statistics.median(one.whole_s for one in hearings) * 1000
        cpu = sum(one.cpu_s for one in hearings) / sum(one.length_s for one in hearings)
        print(f"{name:32}{how:8}{statistics.median(first):11.1f} ms{max(first):7.0f} ms{whole:7.0f} ms{cpu:16.4f}")
    print(f"\n{'voice':32}{'prompts':>8}{'seconds':>9}{'level dBFS':>18}{'peak dBFS':>11}{'step at joins':>15}")
    for (name, how), hearings in sorted(heard.items()):
        if how == "live":
            sounds = [decode(b"".join(one.pieces)) for one in hearings]
            levels = [speech_dbfs(sound, LINE_HZ) for sound in sounds]
            print(
                f"{name:32}{len(sounds):8}{sum(one.length_s for one in hearings):9.0f}"
                f"{min(levels):9.1f} …{max(levels):6.1f} {max(map(peak_dbfs, sounds)):10.1f}"
                f"{max(step(one.pieces) for one in hearings):15}"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
