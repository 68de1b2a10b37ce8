"""How the manual reads classes: their docstrings, their fields, the types behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from ivr.call.shape import KINDS
from ivr.flow.expressions import Condition, Value
from ivr.flow.hotline import Name
from ivr.flow.kit import Kit
from ivr.flow.manual import manual
from ivr.flow.manual.connectors import SHAPES
from ivr.flow.manual.docstrings import Part, parts
from ivr.flow.manual.filters import SAMPLES
from ivr.flow.manual.markdown import anchor, listed, table
from ivr.flow.manual.names import MEANINGS, every_name
from ivr.flow.manual.reference import Reference
from ivr.flow.manual.takes import takes
from ivr.flow.manual.turns import TURNS
from ivr.flow.queues import Key
from ivr.flow.refs import LookupRef, PlaceRef, QueueRef, StepRef, WordsRef
from ivr.flow.spoken import filters
from ivr.kit import standard_kit
from ivr.sim.acts import ACTS
from ivr.sim.script import Script


@dataclass(frozen=True)
class Topping:
    """What lies on it."""

    name: str
    """How it is called (R7)."""


@dataclass(frozen=True)
class Cake:
    """A cake.

    apple:
      cake: apple

    Best eaten
    fresh.
    """

    cake: WordsRef
    """What is
    said of it."""
    with_: Annotated[Mapping[str, Value], Field(alias="with")] = field(default_factory=dict)
    """What goes in."""
    toppings: tuple[Topping, ...] = ()
    """What goes on."""
    warm: bool = False
    """Whether it is warm."""


@dataclass(frozen=True)
class LayerCake(Cake):
    """A higher one."""

    layers: int = 2
    """How many there are."""


def test_a_docstring_is_told_apart_into_prose_and_examples() -> None:
    assert parts(Cake.__doc__ or "") == [
        Part("A cake.", False),
        Part("apple:\n  cake: apple", True),
        Part("Best eaten fresh.", False),
    ]


def test_an_example_may_stand_further_in_than_the_prose() -> None:
    assert parts("Head.\n\n        a:\n          say: b\n\n    Tail.")[1] == Part("a:\n  say: b", True)


def test_every_field_is_told_under_its_written_name_with_what_it_takes_and_its_sentence() -> None:
    told = Reference().section(LayerCake, "cakes", 3)
    assert "| `cake` | words | must be there | What is said of it. |" in told
    assert "| `with` | name: value |  | What goes in. |" in told
    assert "| `warm` | `true` or `false` | `false` | Whether it is warm. |" in told
    assert "| `layers` | whole number | `2` | How many there are. |" in told


def test_a_class_inside_is_told_below_and_linked_to() -> None:
    reference = Reference()
    told = reference.linked(reference.section(Cake, "cakes", 3))
    assert "list of [lines](#each-of-toppings-in-cakes)" in told
    assert "#### Each of `toppings:` in cakes" in told
    assert "| `name` | text | must be there | How it is called. |" in told


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (WordsRef, "words"),
        (PlaceRef, "flow or flow.step"),
        (LookupRef | None, "lookup"),
        (Condition, "condition"),
        (bool, "`true` or `false`"),
        (Literal["a", "b", "c"], "`a`, `b` or `c`"),
        (Name, "name"),
        (Key, "key"),
        (Annotated[int, Field(ge=1, le=9)], "whole number, 1 to 9"),
        (Annotated[float, Field(ge=0)], "number, 0 or more"),
        (Annotated[int | None, Field(ge=1, le=64)], "whole number, 1 to 64"),
        (tuple[QueueRef, ...], "list of queues"),
        (tuple[tuple[str, ...], ...], "list of list of texts"),
        (Mapping[str, StepRef], "name: step"),
        (Mapping[Literal["yes", "no"], StepRef], "`yes`, `no`: step"),
        (Mapping[str, str | tuple[str, ...]], "name: text or list of texts"),
        (Mapping[str, Annotated[tuple[str, ...], Field(min_length=1)]], "name: list of texts"),
        (Any, "anything"),
        (Cake, "<Cake>"),
    ],
)
def test_a_type_is_told_in_a_designers_words(hint: Any, said: str) -> None:
    assert takes(hint, lambda cls: f"<{cls.__name__}>") == said


def test_a_class_without_a_sentence_for_a_field_is_no_part_of_the_manual() -> None:
    @dataclass(frozen=True)
    class Mute:
        """Says nothing."""

        what: str

    with pytest.raises(KeyError, match="what"):
        Reference().section(Mute, "mute", 3)


def test_tables_hold_signs_that_markdown_uses() -> None:
    assert table(["a"], [["x | y\nz"]]) == "| a |\n| --- |\n| x \\| y z |"


def test_headings_are_linked_as_renderers_do() -> None:
    assert anchor("Each of `queues:` in queues.yaml") == "each-of-queues-in-queuesyaml"


def test_words_are_listed_as_one_says_them() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a or b", "a, b or c"]


def test_everything_that_exists_is_told_and_nothing_else() -> None:
    spoken = filters("en", "voice", currency="USD", region="US", timezone="UTC")
    assert SAMPLES.keys() == spoken.keys()
    assert TURNS.keys() == ACTS.keys(), "say in ivr/flow/manual/turns.py what a new word means"
    assert SHAPES.keys() == set(KINDS)
    assert MEANINGS.keys() == {name for name, _ in every_name()}


def test_a_kind_that_came_later_is_told_before_the_end_of_the_call() -> None:
    kit = standard_kit()
    say = kit.kinds["say"]
    told = manual(Kit({**kit.kinds, "whisper": say}, kit.connectors, kit.read_hours), Script)
    assert told.index("### whisper") < told.index("### hangup")
