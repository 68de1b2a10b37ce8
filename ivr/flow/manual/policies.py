"""The chapter of files, one after another."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from ivr.flow.handoff import HandoffFile
from ivr.flow.hints import Hint
from ivr.flow.hotline import FlowFile, HotlineFile
from ivr.flow.intents import BEST_WAY, Intent
from ivr.flow.manual.docstrings import parts
from ivr.flow.manual.markdown import code, table
from ivr.flow.manual.reference import Reference
from ivr.flow.queues import QueuesFile

FILES: Mapping[str, tuple[type[Any], str]] = {
    "hotline.yaml": (HotlineFile, "hotline.yaml"),
    "A flow": (FlowFile, "flow"),
    "intents.yaml": (Intent, "intents.yaml"),
    "queues.yaml": (QueuesFile, "queues.yaml"),
    "handoff.yaml": (HandoffFile, "handoff.yaml"),
    "hints.yaml": (Hint, "hints.yaml"),
}
"""Heading → the class that reads the file, and what its example is."""

WAYS = """
What serves a type of wish best, unless `way:` of the intent or `ways:` of handoff.yaml says otherwise:

{ways}

A wish that people serve best (`human_voice`, `human_video`), if it is no complaint, is a wish for a person: it leads to
one from every question, and counts as a request where that is [proved](#what-is-proved). An intent called `person` is
the wish for nothing but a person.
"""


def policies(reference: Reference) -> str:
    told = ["## The files, field by field"]
    for heading, (cls, what) in FILES.items():
        module = sys.modules[cls.__module__].__doc__ or ""
        has_own = any(part.is_example for part in parts(cls.__doc__ or ""))
        after = WAYS.format(ways=_best_ways()) if cls is Intent else ""
        told.append(reference.section(cls, heading, 3, what=what, before="" if has_own else module, after=after))
    return "\n\n".join(told)


def _best_ways() -> str:
    return table(("type", "best way"), [(code(kind), way) for kind, way in BEST_WAY.items()])
