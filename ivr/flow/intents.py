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
from typing import Literal

from ivr.flow.edge import written

ServiceType = Literal["query", "consult", "handle", "fault", "complaint"]
Way = Literal["machine", "person"]

BEST_WAY: Mapping[ServiceType, Way] = {
    "query": "machine",
    "consult": "person",
    "handle": "machine",
    "fault": "machine",
    "complaint": "person",
}
"""The default way of each service type; `way:` of an intent and `ways:` of hotline.yaml override it (R3, R4)."""


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
    way: Way | None = None
    """What serves it best, where that differs from its type's."""


Intents = Mapping[str, Intent]
"""The file: intent → what it is."""
