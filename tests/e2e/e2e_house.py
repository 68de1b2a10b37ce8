"""Words that the whole-stack tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ivr.sim.carrier import CarrierRehearsal

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
SMALL = Path(__file__).parent / "hotlines"
"""Hotlines of a few steps, each for one thing."""

Rehearse = Callable[..., CarrierRehearsal]
