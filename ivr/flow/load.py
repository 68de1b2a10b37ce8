"""From a folder of YAML to a checked hotline. All faults of all files are found in one run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ivr.errors import BadHours, FlowError
from ivr.flow.callbacks import polite_hours
from ivr.flow.check import check
from ivr.flow.edge import adapter, read_as, read_most
from ivr.flow.files import POLICIES, WORDS, is_flow, read_folder, read_sounds, version_of
from ivr.flow.handoff import HandoffFile, Question
from ivr.flow.hints import Hints
from ivr.flow.hotline import CALLBACK_HOURS, Flow, FlowFile, Hotline, HotlineFile
from ivr.flow.house_flows import house_flows
from ivr.flow.house_words import HOUSE_WORDS
from ivr.flow.intents import Intents
from ivr.flow.kit import Kit
from ivr.flow.queues import Hours, QueuesFile
from ivr.flow.ready import make_ready
from ivr.flow.refs import StepRef
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close
from ivr.flow.words import Words, WrittenWords
from ivr.flow.yaml import Document, read_text
from ivr.flow.zones import is_zone


class BadHotline(FlowError):
    """A hotline does not check; `faults` is everything that is wrong."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run over the files found. `hotline` is None when an error stands in the way."""

    hotline: Hotline | None
    faults: tuple[Fault, ...]


def load(folder: Path, kit: Kit) -> Hotline:
    """The hotline of a folder; BadHotline with all faults when it does not check."""
    found = examine(folder, kit)
    if found.hotline is None:
        raise BadHotline(found.faults)
    return found.hotline


def examine(folder: Path, kit: Kit) -> Loaded:
    """Read and check a folder, whatever it holds. Raises OSError where it cannot be read."""
    if not folder.is_dir():
        fault = Fault(Where(str(folder)), "there is no such folder", "Name a folder that holds a hotline.yaml")
        return Loaded(None, (fault,))
    return assemble(read_folder(folder), read_sounds(folder), kit, shown=lambda path: str(folder / path))


def assemble(
    files: Mapping[str, bytes], sounds: Mapping[str, float], kit: Kit, shown: Callable[[str], str] = str
) -> Loaded:
    """The same from the files' contents: how a call gets back the version it began with."""
    faults: list[Fault] = []
    documents = {path: read_text(content, shown(path)) for path, content in files.items() if path.endswith(".yaml")}
    for document in documents.values():
        faults.extend(document.faults)
    if "hotline.yaml" not in documents:
        faults.append(Fault(Where(shown("hotline.yaml")), "this file is missing", "Every hotline needs one"))
    reader = _Reader(documents, kit, faults, shown)
    flows = reader.flows()
    file = reader.policy(HotlineFile, "hotline.yaml", _unnamed(documents, flows))
    queues = reader.policy(QueuesFile, "queues.yaml")
    handoff = reader.policy(HandoffFile, "handoff.yaml")
    intents = reader.policy(Intents, "intents.yaml")
    hints = reader.policy(Hints, "hints.yaml")
    hotline = Hotline(
        version=version_of(files, sounds),
        file=file,
        flows=flows,
        words=reader.words(file),
        intents=intents,
        handoff=handoff,
        hints=hints,
        queues=queues,
        connectors=reader.connectors(file),
        sounds=sounds,
        files=dict(files),
        hours=reader.hours(file, queues),
        offers={question.key: offer_step(kit, question) for question in handoff.offers()},
        house=house_flows(kit),
    )
    faults.extend(check(hotline, Source(documents, shown)))
    broken = any(fault.severity == "error" for fault in faults)
    return Loaded(None if broken else hotline, tuple(sorted(set(faults))))


def offer_step(kit: Kit, question: Question) -> Any:
    """The question of a rule, as the step that asks it; what follows is the engine's matter."""
    back = {answer: StepRef(f"return {answer}") for answer in ("yes", "no", "nothing")}
    return kit.kinds["offer"](offer=question.words, queue=question.queue, on=back)


def _unnamed(documents: Mapping[str, Document], flows: Mapping[str, Flow]) -> dict[str, Any]:
    """What stands in for the names a hotline.yaml must have, so that the other files are checked all the same."""
    languages = [found[1] for found in map(WORDS.fullmatch, documents) if found]
    return {"hotline": "unnamed", "start": next(iter(flows), "main"), "languages": languages or ["en"]}


class _Reader:
    """Reads the parts of one hotline, collecting faults as it goes."""

    def __init__(
        self, documents: Mapping[str, Document], kit: Kit, faults: list[Fault], shown: Callable[[str], str]
    ) -> None:
        self.documents = documents
        self.kit = kit
        self.faults = faults
        self.shown = shown

    def policy(self, cls: Any, path: str, instead: Mapping[str, Any] = MappingProxyType({})) -> Any:
        """The file without the parts that are wrong; an empty one where there is none."""
        document = self.documents.get(path)
        found = read_most(cls, document, self.faults, instead) if document and document.data is not None else None
        return adapter(cls).validate_python(dict(instead)) if found is None else found

    def flows(self) -> dict[str, Flow]:
        flows: dict[str, Flow] = {}
        for path, document in self.documents.items():
            if not is_flow(path) or document.data is None:
                continue
            instead = {"flow": path.removesuffix(".yaml"), "start": "start", "steps": {}}
            written = read_most(FlowFile, document, self.faults, instead)
            if written is None:
                continue
            if path != f"{written.flow}.yaml":
                sentence = f"flow {written.flow!r} stands in a file of another name"
                self.faults.append(Fault(document.where(("flow",)), sentence, f"Call the file {written.flow}.yaml"))
            steps = {name: self.step(document, name, data) for name, data in written.steps.items()}
            flows[written.flow] = Flow(
                written.flow,
                written.start,
                {name: step for name, step in steps.items() if step is not None},
                written.takes,
                written.gives,
            )
        return flows

    def step(self, document: Document, name: str, data: Any) -> Any:
        """One step, read by the kind that its first known key names."""
        trail = ("steps", name)
        if not isinstance(data, dict) or not data:
            self.faults.append(
                Fault(document.where(trail), f"step {name!r} says nothing", "Begin it with its kind: `say: …`")
            )
            return None
        named = [key for key in data if key in self.kit.kinds]
        kind = named[0] if named else next(iter(data))
        if not named:
            sentence = f"{kind!r} is no kind of step"
            hint = close(kind, self.kit.kinds) or f"The kinds are: {', '.join(self.kit.kinds)}"
            self.faults.append(Fault(document.where_key((*trail, kind)), sentence, hint))
            return None
        # `sms:` and `queue:` are kinds and also fields of other kinds: the first key decides.
        kind = next(iter(data)) if next(iter(data)) in named else kind
        return read_as(self.kit.kinds[kind], document, data, trail, self.faults)

    def words(self, file: HotlineFile) -> dict[str, Words]:
        ready: dict[str, Words] = {}
        for path, document in self.documents.items():
            matched = WORDS.fullmatch(path)
            if matched and matched[1] not in file.languages:
                sentence = f"{matched[1]!r} is not among the hotline's languages"
                self.faults.append(Fault(Where(document.file), sentence, "Add it to `languages:` in hotline.yaml"))
        for language in file.languages:
            path = f"words/{language}.yaml"
            found = self.documents.get(path)
            entries: dict[str, Any] = {}
            if found is not None and found.data is not None:
                entries = read_most(WrittenWords, found, self.faults, {}) or {}
            house = {key: entry for key, entry in HOUSE_WORDS.get(language, {}).items() if key not in entries}
            document = found or Document(self.shown(path), None)
            ready[language] = make_ready({**house, **entries}, language, file, document, self.faults)
        return ready

    def connectors(self, file: HotlineFile) -> dict[str, Any]:
        document = self.documents.get("hotline.yaml") or Document(self.shown("hotline.yaml"), None)
        read: dict[str, Any] = {}
        for name, data in file.connectors.items():
            trail = ("connectors", name)
            kind = str(data.get("kind")) if isinstance(data, dict) else ""
            if kind not in self.kit.connectors:
                hint = close(kind, self.kit.connectors) or f"The kinds are: {', '.join(self.kit.connectors)}"
                self.faults.append(Fault(document.where((*trail, "kind")), f"{kind!r} is no kind of connector", hint))
                continue
            connector = read_as(self.kit.connectors[kind], document, data, trail, self.faults)
            if connector is not None:
                read[name] = connector
        return read

    def hours(self, file: HotlineFile, queues: QueuesFile) -> dict[str, Any]:
        ready: dict[str, Any] = {}
        places: list[tuple[str, str, tuple[str | int, ...], Hours | None]] = [
            ("", "hotline.yaml", ("hours",), file.hours)
        ]
        places += [
            (name, "queues.yaml", ("queues", name, "hours"), queue.hours) for name, queue in queues.queues.items()
        ]
        places.append((CALLBACK_HOURS, "hotline.yaml", ("callback_hours",), polite_hours(file)))
        for name, path, trail, written in places:
            if written is None:
                continue
            try:
                ready[name] = self.kit.read_hours(
                    written.open,
                    timezone=_known_zone(written.timezone, file),
                    public_holidays=written.holidays,
                    closed=written.closed,
                )
            except BadHours as error:
                # Of the usual hours nothing can be wrong but what was told of the hotline's own.
                if name != CALLBACK_HOURS or file.callback_hours is not None:
                    self.faults.append(Fault(self.documents[path].where((*trail, *error.trail)), str(error)))
        return ready


def _known_zone(own: str | None, file: HotlineFile) -> str:
    """Where hours are meant. A zone of the hotline that is none has a fault of its own."""
    if own is not None and own != file.timezone:
        return own
    return file.timezone if is_zone(file.timezone) else "UTC"


__all__ = ["POLICIES", "BadHotline", "Loaded", "assemble", "examine", "load"]
