"""How well and how fast intents are understood: `python bench/intent.py DATA [--quick]`.

DATA (or the environment's IVR_INTENT_DATA) is a folder with two public sets, which are not part of this project:
- `clinc150/`: CLINC150 (Larson et al. 2019, CC-BY-3.0), published on GitHub as clinc/oos-eval;
- `banking77/`: Banking77 (Casanueva et al. 2020, CC-BY-4.0), published on GitHub as PolyAI-LDN/task-specific-datasets.
Each as CSV with the columns `text,intent`: `train.csv`, `test.csv`, and for CLINC150 `oos_test.csv`, whose rows belong
to no intent. Test rows are for figures only; what is tuned is tuned on the train and valid rows.

`--quick` leaves the full training sets out (they take minutes each) and draws a thousand test rows. Words alone and
words with meaning are measured in one run on the same rows; `pip install 'ivr[meaning]'` brings what the second wants,
and its models are made in a folder of the machine's temporary ones.
Beside each figure stands the one to reach: prototypes of the same kind.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivr.call.events import MeaningFound
from ivr.ears import Choosing, by_meaning
from ivr.intent.embedding.embedder import Embedder
from ivr.intent.embedding.packaged import MINILM, make
from ivr.intent.model import Embedders
from ivr.intent.recogniser import OUT_OF_SCOPE, Recogniser

Row = tuple[str, str]
WORDS, MEANING = "words", "meaning"
TO_REACH = {
    (WORDS, "banking77"): {None: 91.8, 10: 75.1, 5: 66.7},
    (WORDS, "clinc150"): {None: 93.0, 10: 83.3, 5: 77.0},
    (MEANING, "banking77"): {None: 94.4, 10: 86.8, 5: 82.1},
    (MEANING, "clinc150"): {None: 96.0, 10: 91.9, 5: 88.9},
}
QUICK_ROWS = 1000
SURE, CONFIRM = 0.7, 0.35


@dataclass(frozen=True)
class Answers:
    """What came of a set of sentences."""

    right: np.ndarray
    """Whether the first guess was right, refused or not."""
    confidence: np.ndarray
    refused: np.ndarray
    ms: np.ndarray

    @classmethod
    def of(cls, recogniser: Recogniser, rows: Iterable[Row]) -> Answers:
        right, confidence, refused, ms = [], [], [], []
        for text, intent in rows:
            start = time.perf_counter()
            found = recogniser.understand(text, "en")
            ms.append(1000 * (time.perf_counter() - start))
            guess, sure = first_guess(found)
            right.append(guess == intent)
            confidence.append(sure)
            refused.append(found.intent is None)
        return cls(np.array(right), np.array(confidence), np.array(refused), np.array(ms))


def first_guess(found: MeaningFound) -> tuple[str | None, float]:
    return (found.intent, found.confidence) if found.intent else found.others[0] if found.others else (None, 0.0)


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["intent"]) for row in csv.DictReader(file)]


def few(train: Sequence[Row], each: int | None, seed: int) -> Mapping[str, Sequence[str]]:
    """`each` examples per intent, drawn by `seed`; None for all."""
    chance = random.Random(seed)
    per_intent: dict[str, list[str]] = {}
    for text, intent in train:
        per_intent.setdefault(intent, []).append(text)
    return {
        intent: texts if each is None else chance.sample(texts, min(each, len(texts)))
        for intent, texts in sorted(per_intent.items())
    }


def models() -> Path:
    """Where the benches keep models of meanings; made when first asked for."""
    folder = Path(tempfile.gettempdir()) / "ivr-bench-models"
    if MINILM.found() and not (folder / MINILM.name).exists():
        make(MINILM, folder)
    return folder


def kinds() -> Mapping[str, Choosing]:
    """What is compared: words, and words with meaning where a model for that is here."""
    meaning = by_meaning(models())
    nobody: Choosing = by_meaning(None)
    return {WORDS: nobody, MEANING: meaning} if meaning("en") else {WORDS: nobody}


class Remembered:
    """Test rows come again with each draw of examples; what they mean does not change."""

    def __init__(self, inner: Embedder) -> None:
        self.inner = inner
        self.points: dict[str, np.ndarray] = {}

    @property
    def name(self) -> str:
        return self.inner.name

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        for text in texts:
            if text not in self.points:
                self.points[text] = self.inner.embed([text])[0]
        return np.array([self.points[text] for text in texts])


def remembering(how: Choosing) -> Choosing:
    embedders = how("en")
    if embedders is None:
        return how
    both = Remembered(embedders.callers)
    found = Embedders(both, both)
    return lambda tongue: found


def trained(examples: Mapping[str, Sequence[str]], kind: Choosing) -> tuple[Recogniser, float]:
    """And the seconds it took; every draw is another, so none is remembered from before."""
    start = time.perf_counter()
    recogniser = Recogniser.train({"en": examples}, embedders=kind)
    return recogniser, time.perf_counter() - start


def auroc(ours: np.ndarray, strange: np.ndarray) -> float:
    """How often a sentence of ours has the higher confidence than a strange one."""
    order = np.sort(strange)
    below = np.searchsorted(order, ours, "left") + np.searchsorted(order, ours, "right")
    return float(below.mean() / (2 * len(strange)))


def bands(answers: Answers) -> str:
    """Share and rightness of the sure answers, those to confirm, and the rest."""
    told = []
    for name, low, high in (("sure", SURE, 2.0), ("confirm", CONFIRM, SURE), ("unclear", -1.0, CONFIRM)):
        inside = (answers.confidence >= low) & (answers.confidence < high)
        right = f"{answers.right[inside].mean():.1%} right" if inside.any() else "-"
        told.append(f"{name} {inside.mean():.1%} ({right})")
    return ", ".join(told)


def accuracy(data: Path, quick: bool) -> None:
    compared = {kind: remembering(how) for kind, how in kinds().items()}
    print(f"First guess, in scope. sure is {SURE}, confirm {CONFIRM}, out of scope below {OUT_OF_SCOPE}.")
    for name in ("banking77", "clinc150"):
        train, test = rows(data / name / "train.csv"), rows(data / name / "test.csv")
        strangers = rows(data / name / "oos_test.csv") if name == "clinc150" else []
        if quick:
            test = random.Random(0).sample(test, QUICK_ROWS)
        for each in (5, 10) if quick else (5, 10, None):
            right = {}
            for kind, how in compared.items():
                found, strange, seconds = [], [], []
                for seed in range(1 if each is None else 3):
                    recogniser, took = trained(few(train, each, seed), how)
                    seconds.append(took)
                    found.append(Answers.of(recogniser, test))
                    strange.append(Answers.of(recogniser, strangers))
                right[kind] = 100 * statistics.mean(float(one.right.mean()) for one in found)
                print(
                    f"{name:9} {each or 'full':>4} each, {kind:7}: {right[kind]:.1f} % right (to reach "
                    f"{TO_REACH[kind, name][each]}), {bands(found[0])}; learnt in {statistics.median(seconds):.1f} s",
                    flush=True,
                )
                if strangers:
                    out_of_scope(found, strange)
            if MEANING in right:
                ratio = (100 - right[MEANING]) / (100 - right[WORDS])
                print(f"          wrong with meaning / wrong by words: {ratio:.2f}")


def out_of_scope(found: Sequence[Answers], strange: Sequence[Answers]) -> None:
    score = statistics.mean(auroc(a.confidence, b.confidence) for a, b in zip(found, strange, strict=True))
    refused = statistics.mean(float(b.refused.mean()) for b in strange)
    kept = statistics.mean(float((a.right & ~a.refused).mean()) for a in found)
    unclear = statistics.mean(float((b.confidence < CONFIRM).mean()) for b in strange)
    sure = statistics.mean(float((b.confidence >= SURE).mean()) for b in strange)
    print(
        f"          strangers: AUROC {score:.3f}; {refused:.1%} refused with {kept:.1%} of ours kept and right; "
        f"{unclear:.1%} below {CONFIRM}, {sure:.1%} taken for sure"
    )
    _, refused, kept, threshold = balanced(found[0], strange[0])
    print(f"          at the best single threshold, {threshold:.2f}: {refused:.1%} refused, {kept:.1%} kept and right")


def balanced(ours: Answers, strange: Answers) -> tuple[float, float, float, float]:
    """Mean, strangers refused, ours kept and right, and the threshold that makes their mean the greatest."""
    tried = []
    for threshold in np.arange(0.05, 1.0, 0.01):
        refused = float((strange.confidence < threshold).mean())
        kept = float((ours.right & (ours.confidence >= threshold)).mean())
        tried.append(((refused + kept) / 2, refused, kept, float(threshold)))
    return max(tried)


def hotline(data: Path) -> None:
    """Twenty intents of fifteen examples: what a hotline has."""
    train, test = rows(data / "clinc150" / "train.csv"), rows(data / "clinc150" / "test.csv")
    intents = sorted({intent for _, intent in train})
    for kind, how in kinds().items():
        seconds, found, again = [], [], []
        for seed in range(4):
            chosen = set(random.Random(seed).sample(intents, 20))
            examples = few([row for row in train if row[1] in chosen], 15, seed)
            recogniser, took = trained(examples, how)
            seconds.append(took)
            again.append(trained({**examples, "one more": ["something quite different"]}, how)[1])
            found.append(Answers.of(recogniser, [row for row in test if row[1] in chosen]))
        ms = np.concatenate([one.ms for one in found])
        right = statistics.mean(float(one.right.mean()) for one in found)
        print(f"A hotline of 20 intents with 15 examples each, {kind}: {right:.1%} right, {bands(found[0])}")
        print(f"          learnt in {1000 * max(seconds):.0f} ms, with one intent more in {1000 * max(again):.0f} ms")
        print(f"          understood in {np.median(ms):.2f} ms, 99th percentile {np.percentile(ms, 99):.2f} ms")
        start = time.process_time()
        for _ in range(20):
            recogniser.understand("what is the balance of my other account " * 250, "en")
        print(f"          10,000 characters in {50 * (time.process_time() - start):.1f} ms of CPU")


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("data", nargs="?", default=os.environ.get("IVR_INTENT_DATA"), type=Path)
    told.add_argument("--quick", action="store_true")
    asked = told.parse_args()
    if asked.data is None or not (Path(asked.data) / "clinc150" / "train.csv").exists():
        sys.exit(f"No intent data at {asked.data}. {(__doc__ or '').split('`--quick`')[0]}")
    start = time.perf_counter()
    import sklearn.svm  # noqa: F401  (timed here, so that it is in no figure below)

    print(f"scikit-learn imported in {time.perf_counter() - start:.1f} s, once a process")
    hotline(Path(asked.data))
    accuracy(Path(asked.data), asked.quick)


if __name__ == "__main__":
    main()
