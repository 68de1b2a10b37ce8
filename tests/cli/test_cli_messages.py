"""`ivr messages`: the first words of each, all of one, and why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ivr.cli.messages import FIRST_LETTERS, command
from ivr.store.records.database import create_engine_for
from ivr.store.records.promises import Promise, PromiseBook
from ivr.store.records.transcripts import TranscriptBook, Untold

AT = 1_795_446_000.0
LONG = "My internet has been down since Monday, and nobody could tell me why. Please call me back in the afternoon."


class Desk:
    """The lists of a data directory."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.engine = create_engine_for(f"sqlite:///{data / 'records.db'}")
        self.promises, self.transcripts = PromiseBook(self.engine), TranscriptBook(self.engine)

    def left(self, once: str, state: str, **told: Any) -> None:
        """A message whose transcript has come to this."""
        row = Promise(
            once,
            "voicemail",
            "telecom",
            "call-1",
            "general",
            "+12025550101",
            AT,
            AT,
            duration_s=12.0,
            file=f"/kept/{once}.wav",
        )
        self.promises.keep(row)
        self.transcripts.expect(once, "en", secret=state == "secret")
        if state not in ("secret", "waiting"):
            self.transcripts.begin(Untold(once, "en", "", 0))
            self.transcripts.end(once, state, at=AT + 60, **told)  # type: ignore[arg-type]

    def shows(self, *arguments: str) -> str:
        done = CliRunner().invoke(command, [*arguments, "--data", str(self.data)])
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.engine.dispose()


def test_the_list_shows_the_first_words(desk: Desk) -> None:
    desk.left("RE1", "done", text=LONG, ears="whisper-tiny.en")
    shown = desk.shows()
    assert f"12 s, “{LONG[:FIRST_LETTERS].rstrip()} …”, /kept/RE1.wav" in shown


@pytest.mark.parametrize(
    ("state", "why", "told"),
    [
        ("waiting", "", "not written down yet"),
        ("nothing", "", "no words were heard"),
        ("secret", "", "secret: never written down"),
        ("deaf", "no ears for 'tlh' here", "not written down: no ears for 'tlh' here"),
        ("failed", "this is no WAV file", "not written down: this is no WAV file"),
    ],
)
def test_the_list_says_why_there_are_no_words(desk: Desk, state: str, why: str, told: str) -> None:
    desk.left("RE1", state, why=why)
    assert told in desk.shows()
    assert told in desk.shows("RE1")
    assert "/kept/RE1.wav" in desk.shows("RE1")


def test_one_message_is_shown_with_all_that_was_said(desk: Desk) -> None:
    desk.left("RE1", "done", text=LONG, ears="whisper-tiny.en")
    shown = desk.shows("RE")
    assert LONG in " ".join(shown.split())
    assert "written down by whisper-tiny.en on 2026-11-23 15:01 UTC" in shown
    assert "language  en" in shown


def test_what_was_said_cannot_move_the_cursor(desk: Desk) -> None:
    desk.left("RE1", "done", text="\x1b[2J\x1b]0;gone\x07 hello", ears="x")
    assert "\x1b" not in desk.shows() + desk.shows("RE1")


def test_a_callback_and_a_message_of_older_times_have_no_words(desk: Desk) -> None:
    desk.promises.keep(
        Promise("c.1", "callback", "telecom", "call-1", "general", "+12025550101", AT, AT, reason="fault")
    )
    desk.promises.keep(Promise("RE1", "voicemail", "telecom", "call-2", "general", "", AT, AT))
    assert "fault" in desk.shows("c.1")
    assert "words" not in desk.shows("c.1")
    assert "sound     is not here" in desk.shows("RE1")


def test_a_message_is_forgotten_on_request(desk: Desk, tmp_path: Path) -> None:
    desk.left("RE1", "done", text=LONG, ears="whisper-tiny.en")
    sound = tmp_path / "RE1.wav"
    sound.write_bytes(b"RIFF")
    desk.promises.attach("RE1", str(sound))
    assert "its sound and its words are deleted" in desk.shows("RE1", "--forget")
    assert not sound.exists()
    assert desk.transcripts.of(["RE1"])["RE1"].text is None
    assert desk.shows() == "no messages\n"
    assert "its sound and its words are deleted" in desk.shows("--all")
    assert "not here yet" not in desk.shows("--all")
    desk.transcripts.expect("RE1", "en", secret=True)
    assert desk.transcripts.waiting() == [], "and nobody writes it down anew"


def test_a_message_of_older_times_is_forgotten_too(desk: Desk) -> None:
    desk.promises.keep(Promise("RE1", "voicemail", "telecom", "call-2", "general", "", AT, AT, file="/nowhere/RE1.wav"))
    assert "delete it there" in desk.shows("RE1", "--forget")
    assert desk.promises.one("RE1").file is None


def refused(desk: Desk, *arguments: str) -> str:
    done = CliRunner().invoke(command, [*arguments, "--data", str(desk.data)])
    assert done.exit_code == 1
    return done.output


def test_two_who_work_the_list_do_not_call_the_same_caller(desk: Desk) -> None:  # R82
    desk.left("RE1", "done", text=LONG, ears="x")
    assert desk.shows("RE1", "taken", "--as", "amy") == "RE1 is taken\n"
    assert "taken by amy" in desk.shows()
    told = refused(desk, "RE1", "taken", "--as", "ben")
    assert told.startswith("Error: amy has RE1 since 20")
    assert told.endswith("--over takes it away\n")
    assert "amy has RE1" in refused(desk, "RE1", "closed", "--as", "ben")
    desk.shows("RE1", "called", "--as", "amy", "--note", "nobody at home")
    assert "nobody at home" in desk.shows()
    desk.shows("RE1", "taken", "--as", "ben")
    desk.shows("RE1", "closed", "--as", "chen", "--over")
    assert "closed; move it to new first" in refused(desk, "RE1", "taken", "--as", "ben")
    assert "worked    by chen, 20" in desk.shows("RE1")


def test_forgetting_needs_one_message(desk: Desk) -> None:
    for arguments in (["--forget"], ["RE1", "called", "--forget"]):
        done = CliRunner().invoke(command, [*arguments, "--data", str(desk.data)])
        assert done.exit_code != 0
