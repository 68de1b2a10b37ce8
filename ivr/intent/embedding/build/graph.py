"""An encoder as an ONNX graph whose big matrices are whole numbers of eight bits: a quarter of the size and time.

Each row of the words and each column of a layer has its own scale; activations get theirs while it runs. A weight uses
seven of its bits, since older processors add two products in sixteen bits and would overflow with eight.
"""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, checker, helper, numpy_helper

from ivr.intent.embedding.build.encoder import Dense, Encoder, Layer, Scale

OPSET = 20
IR_VERSION = 9
"""Of the file: what onnxruntime 1.17 and later read."""
LARGEST = 63


def graph(encoder: Encoder) -> bytes:
    """Takes `input_ids`, one sentence (1 × pieces), and gives `embedding`, the mean of its pieces (1 × width)."""
    made = _Drawing()
    x = _looked_up(made, encoder)
    for layer in encoder.layers:
        x = _layer(made, x, layer, encoder)
    made.node("ReduceMean", [x, made.constant(np.array([1]))], "embedding", keepdims=0)
    width = encoder.words.shape[1]
    drawn = helper.make_graph(
        made.nodes,
        "embedder",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "pieces"])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, width])],
        made.constants,
    )
    model = helper.make_model(drawn, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    checker.check_model(model)
    written: bytes = model.SerializeToString()
    return written


class _Drawing:
    """Nodes and constants so far; each gets a name of its own."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: NDArray[Any]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str = "", **attributes: Any) -> str:
        name = output or f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def split(self, x: str, parts: int) -> list[str]:
        names = [f"n{len(self.nodes)}.{part}" for part in range(parts)]
        self.nodes.append(helper.make_node("Split", [x], names, axis=-1, num_outputs=parts))
        return names

    def dense(self, x: str, taught: Dense) -> str:
        whole, scale = _whole(taught.weight, axis=0)
        names = [f"n{len(self.nodes)}.{part}" for part in ("whole", "scale", "zero")]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], names))
        zero = self.constant(np.array(0, dtype=np.int8))
        product = self.node("MatMulInteger", [names[0], self.constant(whole), names[2], zero])
        real = self.node("Cast", [product], to=TensorProto.FLOAT)
        scaled = self.node("Mul", [real, self.node("Mul", [names[1], self.constant(scale[0])])])
        return self.node("Add", [scaled, self.constant(taught.bias)])

    def norm(self, x: str, taught: Scale, epsilon: float) -> str:
        inputs = [x, self.constant(taught.weight), self.constant(taught.bias)]
        return self.node("LayerNormalization", inputs, axis=-1, epsilon=epsilon)

    def heads(self, x: str, count: int, order: tuple[int, ...]) -> str:
        apart = self.node("Reshape", [x, self.constant(np.array([0, 0, count, -1]))])
        return self.node("Transpose", [apart], perm=order)


def _whole(weight: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers and the scale of each column (axis 0) or row (axis 1)."""
    most = np.abs(weight).max(axis=axis, keepdims=True)
    scale = (np.where(most > 0, most, 1) / LARGEST).astype(np.float32)
    return np.rint(weight / scale).astype(np.int8), scale


def _looked_up(made: _Drawing, encoder: Encoder) -> str:
    whole, scale = _whole(encoder.words, axis=1)
    words = made.node("Cast", [made.node("Gather", [made.constant(whole), "input_ids"])], to=TensorProto.FLOAT)
    words = made.node("Mul", [words, made.node("Gather", [made.constant(scale), "input_ids"])])
    zero, one, two = (made.constant(np.array([number])) for number in (0, 1, 2))
    length = made.node("Slice", [made.node("Shape", ["input_ids"]), one, two])
    places = made.node("Slice", [made.constant(encoder.places), zero, length, zero])
    return made.norm(made.node("Add", [words, places]), encoder.norm, encoder.epsilon)


def _layer(made: _Drawing, x: str, layer: Layer, encoder: Encoder) -> str:
    heads = encoder.heads
    softer = 1 / sqrt(encoder.words.shape[1] / heads)
    three = (Dense(layer.query.weight * softer, layer.query.bias * softer), layer.key, layer.value)
    joined = Dense(
        np.concatenate([one.weight for one in three], axis=1).astype(np.float32),
        np.concatenate([one.bias for one in three]).astype(np.float32),
    )
    query, key, value = made.split(made.dense(x, joined), 3)
    alike = made.node("MatMul", [made.heads(query, heads, (0, 2, 1, 3)), made.heads(key, heads, (0, 2, 3, 1))])
    seen = made.node("MatMul", [made.node("Softmax", [alike], axis=-1), made.heads(value, heads, (0, 2, 1, 3))])
    together = made.node("Reshape", [made.node("Transpose", [seen], perm=(0, 2, 1, 3)), _flat(made)])
    x = made.norm(made.node("Add", [x, made.dense(together, layer.output)]), layer.output_norm, encoder.epsilon)
    wide = made.node("Gelu", [made.dense(x, layer.wide)])
    return made.norm(made.node("Add", [x, made.dense(wide, layer.narrow)]), layer.narrow_norm, encoder.epsilon)


def _flat(made: _Drawing) -> str:
    return made.constant(np.array([0, 0, -1]))
