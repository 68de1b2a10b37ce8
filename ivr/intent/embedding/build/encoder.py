"""The weights of a BERT encoder, whoever wrote them down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Dense:
    """`x @ weight + bias`."""

    weight: Floats
    """Inputs by outputs."""
    bias: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """What follows a layer's norm."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Layer:
    query: Dense
    key: Dense
    value: Dense
    output: Dense
    output_norm: Scale
    wide: Dense
    narrow: Dense
    narrow_norm: Scale


@dataclass(frozen=True, slots=True)
class Encoder:
    """Everything between the numbers of the pieces and their hidden states."""

    words: Floats
    """Pieces by width."""
    places: Floats
    """The longest sentence, in pieces, by width; what all pieces share (BERT's token type 0) is added in already."""
    norm: Scale
    layers: tuple[Layer, ...]
    heads: int
    epsilon: float
