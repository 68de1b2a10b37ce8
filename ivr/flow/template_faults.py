"""What is wrong with a template, in words that need no programmer."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import jinja2
from jinja2 import nodes

from ivr.flow.where import close

LONGEST_SHOWN = 60

# What Jinja2 says → what we say. Its own words are kept where none of these fits.
PLAINER: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"end of print statement', got '(.+?)'", lambda m: f"inside {{{{ }}}} a sign is missing before {m[1]!r}"),
    (r"expected token 'end of statement block', got '(.+?)'", lambda m: f"inside {{% %}} {m[1]!r} is too much"),
    (r"end of template.*'end(\w+)'|looking for .*'end(\w+)'", lambda m: f"{{% end{m[1] or m[2]} %}} is missing"),
    (r"unexpected end of template", lambda m: "a {{ or {% that opens is not closed"),
    (r"unexpected '[})]'", lambda m: "something is missing before it closes"),
    (r"[Ee]xpected an expression, got|unexpected 'end of", lambda m: "something is missing at its end"),
    (r"unexpected char (.+) at", lambda m: f"the sign {m[1]} means nothing here"),
    (r"unknown tag '(\w+)'", lambda m: f"{{% {m[1]} %}} is not known"),
)


class Unplain(jinja2.TemplateSyntaxError):
    """Something this language leaves out; the message is a sentence of ours."""


def sentence(source: object, error: jinja2.TemplateSyntaxError | RecursionError) -> str:
    """`'{{ caller name }}' cannot be read: inside {{ }} a sign is missing before 'name'`."""
    return f"{shown(source)} cannot be read: {_reason(error)}"


def shown(source: object) -> str:
    text = " ".join(str(source).split())
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _reason(error: jinja2.TemplateSyntaxError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "too many brackets are inside each other"
    message = error.message or "something in it means nothing here"
    if isinstance(error, Unplain):
        return message
    for pattern, say in PLAINER:
        if found := re.search(pattern, message):
            return say(found)
    return message


def refuse(tree: nodes.Template, filters: Collection[str], tests: Collection[str]) -> None:
    """Raise Unplain for what could only fail in a call: filters and tests nobody knows, functions, other templates."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known, sign = (filters, "| ") if isinstance(node, nodes.Filter) else (tests, "is ")
        if node.name not in known:
            raise Unplain(f"nothing is called `{sign}{node.name}`. {close(node.name, known)}".rstrip(), node.lineno)
    if call := next(tree.find_all((nodes.Call, nodes.CallBlock)), None):
        raise Unplain("nothing can be called with ( ) here; filters are written after |", call.lineno)
    other = next(tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)), None)
    if other is not None:
        raise Unplain("other templates cannot be included", other.lineno)
