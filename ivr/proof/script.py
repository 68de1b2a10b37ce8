"""A call that was made on paper, as a scripted call that `ivr test` plays."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ivr.call.events import (
    DigitsPressed,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    MeaningFound,
    NoPlace,
    PeopleSeen,
    SpeechHeard,
)
from ivr.call.tasks import Lookup, TakePlace
from ivr.call.verbs import Listen
from ivr.proof.deeds import CALLED
from ivr.proof.law import Law
from ivr.proof.replay import Played, Real

MOST_OTHERS = 30
"""Callers by whom a line is filled in a script; a longer line is only said to be full."""
UPSET = {"en": "this is ridiculous", "zh": "气死我了", "ko": "어이가 없네"}
"""Of the one mood that the house knows without being told phrases of it."""
Turn = tuple[str, Any]


def written(law: Law, call: Real, about: str, ends: Sequence[Turn]) -> str:
    """`ends`: turns that show what is wrong."""
    agents = tuple(
        dict.fromkeys(agent for turn in call.turns for agent in (*_idle(law, turn), _agent(law, turn)) if agent)
    )
    stubs, late, notes = _stubs(call)
    if call.turns[0].edge.deed.name == CALLED:
        notes.append("We have called this caller back, and he talks with an agent. No script can say that.")
    if call.earlier is not None:
        where = f"in the line {call.earlier.queue!r}" if call.earlier.queue else f"at {call.earlier.intent!r}"
        notes.append(
            f"A call of this day broke off {where} before: begin with that call, and with `calls_again: true`."
        )
    head = [f"about: {_plain(about)}", f"from: {_plain(call.caller)}", f"at: {call.moment.local}"]
    if agents:
        head.append(f"agents: {_plain(list(agents))}")
    if stubs:
        head += ["stubs:", *(f"  {name}: {_plain(stub)}" for name, stub in stubs.items())]
    turns: list[Turn] = []
    for n, played in enumerate(call.turns):
        turns += [*_others(law, played, notes), *late.get(n, ()), *_does(law, played)]
    lines = [*(f"# {note}" for note in notes), *head, "turns:"]
    return "\n".join([*lines, *(f"  - {word}: {_plain(value)}" for word, value in (*turns, *ends))]) + "\n"


def _plain(value: Any) -> str:
    """JSON is YAML; plain words stand without quotes."""
    if isinstance(value, str) and value.replace(" ", "").isalpha() and value.isascii() and value.islower():
        return value if value not in ("true", "false", "null") else f'"{value}"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_plain(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _stubs(call: Real) -> tuple[dict[str, Any], dict[int, list[Turn]], list[str]]:
    """What lookups answer from the start; what they answer from a later turn on; what no script can say."""
    first: dict[str, Any] = {}
    now: dict[str, Any] = {}
    late: dict[int, list[Turn]] = {}
    notes: list[str] = []
    for n, played in enumerate(call.turns):
        here: dict[str, Any] = {}
        for question, answer in played.asked:
            if not isinstance(question, Lookup):
                continue
            stub = _stub(answer)
            if here.setdefault(question.name, stub) != stub:
                notes.append(f"{question.name} answers twice in one turn, each time otherwise; no script can say that.")
            elif question.name not in now:
                first[question.name] = now[question.name] = stub
            elif now[question.name] != stub:
                now[question.name] = stub
                late.setdefault(n, []).append(("stub", {"lookup": question.name, **stub}))
    return first, late, notes


def _stub(answer: Any) -> dict[str, Any]:
    match answer:
        case LookupDone(result=result):
            return {"answers": result}
        case LookupEmpty():
            return {"none": True}
        case LookupFailed(reason=reason):
            return {"fails": reason}
        case _:
            return {}


def _others(law: Law, played: Played, notes: list[str]) -> Iterator[Turn]:
    """Callers who fill a line before this one comes to it."""
    for question, answer in played.asked:
        if isinstance(answer, NoPlace) and answer.why == "down":
            notes.append(
                f"The line {answer.queue!r} breaks down here. No script can make it so: played, this call differs."
            )
        elif isinstance(answer, NoPlace):
            limit = law.hotline.queues.queues[answer.queue].limit
            if isinstance(question, TakePlace) and limit <= MOST_OTHERS:
                yield from [("another", answer.queue)] * limit
            else:
                notes.append(f"The line {answer.queue!r} is full here; set its `limit: 0` to play this call.")


def _agent(law: Law, played: Played) -> str:
    """Somebody of the line from which an agent takes the call; empty for any other turn."""
    if played.edge.deed.name != "agent takes" or played.before.place is None:
        return ""
    return _of_queue(law, played.before.place.queue)


def _idle(law: Law, played: Played) -> Iterator[str]:
    """Those who were seen to be free, one of each line."""
    for _, answer in played.asked:
        if isinstance(answer, PeopleSeen):
            yield from (_of_queue(law, queue) for queue, seen in answer.queues.items() if seen.idle)


def _of_queue(law: Law, queue: str) -> str:
    """Who answers there; empty where nobody does."""
    return next((name for name, one in law.hotline.queues.agents.items() if queue in one.queues), "")


def _does(law: Law, played: Played) -> Iterator[Turn]:
    deed, listening = played.edge.deed, played.before.listening
    match deed.sort, played.event or deed.event:
        case "calls", _:
            return
        case _, DigitsPressed(digits=digits):
            yield "presses", digits
        case "silence", _:
            yield "waits", _patience_s(listening)
        case "phrase", SpeechHeard(text=text):
            yield "says", text
        case "said", _:
            yield "says", _words(law, played)
        case _, SpeechHeard(text=""):
            yield "mumbles", ""
        case "unsure", SpeechHeard(text=text):
            yield "mumbles", text if text != "…" else _words(law, played)
        case _:
            yield _world(law, played)


def _patience_s(listening: Listen | None) -> float:
    return round(listening.patience_s + 0.5, 1) if listening else 10.0


def _words(law: Law, played: Played) -> str:
    """Words that mean what is meant, in the mood that it is said in."""
    mood = getattr(played.event or played.edge.deed.event, "mood", None)
    return ", ".join(filter(None, (_telltale(law, mood, played.before.language), _answer(law, played))))


def _telltale(law: Law, mood: str | None, language: str) -> str:
    own = law.hotline.handoff.mood[mood].phrases.get(language) if mood is not None else None
    return own[0] if own else UPSET.get(language.partition("-")[0], "") if mood is not None else ""


def _answer(law: Law, played: Played) -> str:
    name, language = played.edge.deed.name.partition(",")[0], played.before.language
    wish = played.edge.deed.wish
    if isinstance(wish or played.edge.deed.meaning, MeaningFound):
        if name not in law.hotline.intents:
            return ""  # words that mean nothing here
        intent = law.hotline.intents[name]
        for said in (intent.keywords, intent.examples):
            if said.get(language):
                return said[language][0]
        return name
    step = law.step_at(played.before)
    words = getattr(step, "ask", None) or getattr(step, "offer", None)
    spoken = law.hotline.words[language].get(str(words))
    return next(iter(spoken.choices.get(name, ())), name) if spoken else name


def _world(law: Law, played: Played) -> Turn:
    match played.edge.deed.name:
        case "message":
            return "message", 10
        case "no message":
            return "message", 0
        case "agent takes":
            return "agent", _agent(law, played)
        case "agent sends on":
            return "transfers", f"queue:{next(iter(law.hotline.queues.queues))}"
        case "agent leaves":
            return "agent_leaves", 60
        case "time passes":
            return "waits", 10
        case status:
            return "dial_ends", status
