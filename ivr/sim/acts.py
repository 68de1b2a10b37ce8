"""The words of a scripted call: what a turn may be, and what it does.

what the caller does    presses says mumbles waits hangs_up message calls_again
what must be heard      hears hears_not language slowly
where the call stands   queue no_queue transferred over
being called back       called_back not_called_back later promise
people                  signs_in signs_out agent agent_declines not_rung agent_leaves transfers brings_in expert leaves
                        dial_ends another
business data           stub looked_up
what it leaves behind   sms no_sms callback voicemail record entry no_entry
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from ivr.sim.call import SimCall


def _each(check: Callable[[str], None], value: Any) -> None:
    __tracebackhide__ = True
    for one in value if isinstance(value, list | tuple) else [value]:
        check(str(one))


def _queue(call: SimCall, value: Any) -> None:
    """`general`, or `general 2` for the second in line."""
    __tracebackhide__ = True
    name, _, position = str(value).partition(" ")
    call.is_in_queue(name, int(position) if position else None)


def _stub(call: SimCall, value: Mapping[str, Any]) -> None:
    """`{lookup: company.balance, fails: timeout}`"""
    __tracebackhide__ = True
    call.stub(**value)


def _entry(check: Callable[..., None], value: Mapping[str, Any]) -> None:
    """`{kind: consent, answer: yes}`"""
    __tracebackhide__ = True
    check(value["kind"], **{name: one for name, one in value.items() if name != "kind"})


def _called_back(call: SimCall, value: Any) -> None:
    """`confirms`, or `{does: confirms, hears: [about your balance]}`."""
    __tracebackhide__ = True
    told = {"does": value} if isinstance(value, str) else dict(value)
    call.is_called_back(str(told["does"]))
    _each(call.hears_called_back, told.get("hears", ()))


def _sent(value: Any) -> dict[str, str]:
    """`queue:technical`, or `{to: agent:ben, note: …, by: amy}`"""
    given = value if isinstance(value, Mapping) else {"to": value}
    return {name: str(given[name]) for name in ("to", "note", "by") if name in given}


def _calls_again(call: SimCall, called: Any) -> None:
    """`true`, or another number of the hotline."""
    __tracebackhide__ = True
    call.dials("" if called is True else str(called))


Act = Callable[[SimCall, Any], None]
ACTS: Mapping[str, Act] = {
    # what the caller does
    "presses": lambda call, keys: call.presses(keys),
    "says": lambda call, text: call.says(str(text)),
    "mumbles": lambda call, text: call.mumbles(str(text)),
    "waits": lambda call, seconds: call.waits(float(seconds)),
    "silence": lambda call, seconds: call.waits(float(seconds)),
    "hangs_up": lambda call, _: call.hangs_up(),
    "message": lambda call, seconds: call.leaves_message(float(seconds)),
    "calls_again": _calls_again,
    # what must be heard
    "hears": lambda call, text: _each(call.hears, text),
    "hears_not": lambda call, text: _each(call.does_not_hear, text),
    "language": lambda call, language: call.hears_language(str(language)),
    "slowly": lambda call, _: call.hears_slowly(),
    # where the call stands
    "queue": _queue,
    "no_queue": lambda call, _: call.is_not_in_queue(),
    "transferred": lambda call, number: call.is_transferred_to(str(number)),
    "over": lambda call, why: call.is_over(None if why is True else str(why)),
    # being called back
    "called_back": _called_back,
    "not_called_back": lambda call, _: call.is_not_called_back(),
    "later": lambda call, seconds: call.passes(float(seconds)),
    "promise": lambda call, state: call.promise_is(str(state)),
    # people
    "signs_in": lambda call, name: call.agent_signs_in(str(name)),
    "signs_out": lambda call, name: call.agent_signs_out(str(name)),
    "agent": lambda call, name: call.agent_takes(str(name)),
    "agent_declines": lambda call, name: call.agent_declines(str(name)),
    "not_rung": lambda call, name: call.agent_is_not_rung(str(name)),
    "agent_leaves": lambda call, seconds: call.agent_leaves(float(seconds)),
    "transfers": lambda call, to: call.agent_transfers(**_sent(to)),
    "brings_in": lambda call, to: call.agent_brings_in(**_sent(to)),
    "expert": lambda call, name: call.expert_joins(str(name)),
    "leaves": lambda call, name: call.one_leaves(str(name)),
    "dial_ends": lambda call, status: call.dial_ends(str(status)),
    "another": lambda call, queue: call.another_joins(str(queue)),
    # business data
    "stub": _stub,
    "looked_up": lambda call, lookup: _each(call.looked_up, lookup),
    # what it leaves behind
    "sms": lambda call, text: _each(call.got_sms, text),
    "no_sms": lambda call, _: call.got_no_sms(),
    "callback": lambda call, queue: call.is_promised_callback(str(queue)),
    "voicemail": lambda call, queue: call.left_message_for(str(queue)),
    "record": lambda call, data: call.recorded("ended", **data),
    "entry": lambda call, data: _entry(call.recorded, data),
    "no_entry": lambda call, data: _entry(call.not_recorded, data),
}
"""One word and its value each."""

SHAPED = {"stub": "lookup", "entry": "kind", "no_entry": "kind"}
"""Words whose value is a mapping, and what it must name."""
SECONDS = ("waits", "silence", "message", "agent_leaves")


def fault_of(turn: Mapping[str, Any]) -> str | None:
    """What is wrong with a turn as written; None where nothing is."""
    if len(turn) != 1:
        return f"one word and its value stand in a turn, not {len(turn)}"
    ((word, value),) = turn.items()
    if word not in ACTS:
        close = difflib.get_close_matches(str(word), ACTS, n=1)
        return f"{word!r} is nothing a call can do. " + (
            f"Did you mean {close[0]!r}?" if close else f"The words are: {', '.join(ACTS)}"
        )
    if word in SHAPED and not (isinstance(value, Mapping) and SHAPED[word] in value):
        return f"{word} needs a mapping with `{SHAPED[word]}:` in it"
    if word == "record" and not isinstance(value, Mapping):
        return "record needs a mapping, such as {outcome: answered}"
    if word in SECONDS and not _is_number(value):
        return f"{word} needs a number of seconds"
    return None


def _is_number(value: Any) -> bool:
    try:
        return float(value) >= 0
    except (TypeError, ValueError):
        return False
