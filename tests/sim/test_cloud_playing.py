"""What an ear has had of a stream, and when its marks come back."""

from __future__ import annotations

from ivr.sim.cloud.playing import QUIET, Player

FRAME = 160


def test_a_mark_comes_back_in_the_piece_of_time_in_which_all_before_it_is_over() -> None:
    player = Player()
    player.sound(b"a" * 5 * FRAME)
    assert player.mark("first") == []
    assert [player.play(FRAME) for _ in range(5)] == [[], [], [], [], ["first"]]


def test_a_mark_with_nothing_before_it_comes_back_at_once() -> None:
    assert Player().mark("now") == ["now"]


def test_sound_that_ends_within_a_piece_of_time_is_followed_by_the_next_and_then_by_silence() -> None:
    player = Player()
    player.sound(b"a" * 100)
    player.mark("a")
    player.sound(b"b" * 100)
    assert player.play(FRAME) == ["a"]
    assert player.play(FRAME) == []
    assert player.played == b"a" * 100 + b"b" * 100 + QUIET * 120
    assert player.sounded == 200


def test_clear_drops_the_sound_and_gives_all_marks_back_in_their_order() -> None:
    player = Player()
    player.sound(b"a" * 10 * FRAME)
    player.mark("a")
    player.sound(b"b")
    player.mark("b")
    player.play(FRAME)
    assert player.clear() == ["a", "b"]
    assert player.play(FRAME) == []
    assert player.sounded == FRAME
