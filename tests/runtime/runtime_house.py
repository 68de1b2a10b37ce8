"""A conductor on the real store with a small hotline, and a world that tests can delay, break and race."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import redis

from ivr.call.codec import Answer, to_json, unpack_state
from ivr.call.entries import Entry
from ivr.call.events import CallStarted, Event, LookupDone, LookupFailed, MeaningFound, ValueRead
from ivr.call.state import CallState
from ivr.call.tasks import Lookup, Understand
from ivr.call.turns import Opened, Saved
from ivr.call.verbs import Listen, Say
from ivr.errors import StoreDown
from ivr.flow.hotline import Hotline
from ivr.flow.load import assemble
from ivr.kit import standard_kit
from ivr.runtime.conductor import Conductor, World
from ivr.runtime.shelf import Shelf
from ivr.store import keys
from ivr.store.calls import RedisCalls
from ivr.store.line import RedisLine
from ivr.store.memory import RedisMemory
from ivr.store.versions import RedisVersions

KIT = standard_kit()
MORNING = 1_795_446_000.0
"""Monday, 23 November 2026, 15:00 UTC."""
CALLER = "+12025550101"

HOTLINE = """
hotline: shop
start: main
languages: [en]
numbers: ["+12025550199"]
fallback_number: "+12025550190"
constants: {company: Northwind}
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    operations:
      balance: {query: "select amount from balances where account = :account", takes: [account], gives: {amount: money}}
always:
  person: {key: "0", go: person}
"""
MAIN = """
flow: main
start: need
steps:
  need:
    ask: how_can_i_help
    expect: intent
    keys: {1: balance, 2: plans}
    on: {balance: look, plans: text, nothing: person}
  look: {lookup: company.balance, with: {account: "{{ call.caller }}"}, on: {ok: tell, failed: not_now}}
  tell: {say: it_is, answers: balance, next: need}
  not_now: {say: not_now, next: need}
  text: {sms: link, on: {sent: sent, impossible: need}}
  sent: {say: it_was_sent, next: need}
  person: {do: person, on: {}}
"""
PERSON = """
flow: person
start: line
steps:
  line: {queue: general, keys: {1: tape}, on: {done: bye, full: bye, closed: bye, tape: tape}}
  tape: {record: speak, queue: general, on: {recorded: bye, nothing: bye}}
  bye: {hangup: bye}
"""
INTENTS = """
balance: {type: query, label: {en: your balance}, examples: {en: [my balance]}}
plans: {type: query, label: {en: plans}, examples: {en: [your plans]}}
"""
QUEUES = """
queues: {general: {wrap_up_s: 30}, other: {wrap_up_s: 90}}
agents:
  amy: {phone: "+12025550111", queues: [general]}
  ben: {phone: "+12025550112", queues: [general, other]}
"""
WORDS = """
how_can_i_help: How can I help?
it_is: "{{ company }}: it is {{ balance.amount }}."
not_now: I cannot look that up just now.
link: "See example.com/plans"
it_was_sent: I have sent it.
speak: Speak after the tone.
bye: Goodbye.
technical_break: "This is Northwind. Please hold."
"""


def shop(**changed: str) -> Hotline:
    """The hotline; `main=…` and so on put another file in the place of one."""
    files = {"hotline": HOTLINE, "main": MAIN, "person": PERSON, "intents": INTENTS, "queues": QUEUES, "words": WORDS}
    contents = {
        "words/en.yaml" if name == "words" else f"{name}.yaml": text.encode()
        for name, text in {**files, **changed}.items()
    }
    return _assembled(contents, {"hold.wav": 30.0})


def _assembled(files: Mapping[str, bytes], sounds: Mapping[str, float]) -> Hotline:
    loaded = assemble(files, sounds, KIT)
    assert loaded.hotline is not None, loaded.faults
    return loaded.hotline


class Clock:
    """Time that passes only when somebody lets it."""

    def __init__(self, now: float = MORNING) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


@dataclass(slots=True)
class Company:
    """`Lookups`: answers 42 unless told otherwise."""

    answer: Event = field(default_factory=lambda: LookupDone({"amount": 42}))
    slow: bool = False
    asked: list[Lookup] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    """Happens while the answer is waited for."""

    def start(self, hotline: Any, call: str, task: Lookup) -> Company:
        self.asked.append(task)
        return self

    def wait(self, seconds: float) -> Event | None:
        self.meanwhile()
        return None if self.slow else self.answer


@dataclass(slots=True)
class Ears:
    """Understands an intent by its name; `breaks` is a bug."""

    breaks: bool = False
    breath_s: float = 0.0

    def understand(self, hotline: Any, task: Understand, *, now: float) -> Event:
        time.sleep(self.breath_s)
        if self.breaks:
            raise RuntimeError("a bug of ours")
        if task.expect == "intent":
            return MeaningFound(task.text if task.text in hotline.intents else None, 0.95)
        return ValueRead(task.text)


class FlakyCalls(RedisCalls):
    """The real store, which goes away when it is told to."""

    def __init__(self, client: redis.Redis) -> None:
        super().__init__(client)
        self.down_for = {"open": 0, "commit": 0}

    def open(self, hotline: str, call: str, turn: int | None, *, now: float) -> Opened:
        self._fail("open")
        return super().open(hotline, call, turn, now=now)

    def commit(self, opened: Opened, saved: Saved, *, now: float) -> bool:
        self._fail("commit")
        return super().commit(opened, saved, now=now)

    def _fail(self, what: str) -> None:
        if self.down_for[what]:
            self.down_for[what] -= 1
            raise StoreDown("Redis does not answer")


class House:
    """One worker process, more or less."""

    def __init__(
        self,
        client: redis.Redis,
        *hotlines: Hotline,
        clock: Clock | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self.client, self.clock = client, clock or Clock()
        self.company, self.ears = Company(), Ears()
        self.calls, self.line = FlakyCalls(client), RedisLine(client)
        self.versions, self.memory = RedisVersions(client), RedisMemory(client)
        self.shelf = Shelf(hotlines or [shop()], self.versions, _assembled)
        world = World(
            self.calls, self.company, self.ears, self.line, self.memory, self.clock, pause or self.clock.pause
        )
        self.conductor = Conductor(self.shelf, world)

    def begins(self, call: str = "c1", hotline: str = "shop") -> Answer:
        return self.hears(0, CallStarted(CALLER, "+12025550199", "test"), call=call, hotline=hotline)

    def hears(self, turn: int, event: Event, *, call: str = "c1", hotline: str = "shop") -> Answer:
        return self.conductor.hear(hotline, call, turn, event)

    def told(self, event: Event, *, call: str = "c1", hotline: str = "shop") -> Answer | None:
        return self.conductor.tell(hotline, call, event)

    def state(self, call: str = "c1", hotline: str = "shop") -> CallState:
        found = self.client.hget(keys.call(hotline, call), "state")
        assert isinstance(found, bytes), f"nobody knows the call {call}"
        return unpack_state(found)

    def entries(self, call: str = "c1", hotline: str = "shop") -> list[Entry]:
        found: Any = self.client.xrange(keys.events(hotline))
        return [msgspec.json.decode(one[b"entry"], type=Entry) for _, one in found if one[b"call"].decode() == call]

    def kinds(self, call: str = "c1", hotline: str = "shop") -> list[str]:
        return [entry.kind for entry in self.entries(call, hotline)]

    def chores(self, hotline: str = "shop") -> list[dict[str, Any]]:
        found: Any = self.client.xrange(keys.chores(hotline))
        return [msgspec.json.decode(one[b"chore"]) for _, one in found]

    def knows(self, call: str = "c1", hotline: str = "shop") -> bool:
        return bool(self.client.exists(keys.call(hotline, call)))

    def comes_late(self, answer: Event, *, call: str = "c1", hotline: str = "shop") -> None:
        """The company's answer to what was asked last, for whoever asks for it."""
        self.calls.keep_answer(hotline, call, self.company.asked[-1].once, to_json(answer))

    def fails(self, why: str = "refused") -> None:
        self.company.answer = LookupFailed(why)


def said(answer: Answer | None) -> list[str]:
    """What the line is told to say."""
    assert answer is not None, "there is no answer"
    told = [verb.prompts if isinstance(verb, Listen) else (verb,) for verb in answer.verbs]
    return [verb.text for verbs in told for verb in verbs if isinstance(verb, Say)]
