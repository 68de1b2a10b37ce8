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


def test_a_terminal_too_narrow_for_that_gets_whole_lines() -> None:
    assert table(HEADINGS, ROWS, 20) == table(HEADINGS, ROWS)


def test_no_letter_moves_the_terminals_cursor() -> None:
    assert "\x1b" not in table(HEADINGS, [("amy", "\x1b[2J", "a\nb")])
