"""Agents are rung on the line their caller is on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ivr.store.offer import Offer
from ivr.wiring.carrier import EachLine


@dataclass
class Line:
    at_once: int = 1
    done: list[str] = field(default_factory=list)

    def ring(self, offer: Any, hotline: Any) -> str:
        self.done.append(f"rings for {offer.call}")
        return "leg"

    def cancel(self, offer: Any) -> None:
        self.done.append(f"silences for {offer.call}")

    def fetch(self, hotline: str, call: str) -> None:
        self.done.append(f"fetches {call}")

    def share(self, hotline: str, call: str, room: str) -> None:
        self.done.append(f"keeps the room of {call}")


def offer(call: str) -> Offer:
    return Offer("telecom.1", call, "amy", "+12025550111", "general", 0.0, 0.0, 0.0, 1, "", "{}", "")


def test_each_call_stays_on_its_line() -> None:
    carrier, local = Line(), Line()
    both = EachLine(carrier, local)
    for call in ("CA1", "local-1"):
        both.ring(offer(call), None)  # type: ignore[arg-type]
        both.cancel(offer(call))
        both.fetch("telecom", call)
    assert carrier.done == ["rings for CA1", "silences for CA1", "fetches CA1"]
    assert local.done == ["rings for local-1", "silences for local-1", "fetches local-1"]


def test_where_a_carrier_may_be_the_one_to_ring_agents_are_reserved_as_it_rings_them() -> None:
    assert EachLine(carrier=Line(at_once=1), local=Line(at_once=4)).at_once == 1
