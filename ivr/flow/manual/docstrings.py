"""Docstrings that carry the YAML a designer is shown: prose and examples, told apart."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from itertools import pairwise
from typing import Any

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


def sentences(cls: type[Any]) -> dict[str, str]:
    """Field → the sentence under it in the source, those of parent classes included."""
    found: dict[str, str] = {}
    for one in reversed(cls.__mro__[:-1]):
        found |= dict(_own_sentences(one)) if is_dataclass(one) else {}
    return found


def _own_sentences(cls: type[Any]) -> Iterator[tuple[str, str]]:
    (body,) = (
        node.body
        for node in ast.walk(ast.parse(inspect.getsource(inspect.getmodule(cls) or cls)))
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__
    )
    for one, two in pairwise(body):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and isinstance(two, ast.Expr):
            told = two.value.value if isinstance(two.value, ast.Constant) else None
            if isinstance(told, str):
                yield one.target.id, " ".join(told.split())
