"""The Markdown the manual needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(one) for one in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def example(what: str, yaml: str) -> str:
    """A block of YAML; `what` tells, to renderers invisible, what it is: a file's name, `step` or `connector`."""
    return f"```yaml {what}\n{yaml.strip(chr(10))}\n```"


def code(text: object) -> str:
    return f"`{text}`" if str(text) else ""


def anchor(heading: str) -> str:
    """What a link to the heading is called."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(words: str, heading: str) -> str:
    return f"[{words}](#{anchor(heading)})"


def listed(words: Sequence[str], last: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
