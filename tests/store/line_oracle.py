"""The line as plain lists: slow, simple, and what the scripts must agree with."""

from dataclasses import dataclass, field

from ivr.call.events import AgentTook, Event, NoPlace, Placed
from ivr.call.tasks import LeaveLine, TakePlace
from ivr.routing.assign import Ability, FreeAgent, Needs, Waiting, next_pair
from ivr.routing.order import order_key
from ivr.store.line_keys import CANCEL_LIFE_S, GONE_LIFE_S, PLACE_LIFE_S, TALK_LIFE_S
from ivr.store.offers import FAULT, GRACE_S, MOST_MISSES, REST_S, STEP_BACK_S

RING_S = 20.0


@dataclass
class Place:
    since: float
    at: float
    arrival: int
    task: TakePlace
    taken: float
    forget: float
    state: str = "waiting"
    why: str = ""
    waited: float | None = None
    token: str = ""
    times: int = 0

    @property
    def key(self):
        return (*order_key(self.at, self.task.head_start_s, self.task.urgent), self.arrival)


@dataclass
class Person:
    ability: Ability
    since: float
    state: str = "signed_out"
    idle: tuple[float, int] = (0.0, 0)
    free: bool = False
    rest_until: float | None = None
    misses: int = 0
    calls: int = 0
    reason: str = ""
    after: tuple[str, str] | None = None
    token: str = ""

    def turn_to(self, state, now, reason=""):
        self.state, self.since, self.reason = state, now, reason


@dataclass
class Deal:
    call: str
    agent: str
    due: float
    leg: str = ""
    state: str = "ringing"
    taken: float = 0.0
    waited: float = 0.0


@dataclass
class Oracle:
    now: float
    places: dict[str, Place] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    deals: dict[str, Deal] = field(default_factory=dict)
    to_end: dict[str, float] = field(default_factory=dict)
    latest: float = float("-inf")
    swept: float = float("-inf")
    arrivals: int = 0

    # --- the line

    def in_line(self, queue):
        here = [(p.key, call) for call, p in self.places.items() if self.holds(p) and p.task.queue == queue]
        return [call for _, call in sorted(here)]

    def take(self, call: str, task: TakePlace) -> Event:
        place = self.places.get(call)
        if place and place.state == "gone" and place.why == "hangup":
            return NoPlace(task.queue, "closed")
        if place and place.state == "connected":
            return self.with_agent(place)
        stays = place and self.holds(place) and place.task.queue == task.queue
        if not stays and len(self.in_line(task.queue)) >= task.limit:
            return NoPlace(task.queue, "full")
        if place is None:
            place = Place(self.now, self.line_time(), self.arrival(), task, self.now, 0)
            self.places[call] = place
        if place.state == "gone":
            place.state, place.waited, place.why = "waiting", None, ""
        place.task, place.taken, place.forget = task, self.now, self.now + PLACE_LIFE_S
        return self.placed(call)

    def ask(self, call: str, queue: str) -> Event:
        place = self.places.get(call)
        if place is None or place.state == "gone":
            return NoPlace(queue, "down")
        if place.state == "connected":
            return self.with_agent(place)
        place.forget = self.now + PLACE_LIFE_S
        return self.placed(call)

    def leave(self, call: str, task: LeaveLine) -> float:
        place = self.places.get(call)
        if place is None:
            return 0.0
        late = task.queue not in ("", place.task.queue) or (task.at and place.taken > task.at)
        if place.state != "gone" and (task.why == "hangup" or not late):
            if place.state == "connected":
                self.to_end[place.token] = self.now
            self.give_up(place, task.why, task.at)
        elif task.why == "hangup":
            place.why = "hangup"
        return place.waited if place.waited is not None else max(0, self.now - place.since)

    def give_up(self, place, why, at=0.0):
        if self.holds(place):
            place.waited = max(0, (at or self.now) - place.since)
        if place.state == "reserved":
            self.cancel(place.token)
            name = self.deals[place.token].agent
            self.release(name, as_before=True)
        place.state, place.why, place.token, place.forget = "gone", why, "", self.now + GONE_LIFE_S

    # --- agents

    def declare(self, name, ability):
        self.people[name] = Person(ability, self.now)

    def sign_in(self, name):
        person = self.people[name]
        if person.state in ("reserved", "on_call"):
            person.after = None
            return
        if person.state == "signed_out":
            person.calls = 0
        person.misses = 0
        if person.state != "ready" or person.rest_until is not None:
            if person.state != "ready":
                person.turn_to("ready", self.now)
            self.set_free(name)

    def stop(self, name, state, reason=""):
        person = self.people[name]
        if person.state == "on_call":
            person.after = (state, reason)
            return
        if person.state == "reserved":
            deal = self.deals[person.token]
            self.back_in_line(deal, person.token)
            self.cancel(person.token)
            person.token = ""
        person.free, person.rest_until = False, None
        if person.state != state:
            person.turn_to(state, self.now)
        person.reason = reason

    def set_free(self, name):
        self.people[name].idle = (self.line_time(), self.arrival())
        self.people[name].free, self.people[name].rest_until = True, None

    def release(self, name, rest_s=0.0, as_before=False):
        person = self.people[name]
        state, reason = person.after or ("ready", "")
        person.token, person.after = "", None
        person.turn_to(state, self.now, reason)
        if state == "ready":
            if rest_s:
                person.rest_until = self.now + rest_s
            elif as_before:
                person.free = True
            else:
                self.set_free(name)

    def wake(self):
        due = [(p.rest_until, name) for name, p in self.people.items() if p.rest_until is not None]
        for until, name in sorted(due):
            if until <= self.now:
                if self.people[name].state != "ready":
                    self.people[name].turn_to("ready", self.now)
                self.set_free(name)

    # --- offers

    def best(self):
        waiting = [(p.arrival, call, p) for call, p in self.places.items() if p.state == "waiting" and p.task.ready]
        free = [(p.idle, name, p) for name, p in self.people.items() if p.free]
        return next_pair(
            [Waiting(call, needs_of(p.task), p.key[:2]) for _, call, p in sorted(waiting, key=lambda one: one[0])],
            [FreeAgent(name, p.ability, p.idle[0]) for _, name, p in sorted(free, key=lambda one: one[0])],
        )

    def heads(self):
        """Of the callers with equal needs, the first."""
        first = {}
        for call, place in sorted(self.places.items(), key=lambda one: one[1].key):
            if place.state == "waiting" and place.task.ready:
                first.setdefault(needs_of(place.task), call)
        return list(first.values())

    def offered(self, token, call, agent):
        place, person = self.places[call], self.people[agent]
        place.state, place.token, place.times = "reserved", token, place.times + 1
        person.turn_to("reserved", self.now)
        person.token, person.free = token, False
        self.deals[token] = Deal(call, agent, self.now + RING_S + GRACE_S)

    def rung(self, token) -> bool:
        deal = self.deals.get(token)
        if deal is None:
            return False
        deal.leg = "leg"
        if deal.state == "ringing":
            deal.due = self.now + RING_S + GRACE_S
        return deal.state != "cancelled"

    def answer(self, token):
        deal = self.deals.get(token)
        if deal is None or deal.state == "cancelled":
            return None
        if deal.state == "ringing":
            place, person = self.places[deal.call], self.people[deal.agent]
            place.state, place.waited = "connected", max(0, self.now - place.since)
            person.turn_to("on_call", self.now)
            person.misses, person.calls = 0, person.calls + 1
            deal.state, deal.taken, deal.waited, deal.due = "taken", self.now, place.waited, self.now + TALK_LIFE_S
        return deal.call, deal.agent, deal.taken, deal.waited

    def miss(self, token, why):
        deal = self.deals.get(token)
        if deal is None or deal.state != "ringing":
            return None
        self.missed(token, deal, counts=why != FAULT)
        del self.deals[token]
        return deal.call, deal.agent, self.people[deal.agent].state, self.people[deal.agent].misses

    def missed(self, token, deal, counts):
        self.back_in_line(deal, token)
        person = self.people[deal.agent]
        person.misses += counts
        if person.misses >= MOST_MISSES and not person.after:
            person.after = ("missing", "")
        self.release(deal.agent, rest_s=REST_S)

    def finish(self, token, wrap_up_s):
        deal = self.deals.get(token)
        if deal is None or deal.state != "taken":
            return None
        self.talk_over(token, deal, wrap_up_s)
        return deal.call, deal.agent, max(0, self.now - deal.taken)

    def talk_over(self, token, deal, wrap_up_s):
        place = self.places.get(deal.call)
        if place and place.state == "connected" and place.token == token:
            self.give_up(place, "served")
        self.release(deal.agent, rest_s=wrap_up_s)
        person = self.people[deal.agent]
        if person.state == "ready" and wrap_up_s:
            person.turn_to("wrap_up", self.now)
        self.to_end.pop(token, None)
        del self.deals[token]

    def expire(self):
        if self.swept - self.now > STEP_BACK_S:
            for deal in self.deals.values():
                deal.due += self.now - self.swept
            for person in self.people.values():
                if person.rest_until is not None:
                    person.rest_until += self.now - self.swept
        self.swept = self.now
        self.wake()
        expired = []
        overdue = [(d.due, t) for t, d in self.deals.items() if d.state != "cancelled" and d.due <= self.now]
        for _, token in sorted(overdue):
            deal = self.deals[token]
            if deal.state == "taken":
                self.talk_over(token, deal, 0)
            else:
                self.missed(token, deal, counts=bool(deal.leg))
                self.cancel(token)
                expired.append(token)
        for _, call in sorted((p.forget, call) for call, p in self.places.items() if p.state != "connected"):
            place = self.places[call]
            if place.forget <= self.now:
                if place.state == "gone":
                    del self.places[call]
                else:
                    self.give_up(place, "silent")
        for token in [t for t, at in self.to_end.items() if at <= self.now - CANCEL_LIFE_S]:
            self.ended(token)
        return tuple(expired)

    def ended(self, token):
        if self.to_end.pop(token, None) is not None and self.deals[token].state == "cancelled":
            del self.deals[token]

    # --- small things

    def cancel(self, token):
        self.deals[token].state = "cancelled"
        self.to_end[token] = self.now

    def back_in_line(self, deal, token):
        place = self.places.get(deal.call)
        if place and place.state == "reserved" and place.token == token:
            place.state, place.token = "waiting", ""

    def line_time(self):
        self.latest = max(self.latest, self.now)
        return self.latest

    def arrival(self):
        self.arrivals += 1
        return self.arrivals

    def with_agent(self, place):
        return AgentTook(self.deals[place.token].agent, place.token)

    def placed(self, call):
        place = self.places[call]
        line = self.in_line(place.task.queue)
        return Placed(place.task.queue, line.index(call) + 1, len(line), place.since)

    @staticmethod
    def holds(place):
        return place.state in ("waiting", "reserved")


def needs_of(task):
    return Needs(task.queue, frozenset(task.skills), task.language)
