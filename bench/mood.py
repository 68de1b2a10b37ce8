"""How surely upset callers are told from calm ones: `python bench/mood.py [SENTENCES] [--data DATA]`.

SENTENCES is a YAML file, `bench/moods.yaml` where left out: language → `upset` and `calm` → sentences that nothing was
tuned on. DATA is the folder of public sets of bench/intent.py; their rows are nearly all calm, so what is taken for
upset there is printed for a reader to judge. By phrases alone and with a model of meanings, in one run.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import yaml

from ivr.ears import Choosing, by_meaning, train_moods
from ivr.flow.load import load
from ivr.intent.embedding.packaged import E5, MINILM, make
from ivr.intent.mood import Moods
from ivr.kit import standard_kit

HERE = Path(__file__).parent
SHOWN = 12


def main(arguments: Sequence[str]) -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("sentences", nargs="?", type=Path, default=HERE / "moods.yaml")
    asked.add_argument("--data", type=Path)
    given = asked.parse_args(arguments)
    sets = yaml.safe_load(given.sentences.read_text(encoding="utf-8"))
    models = Path(tempfile.gettempdir()) / "ivr-mood-models"
    for model in (MINILM, E5):
        make(model, models)
    ways: dict[str, Choosing] = {"phrases": lambda tongue: None, "with meaning": by_meaning(models)}
    hotlines = {"en": "flows/telecom", "zh": "flows/telecom", "ko": "tests/hotlines/sangdam"}
    for language, said in sets.items():
        for way, meanings in ways.items():
            hotline = load(HERE.parent / hotlines[language], standard_kit())
            moods = train_moods(hotline, meanings)
            found, ms = _share(moods, said["upset"], language)
            false, _ = _share(moods, said["calm"], language)
            print(
                f"{language} {way:12} told {found}/{len(said['upset'])} upset,"
                f" {false}/{len(said['calm'])} calm wrongly, {ms:.1f} CPU ms a sentence"
            )
            if given.data and language == "en":
                for name in ("banking77", "clinc150"):
                    _strangers(moods, given.data / name / "test.csv", name)


def _share(moods: Moods, sentences: Sequence[str], language: str) -> tuple[int, float]:
    before = time.process_time()
    told = sum(moods.of(said, language) == "upset" for said in sentences)
    return told, (time.process_time() - before) * 1000 / len(sentences)


def _strangers(moods: Moods, file: Path, name: str) -> None:
    with file.open(encoding="utf-8", newline="") as rows:
        texts = [row["text"] for row in csv.DictReader(rows)]
    told = [text for text in texts if moods.of(text, "en")]
    print(f"   {name}: {len(told)} of {len(texts)} taken for upset, such as")
    for text in told[:: max(1, len(told) // SHOWN)][:SHOWN]:
        print(f"      {text}")


if __name__ == "__main__":
    main(sys.argv[1:])
