"""The hotlines that are served: the present version of each, and older ones that running calls still need."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from threading import Lock

from ivr.errors import HostError
from ivr.flow.hotline import Hotline
from ivr.runtime.ports import Versions

log = logging.getLogger(__name__)

SOUNDS = ".sounds.json"
"""Beside the files of a kept version: the lengths of its sounds, which are part of what it was."""

KEPT = 32
"""Versions of all hotlines kept in memory at once."""

Assemble = Callable[[Mapping[str, bytes], Mapping[str, float]], Hotline]
"""A hotline from its files' contents and its sounds' lengths."""


class Shelf:
    """Hotlines by name, by the number dialled, and by version. Safe for many threads."""

    def __init__(self, hotlines: Iterable[Hotline], versions: Versions, assemble: Assemble) -> None:
        self._versions = versions
        self._assemble = assemble
        self._lock = Lock()
        self._current: dict[str, Hotline] = {}
        self._kept: dict[tuple[str, str], Hotline] = {}
        self._numbers: dict[str, str] = {}
        self._any: str | None = None
        for hotline in hotlines:
            self.put(hotline)

    def put(self, hotline: Hotline) -> None:
        """New calls get this version, running ones keep theirs. Raises HostError for a number claimed twice."""
        with self._lock:
            numbers = {_digits(number): hotline.name for number in hotline.file.numbers}
            for number, name in numbers.items():
                owner = self._numbers.get(number, name)
                if owner != name:
                    raise HostError(
                        f"number {number} belongs to both {owner!r} and {name!r}; take it out of one of them"
                    )
            others = {number: name for number, name in self._numbers.items() if name != hotline.name}
            self._versions.keep(hotline.name, hotline.version, _packed(hotline))
            self._numbers = {**others, **numbers}
            self._current = {**self._current, hotline.name: hotline}
            self._remember(hotline)
            catch_all = [name for name, one in self._current.items() if not one.file.numbers]
            self._any = catch_all[0] if catch_all else None
            if len(self._current) == 1:
                self._any = hotline.name

    def names(self) -> list[str]:
        return list(self._current)

    def current(self, name: str) -> Hotline | None:
        return self._current.get(name)

    def for_number(self, called: str) -> str | None:
        """Which hotline answers that number; the only one, or the one that names no numbers, takes the rest (R8)."""
        return self._numbers.get(_digits(called), self._any)

    def version(self, name: str, version: str) -> Hotline | None:
        """The version a call began with, from memory or from the store; None when it is gone."""
        kept = self._kept.get((name, version))
        if kept is not None:
            return kept
        files = self._versions.files(name, version)
        if files is None:
            log.warning("version %s of hotline %s is gone; its calls go on with the present one", version, name)
            return self._current.get(name)
        hotline = unpacked(files, self._assemble)
        with self._lock:
            self._remember(hotline)
        return hotline

    def _remember(self, hotline: Hotline) -> None:
        """In memory; an older version that is pushed out comes back from the store when a call needs it."""
        self._kept[hotline.name, hotline.version] = hotline
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]


def _digits(number: str) -> str:
    """+1 (202) 555-0199 and 12025550199 are one number; `sip:` and `client:` addresses stay what they are."""
    return number if ":" in number else "".join(ch for ch in number if ch.isdigit())


def unpacked(files: Mapping[str, bytes], assemble: Assemble) -> Hotline:
    """A kept version as it was."""
    sounds = json.loads(files.get(SOUNDS, b"{}"))
    return assemble({path: data for path, data in files.items() if path != SOUNDS}, sounds)


def _packed(hotline: Hotline) -> dict[str, bytes]:
    return {**hotline.files, SOUNDS: json.dumps(dict(hotline.sounds)).encode()}
