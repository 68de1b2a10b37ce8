"""How proofs are told in a terminal."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where
from ivr.flow.yaml import read_text
from ivr.proof.findings import Written
from ivr.proof.prove import Report, prove


def proofs(hotline: Hotline, path: Path) -> tuple[list[str], bool]:
    """What to print of a hotline that checks, and whether a call breaks a property."""
    began = time.perf_counter()
    report = prove(hotline)
    lines = [*_told(report, hotline, path), f"{path}: {report.bounds} In {time.perf_counter() - began:.1f} s."]
    return lines, any(finding.faults for finding in report.findings)


def _told(report: Report, hotline: Hotline, path: Path) -> Iterator[str]:
    source: Source | None = None
    for finding in report.findings:
        if finding.is_proved:
            yield f"{path}: proved: {finding.says}."
        for shown in finding.faults:
            source = source or source_of(hotline, path)
            hint = f"It must be so that {finding.says}. This call shows it; `ivr test` plays it from a file in calls/"
            yield str(Fault(_where(source, shown.place), shown.sentence, hint))
            yield textwrap.indent(shown.call, "    ")
        if finding.doubts:
            yield f"{path}: not proved: {finding.says}. No call against it was found, but: {'; '.join(finding.doubts)}."


def _where(source: Source, place: tuple[str, str] | Written) -> Where:
    return source.where(place.file, place.trail) if isinstance(place, Written) else source.step(*place)


def source_of(hotline: Hotline, path: Path) -> Source:
    """Where each part of a loaded hotline was written."""

    def shown(file: str) -> str:
        return str(path / file)

    files = {file: content for file, content in hotline.files.items() if file.endswith(".yaml")}
    return Source({file: read_text(content, shown(file)) for file, content in files.items()}, shown)
