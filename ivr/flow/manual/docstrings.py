"""Docstrings that carry the YAML a designer is shown: prose and examples, told apart."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass

BEGINS_YAML = re.compile(r"\s*[a-z][a-z0-9_]*:( |$)", re.MULTILINE)
"""No sentence of ours begins with a small letter."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, on one line, or an example, as it was written."""

    text: str
    is_example: bool


def parts(docstring: str) -> list[Part]:
    """Paragraphs and examples in their order; a blank line stands between them."""
    blocks = re.split(r"\n\s*\n", inspect.cleandoc(docstring))
    return [
        Part(textwrap.dedent(block), True) if BEGINS_YAML.match(block) else Part(" ".join(block.split()), False)
        for block in blocks
    ]
