"""Lettering, outlines, the plan of lines and the places of labels."""

from __future__ import annotations

import pytest

from ivr.flow.picture.labels import Room, around, place_labels
from ivr.flow.picture.lettering import width, wrap
from ivr.flow.picture.lines import label_lines, label_size
from ivr.flow.picture.outlines import OUTLINES, touch
from ivr.flow.picture.parts import Arrow, Box
from ivr.flow.picture.plan import MOST_LINES, plan
from ivr.flow.picture.section import lay_out


def test_chinese_signs_are_twice_as_wide_as_thin_ones() -> None:
    assert width("请按一", 10) == 30
    assert width("iii", 10) < width("请按一", 10) / 2


def test_combining_marks_take_no_room() -> None:
    assert width("e\u0301", 10) == width("e", 10)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("look_up_balance", ["look_up_", "balance"]),
        ("请按一查询余额。再见", ["请按一查", "询余额。", "再见"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("  a \n b  ", ["a b"]),
        ("", []),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, lines: list[str]) -> None:
    assert wrap(text, 10, 48, 4) == lines


def test_what_does_not_fit_ends_with_an_ellipsis_that_does() -> None:
    lines = wrap("one two three four five six", 10, 48, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(width(line, 10) <= 48 for line in lines)


@pytest.mark.parametrize("name", OUTLINES)
def test_outlines_stay_in_their_rectangle_and_lines_reach_them(name: str) -> None:
    outline = OUTLINES[name](120, 60)
    assert all(-0.01 <= x <= 120.01 and -0.01 <= y <= 60.01 for x, y in outline.corners)
    for before, port in [((60, -30), (60, 0)), ((30, 90), (30, 60)), ((-30, 20), (0, 20)), ((150, 40), (120, 40))]:
        x, y = touch(outline, before, port)
        assert abs(x - port[0]) + abs(y - port[1]) <= 15
        assert -0.01 <= x <= 120.01
        assert -0.01 <= y <= 60.01


def test_the_line_over_a_slant_goes_on_to_the_slant() -> None:
    assert touch(OUTLINES["slanted"](120, 60), (6, -20), (6, 0)) == pytest.approx((6, 30))


def steps(names: str) -> list[Box]:
    return [Box(name, "say", name, start=name == names[0]) for name in names]


def ways(written: str) -> list[Arrow]:
    return [Arrow(way[0], way[1], way) for way in written.split()]


def test_back_is_where_a_call_has_been_not_where_it_is_written() -> None:
    lines = plan(steps("abcd"), ways("ac ab cb bd dc bb"))
    assert {line.source + line.target for line in lines if line.back} == {"dc"}


def test_ten_thousand_steps_in_a_row_are_no_trouble() -> None:
    boxes = [Box(str(i), "say", str(i)) for i in range(10_000)]
    arrows = [Arrow(str(i), str((i + 1) % 10_000)) for i in range(10_000)]
    assert [line.source for line in plan(boxes, arrows) if line.back] == ["9999"]


def test_tags_begin_where_lines_would_crowd() -> None:
    few = "".join(chr(ord("b") + i) for i in range(MOST_LINES))
    lines = plan(steps("a" + few + "z"), ways(" ".join(f"a{s} {s}z" for s in few)))
    assert not [line for line in lines if line.tag]
    lines = plan(steps("a" + few + "yz"), ways(" ".join(f"a{s} {s}z" for s in few + "y")))
    assert len([line for line in lines if line.tag]) == MOST_LINES


def test_a_label_stands_on_its_line_near_its_start() -> None:
    (middle,) = place_labels([], [[(0, 0), (0, 200)]], [(40, 16)], [None])
    assert middle is not None
    assert middle[0] == 0
    assert middle[1] < 40


def test_a_label_keeps_off_boxes_other_lines_and_other_labels() -> None:
    box = Room(-50, 0, 50, 60)
    routes = [[(0, 60), (0, 300)], [(20, 60), (20, 120), (200, 120), (200, 300)]]
    first, second = place_labels([box], routes, [(60, 16), (60, 16)], [None, None])
    assert first is not None
    assert second is not None
    assert not around(first, (60, 16)).meets(around(second, (60, 16)))
    assert not around(first, (60, 16)).meets(box)
    assert not around(second, (60, 16)).meets(Room(-1, 60, 1, 300))


def test_a_label_moves_aside_on_its_line_before_it_leaves_it() -> None:
    (middle,) = place_labels([Room(-60, 0, -15, 100)], [[(0, 0), (0, 100)]], [(40, 16)], [(200, 50)])
    assert middle is not None
    assert around(middle, (40, 16)).holds((0, middle[1]))
    assert middle[0] > 0


def test_a_long_label_has_two_lines_where_few_ways_share_the_line() -> None:
    condition = "caller.complaints and caller.complaints > 0"
    assert label_lines([condition]) == ["caller.complaints and", "caller.complaints > 0"]
    assert label_lines([condition, "b", "c", "d"])[0] == "caller.complaints and…"
    assert label_lines([str(i) for i in range(9)])[-1] == "… 4 more"


def test_a_label_with_no_free_place_stands_where_room_was_kept() -> None:
    walls = [Room(-30, 0, -2, 100), Room(2, 0, 30, 100)]
    assert place_labels(walls, [[(0, 0), (0, 100)]], [(40, 16)], [(80, 50)]) == [(80, 50)]


def test_no_label_of_a_large_flow_covers_a_box_or_another_label() -> None:
    boxes = [Box(f"s{i}", "ask", f"step_{i}", "x " * (i % 30), start=i == 0) for i in range(90)]
    arrows = [Arrow(f"s{(i - 1) // 3}", f"s{i}", f"way number {i % 5}") for i in range(1, 90)]
    arrows += [Arrow(f"s{i}", f"s{i // 9}", "again") for i in range(5, 90, 7)]
    arrows += [Arrow(f"s{i}", f"s{i + 11}", "on") for i in range(3, 70, 6)]
    section = lay_out("", boxes, arrows, {box.id: box for box in boxes})
    sizes = [label_size(label_lines(line.labels)) for line in section.lines]
    labels = [around(middle, size) for middle, size in zip(section.labels, sizes, strict=True) if middle]
    rooms = [
        Room(x, y, x + box.width, y + box.height)
        for (x, y), box in zip(section.placed.corners, section.boxes, strict=False)
    ]
    assert len(labels) == len(section.lines)
    assert not [one for one in labels for room in rooms if one.meets(room)]
    assert not [one for number, one in enumerate(labels) for other in labels[number + 1 :] if one.meets(other)]
