"""Whatever is heard and told in line: who is in it stays in it, and no number that was told grows."""

import re
from collections.abc import Callable

from engine_player import Player, small_hotline
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.events import NoPlace, NothingHeard, Placed, SpeechHeard
from ivr.call.tasks import TakePlace
from ivr.engine.transfers import NO_LIMIT
from ivr.engine.waiting import WORSE_S

LINE = {"done": "bye", "full": "bye", "closed": "bye", "message": "message"}
HOTLINE = small_hotline(
    {
        "queues": {"general": {"tells": "position"}, "vip": {"tells": "wait", "comfort": ["good_bye"]}},
        "agents": {"amy": {"phone": "+12025550111", "queues": ["general", "vip"]}},
        "words": {"need": {"say": "how", "choices": {"line": ["line"], "vip": ["vip"]}}},
        "steps": {
            "need": {"ask": "need", "expect": "choice", "on": {"line": "line", "vip": "vip", "nothing": "bye"}},
            "line": {
                "queue": "general",
                "keys": {"1": "call_back", "2": "message"},
                "menu": {"3": "news"},
                "on": {**LINE, "call_back": "call_back"},
            },
            "vip": {"queue": "vip", "keys": {"2": "message"}, "on": LINE},
            "call_back": {"callback": "general", "on": {"booked": "bye", "impossible": "bye"}},
            "message": {"record": "speak_now", "queue": "general", "on": {"recorded": "bye", "nothing": "bye"}},
            "bye": {"hangup": "good_bye"},
        },
        "flows": {"news": {"start": "tell", "steps": {"tell": {"say": "here_are_the_news", "next": "return"}}}},
    }
)
OVERHEARD = (
    "call me back call", "leave it there", "a message for you", "the second one", "one", "did you see the news today",
    "an agent told me", "no", "go back home now", "repeat after me", "uh huh", "", "message in a bottle leave", "1 2 3",
)  # fmt: skip
"""Of what a room is full of. Nothing of it is a phrase of the line and nothing else."""
PHRASES = ("call me back", "leave a message", "news", "message", "call back")


def in_line(queue: str) -> Player:
    player = Player(HOTLINE)
    player.hear(SpeechHeard("line" if queue == "general" else "vip"))
    player.hear(Placed(queue=queue, position=9, size=9, since=0.0))
    return player


def told(player: Player, pattern: str) -> list[tuple[str, ...]]:
    return [match.groups() for match in re.finditer(pattern, " ".join(player.said))]


heard = st.one_of(
    st.just(NothingHeard()),
    st.builds(SpeechHeard, st.sampled_from(OVERHEARD), st.sampled_from([None, 0.2, 0.95]), st.booleans()),
    st.builds(SpeechHeard, st.sampled_from(PHRASES), st.none(), st.just(False)),
    st.builds(SpeechHeard, st.sampled_from(PHRASES), st.sampled_from([0.1, 0.5]), st.just(True)),
    st.builds(SpeechHeard, st.sampled_from(["yes", "yes please"]), st.none(), st.just(False)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(heard, max_size=12), st.sampled_from(["general", "vip"]))
def test_nothing_overheard_and_nothing_unsure_leaves_the_line(
    noises: list[NothingHeard | SpeechHeard], queue: str
) -> None:
    player = in_line(queue)
    asked = 0
    for event in noises:
        player.hear(event, after_s=1)
        asked += len(told(player, "(Did you mean)"))
        if player.question is not None:
            player.hear(Placed(queue=queue, position=9, size=9, since=0.0))
        assert player.state.place is not None
        assert player.place in ("main.line", "main.vip")
    assert asked <= 3  # each way and flow once
    assert "LeaveLine" not in [type(chore).__name__ for chore in player.chores]


Seen = tuple[int, tuple[float, float] | None, int]
"""Position, forecast, and after how many seconds."""
places = st.tuples(
    st.integers(1, 30),
    st.none()
    | st.tuples(st.integers(0, 3000), st.integers(0, 3000)).map(lambda two: (float(min(two)), float(max(two)))),
    st.integers(1, 300),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=1, max_size=12))
def test_a_position_told_never_goes_up(seen: list[Seen]) -> None:
    positions = _told_of("general", seen, lambda player: [int(n) for (n,) in told(player, r"number (\d+) in line")])
    assert positions == sorted(positions, reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=1, max_size=12))
def test_a_wait_told_is_a_range_and_never_moves_away(seen: list[Seen]) -> None:
    minute = 60.0

    def ends(player: Player) -> list[float]:
        ranges = told(player, r"It will take (?:between (\d+) and|up to|less than) (\d+|a) minute")
        assert len(ranges) == len(told(player, "(It will take)"))  # never one number that is promised
        assert all(int(least or 0) < int(most) for least, most in ranges if most != "a")
        return [player.now + (1 if most == "a" else int(most)) * minute for _, most in ranges]

    until = _told_of("vip", seen, ends)
    # A range is told in whole minutes, rounded outwards.
    assert all(later <= min(until[:n]) + WORSE_S + minute for n, later in enumerate(until) if n)


def _told_of(queue: str, seen: list[Seen], read: Callable[[Player], list[float]]) -> list[float]:
    player, found = in_line(queue), list[float]()
    for position, wait, after_s in seen:
        player.hear(NothingHeard(), after_s=after_s)
        player.hear(Placed(queue=queue, position=position, size=30, since=0.0, wait=wait))
        found += read(player)
    return found


def test_who_stood_in_a_line_that_forgets_stands_there_again_at_his_time() -> None:
    player = in_line("general")
    since = player.state.place.since if player.state.place else -1.0
    player.hear(NothingHeard(), after_s=30)
    player.hear(NoPlace("general", "down"))
    task = player.question
    assert isinstance(task, TakePlace)
    assert (task.since, task.limit) == (since, NO_LIMIT)
    player.hear(Placed(queue="general", position=12, size=12, since=since))
    assert player.place == "main.line"
    assert player.state.place is not None
    assert player.state.place.position == 9, "what was told never goes up"
    assert player.recorded("left_line") == []


def test_a_line_that_takes_nobody_back_is_left() -> None:
    player = in_line("general")
    player.hear(NothingHeard(), after_s=30)
    player.hear(NoPlace("general", "down"))
    player.hear(NoPlace("general", "down"))
    assert player.over
