"""Closing calls whose end nobody told us of."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from ivr.call.events import HungUp
from ivr.call.verbs import Dial, Join
from ivr.wiring.works import Works

log = logging.getLogger(__name__)

STALE_S = 900.0
"""A running call with no event for so long has ended unheard: every prompt comes round sooner."""
TALK_STALE_S = 4 * 3600.0
"""The same of one who talks to somebody, which brings no event; no carrier lets a talk last longer."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Looks for calls that have gone quiet."""

    works: Works

    def round(self, name: str) -> int:
        """Close a hotline's quiet calls; how many there were."""
        now, calls = self.works.outside.clock(), self.works.calls
        closed = passed = 0
        while found := calls.stale(name, now - STALE_S, skip=passed):
            silent = set(calls.stale(name, now - TALK_STALE_S, skip=passed))
            for call in found:
                if call not in silent and self._talks(name, call):
                    passed += 1
                    continue
                log.warning("call %s: no news for over %.0f minutes; it is closed", call, STALE_S / 60)
                if self.works.conductor.tell(name, call, HungUp()) is None:
                    calls.forget(name, call)
                closed += 1
        return closed

    def _talks(self, name: str, call: str) -> bool:
        answer = self.works.conductor.replay(name, call)
        return answer is not None and bool(answer.verbs) and isinstance(answer.verbs[-1], Dial | Join)
