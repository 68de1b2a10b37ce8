"""What a caller in line presses and says, while the music plays.

Ears that are open for minutes hear much that is not meant for them. So words do something only where they were heard
well and are a phrase of the line and nothing else, or after a yes. The caller is asked once about each thing that he
may have meant; everything else changes nothing, and the music goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.call.events import DigitsPressed, SpeechHeard, ValueRead
from ivr.call.state import CallState
from ivr.call.tasks import Understand
from ivr.call.verbs import Listen
from ivr.engine import always, confirming, waiting
from ivr.engine.draft import HEARD_LETTERS, Draft
from ivr.engine.moves import Ask, Move, Stay
from ivr.engine.phrases import plain, same, within
from ivr.engine.prompt import YES_NO_KEYS, always_hints, patience_s
from ivr.flow.hotline import AlwaysName

HOW_LONG = "how_long"
"""What may be said in every line: where do I stand?"""
BACK: AlwaysName = "back"
ASKED = "leaving"
"""Where the step's notes hold what the caller is being asked about, …"""
DOUBTED = "doubted"
"""… and what he has been asked about in this line."""
PAUSE_S = 1.0
"""Of silence between two rounds of the music."""
LEAVE_S = 5.0
"""How long the caller may think about leaving the line."""


@dataclass(frozen=True, slots=True)
class Sayable:
    """What can be done in a line besides waiting."""

    words: str
    """The words with the phrases."""
    keys: Mapping[str, str]
    """Key → way out, or flow."""

    def phrases(self, draft: Draft) -> dict[str, tuple[str, ...]]:
        """Way or flow → what a caller may say for it; its own name where nothing is written."""
        known = draft.wording(self.words).choices
        names = (*dict.fromkeys(self.keys.values()), HOW_LONG)
        return {name: known.get(name, (name.replace("_", " "),)) for name in names}


@dataclass(frozen=True, slots=True)
class Meant:
    """The caller surely wants this way or flow, or to know `how_long`."""

    name: str


def is_asking(state: CallState) -> bool:
    """Whether who waits in line is being asked about what he may have meant."""
    return state.place is not None and ASKED in state.scratch


def wait(draft: Draft, sayable: Sayable) -> Stay:
    """Tell the caller where he stands, and play music until he does something or it is over."""
    spec = draft.hotline.queues.queues[draft.state.scratch["queue"]]
    if draft.state.flow not in draft.hotline.house:  # the hotline's words may name keys, and there are none
        draft.say(spec.words)
        waiting.comfort(draft, spec)
    return _music(draft, sayable)


def hear(draft: Draft, sayable: Sayable, event: DigitsPressed | SpeechHeard | ValueRead) -> Meant | Move:
    """What is meant by it, or a move to go on with."""
    match event:
        case DigitsPressed(digits=digits):
            return _keys(draft, sayable, digits)
        case SpeechHeard():
            return _speech(draft, sayable, event)
        case ValueRead():
            return _read(draft, sayable, event)


def ask_whether_back(draft: Draft) -> Stay | None:
    """None: that was the answer to this very question."""
    if draft.state.scratch.pop(ASKED, None) == BACK:
        return None
    draft.say("leave_the_line")
    return _question(draft, BACK)


def _keys(draft: Draft, sayable: Sayable, digits: str) -> Meant | Move:
    asked = draft.state.scratch.pop(ASKED, None)
    if asked not in (None, BACK) and digits in YES_NO_KEYS:
        draft.note("heard", how="keys", text=digits)
        return _settled(draft, asked) if YES_NO_KEYS[digits] == "yes" else _music(draft, sayable)
    if digits not in sayable.keys:
        return draft.listen_again() if asked is None else _music(draft, sayable)
    draft.note("heard", how="keys", text=digits)
    return Meant(sayable.keys[digits])


def _speech(draft: Draft, sayable: Sayable, event: SpeechHeard) -> Meant | Move:
    scratch, text = draft.state.scratch, event.text[:HEARD_LETTERS].strip()
    if not text:
        scratch.pop(ASKED, None)
        return _music(draft, sayable)
    draft.note("heard", how="speech", text=text, confidence=event.confidence, sure=event.sure)
    language, confident = draft.state.language, always.is_confident(draft, event)
    if ASKED in scratch and confident:
        return Ask(Understand(text=text, language=language, expect="yes_no", by="speech", among={}))
    scratch.pop(ASKED, None)
    if not confident and always.by_phrase(draft, text, whole=True) == BACK:
        return ask_whether_back(draft) or _music(draft, sayable)
    phrases, heard = sayable.phrases(draft), plain(text)
    said = [name for name in phrases if any(same(phrase, heard) for phrase in phrases[name])]
    if len(said) == 1 and confident:
        confirming.was_understood(draft)
        return Meant(said[0])
    if any(within(phrase, heard) for phrase in phrases.pop(HOW_LONG)):
        return Meant(HOW_LONG)  # that does no harm
    return Ask(Understand(text=text, language=language, expect="choice", by="speech", among=phrases))


def _read(draft: Draft, sayable: Sayable, read: ValueRead) -> Meant | Move:
    scratch, limits = draft.state.scratch, draft.hotline.file.limits
    asked = scratch.pop(ASKED, None)
    if asked is not None:
        sure = read.value is True and read.confidence >= limits.sure
        return _settled(draft, asked) if sure else _music(draft, sayable)
    name = read.value
    if not isinstance(name, str) or read.confidence < limits.unsure or name in scratch.get(DOUBTED, ()):
        return _music(draft, sayable)
    scratch[DOUBTED] = [*scratch.get(DOUBTED, ()), name]
    draft.say("did_you_mean", extra={"guess": sayable.phrases(draft)[name][0]})
    return _question(draft, name)


def _settled(draft: Draft, name: str) -> Meant | Move:
    """The caller has said yes."""
    if name != BACK:
        return Meant(name)
    draft.state.scratch[ASKED] = BACK
    return always.do(draft, BACK)


def _question(draft: Draft, about: str) -> Stay:
    draft.state.scratch[ASKED] = about
    wait_s = patience_s(draft, LEAVE_S)
    hints = tuple(always_hints(draft))
    return draft.listen(Listen(prompts=(), expect="yes_no", hints=hints, patience_s=wait_s, max_digits=1))


def _music(draft: Draft, sayable: Sayable) -> Stay:
    draft.state.scratch.pop(ASKED, None)
    draft.play(draft.hotline.queues.queues[draft.state.scratch["queue"]].music)
    said = (phrase for phrases in sayable.phrases(draft).values() for phrase in phrases)
    hints = tuple(dict.fromkeys((*said, *always_hints(draft))))
    return draft.listen(Listen(prompts=(), expect="line", hints=hints, patience_s=PAUSE_S, max_digits=1))
