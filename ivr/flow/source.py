"""Where each part of a hotline was written, and what was written there, for the checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.flow.where import Where
from ivr.flow.yaml import Document, Trail


@dataclass(frozen=True, slots=True)
class Source:
    """The documents by their path below the hotline's folder; `shown` is how a path stands in messages."""

    documents: Mapping[str, Document]
    shown: Callable[[str], str] = str

    def where(self, path: str, trail: Trail = ()) -> Where:
        """The place of a value, or of the nearest one around it."""
        document = self.documents.get(path)
        return document.where(trail) if document else Where(self.shown(path))

    def where_key(self, path: str, trail: Trail = ()) -> Where:
        """The place of a value's name."""
        document = self.documents.get(path)
        return document.where_key(trail) if document else Where(self.shown(path))

    def step(self, flow: str, step: str, *trail: str | int) -> Where:
        """A step of a flow, or something inside it."""
        return self.where(self.flow_file(flow), ("steps", step, *trail))

    def flow_file(self, flow: str) -> str:
        """The file of a flow: the one of its name, or another that says it is this flow."""
        usual = f"{flow}.yaml"
        if usual in self.documents:
            return usual
        named = (path for path in self.documents if self.data(path, "flow") == flow)
        return next(named, usual)

    def data(self, path: str, *trail: str | int) -> Any:
        """What stands there, right or wrong; None for nothing. What could not be read is still written."""
        document = self.documents.get(path)
        found: Any = document.data if document else None
        for part in trail:
            held = range(len(found)) if isinstance(found, list) else found if isinstance(found, dict) else ()
            if part not in held:
                return None
            found = found[part]
        return found

    def names(self, path: str, *trail: str | int) -> tuple[str, ...]:
        """The names in a mapping there; none for anything else."""
        found = self.data(path, *trail)
        return tuple(found) if isinstance(found, dict) else ()

    def is_readable(self, path: str) -> bool:
        """False for a file that is there and holds no names: nobody can tell what it lacks."""
        document = self.documents.get(path)
        return document is None or isinstance(document.data, dict)
