"""What callers want: `intents.yaml`.

balance:
  type: query
  label: {en: your balance, zh: 余额}
  examples: {en: [what is my balance, how much do I owe], zh: [查余额, 我还欠多少钱]}
  keywords: {en: [balance], zh: [余额]}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written

ServiceType = Literal["query", "consult", "handle", "fault", "complaint"]
ServiceWay = Literal["human_voice", "human_video", "smart_voice", "smart_video", "other_self_service"]
"""By what a caller can be served: a person heard or seen; a machine that is heard (the flows of a hotline) or seen (a
digital human); or what the caller does alone, such as a web page."""
BY_PEOPLE: frozenset[ServiceWay] = frozenset({"human_voice", "human_video"})

BEST_WAY: Mapping[ServiceType, ServiceWay] = {
    "query": "smart_voice",
    "consult": "human_voice",
    "handle": "smart_voice",
    "fault": "smart_voice",
    "complaint": "human_voice",
}
"""The default way of each service type; `way:` of an intent and `ways:` of handoff.yaml override it (R3, R4)."""


@written
@dataclass(frozen=True, slots=True)
class Intent:
    """One thing callers want."""

    type: ServiceType
    """What sort of wish it is; that decides what serves it best."""
    label: Mapping[str, str] = field(default_factory=dict)
    """How to name it to the caller, per language, as in "Did you mean {{ guess }}?"."""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences callers say, per language; five or more teach the recogniser well."""
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that settle it, whatever else is said."""
    opportunity: bool = False
    """A chance to sell, or to keep somebody: who shows it and is served by no person goes on the follow-up list."""
    value: Annotated[float, Field(gt=0)] | None = None
    """What one caller who takes this opportunity is worth, in the hotline's currency; `ivr goals` adds it up."""
    urgent: bool = False
    """It cannot wait; conditions ask by `call.urgent`, as rules of queues.yaml and of the form of a handoff do."""
    way: ServiceWay | None = None
    """What serves it best, where that differs from its type's."""


Intents = Mapping[str, Intent]
"""The file: intent → what it is."""
