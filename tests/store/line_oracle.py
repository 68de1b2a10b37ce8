"""The line as plain lists: slow, simple, and what the scripts must agree with."""

import math
from dataclasses import dataclass, field

from ivr.call.events import AgentTook, Event, NoPlace, Placed
from ivr.call.tasks import LeaveLine, TakePlace
from ivr.routing.assign import Free, FreeAgent, Group, Policy, Waiting, choose
from ivr.routing.order import bounded, bounded_rate, order_key
from ivr.routing.skills import Ability, Needs
from ivr.store.line_keys import CALLBACK_LIFE_S, CANCEL_LIFE_S, GONE_LIFE_S, PLACE_LIFE_S, TALK_LIFE_S, needs_text
from ivr.store.offers import FAULT, GRACE_S, REST_S, STEP_BACK_S, UNRUNG_S

RING_S = 20.0
RECHECK_S = 5.0
UNWATCHED_S = 3.0
AT_WORK = ("ready", "reserved", "on_call", "wrap_up")
FAR = 1e300


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
    joined: float | None = None
    groups: list[Group] = field(default_factory=list)
    steps: list["Step"] = field(default_factory=list)
    number: str = ""
    tries: int = 0
    wake: float | None = None
    ready: bool = True

    @property
    def rate(self):
        return bounded_rate(self.task.rate)

    @property
    def key(self):
        """Class and static number, as whole microseconds: that is what the scripts write down."""
        kind, number = order_key(self.at, bounded(self.task.head_start_s), self.task.urgent, self.rate)
        return kind, micros(number)

    def order(self, now):
        """Where the caller stands in the whole line: the smaller one before."""
        return self.key[0], -(micros(now) - self.key[1]) * self.rate, self.arrival


def home_needs(task):
    """What the queue itself asks of an agent."""
    return Needs(task.queue, task.skills, task.language, frozenset(task.seats), frozenset(task.never))


def target_needs(task, target):
    """What preferred agents, or those who help out, must be."""
    seats, never = frozenset(task.seats), frozenset(task.never)
    return Needs(target.queue, target.skills, task.language, seats, never, target.agent)


@dataclass
class Step:
    """When more agents may be rung."""

    at: float
    group: Group
    only_if: str = ""


def micros(seconds):
    return max(0, min(math.floor(seconds * 1e6 + 0.5) + 5e15, 9e15))


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
    load: int = 0
    beat: float | None = None
    desk: str = ""
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
    queue: str
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
    policies: dict[str, Policy] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    # --- the line

    def in_line(self, queue):
        now = max(self.now, self.latest)
        here = [(p.order(now), call) for call, p in self.places.items() if self.holds(p) and p.task.queue == queue]
        return [call for _, call in sorted(here)]

    def take(self, call: str, task: TakePlace) -> Event:
        place = self.places.get(call)
        if place and place.state == "gone" and place.why == "hangup":
            return NoPlace(task.queue, "closed")
        if place and place.state == "connected":
            return self.with_agent(place)
        held = place is not None and self.holds(place)
        stays = held and place.task.queue == task.queue
        back = None if held else self.places.get(self.numbers.get(task.number, ""))
        back = back if back and self.holds(back) else None
        his_own = stays or (back is not None and back.task.queue == task.queue)
        if not his_own and len(self.in_line(task.queue)) >= task.limit:
            return NoPlace(task.queue, "full")
        if place is None:
            place = Place(self.now, self.line_time(), self.arrival(), task, self.now, 0)
            self.places[call] = place
        if back:
            if back.since < place.since:
                place.since, place.at, place.arrival = back.since, back.at, back.arrival
            self.give_up(back, "rang_in")
        if not stays:
            place.joined = None
        if place.state == "gone":
            place.state, place.waited, place.why = "waiting", None, ""
        place.task, place.taken, place.forget, place.ready = task, self.now, self.now + PLACE_LIFE_S, task.ready
        self.plan(place)
        return self.placed(call)

    def book(self, name, task, since):
        """A callback stands where the call that asked for it stood."""
        if self.numbers.get(task.number, name) != name:
            return "twice"
        place = self.places.get(name)
        if place and place.state == "gone":
            return "over"
        if place and place.state == "connected":
            return "booked"
        if place is None:
            self.line_time()
            arrived, whose = self.arrival(), self.places.get(name.partition(".")[0])
            stood = (whose.since, whose.at, whose.arrival) if whose else (since, since, arrived)
            place = self.places[name] = Place(*stood, task, self.now, 0, number=task.number)
        elif place.task.queue != task.queue:
            place.joined = None
        place.task, place.taken, place.forget = task, self.now, self.now + CALLBACK_LIFE_S
        place.ready, place.wake = True, None
        self.numbers[task.number] = name
        self.plan(place)
        return "booked"

    def again(self, name, why, wake):
        """Nobody was there: back in line, and offered from `wake` on; given up where that is 0."""
        place = self.places.get(name)
        if place is None or place.state == "gone" or (place.wake is not None and not place.token):
            return False
        if place.token:
            deal = self.deals[place.token]
            if self.people[deal.agent].token == place.token:
                self.release(deal.agent)  # whose phone has not rung
            self.cancel(place.token)
            place.token = ""
        if place.state == "connected":
            place.waited = None
        place.state = "waiting"
        if wake:
            place.ready, place.wake, place.forget = False, wake, self.now + CALLBACK_LIFE_S
        else:
            self.give_up(place, why)
        return True

    def drop(self, name, why):
        place = self.places.get(name)
        if place is None or not self.holds(place):
            return False
        self.give_up(place, why)
        return True

    def plan(self, place):
        """Who may be rung, and when: preferred agents if there, the queue's, those who help out."""
        task, place.groups, place.steps = place.task, [], []
        if not place.ready and place.wake is None:
            return
        place.joined = place.wake or min(self.now if place.joined is None else place.joined, self.now)
        at, home = place.joined, home_needs(task)
        seen = [home]
        for target in task.preferred:
            needs = target_needs(task, target)
            if needs not in seen:
                seen.append(needs)
                if self.anybody(needs, present=True):
                    place.steps.append(Step(at, Group(needs, target.why)))
                    at += target.for_s
        place.steps.append(Step(at, Group(home)))
        for target in task.overflow:
            needs = target_needs(task, target)
            if needs != home:
                begins = max(at, place.joined + target.after_s)
                place.steps.append(Step(begins, Group(needs, "overflow"), target.only_if))
        self.widen(place)

    def widen(self, place):
        if place.wake is not None and place.wake <= self.now:
            place.wake, place.ready = None, True
        for step in list(place.steps):
            if any(step.group.needs == group.needs for group in place.groups):
                place.steps.remove(step)
                continue
            if step.at > self.now:
                continue
            if step.only_if and self.anybody(home_needs(place.task), present=step.only_if == "all_out"):
                step.at = self.now + RECHECK_S
            else:
                place.steps.remove(step)
                place.groups.append(step.group)

    def next_widening(self, place):
        if place.wake is not None:
            return place.wake
        return min((step.at for step in place.steps), default=FAR)

    def anybody(self, needs, *, present):
        for name, person in self.people.items():
            there = person.state in AT_WORK if present or needs.agent else person.free
            meant = name not in needs.never and needs.agent in ("", name)
            if there and meant and person.ability.serves(needs):
                return True
        return False

    def change(self, call, task):
        place = self.places.get(call)
        if place is None or not self.holds(place):
            return None
        place.task = task
        return self.in_line(task.queue).index(call) + 1

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
        if place.number and self.places.get(self.numbers.get(place.number, "")) is place:
            del self.numbers[place.number]
        place.state, place.why, place.token, place.forget = "gone", why, "", self.now + GONE_LIFE_S
        place.steps, place.wake = [], None

    # --- agents

    def declare(self, name, ability):
        self.people[name] = Person(ability, self.now)

    def sign_in(self, name):
        person = self.people[name]
        if person.state in ("reserved", "on_call"):
            person.after = None
            return
        if person.state == "signed_out":
            shared = person.ability.queues
            mates = [p.load for p in self.people.values() if p.state in AT_WORK and p.ability.queues & shared]
            person.calls, person.load = 0, min(mates, default=0)
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
        waiting = [
            Waiting(call, tuple(p.groups), p.key, p.arrival, p.rate)
            for call, p in self.places.items()
            if p.state == "waiting" and p.ready
        ]
        free = [FreeAgent(name, p.ability, p.idle, p.load) for name, p in self.people.items() if p.free]
        return choose(waiting, Free(free, self.policies), micros(max(self.now, self.latest)))

    def heads(self):
        """Of the callers with equal needs, of one class and rate, the first."""
        first = {}
        for call, place in sorted(self.places.items(), key=lambda one: (one[1].key[1], one[1].arrival)):
            if place.state == "waiting" and place.ready:
                for n, group in enumerate(place.groups):
                    first.setdefault((place.key[0], place.rate, needs_text(group.needs)), (call, n))
        return sorted((call, str(n)) for call, n in first.values())

    def offered(self, token, call, agent):
        place, person = self.places[call], self.people[agent]
        place.state, place.token, place.times = "reserved", token, place.times + 1
        person.turn_to("reserved", self.now)
        person.token, person.free = token, False
        self.deals[token] = Deal(call, agent, self.now + UNRUNG_S, place.task.queue)

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
            place.state, place.waited, place.steps = "connected", max(0, self.now - place.since), []
            person.turn_to("on_call", self.now)
            person.misses, person.calls, person.load = 0, person.calls + 1, person.load + 1
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
        most = self.policies.get(deal.queue, Policy()).rings_before_out
        if person.misses >= most and not person.after:
            person.after = ("not_answering", "")
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
                if person.beat is not None:
                    person.beat += self.now - self.swept
            for place in self.places.values():
                self.set_back(place, self.now - self.swept)
        if self.now - self.swept > UNWATCHED_S and self.swept != float("-inf"):
            for person in self.people.values():
                if person.beat is not None:
                    person.beat += self.now - self.swept
        self.swept = self.now
        self.wake()
        for _, name in sorted((p.beat, name) for name, p in self.people.items() if p.beat is not None):
            person = self.people[name]
            if person.beat <= self.now:
                person.beat = None
                if person.state == "on_call" and person.desk == person.token:
                    self.to_end[person.token] = self.now
                if person.state in AT_WORK:
                    self.stop(name, "not_answering", "silent")
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
        due = [(self.next_widening(p), call) for call, p in self.places.items() if self.holds(p)]
        for at, call in sorted(due):
            if at <= self.now:
                self.widen(self.places[call])
        for token in [t for t, at in self.to_end.items() if at <= self.now - CANCEL_LIFE_S]:
            self.ended(token)
        return tuple(expired)

    def set_back(self, place, seconds):
        """The clock was set back: what is still to come moves with it."""
        if not self.holds(place) or self.next_widening(place) == FAR:
            return
        for step in place.steps:
            step.at += seconds
        place.wake = None if place.wake is None else place.wake + seconds
        place.joined = None if place.joined is None else place.joined + seconds

    def beat(self, name, within_s, held):
        person = self.people[name]
        if person.state not in AT_WORK:
            return False
        if not (person.state == "on_call" and person.desk and held != person.desk == person.token):
            person.beat, person.desk = self.now + within_s, held
        return True

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
            first = place.steps[0] if place.steps else None
            if first and not first.only_if and first.group.why != "overflow":
                first.at = min(first.at, self.now)
                self.widen(place)

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
