"""Names that must be found somewhere else in the hotline. The class says where.

A step's fields carry these instead of plain text, so the check finds every reference by its type
and needs to know nothing of step kinds.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Ref(str):
    """Parent of all references. `noun` is what the designer calls the thing."""

    __slots__ = ()
    noun: ClassVar[str] = "name"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=1))


class StepRef(Ref):
    """A step of the same flow, or `return`, or `return` with an outcome: `return verified`."""

    __slots__ = ()
    noun = "step"

    @property
    def returns(self) -> str | None:
        """The outcome a sub-flow comes back with; `done` where none is named; None for a step."""
        head, _, outcome = self.partition(" ")
        return (outcome.strip() or "done") if head == "return" else None


class FlowRef(Ref):
    """A flow of the hotline."""

    __slots__ = ()
    noun = "flow"


class PlaceRef(Ref):
    """A flow, or one of its steps as `flow.step`."""

    __slots__ = ()
    noun = "flow or flow.step"

    @property
    def flow(self) -> str:
        return self.partition(".")[0]

    @property
    def step(self) -> str | None:
        """The step's name; None for the flow's start."""
        return self.partition(".")[2] or None


class WordsRef(Ref):
    """Words of `words/*.yaml`."""

    __slots__ = ()
    noun = "words"


BY_RULES = "by_rules"
"""Stands where a queue is named: the rules of handoff.yaml choose it."""


class QueueRef(Ref):
    """A queue of `queues.yaml`."""

    __slots__ = ()
    noun = "queue"


class IntentRef(Ref):
    """An intent of `intents.yaml`."""

    __slots__ = ()
    noun = "intent"


class HintsRef(Ref):
    """A place where hints are told: what stands behind `hint:` of one or more steps."""

    __slots__ = ()
    noun = "place of hints"


class LookupRef(Ref):
    """An operation of a connector: `connector.operation`."""

    __slots__ = ()
    noun = "lookup"

    @property
    def connector(self) -> str:
        return self.partition(".")[0]

    @property
    def operation(self) -> str:
        return self.partition(".")[2]


class ElsewhereRef(Ref):
    """A way under `elsewhere:` of handoff.yaml."""

    __slots__ = ()
    noun = "way under `elsewhere:`"


class FormRef(Ref):
    """`callback`, `message`, or a way under `elsewhere:` of handoff.yaml."""

    __slots__ = ()
    noun = "form"


class SoundRef(Ref):
    """A file below the hotline's `audio/`."""

    __slots__ = ()
    noun = "sound"
