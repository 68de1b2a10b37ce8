"""What each kind of entry reads like, in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Sentence = Callable[[dict[str, Any]], str]
"""Takes what it tells out of the data; whatever it leaves is shown after it, so nothing is hidden."""


def started(data: dict[str, Any]) -> str:
    caller, called, channel = (value_text(data.pop(name, "")) for name in ("caller", "called", "channel"))
    words = [f"call from {caller or 'an unknown number'}", f"to {called}" if called else "", f"by {channel or '?'}"]
    return " ".join(word for word in words if word)


def heard(data: dict[str, Any]) -> str:
    how, text, confidence = data.pop("how", ""), data.pop("text", None), data.pop("confidence", None)
    if how == "nothing":
        return "heard nothing"
    words = "heard keys" if how == "keys" else "heard"
    sure = f" ({confidence:.2f})" if isinstance(confidence, float | int) else ""
    return words + (f" {quoted(text)}" if text is not None else "") + sure


def understood(data: dict[str, Any]) -> str:
    intent, confidence, because = data.pop("intent", None), data.pop("confidence", None), data.pop("because", None)
    sure = f" ({confidence:.2f}, by {because})" if isinstance(confidence, float | int) else ""
    return f"understood {intent}{sure}" if intent else f"understood no intent{sure}"


def decided(data: dict[str, Any]) -> str:
    point, rule = data.pop("point", "?"), data.pop("rule", None)
    inputs = data.pop("inputs", None)
    because = f" by rule {rule}" if rule else " by no rule"
    knowing = f", knowing {pairs(inputs)}" if isinstance(inputs, Mapping) and pairs(inputs) else ""
    return f"decided at {point}{because}{knowing}"


def consent(data: dict[str, Any]) -> str:
    """To be moved, or to be recorded."""
    what, asked = ("asked to record by", "recording") if "recording" in data else ("offered", "offer")
    asked_by, answer, words = data.pop(asked, None), data.pop("answer", None), data.pop("heard", None)
    told = f"{what} {value_text(asked_by)}: {value_text(answer)}"
    return told + (f", in the words {quoted(words)}" if words else "")


def recording(data: dict[str, Any]) -> str:
    state, part, words = data.pop("state", "?"), data.pop("part", None), data.pop("words", None)
    if state == "announced":
        return f"recording announced by {value_text(words)}"
    return f"part {value_text(part)} of the recording {state}"


def sentence(pattern: str, *names: str) -> Sentence:
    """A line that names these values; those that are missing show as `?`."""

    def tell(data: dict[str, Any]) -> str:
        return pattern.format(*(value_text(data.pop(name, "?")) for name in names))

    return tell


def _after(data: dict[str, Any]) -> str:
    rule = data.pop("rule", None)
    return f", after {rule}" if rule else ""


SENTENCES: dict[str, Sentence] = {
    "started": started,
    "profile": lambda _: "caller is known",
    "said": lambda data: f"said {quoted(data.pop('text', '?'))}",
    "heard": heard,
    "understood": understood,
    "decided": decided,
    "looked_up": sentence("looked up {}: {}", "name", "outcome"),
    "consent": consent,
    "recording": recording,
    "answered": sentence("answered {}", "intent"),
    "converted": sentence("the caller took {}", "intent"),
    "judged": sentence("the caller says: {}", "outcome"),
    "hinted": sentence("told unasked at {}: {}", "at", "rule"),
    "not_hinted": sentence("not told at {}: {}, because of {}", "at", "rule", "why"),
    "accepted": sentence("did what {} had told of", "rule"),
    "hints_refused": lambda data: f"wants no hints{_after(data)}",
    "hints_wanted": lambda _: "wants hints again",
    "queued": sentence("in line of {} at place {}", "queue", "position"),
    "position": sentence("in line of {} now at place {}", "queue", "position"),
    "offered": sentence("the phone of {} rings", "agent"),
    "missed": sentence("{} did not take the call: {}", "agent", "why"),
    "connected": sentence("connected with {}", "agent"),
    "agent_left": sentence("agent {} left", "agent"),
    "transferred": sentence("{} sends the caller on to {}", "agent", "queue"),
    "expert_asked": sentence("{} asks somebody of {} in", "agent", "queue"),
    "expert_joined": sentence("{} joins the talk", "agent"),
    "expert_dismissed": sentence("{} sends {} out of the talk", "agent", "expert"),
    "closed": sentence("closed as {} by {}", "outcome", "by"),
    "left_line": sentence("left the line of {}: {}", "queue", "why"),
    "sms": sentence("text message to {}", "to"),
    "led": sentence("led elsewhere: {}, by {}", "to", "way"),
    "alarm": sentence("too long in line of {}: {} s", "queue", "waited_s"),
    "callback": sentence("call back promised to {}", "number"),
    "listened": sentence("{} listened to the message", "by"),
    "voicemail": sentence("message left: {}", "recording"),
    "rated": lambda data: f"rated {value_text(data.pop('score', '?'))}",
    "dialled": sentence("dialled {}: {}", "number", "status"),
    "note": lambda data: f"note: {value_text(data.pop('why', '?'))}",
    "failed": lambda data: f"FAILED: {value_text(data.pop('why', '?'))}",
    "preferred": sentence("prefers from now on: {} {}", "name", "value"),
    "ended": sentence("ended: {}", "outcome"),
}


def pairs(data: Mapping[str, Any]) -> str:
    said = {name: value for name, value in data.items() if value not in (None, "", [], {}) and value is not False}
    return ", ".join(f"{name.replace('_', ' ')} {value_text(value)}" for name, value in said.items())


def value_text(value: Any) -> str:
    match value:
        case str():
            return value
        case Mapping():
            return "{" + pairs(value) + "}"
        case Sequence():
            return "+".join(value_text(one) for one in value)
        case float():
            return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
    return str(value)


def quoted(text: Any) -> str:
    return f"“{value_text(text)}”"
