"""The API about the sound of voicemails."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk_house import AT, HOTLINE, DeskHouse

from ivr.sim.cloud.timing import silence
from ivr.store.records.promises import Promise

SOUND = silence(2)


@pytest.fixture
def kept_sound(house: DeskHouse, tmp_path: Path) -> Path:
    """A voicemail of the queue vip, which amy answers and ben does not."""
    path = tmp_path / "RE1.wav"
    path.write_bytes(SOUND)
    house.desk.promises.keep(Promise("m", "voicemail", HOTLINE, "a", "vip", "+12025550101", AT, AT))
    house.desk.promises.attach("m", str(path))
    house.desk.transcripts.expect("m", "en", secret=False)
    return path


def listened(house: DeskHouse) -> list[bytes]:
    return [fields[b"entry"] for _, fields in house.client.xrange(f"ivr:{{{HOTLINE}}}:events")]


def test_the_sound_comes_whole_and_who_had_it_is_recorded(house: DeskHouse, kept_sound: Path) -> None:  # R82
    answer = house.get("/messages/m/sound", house.amy)
    assert (answer.mimetype, answer.data) == ("audio/wav", SOUND)
    assert answer.headers["Cache-Control"] == "no-store"
    (entry,) = listened(house)
    assert b'"kind":"listened"' in entry
    assert b'"by":"amy"' in entry


def test_a_player_gets_the_piece_it_asks_for(house: DeskHouse, kept_sound: Path) -> None:
    piece = house.ask("GET", "/messages/m/sound", headers={"Range": "bytes=100-199"})
    assert (piece.status_code, piece.data) == (206, SOUND[100:200])
    assert piece.headers["Content-Range"] == f"bytes 100-199/{len(SOUND)}"
    last = house.ask("GET", "/messages/m/sound", headers={"Range": "bytes=-10"})
    assert last.data == SOUND[-10:]
    assert listened(house) == []  # neither had it from its beginning
    beyond = house.ask("GET", "/messages/m/sound", headers={"Range": f"bytes={len(SOUND)}-"})
    assert (beyond.status_code, beyond.mimetype) == (416, "application/problem+json")
    assert listened(house) == []


def test_who_hears_it_in_pieces_has_heard_it_once(house: DeskHouse, kept_sound: Path) -> None:  # R82
    for asked in ("bytes=-10", "bytes=0-99", "bytes=100-199", "bytes=200-"):
        assert house.ask("GET", "/messages/m/sound", headers={"Range": asked}).status_code == 206
    assert len(listened(house)) == 1


def test_asking_whether_there_is_a_sound_is_not_hearing_it(house: DeskHouse, kept_sound: Path) -> None:
    assert house.ask("HEAD", "/messages/m/sound").status_code == 200
    assert listened(house) == []


def test_what_the_flow_has_not_told_of_may_be_a_secret(house: DeskHouse, kept_sound: Path) -> None:
    house.desk.promises.keep(Promise("u", "voicemail", HOTLINE, "a", "vip", "+12025550101", AT, AT))
    house.desk.promises.attach("u", str(kept_sound))
    answer = house.get("/messages/u/sound", house.boss)
    assert answer.status_code == 409
    assert "has not told of the message 'u' yet" in answer.json["detail"]
    assert listened(house) == []
    house.desk.transcripts.expect("u", "en", secret=False)
    assert house.get("/messages/u/sound", house.boss).status_code == 200


def test_whoever_does_not_work_that_queue_does_not_hear_it(house: DeskHouse, kept_sound: Path) -> None:
    ben = house.token("ben", "agent", "ben")
    assert house.get("/messages/m/sound", ben).status_code == 404
    assert house.get("/messages/m/sound", house.token("teller", hotline="bank")).status_code == 404
    assert listened(house) == []


def test_a_secret_is_given_to_nobody(house: DeskHouse, kept_sound: Path) -> None:
    house.desk.promises.keep(Promise("s", "voicemail", HOTLINE, "a", "vip", "+12025550101", AT, AT))
    house.desk.promises.attach("s", str(kept_sound))
    house.desk.transcripts.expect("s", "en", secret=True)
    answer = house.get("/messages/s/sound", house.boss)
    assert answer.status_code == 403
    assert "holds a secret" in answer.json["detail"]
    assert listened(house) == []


def test_a_sound_that_is_not_here_is_told_without_its_place(house: DeskHouse, kept_sound: Path) -> None:
    kept_sound.unlink()
    answer = house.get("/messages/m/sound")
    assert answer.status_code == 404
    assert "RE1" not in answer.text
    house.desk.promises.keep(Promise("c", "callback", HOTLINE, "a", "vip", "+12025550101", AT, AT))
    assert house.get("/messages/c/sound").status_code == 404
