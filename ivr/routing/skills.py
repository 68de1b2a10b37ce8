"""What a caller requires of an agent, and what an agent can serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.call.tasks import GRADE


@dataclass(frozen=True, slots=True)
class Needs:
    """What a caller requires of an agent. Callers with equal needs wait in one file, of which only the head counts."""

    queue: str
    skills: Mapping[str, int] = field(default_factory=dict)
    """Skill → the least level."""
    language: str = ""
    """Empty: any."""
    seats: frozenset[str] = frozenset()
    """Queues whose reserved agents may be had."""
    never: frozenset[str] = frozenset()
    """Agents who are not to have this caller."""
    agent: str = ""
    """This agent and nobody else; empty: any."""


@dataclass(frozen=True, slots=True)
class Ability:
    """What an agent can serve."""

    queues: frozenset[str]
    skills: Mapping[str, int] = field(default_factory=dict)
    """Skill → level."""
    languages: frozenset[str] = frozenset()
    """Empty: all of the hotline's."""

    def serves(self, needs: Needs) -> bool:
        """By queue, skills and language; which agents and seats are meant is the choice's affair."""
        return (
            needs.queue in self.queues
            and all(self.skills.get(skill, 0) >= level for skill, level in needs.skills.items())
            and (not needs.language or not self.languages or needs.language in self.languages)
        )

    def fit(self, needs: Needs) -> int:
        """How able: the levels in the skills that are needed, summed up; between equals the grade decides."""
        return 100 * sum(self.skills.get(skill, 0) for skill in needs.skills) + self.skills.get(GRADE, 0)
