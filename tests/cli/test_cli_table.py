"""Plain tables."""

from __future__ import annotations

from ivr.cli.table import table

HEADINGS = ("agent", "phone", "queues")
ROWS = [("amy", "+12025550111", "complaints general newcomers"), ("王芳", "client:wang", "vip")]


def test_nothing_is_cut_and_columns_stand_under_each_other() -> None:
    assert table(HEADINGS, ROWS).splitlines() == [
        "agent  phone         queues",
        "amy    +12025550111  complaints general newcomers",
        "王芳   client:wang   vip",
    ]


def test_on_a_narrow_terminal_the_last_cell_is_wrapped() -> None:
    assert table(HEADINGS, ROWS, 42).splitlines() == [
        "agent  phone         queues",
        "amy    +12025550111  complaints general",
        "                     newcomers",
        "王芳   client:wang   vip",
    ]


def test_a_terminal_too_narrow_for_that_gets_a_block_for_each_row() -> None:
    assert table(HEADINGS, [*ROWS, ("ben", "", "")], 20).splitlines() == [
        "amy",
        "  phone:",
        "    +12025550111",
        "  queues: complaints",
        "    general",
        "    newcomers",
        "",
        "王芳",
        "  phone: client:wang",
        "  queues: vip",
        "",
        "ben",
    ]


def test_a_short_last_column_needs_little_room() -> None:
    assert table(("agent", "calls"), [("amy", "3")], 12).splitlines() == ["agent  calls", "amy    3"]


def test_no_letter_moves_the_terminals_cursor() -> None:
    assert "\x1b" not in table(HEADINGS, [("amy", "\x1b[2J", "a\nb")])
