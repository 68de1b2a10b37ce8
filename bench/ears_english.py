"""English sentences said by a voice over a telephone line: which reach their intent, and which strangers are let in.

Each is judged by its words alone and with meaning, as text and as it was heard, so that what the ears lose stands
apart from what the classifier does not know.

`spoken()` keeps what a voice has said in a folder of the machine's temporary ones, so that a second run is quick.
"""

from __future__ import annotations

import csv
import hashlib
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ears_sentences import FRESH, HELD_OUT, KNOWN, Spoken
from intent import models

from ivr.ears import by_meaning, train
from ivr.flow.hotline import Hotline
from ivr.flow.load import examine
from ivr.intent.recogniser import Recogniser as Meaning
from ivr.kit import standard_kit
from ivr.speech.hearing import Expectation, Heard
from ivr.speech.recogniser import Recogniser
from ivr.speech.recognisers.choose import best, load
from ivr.speech.trial import hear
from ivr.speech.voices.installed import installed
from ivr.speech.voices.voice import Voice

RATES = (0.9, 1.0, 1.1)
STRANGERS, SEED = 100, 11
DATA = Path(__file__).parents[2] / "shared" / "data" / "intents"


def spoken(voice: Voice, sentence: str, rate: float) -> bytes:
    kept = Path(tempfile.gettempdir()) / "ivr-bench-speech"
    kept.mkdir(exist_ok=True)
    key = hashlib.sha256(f"{voice.name}|{voice.version}|{rate}|{sentence}".encode()).hexdigest()[:24]
    file = kept / f"{key}.ulaw"
    if not file.exists():
        file.write_bytes(b"".join(voice.say(sentence, "en", rate)))
    return file.read_bytes()


@dataclass(frozen=True)
class Desk:
    """The sample hotline with English ears."""

    hotline: Hotline
    words: Meaning
    meaning: Meaning
    """The same where no model of meanings is made."""
    ears: Recogniser
    expected: Expectation

    @classmethod
    def set_up(cls) -> Desk:
        model = best("en", [])
        if model is None:
            sys.exit("no English ears: pip install 'ivr[ears]'")
        hotline = examine(Path(__file__).parents[1] / "flows" / "telecom", standard_kit()).hotline
        assert hotline is not None
        known = hotline.intents.values()
        hints = [phrase for one in known for phrase in one.keywords.get("en", ())]
        hints += [phrase for one in known for phrase in one.examples["en"]]
        meaning = train(hotline, by_meaning(models()))
        return cls(hotline, train(hotline), meaning, load(model, "en"), Expectation("intent", tuple(hints)))

    def hear(self, said: bytes) -> Heard:
        found = hear(self.ears, self.expected, said)
        return found if isinstance(found, Heard) else Heard("", None, False)

    def understand(self, text: str, by: Meaning | None = None) -> tuple[str | None, float]:
        found = (by or self.meaning).understand(text, "en", tuple(self.hotline.intents))
        return found.intent, found.confidence

    def sure(self, heard: Heard) -> bool:
        """Taken without a question."""
        intent, confidence = self.understand(heard.text)
        return intent is not None and heard.sure and confidence >= self.hotline.file.limits.sure


def sentences(desk: Desk, voice: Voice, said: Spoken, name: str) -> tuple[int, int]:
    """How many the classifier understands as text, and how many of these by ear, of all speeds together."""
    as_text = by_ear = 0
    for rate in RATES:
        right = words = known = kept = asked = 0
        cpu, waits, lost = time.process_time(), [], []
        for intent, sentence in said:
            line = spoken(voice, sentence, rate)
            began = time.perf_counter()
            heard = desk.hear(line)
            waits.append(time.perf_counter() - began)
            found, _ = desk.understand(heard.text)
            right += found == intent
            words += desk.understand(heard.text, desk.words)[0] == intent
            asked += found == intent and not desk.sure(heard)
            if desk.understand(sentence)[0] == intent:
                known += 1
                kept += found == intent
                lost += [] if found == intent else [f"    {sentence!r} as {heard.text!r}"]
        cost = (time.process_time() - cpu) / len(said)
        print(
            f"  {voice.name}, {name}, speed {rate}: {right} of {len(said)} the right intent ({asked} after a question),"
            f" {words} by words alone; of {known} understood as text {kept} = {kept / known:.3f}; {cost:.2f} s of CPU,"
            f" {statistics.median(waits):.2f} s median"
        )
        print("\n".join(lost), end="\n" if lost else "", flush=True)
        as_text, by_ear = as_text + known, by_ear + kept
    return as_text, by_ear


SETS = (("known", KNOWN), ("fresh", FRESH), ("held out", HELD_OUT))


def text_bench(desk: Desk) -> None:
    """What the classifiers make of the sentences themselves."""
    for name, said in SETS:
        for how, by in (("words alone", desk.words), ("with meaning", desk.meaning)):
            found = [(intent, *desk.understand(sentence, by)) for intent, sentence in said]
            right = sum(intent == meant for intent, meant, _ in found)
            sure = [intent == meant for intent, meant, sure in found if meant and sure >= desk.hotline.file.limits.sure]
            print(f"  {name}, as text, {how}: {right} of {len(said)}; at once {len(sure)}, {sum(sure)} of these right")


def english_bench() -> None:
    desk = Desk.set_up()
    text_bench(desk)
    for voice in installed():
        if "en" in voice.languages:
            for name, said in SETS:
                sentences(desk, voice, said, name)


def strangers_bench() -> None:
    """Half from CLINC150's sentences of no intent, half from Banking77, drawn by a seed; test rows."""
    if not DATA.exists():
        sys.exit(f"no {DATA}: see bench/intent.py")
    chance = random.Random(SEED)
    texts = chance.sample(_rows("clinc150/oos_test.csv"), STRANGERS // 2)
    texts += chance.sample(_rows("banking77/test.csv"), STRANGERS // 2)
    desk = Desk.set_up()
    voice = next(one for one in installed() if one.name.startswith("piper"))
    found = []
    for text in texts:
        heard = desk.hear(spoken(voice, text, 1.0))
        found.append((text, heard, *desk.understand(heard.text)))
    for how, by in (("words alone", desk.words), ("with meaning", desk.meaning)):
        sure = [desk.understand(text, by) for text in texts]
        taken = sum(intent is not None and one >= desk.hotline.file.limits.sure for intent, one in sure)
        asked = sum(intent is not None for intent, _ in sure) - taken
        print(f"  as text, {how}: {taken} of {len(texts)} strangers taken, {asked} asked about")
    ours = [(intent, desk.hear(spoken(voice, said, 1.0))) for intent, said in KNOWN]
    for bound in (0.5, 0.6, 0.7, 0.8, 0.9):
        taken = sum(intent is not None and heard.sure and sure >= bound for _, heard, intent, sure in found)
        kept = sum(
            heard.sure and desk.understand(heard.text)[0] == intent and desk.understand(heard.text)[1] >= bound
            for intent, heard in ours
        )
        print(f"  sure from {bound}: {taken} of {len(texts)} strangers taken, {kept} of {len(KNOWN)} callers at once")
    for text, heard, intent, _ in found:
        if desk.sure(heard):
            print(f"    taken for {intent}: {text!r}, heard as {heard.text!r}")


def _rows(name: str) -> list[str]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


if __name__ == "__main__":
    english_bench()
    strangers_bench()
