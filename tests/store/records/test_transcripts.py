"""Transcripts and parts of recorded calls on both databases: each once, and a secret stays one."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from ivr.store.records.promises import Promise, PromiseBook
from ivr.store.records.recordings import Recording, RecordingBook
from ivr.store.records.transcripts import TranscriptBook, Untold

NOON = 1_795_449_600.0


@pytest.fixture
def book(engine: sa.Engine) -> TranscriptBook:
    return TranscriptBook(engine)


def message(engine: sa.Engine, once: str, *, at: float = NOON, file: str | None = "here.wav") -> None:
    PromiseBook(engine).keep(Promise(once, "voicemail", "telecom", "call-1", "general", "", at, at, file=file))


def test_a_message_waits_with_its_language_until_it_is_written_down(book: TranscriptBook) -> None:
    message(book.engine, "RE1")
    book.expect("RE1", "zh", secret=False)
    (waiting,) = book.waiting()
    assert waiting == Untold("RE1", "zh", "here.wav", 0)
    assert book.begin(waiting)
    assert book.end("RE1", "done", at=NOON, text="您好", ears="vosk-model-small-cn-0.22")
    assert book.waiting() == []
    told = book.of(["RE1", "RE2"])
    assert list(told) == ["RE1"]
    assert (told["RE1"].text, told["RE1"].ears, told["RE1"].tries) == ("您好", "vosk-model-small-cn-0.22", 1)


def test_those_begun_least_often_come_first_then_the_oldest(book: TranscriptBook) -> None:
    for once, at in (("late", NOON + 9), ("early", NOON), ("tried", NOON - 9)):
        message(book.engine, once, at=at)
        book.expect(once, "en", secret=False)
    book.begin(Untold("tried", "en", "", 0))
    assert [one.once for one in book.waiting()] == ["early", "late", "tried"]


def test_only_one_of_two_begins_a_message(book: TranscriptBook) -> None:
    message(book.engine, "RE1")
    book.expect("RE1", "en", secret=False)
    (seen,) = book.waiting()
    assert [book.begin(seen), book.begin(seen)] == [True, False]


def test_a_message_expected_by_many_at_once_is_one(book: TranscriptBook) -> None:
    together = Barrier(4)

    def expect(secret: bool) -> None:
        together.wait()
        book.expect("RE1", "en", secret=secret)

    threads = [Thread(target=expect, args=(n == 2,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book.of(["RE1"])["RE1"].state == "secret", "one of them said so"


def test_a_secret_message_is_never_told(book: TranscriptBook) -> None:
    message(book.engine, "RE1")
    book.expect("RE1", "en", secret=True)
    assert book.waiting() == []
    assert not book.begin(Untold("RE1", "en", "here.wav", 0))
    assert not book.end("RE1", "done", at=NOON, text="my number is")
    assert (book.of(["RE1"])["RE1"].state, book.of(["RE1"])["RE1"].text) == ("secret", None)


def test_what_nobody_could_hear_waits_again_for_its_own_language_only(book: TranscriptBook) -> None:
    for once, language in (("RE1", "zh"), ("RE2", "ko")):
        message(book.engine, once)
        book.expect(once, language, secret=False)
        book.begin(Untold(once, language, "", 0))
        book.end(once, "deaf", at=NOON, why="no ears")
    assert sorted(book.deaf_languages()) == ["ko", "zh"]
    book.hear_again(["zh"])
    assert [one.once for one in book.waiting()] == ["RE1"]
    assert book.of(["RE1"])["RE1"].tries == 0
    book.hear_again([])
    assert book.of(["RE2"])["RE2"].state == "deaf"


def test_the_parts_of_a_call_are_listed_in_order_and_once(engine: sa.Engine) -> None:
    book = RecordingBook(engine)
    second = Recording("RE2", "telecom", "call-1", 2, NOON, 9.5)
    for part in (second, Recording("RE1", "telecom", "call-1", 1, NOON, 4.0), second):
        book.keep(part)
    assert [(one.part, one.duration_s) for one in book.of("call-1")] == [(1, 4.0), (2, 9.5)]
    assert book.of("call-2") == []


def test_a_part_whose_sound_never_comes_is_asked_for_so_often_and_no_more(engine: sa.Engine) -> None:
    book = RecordingBook(engine)
    book.keep(Recording("RE1", "telecom", "call-1", 1, NOON, 4.0))
    for _ in range(3):
        assert [one.once for one in book.missing(3)] == ["RE1"]
        book.tried("RE1")
    assert book.missing(3) == []
    assert book.older(NOON) == []
    assert [one.once for one in book.older(NOON + 1)] == ["RE1"]
    book.gone("RE1", NOON + 2)
    assert book.older(NOON + 3) == []
