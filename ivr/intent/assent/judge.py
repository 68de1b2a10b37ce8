"""What the phrases and words of an answer come to: yes, no, or neither.

After NegEx (Chapman and others, 2001): a negation reaches some words before or behind it, and words like "but" end the
part of a sentence that it reaches in. Where a word stands tells whether it is an answer or a part of what is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.intent.assent.kinds import Said

SHORT_REST = 1
"""Words, or Chinese characters, beside a short yes: "都可以" is one, "转上次的账单" is a wish."""
SCOPE = 3
"""Words, or Chinese characters, that may stand between a negation and the yes it turns into a no."""
ASSENTS = frozenset({"yes", "firm", "short", "whole"})
ANSWERS = ASSENTS | {"no", "nay", "nots"}
REPLIES = frozenset({"yes", "no", "asks", "unsure"})
CUTS = frozenset({"limits", "mends"})
BESIDE = frozenset({"idle", "whom"})
REST = frozenset({"word", "whole"})


def judge(said: Sequence[Said]) -> bool | None:
    """True for yes. Any doubt is None; a yes that takes another answer back is one."""
    if "unsure" in said or "told" in said:
        return None
    for at in range(len(said) - 1, -1, -1):
        if said[at] == "mends" and ANSWERS & {*said[:at]} and ANSWERS & {*said[at:]}:
            return False if _weigh(said[at:]) is False else None
    return _weigh(said)


def doubts(said: Sequence[Said]) -> bool:
    """Whether what is neither yes nor no holds nothing besides, that could be something else the caller wants."""
    if "whom" in said or set(said) <= BESIDE | {"word"}:
        return False
    return said.count("word") <= (SHORT_REST if "unsure" in said else 0)


def puzzled(said: Sequence[Said]) -> bool:
    """The same of a question that takes no yes or no: "what?", "I am not sure", "yes please" to a choice of plans. A
    word like "cancel" or "connect" may be what the caller wants there."""
    return set(said) <= REPLIES | BESIDE | {"word"} and doubts(said)


def _weigh(said: Sequence[Said]) -> bool | None:
    is_whole = said.count("word") + said.count("whom") == 0
    parts = [*_parts(said, whole=is_whole)]
    rest = sum(one in REST for part in parts for one in part)
    heard = {one for part in parts for one in _heard(part)}
    first = next((one for one in said if one not in BESIDE | {"mends"}), None)
    if "no" in heard:
        doubtful = bool(heard & {"yes", "firm"}) or ("limits" in said and "short" in heard)
        asked = "asks" in said and first not in ("no", "nay", "nots")
        return None if doubtful or asked else False
    if not heard.isdisjoint({"asks", "limits"}) or "asks" in said or "limits" in said:
        return None
    if "yes" in heard:
        return True
    if "amid" in heard or rest > SHORT_REST:
        return None
    if "not" in heard:
        return None if heard & {"firm", "short"} else False
    return True if heard & {"firm", "short"} else None


def _parts(said: Sequence[Said], *, whole: bool) -> Iterator[list[Said]]:
    """What was said, cut where a part of a sentence ends; what counts for nothing is left out."""
    part: list[Said] = []
    for one in said:
        if one in CUTS:
            yield part
            part = []
        elif one not in BESIDE:
            part.append("short" if whole and one == "whole" else one)
    yield part


def _heard(part: Sequence[Said]) -> Iterator[str]:
    """`yes`, `firm`, `short` and `no`; `not`: a negation of something else; `amid`: a no within a sentence."""
    turned: set[int] = set()
    for at, one in enumerate(part):
        near = None
        if one == "nots":
            near = _reached(part, range(at + 1, len(part)), ASSENTS)
        elif one == "undoes":
            near = _reached(part, range(at - 1, -1, -1), {"firm", "short", "whole"})
        if near is not None:
            turned |= {at, near}
            yield "no"
    for at, one in enumerate(part):
        at_head, at_tail = REST.isdisjoint(part[:at]), REST.isdisjoint(part[at + 1 :])
        if at in turned:
            continue
        if one == "no" or (one == "nay" and at_head):
            yield "no"
        elif one == "nay":
            yield "amid"
        elif one in ("nots", "undoes"):
            yield "not"
        elif one in ("yes", "firm", "short") and (at_head or at_tail):
            yield one


def _reached(part: Sequence[Said], places: range, wanted: frozenset[str] | set[str]) -> int | None:
    """The nearest of these votes within the scope of a negation; None where another one comes before it."""
    for words, place in enumerate(places):
        if part[place] in wanted:
            return place
        if part[place] != "word" or words == SCOPE:
            return None
    return None
