"""SVG elements. Everything is built as a tree, so what people wrote can only ever be text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

UNDRAWABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def element(parent: ET.Element, tag: str, attributes: dict[str, str] | None = None, **more: str) -> ET.Element:
    """A child element; attributes whose names are no Python names come in the mapping."""
    return ET.SubElement(parent, tag, {**(attributes or {}), **more})


def text_line(parent: ET.Element, words: str, x: float, y: float, style: str, **more: str) -> ET.Element:
    """One line of text with its class; y is the baseline."""
    line = element(parent, "text", {"class": style, "x": f"{x:.1f}", "y": f"{y:.1f}"}, **more)
    line.text = drawable(words)
    return line


def tooltip(parent: ET.Element, words: str) -> None:
    """What a pointer that rests here is shown, and what a screen reader says."""
    element(parent, "title").text = drawable(words)


def drawable(words: str) -> str:
    """The words, with a sign of replacement for what an SVG file cannot hold."""
    return UNDRAWABLE.sub("\ufffd", words)
