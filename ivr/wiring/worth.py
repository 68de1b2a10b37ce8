"""What a hotline's files say of worth: costs, values, and what the machine serves best."""

from __future__ import annotations

from ivr.flow.hotline import Hotline
from ivr.flow.intents import BY_PEOPLE
from ivr.store.records.goals import Worth


def worth_of(hotline: Hotline) -> Worth:
    costs = hotline.file.costs
    return Worth(
        currency=hotline.file.currency,
        person_minute=None if costs is None else costs.person_minute,
        machine_minute=0.0 if costs is None else costs.machine_minute,
        by_machine=tuple(name for name in hotline.intents if hotline.best_way(name) not in BY_PEOPLE),
        short_talk_s=hotline.file.goals.short_talk_s,
        values={name: one.value for name, one in hotline.intents.items() if one.value is not None},
    )
