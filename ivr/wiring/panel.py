"""What the panel beside the browser phone needs of the house: drawn flows, each version's once."""

from __future__ import annotations

from threading import Lock

from ivr.flow.drawing import draw
from ivr.flow.picture import svg
from ivr.runtime.shelf import Shelf

KEPT = 64
"""Drawings in memory; one of 40 steps has 80 kB and takes a tenth of a second."""


class DrawnFlows:
    """Flows of the versions that calls run on, as SVG. Safe for many threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = Lock()
        self._drawn: dict[tuple[str, str, str], str] = {}

    def __call__(self, hotline: str, version: str, flow: str) -> str | None:
        """None where there is no such hotline, version or flow. Raises StoreDown."""
        key = (hotline, version, flow)
        with self._lock:
            if key in self._drawn:
                return self._drawn[key]
            if self._shelf.current(hotline) is None:
                return None
            found = self._shelf.version(hotline, version)
            if found is None or found.version != version or flow not in found.flows:
                return None
            self._drawn[key] = svg(draw(found, flow))
            while len(self._drawn) > KEPT:
                del self._drawn[next(iter(self._drawn))]
            return self._drawn[key]
