"""docs/flows.md: it is what the program says today, and what it shows can be loaded, checked and called."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ivr.flow.edge import read_as
from ivr.flow.handoff import HandoffFile
from ivr.flow.hints import Hints
from ivr.flow.hotline import FlowFile, HotlineFile
from ivr.flow.intents import Intents
from ivr.flow.load import Loaded, assemble, examine
from ivr.flow.manual import manual
from ivr.flow.manual.markdown import anchor
from ivr.flow.queues import QueuesFile
from ivr.flow.ready import make_ready
from ivr.flow.where import Fault
from ivr.flow.words import WrittenWords
from ivr.flow.yaml import Document, read_text
from ivr.kit import standard_kit
from ivr.sim.script import Script, read_script
from ivr.testing.stage import Stage

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "flows.md"
KIT = standard_kit()
BLOCK = re.compile(r"^```(\S*) ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text() -> str:
    return MANUAL.read_text(encoding="utf-8")


def examples() -> list[tuple[str, str, str]]:
    """(what it is, the heading above it, the YAML) of every example."""
    written = text()
    found = []
    for block in BLOCK.finditer(written):
        assert block[1] == "yaml", f"an example that is no YAML: {block[0]}"
        found.append((block[2], HEADING.findall(BLOCK.sub("", written[: block.start()]))[-1], block[3]))
    return found


def test_it_is_what_the_program_says_today() -> None:
    assert text() == manual(KIT, Script), "docs/flows.md is out of date; run: ivr manual -o docs/flows.md"


def step(document: Document, heading: str, faults: list[Fault]) -> Iterator[Any]:
    for name, data in document.data.items():
        kind = next(key for key in data if key in KIT.kinds)
        assert heading in (kind, "How a call walks"), f"{name} is a {kind} under {heading}"
        yield read_as(KIT.kinds[kind], document, data, (name,), faults)


def connector(document: Document, heading: str, faults: list[Fault]) -> Iterator[Any]:
    for name, data in document.data.items():
        assert data["kind"] == heading
        yield read_as(KIT.connectors[heading], document, data, (name,), faults)


def flow(document: Document, heading: str, faults: list[Fault]) -> Iterator[Any]:
    yield read_as(FlowFile, document, document.data, (), faults)
    for name, data in document.data["steps"].items():
        kind = next(key for key in data if key in KIT.kinds)
        yield read_as(KIT.kinds[kind], document, data, ("steps", name), faults)


def words(document: Document, heading: str, faults: list[Fault]) -> Iterator[Any]:
    entries = read_as(WrittenWords, document, document.data, (), faults)
    file = read_as(HotlineFile, document, {"hotline": "x", "start": "x", "languages": ["en"]}, (), faults)
    yield make_ready(entries, "en", file, document, faults)


def whole(cls: Any) -> Callable[[Document, str, list[Fault]], Iterator[Any]]:
    def read(document: Document, heading: str, faults: list[Fault]) -> Iterator[Any]:
        yield read_as(cls, document, document.data, (), faults)

    return read


READERS = {
    "step": step,
    "connector": connector,
    "flow": flow,
    "main.yaml": flow,
    "words/en.yaml": words,
    "hotline.yaml": whole(HotlineFile),
    "intents.yaml": whole(Intents),
    "queues.yaml": whole(QueuesFile),
    "handoff.yaml": whole(HandoffFile),
    "hints.yaml": whole(Hints),
    "calls/hours.yaml": whole(Script),
    "calls/balance.yaml": whole(Script),
}
"""What an example is → the loader's own reader of it."""


@pytest.mark.parametrize(("what", "heading", "yaml"), examples(), ids=lambda one: one if len(one) < 40 else "")
def test_every_example_is_read_by_the_loaders_own_reader(what: str, heading: str, yaml: str) -> None:
    document = read_text(yaml.encode(), what)
    faults: list[Fault] = list(document.faults)
    read = [] if document.data is None else list(READERS[what](document, heading, faults))
    assert not faults, "\n".join(map(str, faults))
    assert read
    assert None not in read


def test_every_kind_of_step_and_connector_shows_an_example() -> None:
    shown = {(what, heading) for what, heading, _ in examples()}
    assert {heading for what, heading in shown if what == "step"} >= KIT.kinds.keys()
    assert {heading for what, heading in shown if what == "connector"} == KIT.connectors.keys()


def small_hotline() -> dict[str, str]:
    """The files of the bakery that the manual begins with."""
    return {what: yaml for what, heading, yaml in examples() if heading == "A small hotline"}


def test_the_small_hotline_checks_without_a_word() -> None:
    files = {path: yaml.encode() for path, yaml in small_hotline().items()}
    loaded: Loaded = assemble(files, {"hold.wav": 9.0}, KIT)
    assert not loaded.faults, "\n".join(map(str, loaded.faults))


@pytest.mark.redis
def test_the_small_hotline_can_be_called_as_its_test_says(tmp_path: Path) -> None:
    folder = tmp_path / "bakery"
    for path, yaml in small_hotline().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(yaml)
    (folder / "audio").mkdir()
    shutil.copy(ROOT / "flows" / "telecom" / "audio" / "hold.wav", folder / "audio")
    assert not examine(folder, KIT).faults
    with Stage(tmp_path) as stage:
        stage.play(folder, read_script(folder / "calls" / "hours.yaml"))


def test_every_link_leads_to_a_heading_that_is_there_once() -> None:
    headings = [anchor(heading) for heading in HEADING.findall(BLOCK.sub("", text()))]
    assert len(set(headings)) == len(headings)
    linked = set(re.findall(r"\]\(#([^)]*)\)", text()))
    assert linked <= set(headings)
    assert len(linked) > 20


def test_no_sentence_is_about_how_it_is_built() -> None:
    assert not re.findall(r"\(R\d+\)|pydantic|dataclass|docstring|ivr\.flow", text())
