"""Sound reaches the ear as it was spoken, however the carrier's messages came."""

from hypothesis import given
from hypothesis import strategies as st

from ivr.channels.twilio.stream_order import GIVEN_UP, MOST_GAP_MS, WINDOW, InOrder
from ivr.channels.twilio.stream_words import Frame

QUIET = b"\xff" * 160


def spoken(chunk):
    return bytes([chunk % 250 + 1]) * 160


def frame(chunk, **other):
    return Frame(spoken(chunk), **{"chunk": chunk, "at_ms": (chunk - 1) * 20, **other})


def heard(frames):
    order = InOrder()
    return [piece for one in frames for piece in order.add(one)]


def test_frames_in_order_pass_at_once():
    order = InOrder()
    assert [order.add(frame(chunk)) for chunk in (1, 2, 3)] == [[spoken(1)], [spoken(2)], [spoken(3)]]


def test_frames_out_of_order_are_put_in_order():
    assert heard([frame(1), frame(3), frame(2), frame(4)]) == [spoken(n) for n in (1, 2, 3, 4)]


def test_the_very_first_frames_may_be_out_of_order_too():
    assert heard([frame(2), frame(1), frame(3)]) == [spoken(n) for n in (1, 2, 3)]


def test_a_frame_that_comes_twice_is_heard_once():
    assert heard([frame(1), frame(1), frame(2), frame(3), frame(2)]) == [spoken(n) for n in (1, 2, 3)]


def test_a_frame_that_never_comes_is_silence_of_its_length():
    came = [frame(n) for n in range(1, 12) if n != 4]
    assert heard(came) == [spoken(n) if n != 4 else QUIET for n in range(1, 12)]


def test_a_missing_frame_is_waited_for_and_then_no_longer():
    order = InOrder()
    order.add(frame(1))
    waits = [order.add(frame(n)) for n in range(3, 3 + WINDOW)]
    assert waits == [[]] * WINDOW
    assert len(order.add(frame(3 + WINDOW))) == WINDOW + 2


def test_a_frame_that_comes_when_it_was_given_up_is_not_heard_in_the_wrong_place():
    came = [*[frame(n) for n in range(2, 9)], frame(1), frame(9)]
    assert heard(came)[-2:] == [spoken(8), spoken(9)]


def test_a_hole_in_time_is_filled_so_that_time_stays_right():
    assert heard([frame(1), frame(2, at_ms=120)]) == [spoken(1), *[QUIET] * 5, spoken(2)]


def test_a_hole_of_an_hour_is_not():
    pieces = heard([frame(1), frame(2, at_ms=3_600_000), frame(3, at_ms=3_600_020)])
    assert len(pieces) == 3 + MOST_GAP_MS // 20
    assert pieces[-2:] == [spoken(2), spoken(3)]


def test_times_that_waver_make_no_holes():
    assert heard([frame(n, at_ms=(n - 1) * 20 + n % 3 * 9) for n in range(1, 50)]) == [spoken(n) for n in range(1, 50)]


def test_sound_in_pieces_of_any_size_is_cut_into_frames():
    whole = bytes(range(1, 251)) * 16
    pieces = heard([Frame(whole[at : at + 133], at // 133 + 1, at // 8) for at in range(0, len(whole), 133)])
    assert {len(piece) for piece in pieces} == {160}
    assert whole.startswith(b"".join(pieces))
    assert len(whole) - len(b"".join(pieces)) < 160


def test_without_counts_sound_passes_as_it_comes_and_what_was_heard_is_not_heard_again():
    came = [Frame(spoken(1)), Frame(spoken(2))]
    assert heard(came) == [spoken(1), spoken(2)]
    timed = [Frame(spoken(n), None, (n - 1) * 20) for n in (1, 2, 2, 3)]
    assert heard(timed) == [spoken(1), spoken(2), spoken(3)]


def test_a_count_that_begins_anew_makes_nobody_deaf():
    came = [*[frame(n) for n in range(500, 510)], *[frame(n) for n in range(1, GIVEN_UP + 20)]]
    assert heard(came)[-1] == spoken(GIVEN_UP + 19)


def test_a_stream_that_is_joined_late_begins_where_it_is():
    assert heard([frame(700), frame(701)]) == [spoken(700), spoken(701)]


@given(st.data())
def test_disorder_within_the_window_changes_nothing(data):
    """Swapped by no more than the window, and some of them twice."""
    chunks = list(range(1, 40))
    for at in range(0, 36, 4):
        chunks[at : at + 4] = data.draw(st.permutations(chunks[at : at + 4]))
    twice = data.draw(st.sets(st.integers(1, 39)))
    came = [one for chunk in chunks for one in [frame(chunk)] * (2 if chunk in twice else 1)]
    assert heard(came) == [spoken(n) for n in range(1, 40)]


@given(st.lists(st.tuples(st.binary(min_size=1, max_size=400), st.integers(0, 60), st.integers(0, 2000))))
def test_nothing_makes_more_sound_than_time_has_room_for(came):
    """Whatever is told, each message makes its own sound and one gap at most, in whole frames."""
    order = InOrder()
    for ulaw, chunk, at_ms in came:
        for piece in order.add(Frame(ulaw, chunk, at_ms)):
            assert len(piece) == 160
    assert len(order._early) <= WINDOW
