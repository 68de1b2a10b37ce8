"""A flow drawn as a designer knows it: boxes of steps, arrows of ways, one section per flow, as one SVG text.

    svg(Picture("telecom", boxes, arrows))

Boxes and arrows are plain data; nothing here knows a hotline.
"""

from ivr.flow.picture.draw import svg
from ivr.flow.picture.parts import Arrow, Box, Picture

__all__ = ["Arrow", "Box", "Picture", "svg"]
