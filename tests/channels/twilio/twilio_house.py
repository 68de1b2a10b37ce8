"""A house small enough to see through: it answers each turn with verbs a test has laid out, and remembers it all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient

from ivr.call.events import Event
from ivr.call.verbs import Hangup, Listen, Say, Verb
from ivr.channels.twilio import AgentDesk, Carrier, Gate, TwilioLine, Urls, blueprint
from ivr.errors import CarrierError, StoreDown
from ivr.runtime.handing_on import NotHandedOn
from ivr.sim.cloud import Cloud, VirtualClock
from ivr.sim.cloud.signing import sign
from ivr.sim.cloud.timing import silence

NUMBER = "+12025550199"
CALLER = "+12025550100"
ACCOUNT = "AC" + "0" * 32
TOKEN = "12345"
CALL = "CA" + "1" * 32
PUBLIC = "https://hotline.example.com"


@dataclass(frozen=True)
class Given:
    verbs: tuple[Verb, ...]
    turn: int


@dataclass(frozen=True)
class Room:
    room: str
    name: str = ""
    shared: bool = False
    agent: str = "amy"


@dataclass(frozen=True)
class Talk:
    """Who talks with whom."""

    call: str = CALL
    agent: str = "amy"
    queue: str = "general"


@dataclass(frozen=True)
class Choice:
    words: tuple[Say, ...]
    targets: tuple[str, ...]
    more: bool


Script = Callable[[int, Event], tuple[Verb, ...]]


def menu(turn: int, event: Event) -> tuple[Verb, ...]:
    """Asks for ever, and says which turn it is."""
    return (Listen((Say(f"This is turn {turn}. Press a key."),), expect="line", max_digits=1),)


@dataclass
class House:
    """A conductor and a desk."""

    script: Script = menu
    hotline: str = "telecom"
    events: list[tuple[int, Event]] = field(default_factory=list)
    """What changed something: one event a turn."""
    told: list[Event] = field(default_factory=list)
    last: dict[str, Given] = field(default_factory=dict)
    down: bool = False
    fallback: str | None = "+12025550111"
    words: tuple[Say, ...] = (Say("We are sorry, please hold.", audio="sorry.wav"),)
    desk: list[tuple[str, ...]] = field(default_factory=list)
    waits: bool = True
    """Somebody waits for an agent."""
    talk: Talk | None = field(default_factory=Talk)
    """None: the agent's talk is over, and forgotten."""
    talking: bool = True
    """The caller is still there."""
    company: bool = False
    """Others are in the room."""
    refuses: bool = False
    """No order can be done."""
    asks: bool = False
    """How talks ended is asked."""
    targets: tuple[str, ...] = ("queue:technical", "agent:ben")
    pages: int = 1
    recordings: list[tuple[str, str, str, float]] = field(default_factory=list)
    call_recordings: list[tuple[str, str, int, str, float]] = field(default_factory=list)
    carrier: Carrier | None = None
    """Who can fetch callers out of rooms."""

    def hotline_for(self, called: str) -> str | None:
        return self.hotline if called == NUMBER else None

    def hear(self, hotline: str, call: str, turn: int, event: Event) -> Given:
        self._up()
        last = self.last.get(call)
        if last is not None and turn < last.turn:
            return last
        self.events.append((turn, event))
        self.last[call] = Given(self.script(turn, event), turn + 1)
        return self.last[call]

    def tell(self, hotline: str, call: str, event: Event) -> Given | None:
        self._up()
        self.told.append(event)
        return self.last.get(call)

    def replay(self, hotline: str, call: str) -> Given | None:
        self._up()
        return self.last.get(call)

    def apology(self, hotline: str | None) -> tuple[Say, ...]:
        return self.words

    def fallback_number(self, hotline: str | None) -> str | None:
        return self.fallback

    def whisper(self, hotline: str, token: str) -> tuple[Say, ...] | None:
        self._up()
        return (Say("A caller about a bill. Press 1 to take, 2 to decline."),) if self.waits else None

    def gone(self, hotline: str) -> tuple[Say, ...]:
        return (Say("Nobody waits any more."),)

    def take(self, hotline: str, token: str) -> Room | None:
        self._up()
        self.desk.append(("take", hotline, token))
        return Room("room-7") if self.waits else None

    def miss(self, hotline: str, token: str, why: str) -> None:
        self._up()
        self.desk.append(("miss", hotline, token, why))

    def ended(self, hotline: str, token: str, duration_s: float) -> None:
        self._up()
        self.desk.append(("ended", hotline, token, str(duration_s)))

    # --- talks -----------------------------------------------------------------------------------------------

    def find(self, token: str) -> Talk | None:
        self._up()
        return self.talk

    def away(self, hotline: str, token: str, visit: int) -> str:
        self._up()
        return "away" if self.talking else "over"

    def back(self, hotline: str, token: str, visit: int) -> Room | None:
        self.desk.append(("back", hotline, token))
        return Room("room-7", shared=self.company) if self.talking else None

    def over(self, hotline: str, token: str) -> None:
        self.desk.append(("over", hotline, token))

    def asked(self, hotline: str, agent: str, queue: str) -> None:
        self._up()
        if agent:
            self.desk.append(("asked", agent, queue))

    def transfer(self, hotline: str, token: str, to: str) -> None:
        self._order("transfer", to)

    def bring_in(self, hotline: str, token: str, to: str) -> None:
        self._order("bring_in", to)

    def send_away(self, hotline: str, token: str) -> None:
        self._order("send_away", "")

    def has_gone(self, hotline: str, call: str) -> bool:
        return not self.talking

    def was_reached(self, hotline: str, call: str) -> bool:
        return True

    def asks_how_it_ended(self, hotline: str, queue: str) -> bool:
        return self.asks

    def close(self, hotline: str, call: str, agent: str, outcome: str) -> None:
        self.desk.append(("close", call, agent, outcome))

    def page(self, hotline: str, token: str, what: str, number: int) -> Choice | None:
        words = (Say(f"{what} page {number}"),)
        return Choice(words, self.targets, number + 1 < self.pages) if self.talking else None

    def _order(self, what: str, to: str) -> None:
        if self.refuses:
            raise NotHandedOn("it cannot be")
        self.desk.append((what, to))

    def recording_ready(self, hotline: str, call: str, recording: str, duration_s: float) -> None:
        self._up()
        self.recordings.append((hotline, call, recording, duration_s))

    def call_recording_ready(self, hotline: str, call: str, part: int, recording: str, duration_s: float) -> None:
        self._up()
        self.call_recordings.append((hotline, call, part, recording, duration_s))

    def redirect(self, call: str, url: str) -> None:
        if self.carrier is None:
            raise CarrierError("no carrier")
        self.carrier.redirect(call, url)

    def _up(self) -> None:
        if self.down:
            raise StoreDown("Redis does not answer")


@dataclass
class Spoken:
    """The house as those routes see it that speak to agents: every key of words is said as it is."""

    house: House

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)

    def words(self, hotline: str, agent: str, key: str) -> tuple[Say, ...]:
        return (Say(key),)


def goodbye(turn: int, event: Event) -> tuple[Verb, ...]:
    return (Say("Goodbye."), Hangup())


def line_of(house: House, clock: VirtualClock, gate: Gate) -> TwilioLine:
    return TwilioLine(
        conductor=house,
        urls=Urls(PUBLIC),
        gate=gate,
        clock=clock,
        desk=AgentDesk(house, Spoken(house), house),
        recording_ready=house.recording_ready,
        call_recording_ready=house.call_recording_ready,
        redirect=house.redirect,
        numbers=lambda: [NUMBER],
    )


def carrier_of(cloud: Cloud) -> Carrier:
    """A machine that stands still is no outage."""
    return Carrier(cloud.account, cloud.token, cloud.api_base, patience_s=60)


def app_of(line: TwilioLine) -> Flask:
    app = Flask(__name__)
    app.register_blueprint(blueprint(line))

    @app.get("/audio/<hotline>/<path:path>")
    def audio(hotline: str, path: str) -> Response:
        return Response(silence(20 if "music" in path else 2), content_type="audio/wav")

    return app


class Twilio:
    """Sends signed requests to a Flask test client."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def post(self, path: str, _form: dict[str, Any] | None = None, **told: Any) -> Any:
        """`_form` is the whole form; without it the usual one with changes: None leaves a parameter out."""
        usual = {
            "CallSid": CALL,
            "AccountSid": ACCOUNT,
            "From": CALLER,
            "To": NUMBER,
            "CallStatus": "in-progress",
            "ApiVersion": "2010-04-01",
            "Direction": "inbound",
        }
        form = _form if _form is not None else {k: v for k, v in (usual | told).items() if v is not None}
        listed = {name: value if isinstance(value, list) else [value] for name, value in form.items()}
        signature = sign(TOKEN, PUBLIC + path, listed)
        return self.client.post(path, data=form, headers={"X-Twilio-Signature": signature})
