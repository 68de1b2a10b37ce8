"""Small hotlines with a fault in them, their proofs, and the calls of the proofs played for real."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotlines import loaded, small, write

from ivr.flow.hotline import Hotline
from ivr.proof.explore import explore
from ivr.proof.findings import Shown
from ivr.proof.graph import Graph
from ivr.proof.law import Law
from ivr.proof.prove import Report, prove
from ivr.testing.stage import Stage

COMPANY_SQL = "create table balances (account text, amount text, due text);"
"""For hotlines with a connector; what is looked up there, the printed calls say themselves."""


@contextmanager
def a_stage() -> Iterator[Stage]:
    """One embedded server for the tests of a module."""
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


PERSON_ONLY = "always: {person: {key: 0, go: person}}\n"


def files(*, always: str = "", **parts: str) -> dict[str, str]:
    """Of a small hotline. `always`: what works at every prompt, where that is more than the key 0."""
    made = {**small(**parts), "company.sql": COMPANY_SQL}
    if always:
        made["hotline.yaml"] = made["hotline.yaml"].replace(PERSON_ONLY, f"always: {always}\n")
        assert always in made["hotline.yaml"]
    return made


def hotline(**parts: str) -> Hotline:
    found = loaded(files(**parts))
    assert found.hotline is not None, "\n".join(map(str, found.faults))
    return found.hotline


def explored(**parts: str) -> Graph:
    return explore(Law(hotline(**parts)))


def report(**parts: str) -> Report:
    return prove(hotline(**parts))


def verdicts(**parts: str) -> dict[str, str]:
    """Property → `proved`, or what stands against it."""
    return {
        one.name: "proved" if one.is_proved else "; ".join([*(shown.sentence for shown in one.faults), *one.doubts])
        for one in report(**parts).findings
    }


def faults_of(name: str, **parts: str) -> tuple[Shown, ...]:
    return next(one.faults for one in report(**parts).findings if one.name == name)


def plays(stage: Stage, folder: Path, fault: Shown, **parts: str) -> None:
    """The call that a proof has printed comes out in a whole hotline as it says."""
    __tracebackhide__ = True
    home = write(folder / "hotline", files(**parts))
    script = home / "calls" / "shown.yaml"
    script.parent.mkdir()
    script.write_text(fault.call, encoding="utf-8")
    stage.play_file(script)
