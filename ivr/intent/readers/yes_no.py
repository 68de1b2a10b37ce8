"""`expect: yes_no`. A no taken for a yes is the worst mistake here, so any doubt is neither, and asked again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.assent import ASSENTS, Assent, Said, Vote, doubts, judge
from ivr.intent.ordinals import ordinal
from ivr.intent.phrases import finder
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import HANGUL, normal, plain, primary

_KEYS = {"1": True, "2": False}
ENDS_SO = "~"
"""Before a phrase: words that end so, as Korean says "if" and "that"."""
_SIGNS = re.compile(r"[a-z0-9']+|[가-힣]+|[^\W_]")


@reader("yes_no")
def read_yes_no(task: Understand, today: date, region: str) -> ValueRead:
    """True for yes. Keys: 1 yes, 2 no. `among` may add phrases under `yes` and `no`."""
    if task.by == "keys":
        return _answer(_KEYS.get(task.text))
    tongue = primary(task.language)
    said = normal(task.text)
    if (place := ordinal(plain(task.text), tongue, 0)) is not None:  # "press or say one"
        return _answer(_KEYS.get(str(place)))
    vote_of, pattern = _ballot(tongue, task.among.get("yes", ()), task.among.get("no", ()))
    votes = _votes(said, vote_of, pattern) if pattern else []
    yes = judge(votes)
    return ValueRead(None, 0.0, doubts=True) if yes is None and doubts(votes) else _answer(yes)


def _answer(yes: bool | None) -> ValueRead:
    return NOTHING if yes is None else ValueRead(yes)


@lru_cache(maxsize=64)  # a hotline asks the same way in every call
def _ballot(
    tongue: str, yes: tuple[str, ...], no: tuple[str, ...]
) -> tuple[Mapping[str, Vote], re.Pattern[str] | None]:
    """The vote of each phrase, and a pattern that finds them; the longest phrase at a place counts."""
    assents = (ASSENTS.get(tongue, Assent()), Assent(yes=yes, no=no))
    written = {phrase: vote for assent in assents for vote, phrases in assent.votes() for phrase in phrases}
    vote_of = {_bare(phrase): vote for phrase, vote in written.items()}
    endings = {_bare(phrase) for phrase in written if phrase.startswith(ENDS_SO)} - {""}
    # A lone Korean syllable is a word of its own: "예" is not in "예약".
    lone = {phrase for phrase in vote_of if re.fullmatch(f"[{HANGUL}]", phrase)} - endings
    longer = finder(vote_of.keys() - lone - endings)
    patterns = [longer.pattern] if longer else []
    patterns += [rf"(?<!\w){phrase}(?!\w)" for phrase in sorted(lone)]
    patterns += [rf"\w*?(?P<{vote_of[ending]}_{at}>{ending})(?!\w)" for at, ending in enumerate(sorted(endings))]
    return vote_of, re.compile("|".join(patterns)) if patterns else None


def _bare(phrase: str) -> str:
    return normal(phrase.removeprefix(ENDS_SO))


def _votes(said: str, vote_of: Mapping[str, Vote], pattern: re.Pattern[str]) -> list[Said]:
    """What was said, in its order."""
    found: list[Said] = []
    end = 0
    for match in pattern.finditer(said):
        found += ["word"] * len(_SIGNS.findall(said, end, match.start()))
        phrase = match[match.lastgroup] if match.lastgroup else match.group()
        found.append(vote_of[phrase])
        end = match.end()
    return found + ["word"] * len(_SIGNS.findall(said, end))
