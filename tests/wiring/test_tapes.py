"""Sound that came to us is kept whole or not at all, under a name that no message of a carrier has."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from line_sounds import babble

from ivr.call.tasks import KeepVoicemail
from ivr.errors import HostError
from ivr.speech.codec import decode, encode
from ivr.speech.wav import read_wav
from ivr.store.records.database import create_engine_for
from ivr.store.records.recordings import RecordingBook
from ivr.wiring.call_recordings import CallRecordings
from ivr.wiring.promises import SqlPromises
from ivr.wiring.voicemail import Tapes, Voicemails, recording_id

ULAW = encode(babble(3))
NOW = 1_795_446_000.0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """A disk that takes so many bytes of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Due:
    """The chore that a flow leaves."""

    def __init__(self, chore: KeepVoicemail, call: str = "local-1") -> None:
        self.hotline, self.call, self.chore, self.once = "telecom", call, chore, f"{call}.7.0"


@pytest.fixture
def promises(tmp_path: Path) -> Iterator[SqlPromises]:
    engine = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    yield SqlPromises(engine, Voicemails(tmp_path / "voicemail", None), lambda: NOW)
    engine.dispose()


def test_sound_of_a_line_of_ours_is_kept_as_a_file_that_only_we_can_read(tmp_path: Path) -> None:
    tapes = Tapes(tmp_path, None)
    name = tapes.keep("telecom", "local-1", ULAW)
    path = tapes.fetch("telecom", name)
    assert path == tmp_path / "telecom" / f"{name}.wav"
    assert path.stat().st_mode & 0o077 == 0
    sound = read_wav(path)
    assert sound.of_the_line
    assert np.array_equal(sound.samples, decode(ULAW))
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_two_messages_of_one_call_are_two(tmp_path: Path) -> None:
    tapes = Tapes(tmp_path, None)
    assert tapes.keep("telecom", "local-1", ULAW) != tapes.keep("telecom", "local-1", ULAW)


def test_a_message_left_here_is_listed_with_its_sound_as_a_carriers_is(promises: SqlPromises, tmp_path: Path) -> None:
    name = Voicemails(tmp_path / "voicemail", None).keep("telecom", "local-1", ULAW)
    task = KeepVoicemail(recording=name, duration_s=3.0, queue="general", number="+12025550101", language="zh")
    promises.voicemail(Due(task), task, now=NOW)
    promises.voicemail(Due(task), task, now=NOW)
    (message,) = promises.book.all()
    assert (message.once, message.number, message.duration_s) == (name, "+12025550101", 3.0)
    assert message.file == str(tmp_path / "voicemail" / "telecom" / f"{name}.wav")
    told = promises.transcripts.of([name])[name]
    assert (told.language, told.state) == ("zh", "waiting")


def test_a_full_disk_keeps_nothing_and_is_told(tmp_path: Path) -> None:
    tapes = Tapes(tmp_path, None)
    with room_for(5000), pytest.raises(HostError, match=r"of call local-1 cannot be written: File too large"):
        tapes.keep("telecom", "local-1", ULAW)
    assert list((tmp_path / "telecom").iterdir()) == [], "no half of a message is taken for one"
    assert tapes.keep("telecom", "local-1", ULAW), "and there is room again"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "voicemail").write_text("in the way")
    with pytest.raises(HostError, match="cannot be written"):
        Tapes(tmp_path / "voicemail", None).keep("telecom", "local-1", ULAW)


def test_a_message_kept_on_another_machine_is_told_and_stays_on_the_list(promises: SqlPromises) -> None:
    task = KeepVoicemail(recording=f"LR{7:032x}", duration_s=3.0, queue="general", number="")
    with pytest.raises(HostError, match="is not on this machine"):
        promises.voicemail(Due(task), task, now=NOW)
    assert [message.file for message in promises.book.all()] == [None]


ZEROS = "0" * 32


@pytest.mark.parametrize("name", ["", "console", "LR1", "LR../../../etc/passwd", f"LR{ZEROS}/../x", f"xLR{ZEROS}"])
def test_only_names_of_ours_name_a_file(name: str, tmp_path: Path) -> None:
    assert recording_id(name) is None
    assert Tapes(tmp_path, None).fetch("telecom", name) is None


def test_many_threads_keep_each_their_own(tmp_path: Path) -> None:
    tapes, names = Tapes(tmp_path, None), list[str]()
    threads = [
        threading.Thread(target=lambda n=n: names.append(tapes.keep("telecom", f"local-{n}", ULAW[: n * 160])))
        for n in range(1, 9)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lengths = sorted(len(read_wav(tmp_path / "telecom" / f"{name}.wav").samples) for name in names)
    assert lengths == [n * 160 for n in range(1, 9)]


# --- recordings of calls that came to us ---------------------------------------------------------------------


@pytest.fixture
def recordings(tmp_path: Path) -> Iterator[CallRecordings]:
    engine = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    yield CallRecordings(RecordingBook(engine), Tapes(tmp_path / "recordings", None), lambda: NOW, keep_days=1)
    engine.dispose()


def test_a_part_recorded_here_is_listed_with_its_sound(recordings: CallRecordings) -> None:
    recordings.keep("telecom", "local-1", 2, ULAW)
    (part,) = recordings.book.of("local-1")
    assert (part.part, part.duration_s, part.at) == (2, 3.0, NOW)
    assert part.file is not None
    assert len(read_wav(Path(part.file)).samples) == len(ULAW)


def test_a_part_that_cannot_be_listed_leaves_no_sound_behind(recordings: CallRecordings, tmp_path: Path) -> None:
    recordings.book.of("local-1")  # the table is there
    with recordings.book.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE recordings")
    with pytest.raises(HostError):
        recordings.keep("telecom", "local-1", 1, ULAW)
    assert list((tmp_path / "recordings" / "telecom").iterdir()) == []


def test_a_file_that_is_on_another_machine_is_left_to_it_for_a_month(tmp_path: Path) -> None:
    engine, now = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}"), [NOW]
    recordings = CallRecordings(RecordingBook(engine), Tapes(tmp_path / "recordings", None), lambda: now[0], 1)
    recordings.keep("telecom", "local-1", 1, ULAW)
    (part,) = recordings.book.of("local-1")
    Path(part.file or "").rename(tmp_path / "elsewhere.wav")
    now[0] += 2 * 86_400
    assert not recordings.round()
    now[0] += 31 * 86_400
    assert recordings.round()
    assert recordings.book.of("local-1")[0].gone_at == now[0]
    engine.dispose()
