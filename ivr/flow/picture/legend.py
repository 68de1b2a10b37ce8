"""What the lines mean, in one row under the picture. Boxes need none: each says its kind."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from ivr.flow.picture.ink import element, text_line
from ivr.flow.picture.lines import draw_line

LEGEND_WIDTH, LEGEND_HEIGHT = 680.0, 24.0


def draw_legend(parent: ET.Element) -> None:
    """Onward, back, and a tag."""
    draw_line(parent, [(0.0, 12.0), (40.0, 12.0)], False, "goes on")
    text_line(parent, "goes on", 50, 16, "note")
    draw_line(parent, [(130.0, 12.0), (170.0, 12.0)], True, "goes back to an earlier step")
    text_line(parent, "goes back to an earlier step", 180, 16, "note")
    element(parent, "path", {"class": "tag", "d": "M380 2 H402 L410 12 L402 22 H380 Z"})
    text_line(parent, "goes on at the step or flow it names", 420, 16, "note")
