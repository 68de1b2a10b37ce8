"""Where each part of a hotline was written, for the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ivr.flow.where import Where
from ivr.flow.yaml import Document, Trail


@dataclass(frozen=True, slots=True)
class Source:
    """The documents by their path below the hotline's folder."""

    documents: Mapping[str, Document]

    def where(self, path: str, trail: Trail = ()) -> Where:
        """The place of a value, or of the nearest one around it."""
        document = self.documents.get(path)
        return document.where(trail) if document else Where(path)

    def where_key(self, path: str, trail: Trail = ()) -> Where:
        """The place of a value's name."""
        document = self.documents.get(path)
        return document.where_key(trail) if document else Where(path)

    def step(self, flow: str, step: str, *trail: str | int) -> Where:
        """A step of a flow, or something inside it."""
        return self.where(f"{flow}.yaml", ("steps", step, *trail))
