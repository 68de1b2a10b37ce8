"""What a designer writes where a value is wanted: `Condition`, `Value` and `Text`, with the names they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

import jinja2
from jinja2 import nodes
from jinja2.parser import Parser
from jinja2.runtime import Context
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ivr.errors import FlowError
from ivr.flow.reads import Path, reads
from ivr.flow.sandbox import MAX_TEXT, Sandbox, plain
from ivr.flow.template_faults import Unplain, refuse, sentence

Names = Mapping[str, Any]
Scalar = str | int | float | bool | None

RESULT = "result"
"""Where an expression's template puts what it comes to."""


class Unreadable(FlowError):
    """A template met a name, type or filter it could not work with, in the middle of a call."""


class Written:
    """Parent of the three: keeps the source for people, compares by it."""

    __slots__ = ("reads", "source")
    source: Any
    reads: frozenset[Path]
    accepts: ClassVar[CoreSchema] = core_schema.str_schema()

    def __init__(self, source: Any) -> None:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.source == self.source

    def __hash__(self) -> int:
        return hash((type(self), self.source))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.source!r})"

    @classmethod
    def _compile(cls, source: Any) -> Self:
        try:
            return cls(source)
        except (jinja2.TemplateSyntaxError, RecursionError) as error:
            raise ValueError(sentence(source, error)) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls._compile, cls.accepts)


class Condition(Written):
    """An expression that is true or false: `caller.tier == 'gold' and queue.busy`."""

    __slots__ = ("_run",)

    def __init__(self, source: str) -> None:
        self.source = source
        self.reads, self._run = _expression(source)

    def holds(self, names: Names) -> bool:
        return bool(_safely(self._run, names, self.source))


class Value(Written):
    """A constant, or one `{{ expression }}` that keeps its type, or text with expressions in it."""

    __slots__ = ("_run",)
    accepts = core_schema.union_schema(
        [
            core_schema.none_schema(),
            core_schema.bool_schema(strict=True),
            core_schema.int_schema(strict=True),
            core_schema.float_schema(strict=True),
            core_schema.str_schema(),
        ]
    )

    def __init__(self, source: Scalar) -> None:
        self.source = source
        self._run: Callable[[Names], Any] | None = None
        self.reads = frozenset()
        if isinstance(source, str) and ("{{" in source or "{%" in source):
            inner = _lone_expression(source)
            self.reads, self._run = _expression(inner) if inner else _template(plain(), source)

    def of(self, names: Names) -> Any:
        return self.source if self._run is None else _safely(self._run, names, self.source)


class Text:
    """Words with `{{ placeholders }}`, for one language and medium."""

    __slots__ = ("_run", "reads", "source")

    def __init__(self, source: str, sandbox: Sandbox) -> None:
        self.source = source
        self._run: Callable[[Names], str] | None = None
        self.reads: frozenset[Path] = frozenset()
        if "{{" in source or "{%" in source or "{#" in source:
            self.reads, self._run = _template(sandbox, source)

    def by(self, sandbox: Sandbox) -> Text:
        """The same words by the filters of another medium of the same language; nothing is read again."""
        other = Text("", sandbox)
        other.source, other.reads = self.source, self.reads
        other._run = None if self._run is None else _later(sandbox, self.source)
        return other

    def render(self, names: Names) -> str:
        """The words as they are said; raises Unreadable."""
        if self._run is None:
            return self.source
        said = str(_safely(self._run, names, self.source))
        if len(said) > MAX_TEXT:
            raise Unreadable(f"{self.source[:60]!r} came to {len(said)} characters; at most {MAX_TEXT} can be said")
        return " ".join(said.split())


def _expression(source: str) -> tuple[frozenset[Path], Callable[[Names], Any]]:
    parser = Parser(plain(), source, state="variable")
    written = parser.parse_expression()
    tree = nodes.Template([nodes.Output([written])])
    if not parser.stream.eos:
        after = parser.stream.current
        compares = "two equal signs are needed to compare" if after.type == "assign" else ""
        raise Unplain(compares or f"a sign is missing before {after.value!r}", after.lineno)
    refuse(tree, plain().filters, plain().tests)

    kept = nodes.Template([nodes.Assign(nodes.Name(RESULT, "store"), written)], lineno=1)
    kept.set_environment(plain())
    return reads(tree), Later(lambda: _result_of(plain().from_string(kept)))


def _template(sandbox: Sandbox, source: str) -> tuple[frozenset[Path], Callable[[Names], str]]:
    tree = sandbox.parse(source)
    refuse(tree, sandbox.filters, sandbox.tests)
    return reads(tree), _later(sandbox, source)


def _later(sandbox: Sandbox, source: str) -> Later:
    return Later(lambda: _text_of(sandbox.from_string(source)))


def _result_of(template: jinja2.Template) -> Callable[[Names], Any]:
    """What the template sets as RESULT."""

    def run(names: Names) -> Any:
        context = _context(template, names)
        for _ in template.root_render_func(context):
            pass
        return context.vars[RESULT]

    return run


def _text_of(template: jinja2.Template) -> Callable[[Names], str]:
    return lambda names: "".join(template.root_render_func(_context(template, names)))


def _context(template: jinja2.Template, names: Names) -> Context:
    """The names as they are. `render` would copy them twice and look for globals, of which a sandbox has none: that is
    two thirds of what a condition costs."""
    made: Context = template.environment.context_class(template.environment, names, None, template.blocks)  # type: ignore[arg-type]
    return made


class Later:
    """Compiled when it is first run: compiling costs 1 ms, and a hotline has many more words than one call says."""

    __slots__ = ("_make", "_run")

    def __init__(self, make: Callable[[], Callable[[Names], Any]]) -> None:
        self._make = make
        self._run: Callable[[Names], Any] | None = None

    def __call__(self, names: Names) -> Any:
        run = self._run
        if run is None:
            run = self._run = self._make()
        return run(names)


def _lone_expression(source: str) -> str | None:
    text = source.strip()
    inner = text[2:-2]
    whole = text.startswith("{{") and text.endswith("}}") and "{{" not in inner and "}}" not in inner
    return inner if whole and "{%" not in inner else None


def _safely(run: Callable[[Names], Any], names: Names, source: object) -> Any:
    try:
        result = run(names)
    except jinja2.UndefinedError as error:
        raise Unreadable(f"{source!r}: {error.message}") from None
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise Unreadable(f"{source!r}: {error}") from None
    if isinstance(result, jinja2.Undefined):
        raise Unreadable(f"{source!r} names something that is not there")
    return result
