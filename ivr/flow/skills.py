"""Skills and their levels, as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Discriminator, Field, Tag

Level = Annotated[int, Field(ge=1, le=10)]
Grade = Annotated[int, Field(ge=1, le=5)]
Skill = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Skills = Annotated[
    Annotated[Mapping[Skill, Level], Tag("levels")] | Annotated[tuple[Skill, ...], Tag("names")],
    # What is written decides which of the two is meant, so that a fault is told once.
    Discriminator(lambda written: "names" if isinstance(written, list | tuple) else "levels"),
]
"""`{lines: 3}`, or `[lines]` where level 1 is enough: the least level, or the level had."""


def levels(skills: Skills) -> dict[str, int]:
    """Skill → level."""
    return dict(skills) if isinstance(skills, Mapping) else dict.fromkeys(skills, 1)
