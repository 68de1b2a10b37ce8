"""How long a wait is going to be, as a range or not at all."""

from ivr.routing.forecast import HANDLING_S, Team, Wait, free_after, known_pace_s, wait_for


def test_who_stands_first_while_somebody_is_free_waits_hardly() -> None:
    assert wait_for(1, Team(free=1, busy=3, pace_s=240, talks=50)) == Wait(0, 60)


def test_a_line_moves_by_the_pace_of_all_agents() -> None:  # R64
    """Four agents, four minutes a call: one is free every minute."""
    wait = wait_for(9, Team(free=0, busy=4, pace_s=240, talks=50))
    assert wait == Wait(420, 660)


def test_more_agents_mean_less_waiting() -> None:
    few, many = (wait_for(9, Team(0, staff, 240, 50)) for staff in (4, 12))
    assert few is not None
    assert many is not None
    assert many.most_s < few.most_s


def test_nothing_is_foretold_before_there_is_a_pace_or_anybody() -> None:
    assert wait_for(3, Team(0, 4, 240, talks=2)) is None
    assert wait_for(3, Team(0, 0, 240, talks=50)) is None
    assert wait_for(3, Team(0, 4, 0, talks=50)) is None


def test_who_talks_longer_than_usual_is_not_foretold_to_be_free_at_once() -> None:
    assert free_after(60, 240) == 180
    assert free_after(600, 240) == 60


def test_a_pace_of_few_talks_is_not_believed_yet() -> None:
    assert known_pace_s(2, 30.0) == HANDLING_S
    assert known_pace_s(3, 30.0) == 30.0
