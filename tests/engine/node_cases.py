"""The words of a node case: what happens to a call, and what must then be so.

happens   presses says mumbles hears_at says_upset people recalled was_told refused_hints silence hangs_up recorded
          dialled polls found empty failed slow meaning value placed no_place agent agent_left never_met after_s
is so     said not_said asks at holds ordered not_ordered entry no_entry chore no_chore knows hidden over
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from engine_player import MONDAY, Player

from ivr.call.codec import to_json
from ivr.call.events import (
    AgentLeft,
    AgentTook,
    DialEnded,
    DigitsPressed,
    HungUp,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    MeaningFound,
    NoPlace,
    NothingHeard,
    PeopleSeen,
    Placed,
    Polled,
    QueueSeen,
    Recalled,
    Recorded,
    SpeechHeard,
    ValueRead,
)
from ivr.call.past import PastCall, ToldHint
from ivr.flow.hints import DAY_S

HAPPENS: Mapping[str, Callable[[Any], Any]] = {
    "presses": lambda keys: DigitsPressed(str(keys)),
    "says": lambda text: SpeechHeard(str(text)),
    "mumbles": lambda text: SpeechHeard(str(text), sure=False),
    "hears_at": lambda how: SpeechHeard(how["text"], how["confidence"]),
    "says_upset": lambda text: SpeechHeard(str(text), mood="upset"),
    "people": lambda queues: PeopleSeen({name: QueueSeen(**seen) for name, seen in queues.items()}),
    "recalled": lambda calls: Recalled(tuple(_past(**past) for past in calls)),
    "was_told": lambda hints: Recalled(hints={name: _told(**told) for name, told in hints.items()}),
    "refused_hints": lambda _: Recalled(refuses_hints=True),
    "silence": lambda _: NothingHeard(),
    "hangs_up": lambda _: HungUp(),
    "polls": lambda _: Polled(),
    "recorded": lambda how: Recorded(**{"recording": "RE1", "duration_s": 12.0, **how}),
    "dialled": lambda status: DialEnded(str(status), 30.0),
    "hangs_up_on_them": lambda _: DialEnded("completed", 30.0, hung_up=True),
    "found": lambda result: LookupDone(result),
    "empty": lambda _: LookupEmpty(),
    "failed": lambda why: LookupFailed(str(why)),
    "slow": lambda _: LookupSlow(),
    "meaning": lambda how: MeaningFound(**{"confidence": 0.9, **how}),
    "value": lambda value: ValueRead(value),
    "placed": lambda how: Placed(**{"queue": "general", "position": 1, "size": 1, "since": 0.0, **_ranged(how)}),
    "no_place": lambda why: NoPlace("general", str(why)),
    "agent": lambda agent: AgentTook(str(agent), "room-1"),
    "agent_left": lambda agent: AgentLeft(str(agent), 60.0),
    "never_met": lambda agent: AgentLeft(str(agent), 0.0, met=False),
}


def _ranged(how: Mapping[str, Any]) -> dict[str, Any]:
    return {**how, **({"wait": tuple(how["wait"])} if "wait" in how else {})}


def _past(hours_ago: float, outcome: str, **what: Any) -> PastCall:
    return PastCall(at=MONDAY - 3600 * hours_ago, outcome=outcome, **what)


def _told(days_ago: float, times: int = 1, taken_days_ago: float | None = None) -> ToldHint:
    taken_at = None if taken_days_ago is None else MONDAY - DAY_S * taken_days_ago
    return ToldHint(times, MONDAY - DAY_S * days_ago, "before", "call-0", taken_at)


def play(player: Player, turn: Mapping[str, Any]) -> None:
    """One turn of a case; AssertionError says what is not so."""
    ((word, value),) = turn.items()
    if word in HAPPENS:
        player.hear(HAPPENS[word](value))
    elif word == "after_s":
        player.now += float(value)
    else:
        CHECKS[word](player, value)


def _said(player: Player, value: Any) -> None:
    told = " ".join(player.said).casefold()
    for text in value if isinstance(value, list) else [value]:
        assert str(text).casefold() in told, f"{text!r} should be said, but said was: {player.said}"


def _not_said(player: Player, value: Any) -> None:
    told = " ".join(player.said).casefold()
    assert str(value).casefold() not in told, f"{value!r} should not be said: {player.said}"


def _asks(player: Player, value: Any) -> None:
    if value is None:
        assert player.question is None, f"the world is asked {player.question}"
        return
    assert player.question is not None, "the world is asked nothing"
    _fits(_plain(player.question), value, "the question")


def _holds(player: Player, value: Any) -> None:
    assert player.verbs, "the line is told nothing"
    wanted = {"verb": value} if isinstance(value, str) else value
    _fits(_plain(player.verbs[-1]), wanted, "the verb that holds the line")


def _ordered(player: Player, value: Any) -> None:
    """The line's verbs from the first one named here on, in this order."""
    wanted = [{"verb": one} if isinstance(one, str) else one for one in value]
    found = [_plain(verb) for verb in player.verbs]
    for start in range(len(found) - len(wanted) + 1):
        if all(_has(one, two) for one, two in zip(found[start:], wanted, strict=False)):
            return
    raise AssertionError(f"the line is told {[one['verb'] for one in found]}")


def _not_ordered(player: Player, value: str) -> None:
    assert value not in [_plain(verb)["verb"] for verb in player.verbs], f"the line is told {value}"


def _entry(player: Player, value: Mapping[str, Any]) -> None:
    wanted = {name: one for name, one in value.items() if name != "kind"}
    found = player.recorded(value["kind"])
    assert any(_has(one, wanted) for one in found), f"no {value['kind']} with {wanted} among {found}"


def _no_entry(player: Player, value: Mapping[str, Any]) -> None:
    wanted = {name: one for name, one in value.items() if name != "kind"}
    found = [one for one in player.recorded(value["kind"]) if _has(one, wanted)]
    assert not found, f"there is {value['kind']} {found}"


def _chore(player: Player, value: Any) -> None:
    wanted = {"task": value} if isinstance(value, str) else value
    found = [_plain(chore) for chore in player.chores]
    assert any(_has(one, wanted) for one in found), f"no chore {wanted} among {found}"


def _no_chore(player: Player, value: Any) -> None:
    found = [_plain(chore)["task"] for chore in player.chores]
    assert (value is True and not found) or value not in found, f"there are chores: {found}"


def _at(player: Player, value: str) -> None:
    assert player.place == value, f"the call stands at {player.place}"


def _knows(player: Player, value: Mapping[str, Any]) -> None:
    _fits(player.state.names, value, "what the flow knows")


def _hidden(player: Player, value: Any) -> None:
    assert str(value) not in player.traces, f"{value} stands in the record: {player.traces}"
    shown = [to_json(chore).decode() for chore in player.chores if not getattr(chore, "secret", False)]
    assert not [one for one in shown if str(value) in one], f"{value} stands in a chore"


def _over(player: Player, value: str) -> None:
    assert player.over, f"the call goes on, at {player.place}"
    outcome = player.recorded("ended")[-1]["outcome"]
    assert outcome == value, f"the call came to {outcome!r}"


CHECKS: Mapping[str, Callable[[Player, Any], None]] = {
    "said": _said,
    "not_said": _not_said,
    "asks": _asks,
    "holds": _holds,
    "ordered": _ordered,
    "not_ordered": _not_ordered,
    "entry": _entry,
    "no_entry": _no_entry,
    "chore": _chore,
    "no_chore": _no_chore,
    "at": _at,
    "knows": _knows,
    "hidden": _hidden,
    "over": _over,
}


def _plain(task: Any) -> dict[str, Any]:
    """As it is written down: names that know what they stand for are text there."""
    plain: dict[str, Any] = json.loads(to_json(task))
    return plain


def _has(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(name in found and found[name] == value for name, value in wanted.items())


def _fits(found: Mapping[str, Any], wanted: Mapping[str, Any], what: str) -> None:
    for name, value in wanted.items():
        assert name in found, f"{what} has no {name}: {found}"
        assert found[name] == value, f"{what} has {name} {found[name]!r}, not {value!r}"
