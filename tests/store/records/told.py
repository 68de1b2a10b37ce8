"""Entries, told the way turns tell them."""

import redis

from ivr.call.entries import Entry
from ivr.call.turns import Saved
from ivr.store.calls import RedisCalls

NOON = 1_795_000_000.0

STARTED = Entry(
    "started",
    NOON,
    {"caller": "+12025550100", "called": "+18005550199", "channel": "twilio", "version": "3f2a", "language": "en"},
)
ENDED = Entry(
    "ended",
    NOON + 61.5,
    {
        "outcome": "answered",
        "why": "hangup",
        "mode": "smart",
        "intent": "余额",
        "answered": ["余额"],
        "language": "zh",
        "seconds": 61.5,
        "seconds_to_answer": 12.25,
        "offers": 1,
        "consents": 0,
        "requests": 2,
        "queue": "vip",
        "waited_s": 30.5,
        "agent": None,
        "rating_machine": 5,
        "rating_human": None,
    },
)


def said(text: str) -> Entry:
    return Entry("said", NOON + 1, {"step": "main.welcome", "text": text})


class Told:
    """Leaves entries in a call's record as its turns do."""

    def __init__(self, client: redis.Redis) -> None:
        self.calls = RedisCalls(client)

    def __call__(self, call: str, *entries: Entry, hotline: str = "telecom") -> None:
        opened = self.calls.open(hotline, call, None, now=NOON)
        assert self.calls.commit(opened, Saved(opened.turn + 1, b"s", b"a", entries), now=NOON)
