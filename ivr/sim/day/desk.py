"""An agent's day: there at his hours, rung, takes or misses, talks, writes up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.call.closing import Closing
from ivr.runtime.switchboard import Offer
from ivr.sim.day.chance import pick
from ivr.sim.day.written import ANY, Staff, span_of
from ivr.store.offers import REST_S

if TYPE_CHECKING:
    from ivr.sim.day.house import House

A_MOMENT_S = 0.001
"""Later than a deadline, so that it is over."""
Times = list[tuple[float, float]]


class Desk:
    """One agent. What he draws hangs on his name and on how often he was rung; how long a talk takes, on the caller."""

    def __init__(self, house: House, name: str, staff: Staff, late_s: float) -> None:
        self.house, self.name, self.staff = house, name, staff
        self.there: Times = []
        """When he was at work, in seconds since midnight."""
        self.busy: Times = []
        """When he was rung, talked or wrote up."""
        self.talks = 0
        self.missed = 0
        self._misses = 0
        self._rung = 0
        self._offer: Offer | None = None
        self._rings_since = 0.0
        self._talks = False
        self._away = True
        self._writes_up_until = 0.0
        begins, ends = (at + late_s for at in span_of(staff.shift))
        self.gone_at = ends
        for first, last in (tuple(at + late_s for at in span_of(pause)) for pause in staff.pauses):
            self.there.append((begins, first))
            self._plan(begins, first, "pause")
            begins = last
        self.there.append((begins, ends))
        self._plan(begins, ends, "end of shift")

    def _plan(self, begins: float, ends: float, why: str) -> None:
        midnight = self.house.midnight
        self.house.loop.at(midnight + begins, self._comes)
        self.house.loop.at(midnight + ends, self._goes, why)

    @property
    def is_rung(self) -> bool:
        """Or has taken a promised call, and waits for the caller."""
        return self._offer is not None and not self._talks

    @property
    def is_free(self) -> bool:
        """Somebody can be offered to him; who is kept out for not answering counts, too."""
        is_done = self.house.clock() - self.house.midnight >= self._writes_up_until
        return self._offer is None and is_done and not self._away

    # --- coming and going ------------------------------------------------------------------------------------

    def _comes(self) -> None:
        self._misses, self._away = 0, False
        self.house.works.agents.sign_in(self.house.name, self.name, now=self.house.clock())
        self.house.look_soon()

    def _goes(self, why: str) -> None:
        agents, now = self.house.works.agents, self.house.clock()
        if why == "pause":
            agents.pause(self.house.name, self.name, why, now=now)
        else:
            agents.sign_out(self.house.name, self.name, now=now)
        self._away = True
        self.house.look_soon()

    def _comes_back(self) -> None:
        now = self.house.clock() - self.house.midnight
        if any(begins <= now < ends for begins, ends in self.there):
            self._comes()

    # --- calls -----------------------------------------------------------------------------------------------

    def rings(self, offer: Offer, ring_s: float) -> None:
        self._rung += 1
        self._offer, self._rings_since = offer, self.house.clock()
        draw = self.house.chance.of("agent", self.name, self._rung)
        if draw.random() < self.staff.misses:
            self.house.loop.later(ring_s, self._misses_it, offer.token)
        else:
            answers_s = min(self.staff.answers_in_s.drawn(draw), ring_s)
            self.house.loop.later(answers_s, self._takes, offer.token)

    def silenced(self, token: str) -> None:
        """The caller is gone, or was not reached."""
        if self._offer is not None and self._offer.token == token:
            self._is_done(0.0)
            self._rests()

    def _takes(self, token: str) -> None:
        offer = self._offer
        if offer is None or offer.token != token:
            return
        self._misses = 0
        if self.house.works.switchboard.take(self.house.name, token) is None:
            self._is_done(0.0)
            self.house.look_soon()
        elif offer.number:
            self._takes_callback(offer)
        else:
            self._talk(offer)

    def _takes_callback(self, offer: Offer) -> None:
        """The caller is rung now, unless he was rung first and is there already."""
        one = self.house.works.callbacks.find(self.house.name, offer.call, now=self.house.clock())
        if one is not None and one.confirmed:
            self._talk(offer)
        else:
            self.house.look_soon()

    def caller_is_there(self, token: str) -> None:
        """Who is called back has pressed 1."""
        if self._offer is not None and self._offer.token == token:
            self._talk(self._offer)

    def _talk(self, offer: Offer) -> None:
        self.talks += 1
        self._talks = True
        if offer.number:
            self.house.calling_back.talks(offer.call)
        self.house.loop.later(self._talk_s(offer), self._talked, offer.token, self.house.clock())

    def _talked(self, token: str, since: float) -> None:
        offer = self._offer
        if offer is None or offer.token != token:
            return  # the caller was taken away from him
        seconds = round(self.house.clock() - since, 3)
        self.house.works.talks.ended(self.house.name, token, seconds)
        wrap_up_s = self.house.hotline.queues.queues[offer.queue].wrap_up_s
        self._is_done(wrap_up_s)
        if not offer.number:
            self.house.phones[offer.call].agent_leaves(self.name, seconds)
            self._closes(offer.call)
        self.house.loop.later(wrap_up_s + A_MOMENT_S, self.house.look_soon)

    def _closes(self, call: str) -> None:
        """What he says of the talk, as of the caller's matter; whoever had the call first says it."""
        mind, closes = self.house.phones[call].mind, self.house.day.closes
        outcome = pick(closes.get(mind.wants) or closes.get(ANY) or {}, mind.draw("closes", mind.wants))
        if outcome is not None and outcome != "nothing":
            closing = Closing(outcome, self.name, at=self.house.clock())
            self.house.works.closings.close(self.house.name, call, closing)

    def _misses_it(self, token: str) -> None:
        offer = self._offer
        if offer is None or offer.token != token:
            return
        self.missed += 1
        self._misses += 1
        self._is_done(0.0)
        self.house.works.switchboard.miss(self.house.name, token, "no_answer")
        if self._misses >= self.house.hotline.queues.queues[offer.queue].rings_before_out:
            back_s = self.staff.back_in_s.drawn(self.house.chance.of("agent", self.name, "back", self.missed))
            self.house.loop.later(back_s, self._comes_back)
        self.house.look_soon()
        self._rests()

    def _rests(self) -> None:
        """For a breath he is offered nobody."""
        self.house.loop.later(REST_S + A_MOMENT_S, self.house.look_soon)

    def _is_done(self, wrap_up_s: float) -> None:
        midnight = self.house.midnight
        self._writes_up_until = self.house.clock() - midnight + wrap_up_s
        self.busy.append((self._rings_since - midnight, self._writes_up_until))
        self._offer, self._talks = None, False

    def _talk_s(self, offer: Offer) -> float:
        """Of this caller and his matter, whoever talks with him; slower agents take longer."""
        phone = self.house.calling_back.phone_of(offer.call)
        talks = self.house.day.talks
        lasting = talks.get(phone.mind.wants) or talks[ANY]
        return round(lasting.drawn(phone.mind.draw("talk", phone.mind.wants)) * self.staff.talks, 3)
