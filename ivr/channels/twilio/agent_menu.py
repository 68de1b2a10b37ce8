"""What an agent hears who has pressed the star in a talk, and the question how it ended: pages of his own leg.

The star takes the agent out of the room, and that ends it; the caller's line asks us what to do, and is told to play
music. What becomes of the caller, and who else is rung, is decided elsewhere.
"""

from __future__ import annotations

from typing import cast, get_args

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ivr.call.closing import OUTCOMES
from ivr.call.verbs import Say
from ivr.channels.twilio.agent_needs import AgentDesk
from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Place, Talked
from ivr.channels.twilio.line import parameters, twiml
from ivr.channels.twilio.reader import is_over, one
from ivr.channels.twilio.writer import write_goodbye, write_offer, write_room
from ivr.runtime.agent_menu import What
from ivr.runtime.handing_on import NotHandedOn

PATIENCE_S = 6
"""For a key, after the words."""
ATTEMPTS = 2
"""How often they are spoken; then the agent is with the caller again."""
TOP = Place()
BACK, MORE = "*", "9"
KINDS: dict[str, What] = {"1": "queue", "2": "agent", "3": "expert"}
SEND_AWAY = "4"
MOST_PAGES = 1000
CLOSES = dict(zip("123", OUTCOMES, strict=True))


def add_pages(agents: Blueprint, desk: AgentDesk, urls: AgentUrls) -> None:
    """The routes of the menu, below an agent's leg."""
    menu = MenuPages(desk, urls)

    @agents.post("/left")
    def left(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(menu.left(Leg(hotline, token)))

    @agents.post("/menu")
    def chosen(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(menu.pressed(Leg(hotline, token), _place(), one(parameters(), "Digits")))

    @agents.post("/over")
    def over(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(menu.over(Leg(hotline, token), _talked()))

    @agents.post("/closed")
    def closed(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(menu.closed(Leg(hotline, token), _talked(), one(parameters(), "Digits")))


class MenuPages:
    """Documents for an agent's leg that is in no room."""

    def __init__(self, desk: AgentDesk, urls: AgentUrls) -> None:
        self.talks, self.menu, self.urls = desk.talks, desk.menu, urls

    def left(self, leg: Leg) -> str:
        """Out of the room: by the star, or because the caller has gone."""
        if is_over(parameters()):
            return self._hung_up(leg)
        offer = self.talks.find(leg.token)
        if offer is None:
            return write_goodbye(())
        if not self.talks.away(leg.hotline, leg.token):
            asked = self.talks.asks_how_it_ended(leg.hotline, offer.queue)
            return self.over(leg, Talked.of(offer)) if asked else self._free(leg)
        return self._top(leg)

    def pressed(self, leg: Leg, at: Place, key: str) -> str:
        """A key of the menu, or none in time."""
        if is_over(parameters()):
            return self._hung_up(leg)
        offer = self.talks.find(leg.token)
        if offer is None:
            return write_goodbye(())
        talked = Talked.of(offer)
        if not self.talks.away(leg.hotline, leg.token):
            return self.over(leg, talked)
        if key == BACK:
            return self._back(leg, talked) if at.what == TOP.what else self._top(leg)
        if at.what == TOP.what and key in KINDS:
            return self._listed(leg, Place(KINDS[key]), talked)
        if at.what == TOP.what and key == SEND_AWAY:
            return self._ordered(leg, talked, "send_away", "")
        if at.what in get_args(What):
            page = self.menu.page(leg.hotline, leg.token, cast(What, at.what), at.page)
            if page is not None and key in page.targets:
                return self._ordered(leg, talked, at.what, page.targets[key])
            if page is not None and page.more and key == MORE:
                return self._listed(leg, Place(at.what, at.page + 1), talked)
        if at.attempt < ATTEMPTS:
            return self._listed(leg, Place(at.what, at.page, at.attempt + 1), talked)
        return self._back(leg, talked)

    def over(self, leg: Leg, talked: Talked) -> str:
        """The caller has gone. The agent is free from here on, and is asked how it ended where the queue wants that."""
        self.talks.over(leg.hotline, leg.token)
        gone = self.talks.words(leg.hotline, talked.agent, "caller_gone")
        if not self.talks.asks_how_it_ended(leg.hotline, talked.queue):
            return write_goodbye(gone)
        question = self.talks.words(leg.hotline, talked.agent, "agent_closes")
        return write_offer((*gone, *question), self.urls.closed(leg, talked), PATIENCE_S)

    def closed(self, leg: Leg, talked: Talked, key: str) -> str:
        """How the talk ended, by key; no key is no word on it."""
        if key in CLOSES and talked.call:
            self.talks.close(leg.hotline, talked.call, talked.agent, CLOSES[key])
            return write_goodbye(self.talks.words(leg.hotline, talked.agent, "agent_closed"))
        if not is_over(parameters()) and _attempt() < ATTEMPTS:
            question = self.talks.words(leg.hotline, talked.agent, "agent_closes")
            return write_offer(question, self.urls.closed(leg, talked, _attempt() + 1), PATIENCE_S)
        return write_goodbye(())

    def _ordered(self, leg: Leg, talked: Talked, what: str, to: str) -> str:
        """Do it, and go where that leads the agent."""
        try:
            match what:
                case "send_away":
                    self.talks.send_away(leg.hotline, leg.token)
                    return self._back(leg, talked, "agent_menu_sent_away")
                case "expert":
                    self.talks.bring_in(leg.hotline, leg.token, to)
                    return self._back(leg, talked, "agent_menu_asked_in")
                case _:
                    self.talks.transfer(leg.hotline, leg.token, to)
                    return write_goodbye(self.talks.words(leg.hotline, talked.agent, "agent_menu_sent_on"))
        except NotHandedOn:
            if self.talks.find(leg.token) is None:
                return write_goodbye(())
            return self._top(leg, self.talks.words(leg.hotline, talked.agent, "agent_menu_cannot"))

    def _top(self, leg: Leg, before: tuple[Say, ...] = ()) -> str:
        words = self.menu.words(leg.hotline, leg.token, "agent_menu")
        return write_offer((*before, *words), self.urls.menu(leg, TOP), PATIENCE_S)

    def _listed(self, leg: Leg, at: Place, talked: Talked) -> str:
        if at.what not in get_args(What):
            words = self.menu.words(leg.hotline, leg.token, "agent_menu")
            return write_offer(words, self.urls.menu(leg, at), PATIENCE_S)
        page = self.menu.page(leg.hotline, leg.token, cast(What, at.what), at.page)
        return self.over(leg, talked) if page is None else write_offer(page.words, self.urls.menu(leg, at), PATIENCE_S)

    def _back(self, leg: Leg, talked: Talked, said: str = "") -> str:
        room = self.talks.back(leg.hotline, leg.token)
        if room is None:
            return self.over(leg, talked)
        words = self.talks.words(leg.hotline, talked.agent, said) if said else ()
        return write_room(
            room.room, self.urls.alone(leg), ends=not room.shared, words=words, left_url=self.urls.left(leg)
        )

    def _free(self, leg: Leg) -> str:
        self.talks.over(leg.hotline, leg.token)
        return write_goodbye(())

    def _hung_up(self, leg: Leg) -> str:
        self.talks.ended(leg.hotline, leg.token, 0.0)
        return write_goodbye(())


def _place() -> Place:
    return Place(request.args.get("what", TOP.what), _number("page", MOST_PAGES, 0), _attempt())


def _talked() -> Talked:
    call, agent, queue = (request.args.get(name, "") for name in ("call", "agent", "queue"))
    return Talked(call, agent, queue)


def _attempt() -> int:
    return _number("attempt", ATTEMPTS, ATTEMPTS)


def _number(name: str, most: int, otherwise: int) -> int:
    text = request.args.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
