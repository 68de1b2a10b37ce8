"""What an agent hears who has pressed the star in a talk, and the question how it ended: pages of his own leg.

The star takes the agent out of the room, and that ends it; the caller's line asks us what to do, and is told to play
music. What becomes of the caller, and who else is rung, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast, get_args

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ivr.call.closing import OUTCOMES
from ivr.channels.twilio.agent_needs import AgentDesk, Taken
from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Place, Talked
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.channels.twilio.leg_writer import write_goodbye, write_offer, write_room
from ivr.channels.twilio.line import parameters, twiml
from ivr.channels.twilio.reader import is_over, one
from ivr.runtime.agent_menu import KEYS, What
from ivr.runtime.handing_on import NotHandedOn

PATIENCE_S = 6
"""For a key, after the words."""
ATTEMPTS = 2
"""How often they are spoken; then the agent is with the caller again."""
TOP = "top"
BACK, MORE = "*", "9"
KINDS: dict[str, What] = {"1": "queue", "2": "agent", "3": "expert"}
SEND_AWAY = "4"
MOST = 9999
CLOSES = dict(zip("123", OUTCOMES, strict=True))


def add_pages(agents: Blueprint, desk: AgentDesk, urls: AgentUrls) -> None:
    """The routes of the menu, below an agent's leg."""
    menu = MenuPages(desk, urls)

    @agents.post("/left")
    def left(hotline: str, token: str) -> ResponseReturnValue:
        return twiml(menu.left(Leg(hotline, token), _talked(), _number("visit", MOST, 0)))

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

    def left(self, leg: Leg, talked: Talked, visit: int) -> str:
        """Out of the room: by the star, or because the caller has gone."""
        if is_over(parameters()):
            return self._hung_up(leg)
        match self.talks.away(leg.hotline, leg.token, visit):
            case "away":
                return self._shown(leg, Place(visit), talked)
            case "room":
                return self._back(leg, Place(visit), talked)
            case _:
                asked = self.talks.asks_how_it_ended(leg.hotline, talked.queue)
                if asked and self.talks.has_gone(leg.hotline, talked.call):
                    return self.over(leg, talked)
                self.talks.over(leg.hotline, leg.token)
                return write_goodbye(())

    def pressed(self, leg: Leg, at: Place, key: str) -> str:
        """A key of the menu, or none in time. What comes too late, of an earlier visit to the room, does nothing."""
        if is_over(parameters()):
            return self._hung_up(leg)
        offer = self.talks.find(leg.token)
        if offer is None:
            return write_goodbye(())
        talked = Talked.of(offer)
        match self.talks.away(leg.hotline, leg.token, at.visit):
            case "over":
                return self.over(leg, talked)
            case "room":
                return self._back(leg, at, talked)
            case _:
                return self._chosen(leg, at, talked, key)

    def _chosen(self, leg: Leg, at: Place, talked: Talked, key: str) -> str:
        top = Place(at.visit)
        if key == BACK:
            return self._back(leg, at, talked) if at.what == TOP else self._shown(leg, top, talked)
        if at.what == TOP and key in KINDS:
            return self._shown(leg, replace(top, what=KINDS[key]), talked)
        if at.what == TOP and key == SEND_AWAY:
            return self._ordered(leg, replace(at, what="send_away"), talked, "")
        if at.what in get_args(What):
            spoken = dict(zip(KEYS, at.to, strict=False))
            if key in spoken:
                return self._ordered(leg, at, talked, spoken[key])
            if at.more and key == MORE:
                return self._shown(leg, replace(at, page=at.page + 1, attempt=1), talked)
        if at.attempt < ATTEMPTS:
            return self._shown(leg, replace(at, attempt=at.attempt + 1), talked)
        return self._back(leg, at, talked)

    def over(self, leg: Leg, talked: Talked) -> str:
        """The caller has gone. The agent is free from here on, and is asked how it ended where the queue wants that.
        Where the caller goes on with others, there is nothing to ask."""
        if not self.talks.was_reached(leg.hotline, talked.call):
            return write_goodbye(self.talks.words(leg.hotline, talked.agent, "callback_not_reached"))
        self.talks.over(leg.hotline, leg.token)
        if not self.talks.has_gone(leg.hotline, talked.call):
            return write_goodbye(self.talks.words(leg.hotline, talked.agent, "agent_closed"))
        gone = self.talks.words(leg.hotline, talked.agent, "caller_gone")
        if not self.talks.asks_how_it_ended(leg.hotline, talked.queue):
            return write_goodbye(gone)
        question = self.talks.words(leg.hotline, talked.agent, "agent_closes")
        return write_offer((*gone, *question), self.urls.closed(leg, talked), PATIENCE_S)

    def closed(self, leg: Leg, talked: Talked, key: str) -> str:
        """How the talk ended, by key; no key is no word on it."""
        if key in CLOSES and talked.call:
            self.talks.close(leg.hotline, talked.call, talked.agent, CLOSES[key])
            self.talks.asked(leg.hotline, talked.agent, talked.queue)
            return write_goodbye(self.talks.words(leg.hotline, talked.agent, "agent_closed"))
        if not is_over(parameters()) and _attempt() < ATTEMPTS:
            question = self.talks.words(leg.hotline, talked.agent, "agent_closes")
            return write_offer(question, self.urls.closed(leg, talked, _attempt() + 1), PATIENCE_S)
        self.talks.asked(leg.hotline, talked.agent, talked.queue)
        return write_goodbye(())

    def _ordered(self, leg: Leg, at: Place, talked: Talked, to: str) -> str:
        """Do it, and go where that leads the agent."""
        try:
            match at.what:
                case "send_away":
                    self.talks.send_away(leg.hotline, leg.token)
                    return self._back(leg, at, talked, "agent_menu_sent_away")
                case "expert":
                    self.talks.bring_in(leg.hotline, leg.token, to)
                    return self._back(leg, at, talked, "agent_menu_asked_in")
                case _:
                    self.talks.transfer(leg.hotline, leg.token, to)
                    return write_goodbye(self.talks.words(leg.hotline, talked.agent, "agent_menu_sent_on"))
        except NotHandedOn:
            if self.talks.find(leg.token) is None:
                return write_goodbye(())
            return self._shown(leg, Place(at.visit), talked, "agent_menu_cannot")

    def _shown(self, leg: Leg, at: Place, talked: Talked, before: str = "") -> str:
        """The menu at this place; `before` are words that come first."""
        said = self.talks.words(leg.hotline, talked.agent, before) if before else ()
        if at.what not in get_args(What):
            words = self.talks.words(leg.hotline, talked.agent, "agent_menu")
            return write_offer((*said, *words), self.urls.menu(leg, at), PATIENCE_S)
        page = self.menu.page(leg.hotline, leg.token, cast(What, at.what), at.page)
        if page is None:
            return self.over(leg, talked)
        spoken = replace(at, to=page.targets, more=page.more)
        return write_offer(page.words, self.urls.menu(leg, spoken), PATIENCE_S)

    def _back(self, leg: Leg, at: Place, talked: Talked, said: str = "") -> str:
        room = self.talks.back(leg.hotline, leg.token, at.visit)
        if room is None:
            return self.over(leg, talked)
        words = self.talks.words(leg.hotline, talked.agent, said) if said else ()
        # Who waits for a caller that is rung has not met him, and so has not left him.
        left = self.urls.left(leg, talked, at.visit if room.name else at.visit + 1)
        alone = alone_url(self.urls, leg, room)
        return write_room(room.room, alone, ends=not room.shared, words=words, left_url=left)

    def _hung_up(self, leg: Leg) -> str:
        self.talks.ended(leg.hotline, leg.token, 0.0)
        return write_goodbye(())


def alone_url(urls: AgentUrls, leg: Leg, room: Taken) -> str:
    """What an agent who is alone in a room asks: who is called back may not have answered yet."""
    if room.name:
        return CallbackUrls(urls.base).agent_alone(leg.hotline, room.name, room.agent)
    return urls.alone(leg)


def _place() -> Place:
    what = request.args.get("what", TOP)
    to, more = tuple(request.args.getlist("to")), request.args.get("more") == "1"
    return Place(_number("visit", MOST, 0), what, _number("page", MOST, 0), _attempt(), to, more)


def _talked() -> Talked:
    call, agent, queue = (request.args.get(name, "") for name in ("call", "agent", "queue"))
    return Talked(call, agent, queue)


def _attempt() -> int:
    return _number("attempt", ATTEMPTS, ATTEMPTS)


def _number(name: str, most: int, otherwise: int) -> int:
    text = request.args.get(name, "")
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
