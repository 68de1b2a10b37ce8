"""The manual of the flow language, docs/flows.md: made from the classes that read it, so that it cannot go stale.

    manual(standard_kit(), Script)

What stands here as prose is what no class can say; every YAML example is loaded by a test.
"""

from __future__ import annotations

from typing import Any

from ivr.flow.kit import Kit
from ivr.flow.manual.connectors import connectors
from ivr.flow.manual.filters import filters_chapter
from ivr.flow.manual.introduction import INTRODUCTION
from ivr.flow.manual.names import names_chapter
from ivr.flow.manual.policies import policies
from ivr.flow.manual.reference import Reference
from ivr.flow.manual.steps import steps
from ivr.flow.manual.turns import turns_chapter
from ivr.flow.manual.words import words_chapter


def manual(kit: Kit, script: type[Any]) -> str:
    """The whole manual as Markdown. `script` is the class that scripted calls are read by, which another room owns."""
    reference = Reference()
    chapters = [
        INTRODUCTION,
        words_chapter(reference),
        filters_chapter(),
        names_chapter(),
        steps(kit, reference),
        policies(reference),
        turns_chapter(script, reference),
        connectors(kit, reference),
    ]
    return "\n\n".join(reference.linked(chapter).strip() for chapter in chapters) + "\n"
