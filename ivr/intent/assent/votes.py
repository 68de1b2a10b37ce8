"""The votes in an answer: which phrases were said, of which kind, and how many words besides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ivr.intent.assent.chinese import CHINESE
from ivr.intent.assent.english import ENGLISH
from ivr.intent.assent.kinds import Assent, Said, Vote
from ivr.intent.assent.korean import KOREAN
from ivr.intent.phrases import finder
from ivr.intent.text import HANGUL, normal, primary

ASSENTS: Mapping[str, Assent] = {"en": ENGLISH, "zh": CHINESE, "ko": KOREAN}
ENDS_SO = "~"
"""Before a phrase: words that end so, as Korean says "if" and "that"."""
_SIGNS = re.compile(r"[a-z0-9']+|[가-힣]+|[^\W_]")


def votes(text: str, language: str, yes: tuple[str, ...] = (), no: tuple[str, ...] = ()) -> list[Said]:
    """What was said, in its order; nothing where the language has no list. `yes` and `no`: phrases besides."""
    said = normal(text)
    vote_of, pattern = _ballot(primary(language), yes, no)
    if pattern is None:
        return []
    found: list[Said] = []
    end = 0
    for match in pattern.finditer(said):
        found += ["word"] * len(_SIGNS.findall(said, end, match.start()))
        phrase = match[match.lastgroup] if match.lastgroup else match.group()
        found.append(vote_of[phrase])
        end = match.end()
    return found + ["word"] * len(_SIGNS.findall(said, end))


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
