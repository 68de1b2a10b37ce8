"""Words that the whole-stack tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ivr.sim.carrier import CarrierRehearsal
from ivr.sim.cloud import Call

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
SMALL = Path(__file__).parent / "hotlines"
"""Hotlines of a few steps, each for one thing."""

Rehearse = Callable[..., CarrierRehearsal]


def choose(agent: Call, name: str) -> None:
    """Press the key that the agent's menu has for somebody, on whichever page."""
    while f": {name}" not in agent.heard[-1]:
        assert "9: more" in agent.heard[-1], agent.heard[-1]
        agent.press("9")
    words = agent.heard[-1]
    agent.press(words[words.index(f": {name}") - 1])
