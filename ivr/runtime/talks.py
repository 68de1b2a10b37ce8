"""What agents do in a talk: send the caller on, bring somebody in, be away for a moment, leave, say how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ivr.call.closing import LONGEST_NOTE, Closing, Outcome
from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    HungUp,
    OneLeft,
    Transferred,
)
from ivr.call.tasks import call_of
from ivr.call.verbs import Hangup, Say
from ivr.flow.hotline import Hotline
from ivr.runtime.behind import Behind
from ivr.runtime.conductor import Conductor
from ivr.runtime.handing_on import NotHandedOn, whom
from ivr.runtime.offering import Offer, Offers, Ringer
from ivr.runtime.ports import Clock
from ivr.runtime.promised_talks import PromisedTalks
from ivr.runtime.talk_lines import TalkLines, led_to
from ivr.runtime.talkers import Talkers
from ivr.runtime.whisper import Anybody, told

Where = Literal["away", "room", "over"]
NO_VISIT = -1
"""Asks whether the agent is in the talk at all."""
CLOSING_S = 90.0
"""An agent who is asked how the talk ended is rung for nobody meanwhile: longer than any words take, twice, with the
patience for a key. His answer, or the end of his leg, frees him sooner."""


@dataclass(frozen=True, slots=True)
class Joined:
    """An agent has taken an offered caller; both meet in `room`."""

    room: str
    number: str = ""
    """Who is called back: whoever takes the call rings them, or waits while they are rung."""
    name: str = ""
    """That callback's."""
    shared: bool = False
    """Others talk there already: who goes in now does not end the talk by leaving."""
    agent: str = ""
    """Who goes in."""


class Talks:
    """All talks of all hotlines, on every line. `token` is that of the offer that brought the agent into the talk; all
    may be told twice, and by any worker. All raise StoreDown."""

    def __init__(self, conductor: Conductor, offers: Offers, ringer: Ringer, clock: Clock, behind: Behind) -> None:
        self.conductor = conductor
        self.offers = offers
        self.ringer = ringer
        self.clock = clock
        self.behind = behind
        self.lines = TalkLines(conductor, ringer)
        self.promised = PromisedTalks(conductor, behind, clock)
        self.who = Talkers(behind.people, offers, self.promised, clock)

    # --- others come and go -----------------------------------------------------------------------------------------

    def transfer(self, hotline: str, token: str, to: str, note: str = "", by: str = "") -> None:
        """The agent of this talk sends the caller to `queue:NAME` or `agent:NAME`, at the place he had (R74).

        `by`: who has ordered that, where it was somebody else. Raises NotHandedOn, with nothing changed, where that
        cannot be.
        """
        known, offer = self._talk(hotline, token)
        found = whom(known, to, offer.queue, self.clock())
        if self.promised.is_by_hand(offer):
            self.promised.hand_on(known, offer, found, note[:LONGEST_NOTE])
            return
        call = self.promised.begun(offer)
        news = Transferred(offer.agent, found.queue, found.agent, note[:LONGEST_NOTE], by)
        if self.conductor.tell(hotline, call, news) is None:
            raise NotHandedOn("there is no talk (any more)")
        if self.lines.fetch(hotline, call):
            self.ended(hotline, token, 0.0)
        # Where not, the agent's leg is among the cancels; its end lets the caller out of the room.

    def bring_in(self, hotline: str, token: str, to: str, note: str = "", by: str = "") -> None:
        """Somebody of `queue:NAME`, or `agent:NAME`, is rung to join this talk, which goes on meanwhile (R75); who is
        rung already is not rung twice. Raises NotHandedOn, as `transfer`."""
        known, offer = self._talk(hotline, token)
        found = whom(known, to, offer.queue, self.clock())
        if self.promised.is_by_hand(offer):
            raise NotHandedOn("this caller is on another telephone: nobody can be brought in")
        news = ExpertAsked(offer.agent, found.queue, found.agent, note[:LONGEST_NOTE], by)
        if self.conductor.tell(hotline, self.promised.begun(offer), news) is None:
            raise NotHandedOn("there is no talk (any more)")

    def send_away(self, hotline: str, token: str, expert: str = "", by: str = "") -> None:
        """Who was brought in leaves, and who is rung to join is rung no more; without a name all of them (R75). Whoever
        took the call stays, or the first of those left, unless somebody above the talk has ordered it (`by`).

        Raises NotHandedOn, as `transfer`, also where nobody of that name, or nobody at all, can be sent away.
        """
        _, offer = self._talk(hotline, token)
        call = self.promised.call(hotline, offer.call)
        there = self.who.names(hotline, call)
        stays = {offer.agent} if by else {offer.agent, *there[:1]}
        others = [one for one in there if one not in stays and expert in ("", one)]
        if expert and not others:
            why = "has taken this call, and stays" if expert in there else "is not in this talk"
            raise NotHandedOn(f"{expert} {why}")
        if self.conductor.tell(hotline, call, ExpertDismissed(offer.agent, expert, by)) is None:
            raise NotHandedOn("in this talk there is nobody to send away")
        for one in others:
            other = self.offers.offer_for(hotline, one, now=self.clock())
            if other is not None and self.promised.call(hotline, other.call) == call:
                self.lines.hang_up(other)
                self.ended(hotline, other.token, 0.0)

    def find(self, token: str) -> Offer | None:
        """What brought the agent into the talk; None: it is over."""
        return self.offers.find(token, now=self.clock())

    def joined(self, offer: Offer, call: str, part: str) -> Joined | None:
        """An expert goes into the room of a talk; from now on one agent's leaving does not end it."""
        if self.lines.tell(offer.hotline, call, ExpertJoined(offer.agent, part)) is None:
            self.offers.finish(offer.token, now=self.clock())
            return None
        room = str(offer.context.get("room"))
        self.lines.share(offer.hotline, call, room)
        return Joined(room, shared=True)

    # --- away for a moment -------------------------------------------------------------------------------------------

    def away(self, hotline: str, token: str, visit: int) -> Where:
        """The agent has left the room after this visit, and holds the line; while that lasts, tell it again and again.
        Told too late, of an earlier visit, it changes nothing, and the agent is in the room."""
        offer = self.find(token)
        if offer is None:
            return "over"
        if self.promised.waits(offer):
            return "room"
        call = self.promised.begun(offer)
        if self.lines.tell(hotline, call, AgentAway(offer.agent, visit)) is not None:
            return "away"
        return "over" if self.conductor.tell(hotline, call, AgentBack(offer.agent, NO_VISIT)) is None else "room"

    def back(self, hotline: str, token: str, visit: int) -> Joined | None:
        """The agent goes into the room again. None: the talk is over."""
        offer = self.find(token)
        if offer is None:
            return None
        if self.promised.waits(offer):
            return Joined(offer.call, offer.number, offer.call, agent=offer.agent)
        call = self.promised.call(hotline, offer.call)
        room = led_to(self.lines.tell(hotline, call, AgentBack(offer.agent, visit)))
        company = room and len(self.who.names(hotline, call)) > 1
        if company:
            self.lines.share(hotline, call, room)
        return Joined(room, shared=bool(company)) if room else None

    # --- the end -----------------------------------------------------------------------------------------------------

    def ended(self, hotline: str, token: str, duration_s: float) -> None:
        """The agent's leg is over: the talk is finished, or nobody pressed a key."""
        offer = self.find(token)
        if offer is None:
            return
        calls_back = self.behind.back if offer.number else None
        if calls_back is not None and not calls_back.agent_left(offer):
            self.offers.miss(token, "no_key", now=self.clock())
            return
        finished = self.offers.finish(token, now=self.clock(), wrap_up_s=self._wrap_up_s(hotline, offer.queue))
        if finished is None:
            self.offers.miss(token, "no_key", now=self.clock())
        else:
            self._left(offer, finished.talked_s or duration_s)

    def over(self, hotline: str, token: str) -> None:
        """The talk is over for an agent whose leg is not: he is free from here on, and has time for a last question."""
        offer = self.find(token)
        if offer is None:
            return
        held_s = CLOSING_S if self.asks_how_it_ended(hotline, offer.queue) else 0.0
        wrap_up_s = self._wrap_up_s(hotline, offer.queue)
        if self.offers.finish(token, now=self.clock(), wrap_up_s=wrap_up_s, held_s=held_s) is not None:
            self._left(offer, 0.0)

    def broken_off(self, offer: Offer) -> None:
        """The agent's desk, where the talk was held, is gone: others talk on with the caller, or he is back in line at
        the time of his first place. A talk that is over is left to whoever ends it."""
        if offer.number:
            self.promised.lost(offer)
            return
        call = self.promised.call(offer.hotline, offer.call)
        others_talk_on = self.lines.tell(offer.hotline, call, OneLeft(offer.agent, 0.0))
        lost = AgentLeft(offer.agent, room=offer.room, lost=True)
        if others_talk_on is not None or self.lines.tell(offer.hotline, call, lost) is not None:
            self.offers.finish(offer.token, now=self.clock())

    def asked(self, hotline: str, agent: str, queue: str) -> None:
        """An agent whose talk is `over` has answered the last question, or hung up: the queue's wrap-up is all there
        is left, from the end of the talk."""
        self.behind.people.free(hotline, agent, now=self.clock(), wrap_up_s=self._wrap_up_s(hotline, queue))

    def has_gone(self, hotline: str, call: str) -> bool:
        """Whether the caller has hung up; False: he goes on, with others or in the flow."""
        answer = self.conductor.replay(hotline, self.promised.call(hotline, call))
        return answer is None or any(isinstance(verb, Hangup) for verb in answer.verbs)

    def has_parted(self, offer: Offer) -> bool:
        """Whether the caller has left this talk: he has hung up, was sent on, or is alone again. Of who is called by
        another telephone nobody knows."""
        if self.promised.is_by_hand(offer):
            return False
        answer = self.conductor.replay(offer.hotline, self.promised.call(offer.hotline, offer.call))
        return led_to(answer) != str(offer.context.get("room") or self.promised.room(offer))

    def asks_how_it_ended(self, hotline: str, queue: str) -> bool:
        """Whether the agents of this queue are asked that."""
        known = self.conductor.shelf.current(hotline)
        spec = known.queues.queues.get(queue) if known else None
        return spec is not None and spec.agents_close

    def close(self, hotline: str, call: str, agent: str, outcome: Outcome, note: str = "") -> Closing:
        """The agent says how the talk ended; the one that stands, which may be another's (R75)."""
        closing = Closing(outcome, agent, note[:LONGEST_NOTE], self.clock())
        return self.behind.closings.close(hotline, call_of(call)[0], closing)

    def words(self, hotline: str, agent: str, key: str) -> tuple[Say, ...]:
        """What is said to an agent that is about no caller."""
        known = self.conductor.shelf.current(hotline)
        return told(known, Anybody(agent), key) if known else ()

    # --- who is called back ------------------------------------------------------------------------------------------

    def caller_left(self, hotline: str, promise: str, leg: str) -> None:
        """The line of somebody who was called back, and has talked with an agent, is over."""
        self.conductor.tell(hotline, leg, HungUp())
        token = self.promised.token(hotline, promise, leg)
        offer = self.find(token) if token else None
        if offer is not None:
            self.lines.hang_up(offer)
            self.over(hotline, token)

    def was_reached(self, hotline: str, call: str) -> bool:
        """Whether an agent had a caller: who is called back may not have been there."""
        return self.promised.was_reached(hotline, call)

    # --- inside --------------------------------------------------------------------------------------------------

    def _talk(self, hotline: str, token: str) -> tuple[Hotline, Offer]:
        known, offer = self.conductor.shelf.current(hotline), self.find(token)
        if known is None or offer is None:
            raise NotHandedOn("there is no talk (any more)" if known else f"no hotline {hotline!r} is served here")
        return known, offer

    def _wrap_up_s(self, hotline: str, queue: str) -> float:
        known = self.conductor.shelf.current(hotline)
        spec = known.queues.queues.get(queue) if known else None
        return spec.wrap_up_s if spec else 0.0

    def _left(self, offer: Offer, duration_s: float) -> None:
        """One of several is gone, or the only one."""
        call = self.promised.call(offer.hotline, offer.call)
        if self.lines.tell(offer.hotline, call, OneLeft(offer.agent, duration_s)) is None:
            self.lines.tell(offer.hotline, call, AgentLeft(offer.agent, duration_s, room=self.promised.room(offer)))
