"""`expect: yes_no`. A no taken for a yes is the worst mistake here, so any doubt is neither, and asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.assent import ASSENTS, Assent, Vote
from ivr.intent.figures import digits
from ivr.intent.phrases import finder
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import normal, plain, primary

_KEYS = {"1": True, "2": False}
SHORT_WORDS = 5
"""In more words than this, "right" and "please" are no answer: "right now I need to pay …"."""
BARE_REST = 1
"""Words, or Chinese characters, beside a bare yes: "要" is one, "我要查余额" is a wish."""
YES: tuple[Vote, ...] = ("yes", "soft", "short", "bare")
_SIGNS = re.compile(r"[a-z0-9']+|[가-힣]+|[^\W_]")


@reader("yes_no")
def read_yes_no(task: Understand, today: date, region: str) -> ValueRead:
    """True for yes. Keys: 1 yes, 2 no. `among` may add phrases under `yes` and `no`."""
    if task.by == "keys":
        return _answer(_KEYS.get(task.text))
    tongue = primary(task.language)
    said = normal(task.text)
    number = digits(plain(task.text), tongue)
    if number in _KEYS and len(said.split()) == 1 and len(said) <= 4:  # "press or say one"
        return _answer(_KEYS[number])
    vote_of, pattern = _ballot(tongue, task.among.get("yes", ()), task.among.get("no", ()))
    votes = [vote_of[match.group()] for match in pattern.finditer(said)] if pattern else []
    return _answer(_judge(votes, said, pattern.sub(" ", said) if pattern else said))


def _answer(yes: bool | None) -> ValueRead:
    return NOTHING if yes is None else ValueRead(yes)


@lru_cache(maxsize=64)  # a hotline asks the same way in every call
def _ballot(
    tongue: str, yes: tuple[str, ...], no: tuple[str, ...]
) -> tuple[Mapping[str, Vote], re.Pattern[str] | None]:
    """The vote of each phrase, and a pattern that finds them; the longest phrase at a place counts."""
    assents = (ASSENTS.get(tongue, Assent()), Assent(yes=yes, no=no))
    vote_of = {normal(phrase): vote for assent in assents for vote, phrases in assent.votes() for phrase in phrases}
    return vote_of, finder(vote_of)


def _judge(votes: list[Vote], said: str, rest: str) -> bool | None:
    """`not` turns the yes that follows into a no, and is a no where none follows. `rest`: what was said besides."""
    bare: Vote = "yes" if len(_SIGNS.findall(rest)) <= BARE_REST else "idle"
    heard: set[Vote] = set()
    for at, vote in enumerate(votes):
        if vote == "not":
            following = votes[at + 1 : at + 2]
            heard.add("not" if not following else "no" if following[0] in YES else "not")
        elif at and votes[at - 1] == "not" and vote in YES:
            continue
        else:
            heard.add(bare if vote == "bare" else vote)
    if "unsure" in heard:
        return None
    if "no" in heard:
        return None if "yes" in heard else False
    if "asks" in heard:
        return None
    if "yes" in heard:
        return True
    if "not" in heard:
        return None if "soft" in heard else False
    if "soft" in heard or ("short" in heard and _length(said) <= SHORT_WORDS):
        return True
    return None


def _length(said: str) -> int:
    """In words; two Chinese characters are taken for one."""
    return len(re.findall(r"[a-z']+|[가-힣]+|[^\W\da-z가-힣]{1,2}", said))
