"""Messages are written down beside the calls: by which ears, when, and what became of those that could not be."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from ears_installed import ears
from line_sounds import babble, digital_silence, music, noise, quiet, tone
from voices_here import piper

from ivr.errors import SpeechError
from ivr.speech.codec import Samples, decode, encode
from ivr.speech.decoding import Load
from ivr.speech.grammar import Deaf
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.recogniser import Recogniser
from ivr.speech.stretches import MOST_S
from ivr.speech.wav import wav_bytes
from ivr.store.records.database import create_engine_for
from ivr.store.records.promises import Promise, PromiseBook
from ivr.store.records.transcripts import Transcript, TranscriptBook
from ivr.wiring.transcriber import MOST_TRIES, Transcriber

NOW = 1_795_446_000.0
IDLE = Load(waiting=0, lag_s=0.0, refused=0, shedding=False)
BUSY = Load(waiting=3, lag_s=0.4, refused=0, shedding=False)
TWO_SENTENCES = (quiet(0.5), babble(2), quiet(2), babble(1), quiet(1))


class Counting:
    """Ears that say how many seconds they were given; `trouble` breaks them."""

    name = "counting-1.0"

    def __init__(self) -> None:
        self.given_s: list[float] = []
        self.threads: set[str] = set()
        self.trouble: list[Exception] = []

    def warm(self, count: int) -> None: ...

    def open(self, expected: Expectation) -> Counting:
        assert expected.kind == "text"
        return self

    def feed(self, samples: Samples) -> None:
        self.threads.add(threading.current_thread().name)
        if self.trouble:
            raise self.trouble.pop()
        self.given_s.append(len(samples) / 8000)

    def settled(self) -> bool:
        return False

    def finish(self) -> Heard | Nothing:
        return Heard(f"{self.given_s[-1]:.0f} seconds")

    def drop(self) -> None: ...

    def deaf_to(self, phrases: object) -> tuple[Deaf, ...]:
        return ()


class Ears:
    """The calls' ears."""

    def __init__(self) -> None:
        self.of: dict[str, Recogniser] = {}
        self.behind = IDLE
        self.known = True

    def recogniser(self, language: str) -> Recogniser | None:
        return self.of.get(language)

    def load(self) -> Load:
        return self.behind

    def wait(self, timeout_s: float) -> bool:
        return self.known


class Office:
    """A list of messages, and who writes them down."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.engine = create_engine_for(f"sqlite:///{data / 'records.db'}")
        self.promises, self.book = PromiseBook(self.engine), TranscriptBook(self.engine)
        self.ears, self.counting = Ears(), Counting()
        self.ears.of["en"] = self.counting
        self.writer = self.another()

    def another(self) -> Transcriber:
        """One of another process of this machine, or of the next start."""
        return Transcriber(self.book, self.ears, self.data / "voicemail", self.data / "models", lambda: NOW)

    def left(self, *sound: Samples, held: bytes | None = None, once: str = "LR1", language: str = "en") -> str:
        """Somebody has left a message."""
        file = self.data / f"{once}.wav"
        file.write_bytes(wav_bytes(encode(np.concatenate(sound))) if held is None else held)
        self.listed(once, str(file))
        self.book.expect(once, language, secret=False)
        return once

    def listed(self, once: str, file: str) -> None:
        row = Promise(once, "voicemail", "telecom", "call-1", "general", "+12025550101", NOW, NOW, file=file)
        self.promises.keep(row)

    def works_off(self, most: int = 200) -> int:
        """Rounds until there is nothing to do now; how many there were."""
        for n in range(most):
            if not self.writer.round():
                return n
        raise AssertionError("it never came to an end")

    def of(self, once: str) -> Transcript:
        return self.book.of([once])[once]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.writer.close()
    made.engine.dispose()


def test_a_message_is_written_down_stretch_by_stretch(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    office.works_off()
    assert office.of(once) == Transcript(once, "en", "done", 1, "3 seconds 2 seconds", "counting-1.0", NOW)


def test_it_is_done_below_the_calls_and_not_while_they_wait(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    office.ears.behind = BUSY
    assert office.works_off() == 0
    office.ears.behind = IDLE
    office.writer.round()
    office.writer.round()
    office.ears.behind = BUSY
    assert not office.writer.round(), "a message under way waits, too"
    office.ears.behind = IDLE
    office.works_off()
    assert office.of(once).text == "3 seconds 2 seconds"
    assert all(name.startswith("transcripts") for name in office.counting.threads)


def test_nothing_is_decided_before_it_is_known_which_ears_there_are(office: Office) -> None:
    once = office.left(*TWO_SENTENCES, language="tlh")
    office.ears.known = False
    office.works_off()
    assert office.of(once).state == "waiting"


@pytest.mark.parametrize(
    "sound",
    [(quiet(5),), (digital_silence(5),), (music(8),), (tone(5),), (noise(5, 900),), (quiet(0.01),), ()],
    ids=["rest", "silence", "music", "a tone", "noise", "less than a frame", "empty"],
)
def test_where_nobody_speaks_nothing_is_heard(office: Office, sound: tuple[Samples, ...]) -> None:
    once = office.left(*(sound or (np.zeros(0, np.int16),)))
    office.works_off()
    assert (office.of(once).state, office.of(once).text) == ("nothing", None)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"", "this is no WAV file"),
        (b"<html>404</html>", "this is no WAV file"),
        (b"RIFF\0\0\0\0WAVEfmt ", "the WAV header is broken"),
        (wav_bytes(encode(quiet(1))).replace(b"\x07\x00\x01\x00", b"\x55\x00\x01\x00"), "8-bit MP3"),
    ],
)
def test_a_file_that_is_no_sound_is_told_and_kept(office: Office, held: bytes, told: str) -> None:
    once = office.left(held=held)
    office.works_off()
    found = office.of(once)
    assert found.state == "failed"
    assert told in (found.why or "")
    assert (office.data / f"{once}.wav").read_bytes() == held


def test_a_file_cut_off_gives_what_is_there(office: Office) -> None:
    whole = wav_bytes(encode(np.concatenate(TWO_SENTENCES)))
    once = office.left(held=whole[: len(whole) // 2])
    office.works_off()
    assert office.of(once).text == "3 seconds"


def test_a_file_larger_than_any_message_is_not_read(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    with (office.data / f"{once}.wav").open("r+b") as file:
        file.truncate(26_000_000)
    office.works_off()
    assert "more than a message can have" in (office.of(once).why or "")


def test_ten_minutes_without_a_pause_are_cut(office: Office) -> None:
    once = office.left(*[babble(20)] * 30)
    assert office.works_off() > 20
    assert max(office.counting.given_s) <= MOST_S
    assert sum(office.counting.given_s) == pytest.approx(600, abs=5), "and nothing is left out"
    assert office.of(once).state == "done"


def test_no_ears_for_a_language_is_told_and_heard_again_when_there_are_some(office: Office) -> None:
    once = office.left(*TWO_SENTENCES, language="tlh")
    office.works_off()
    assert office.of(once).state == "deaf"
    assert "ivr models list --language tlh" in (office.of(once).why or "")
    office.ears.of["tlh"] = Counting()
    office.works_off()
    assert office.of(once).state == "deaf", "it is asked for once a start"
    office.writer.close()
    office.writer = office.another()
    office.works_off()
    assert office.of(once).state == "done"


def test_ears_that_fail_are_tried_again_and_then_given_up(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    for tries in range(1, MOST_TRIES + 1):
        office.counting.trouble.append(SpeechError("the model is gone"))
        office.works_off()
        assert (office.of(once).state, office.of(once).tries) == ("waiting", tries)
    office.works_off()
    assert (office.of(once).state, office.of(once).why) == ("failed", "given up after 3 tries")


def test_ears_that_fail_once_do_no_harm(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    office.counting.trouble.append(SpeechError("out of memory"))
    office.works_off()
    office.works_off()
    assert (office.of(once).state, office.of(once).tries) == ("done", 2)


def test_a_message_that_fails_holds_up_no_other(office: Office) -> None:
    office.counting.trouble.append(SpeechError("out of memory"))
    first, second = office.left(*TWO_SENTENCES), office.left(*TWO_SENTENCES, once="LR2")
    office.works_off()
    office.works_off()
    assert [office.of(one).state for one in (first, second)] == ["done", "done"]


def test_a_message_that_kills_its_process_is_given_up(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    for _ in range(MOST_TRIES):
        office.writer.round()
        office.writer.close()  # as a kill does: what was under way is forgotten, and its lock falls
        office.writer = office.another()
    office.works_off()
    assert office.of(once).state == "failed"


def test_one_message_at_a_time_on_a_machine(office: Office) -> None:
    office.left(*TWO_SENTENCES)
    office.left(*TWO_SENTENCES, once="LR2")
    other = office.another()
    office.writer.round()
    assert not other.round()
    assert office.of("LR2").tries == 0
    office.works_off()
    other.close()
    assert office.of("LR2").state == "done"


def test_a_message_on_another_machines_disk_is_left_to_it(office: Office) -> None:
    office.listed("LR9", "/nowhere/LR9.wav")
    office.book.expect("LR9", "en", secret=False)
    here = office.left(*TWO_SENTENCES)
    office.works_off()
    assert (office.of("LR9").state, office.of("LR9").tries) == ("waiting", 0)
    assert office.of(here).state == "done"


def test_a_message_whose_sound_is_still_to_come_waits(office: Office) -> None:
    office.promises.keep(Promise("RE1", "voicemail", "telecom", "call-1", "general", "", NOW, NOW))
    office.book.expect("RE1", "en", secret=False)
    assert office.works_off() == 0
    assert office.of("RE1").state == "waiting"


def test_a_secret_message_is_never_given_to_any_ears(office: Office) -> None:  # R105
    once = office.left(*TWO_SENTENCES)
    office.book.expect(once, "en", secret=True)
    office.works_off()
    assert (office.of(once).state, office.of(once).text) == ("secret", None)
    assert office.counting.given_s == []


def test_what_turns_out_to_be_secret_meanwhile_is_forgotten(office: Office) -> None:
    once = office.left(*TWO_SENTENCES)
    office.writer.round()
    office.writer.round()
    office.book.expect(once, "en", secret=True)
    office.works_off()
    assert (office.of(once).state, office.of(once).text) == ("secret", None)


def test_once_secret_always_secret(office: Office) -> None:
    office.book.expect("LR1", "en", secret=True)
    office.book.expect("LR1", "en", secret=False)
    assert office.of("LR1").state == "secret"


def test_a_wider_files_sound_is_brought_down_to_the_lines_rate(office: Office) -> None:
    sound = np.repeat(np.concatenate(TWO_SENTENCES), 2)
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(sound.tobytes())
    once = office.left(held=held.getvalue())
    office.works_off()
    assert office.of(once).text == "3 seconds 2 seconds"


def test_a_database_of_before_transcripts_gets_their_table_and_keeps_its_messages(tmp_path: Path) -> None:
    engine = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    PromiseBook(engine).keep(Promise("RE1", "voicemail", "telecom", "call-1", "general", "", NOW, NOW))
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE transcripts"))
    assert TranscriptBook(engine).of(["RE1"]) == {}
    assert [one.once for one in PromiseBook(engine).all()] == ["RE1"]
    engine.dispose()


@pytest.mark.speech
def test_whisper_writes_an_english_message_down(office: Office) -> None:
    voice = piper()
    said = ["Hello, my internet has been down since Monday.", "Please call me back in the afternoon."]
    spoken = [decode(b"".join(voice.say(text, "en"))) for text in said]
    office.ears.of["en"] = ears("en")
    once = office.left(quiet(0.5), spoken[0], quiet(1.5), spoken[1], quiet(1))
    office.works_off()
    text = (office.of(once).text or "").casefold()
    assert "internet has been down since monday" in text
    assert "call me back in the afternoon" in text
