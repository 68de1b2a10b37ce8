"""The chapter of names that every call has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.call.shape import Shape
from ivr.flow.known import CALL, CALLBACK, CALLER, CALLER_FIELDS, GUESS, HOURS, PEOPLE, PLACE, RESERVED, TALK
from ivr.flow.manual.markdown import code, table

MEANINGS: Mapping[str, str] = {
    "caller.number": "The number the call comes from; where it is withheld, whatever the line says.",
    "caller.known": "Whether the profile lookup knows the caller.",
    "caller.name": "From the profile; empty where it is not known.",
    "caller.tier": "From the profile.",
    "caller.value": "From the profile: a number, what the caller is worth.",
    "caller.kind": "From the profile: `person` or `company`.",
    "caller.age": "From the profile; empty where it is not known.",
    "caller.tags": "From the profile: `'campaign' in caller.tags`.",
    "caller.language": "From the profile; the call is answered in it.",
    "caller.expects": "The intent that is expected today, by `predict:` of hotline.yaml.",
    "caller.last_agent": "From the profile: the agent who served the caller last.",
    "caller.calls_today": "His earlier calls of the day; with `remember: same_day` of hotline.yaml, as the next three.",
    "caller.gave_up_today": "How often he hung up in line today without being helped.",
    "caller.broke_off": "How his last call today broke off: `line`, in line; `talk`, before he was answered; or empty.",
    "caller.last_wish": "What he wanted last today, as his language names it.",
    "caller.prefers.language": "What the caller has said, the profile knows, or earlier calls have shown.",
    "caller.prefers.input": "The same: `keys` or `voice`.",
    "caller.prefers.pace": "The same: `slow` or `normal`; the house goes by it.",
    "caller.prefers.way": "The same: `machine`, `person`, `callback`, `message` or `elsewhere`.",
    "caller.prefers.hour": "The hour of the day at which the caller wants to be called back.",
    "caller.prefers.offers": "`refused` where the caller has said no to what was offered of late, `taken` where yes.",
    "caller.no_hints": "Whether the caller has said that he wants to be told nothing unasked, or the profile says so.",
    "call.id": "The call in the records.",
    "call.caller": "The number the call comes from, as the line gives it; known before the profile.",
    "call.called": "The number that was dialled.",
    "call.channel": "The line: `twilio`, `console`, …",
    "call.language": "The language that is spoken now.",
    "call.intent": "The wish that was understood last.",
    "call.type": "Its service type: query, consult, handle, fault or complaint.",
    "call.urgent": "Whether it cannot wait, as `urgent:` of the intent says.",
    "call.way": "What serves it best: human_voice, human_video, smart_voice, smart_video or other_self_service.",
    "call.answered": "The intents that have been answered: `'balance' in call.answered`.",
    "call.requests": "How often a person was asked for.",
    "call.ringable": "Whether the caller can be called back: the number is told, and no short code.",
    "call.textable": "Whether a text message can reach the caller.",
    "call.slowly": "Whether the caller is spoken to slowly, by `easy:` or by asking for it.",
    "call.spoke": "Whether the caller has said something, and was understood.",
    "hours.open": "Whether the hotline's hours are open now.",
    "hours.opens": "When they open next; empty where they never do.",
    "place.queue": "The queue the caller stands in; only in line.",
    "place.line": "How that queue is called to callers, by its `label:`; only in line.",
    "place.position": "1 is next; only in line.",
    "place.size": "How many stand in that line; only in line.",
    "place.wait": "With `tells: wait`: the least and the most seconds it may take, or empty where nobody knows.",
    "people.waiting": "Of a queue, `people.sales.waiting`: callers in its line. Only in conditions of handoff.yaml.",
    "people.idle": "Its people who are free. Only in conditions of handoff.yaml, as all of these.",
    "people.busy": "Its people whose phone rings, who talk, or who write up.",
    "people.kept": "Of the busy, those who are free but kept for callers of other queues or classes, by `reserve:`.",
    "people.off": "Its people who are signed out, on a pause, or did not answer.",
    "people.wait_s": "Seconds that one who joins now may have to wait; 0 while somebody is free.",
    "people.open": "Whether it is served at this hour.",
    "guess": "What the caller may have meant; only in the words `did_you_mean` and `is_that_right`.",
    "callback.about": "What a call back is about, as the language names it, or empty; only in `called_back` …",
    "callback.queue": "How the queue is called that calls back; only there.",
    "callback.since": "Since when the caller waits for it; only there.",
    "talk.queue": "How the queue is called that an agent is rung for. Only in the words for agents.",
    "talk.about": "What the caller wants, as the agent's language names it, or empty. Only there, as all of these.",
    "talk.answered": "What the caller was told already, as the language names it.",
    "talk.consents": "How often the caller has agreed to be connected.",
    "talk.requests": "How often the caller has asked for a person.",
    "talk.complaints": "Whether a complaint of the caller is open: `caller.complaints` of the profile.",
    "talk.sent_by": "The agent who sends the caller on, or asks for an expert; else empty.",
    "talk.note": "What that agent has noted.",
    "talk.expert": "Whether the agent is to join a talk that goes on.",
    "talk.targets": "Only in `agent_menu_targets`: to whom a key leads, each as it is said.",
    "talk.more": "Whether there are more of them; only there.",
    "talk.minutes": "Of a call back: how long ago it was asked for.",
    "talk.by_hand": "Of a call back: whether the agent dials the number himself.",
    "today": "The day, in the hotline's time zone.",
    "now": "The day and time.",
}
SHAPES: Mapping[str, Shape] = {
    "caller": CALLER,
    "call": CALL,
    "hours": HOURS,
    "place": PLACE,
    "people": PEOPLE,
    "today": Shape("date"),
    "now": Shape("time"),
    "guess": GUESS,
    "callback": CALLBACK,
    "talk": TALK,
}

OPENING = """
## Names that are always there

Besides the constants of hotline.yaml and what earlier steps have set, words, values and conditions may name these. What
the profile lookup gives stands in `caller` too. What a `flag` or a `count` is stands under [Connectors](#connectors).
{reserved} cannot be names of your own.

{names}
"""


def names_chapter() -> str:
    rows = [(code(name), kind, _at_first(name), MEANINGS[name]) for name, kind in every_name()]
    reserved = ", ".join(code(name) for name in sorted(RESERVED))
    return OPENING.format(reserved=reserved, names=table(("name", "is", "of an unknown caller", "means"), rows)).strip()


def every_name() -> Iterator[tuple[str, str]]:
    """`caller.age` and its kind, for every name of `known`. KeyError for one without a shape here."""
    for name in sorted(RESERVED, key=list(SHAPES).index):
        yield from _below(name, SHAPES[name])


def _below(name: str, shape: Shape) -> Iterator[tuple[str, str]]:
    if not shape.fields:
        yield name, f"list of {shape.item.kind}" if shape.item else shape.kind
    for inner, one in shape.fields.items():
        yield from _below(f"{name}.{inner}", one)


def _at_first(name: str) -> str:
    default = CALLER_FIELDS.get(name.removeprefix("caller.")) if name.startswith("caller.") else None
    return "" if not default else code(default)
