"""The checks that look across files, each in a module of its own: `(hotline, source) -> faults`.

Each is handed whatever the loader could read, tells a fault once, at the place where a designer would mend it, and is
silent about what another part's fault has hidden from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ivr.flow.check.agents import agents
from ivr.flow.check.always import always
from ivr.flow.check.arguments import arguments
from ivr.flow.check.boundaries import boundaries
from ivr.flow.check.complaints import complaints
from ivr.flow.check.farewells import farewells
from ivr.flow.check.forms import forms
from ivr.flow.check.hints import hints
from ivr.flow.check.in_line import in_line
from ivr.flow.check.loops import loops
from ivr.flow.check.names import names
from ivr.flow.check.opportunities import opportunities
from ivr.flow.check.overflow import overflow
from ivr.flow.check.person import person
from ivr.flow.check.policy_names import policy_names
from ivr.flow.check.preferences import preferences
from ivr.flow.check.questions import questions
from ivr.flow.check.queue_labels import queue_labels
from ivr.flow.check.reach import reach
from ivr.flow.check.references import references
from ivr.flow.check.rules import rules
from ivr.flow.check.settings import settings
from ivr.flow.check.skills import skills
from ivr.flow.check.subflows import subflows
from ivr.flow.check.taken import taken
from ivr.flow.check.words import words
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

Check = Callable[[Hotline, Source], Iterable[Fault]]
CHECKS: tuple[Check, ...] = (
    references,
    words,
    questions,
    queue_labels,
    in_line,
    reach,
    subflows,
    loops,
    names,
    policy_names,
    taken,
    arguments,
    person,
    complaints,
    opportunities,
    farewells,
    always,
    rules,
    forms,
    boundaries,
    preferences,
    agents,
    skills,
    overflow,
    settings,
    hints,
)


def check(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Every fault that any check finds."""
    for one in CHECKS:
        yield from one(hotline, source)
