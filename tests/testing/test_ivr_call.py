"""`ivr call`: a call in the terminal, and the same call saved as a script that passes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_shop import write_shop

from ivr.cli.call import command, readable
from ivr.cli.test import command as play_command
from ivr.sim.script import read_script


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """It is always open, and bears a machine that stands still: these calls are made by the clock on the wall."""
    folder = write_shop(tmp_path / "shop")
    opens(folder, 'open: {daily: "00:00-24:00"}')
    with (folder / "hotline.yaml").open("a") as file:
        file.write("limits: {turn_s: 8}\n")
    return folder


def opens(shop: Path, written: str) -> None:
    file = shop / "hotline.yaml"
    file.write_text(re.sub("(?m)^hours: .*$", f"hours: {{{written}}}", file.read_text()))


def ivr_call(shop: Path, typed: str, *more: str) -> Result:
    return CliRunner().invoke(command, [str(shop), *more], input=typed)


def test_keys_words_and_hanging_up(shop: Path) -> None:
    result = ivr_call(shop, "1\n?\nshoes\nbye\n", "--from", "+12025550101")
    assert result.exit_code == 0, result.output
    assert "calling from +1 202-555-0101" in result.output
    assert result.output.count("We have 12 pairs.") == 2
    assert "press keys" in result.output
    assert "you hung up" in result.output


def test_mumbled_words_are_asked_about_and_saved_as_such(shop: Path, tmp_path: Path) -> None:
    saved = tmp_path / "call.yaml"
    result = ivr_call(shop, "~shoes\nyes\n~\nbye\n", "--save", str(saved))
    assert "Did you mean shoes?" in result.output
    assert [turn["mumbles"] for turn in read_script(saved).turns if "mumbles" in turn] == ["shoes", ""]


def test_callers_to_try_are_listed_unless_one_is_named(shop: Path) -> None:
    with (shop / "hotline.yaml").open("a") as file:
        file.write("try_as: {'+12025550107': 'Fay, whose line is down'}\n")
    assert "  +12025550107  Fay, whose line is down\n" in ivr_call(shop, "bye\n").output
    assert "Fay" not in ivr_call(shop, "bye\n", "--from", "+12025550101").output


def test_silence_is_an_empty_line_and_the_end_of_input_hangs_up(shop: Path) -> None:
    result = ivr_call(shop, "\n")
    assert "Sorry, I did not hear anything." in result.output
    assert result.output.rstrip().endswith("you hung up")


def test_text_messages_are_shown(shop: Path) -> None:
    result = ivr_call(shop, "2\n4711\n", "--from", "+12025550101")
    assert "text message to +12025550101: shop.example/shoes" in result.output
    assert "the call is over" in result.output


def test_words_where_only_keys_are_heard_are_told_so(shop: Path) -> None:
    result = ivr_call(shop, "2\nfour seven\n4711\n")
    assert "(only keys are heard here)" in result.output


@pytest.mark.parametrize(
    "typed",
    ["1\nbye\n", "shoes\n\n\n", "2\n4711\n", "0\n\nbye\n", "", "nonsense\n1\n", "0\n1\nplease call me back\n"],
    ids=["hangs up", "silence", "to the end", "in line", "at once", "misunderstood", "a message"],
)
def test_a_saved_call_is_a_script_that_passes(shop: Path, typed: str) -> None:
    saved = shop / "calls" / "saved.yaml"
    result = ivr_call(shop, typed, "--from", "+12025550101", "--save", str(saved))
    assert f"written to {saved}" in result.output
    script = read_script(saved)
    assert script.from_ == "+12025550101"
    played = CliRunner().invoke(play_command, [str(saved)])
    assert played.exit_code == 0, f"{saved.read_text()}\n{played.output}"


def test_a_call_saved_on_a_holiday_is_played_on_it(shop: Path) -> None:
    saved, today = shop / "calls" / "saved.yaml", datetime.now(UTC).date()
    days = ", ".join(str(today + timedelta(days=n)) for n in (-1, 0, 1))
    opens(shop, f'open: {{daily: "00:00-24:00"}}, closed: [{days}]')
    assert "Speak after the tone." in ivr_call(shop, "0\nplease call me back\n", "--save", str(saved)).output
    played = CliRunner().invoke(play_command, [str(saved)])
    assert played.exit_code == 0, f"{saved.read_text()}\n{played.output}"


def test_a_secret_stands_in_no_saved_call(shop: Path) -> None:
    saved = shop / "calls" / "saved.yaml"
    ivr_call(shop, "2\n4711\n", "--save", str(saved))
    assert "4711" not in saved.read_text()


def test_a_hotline_or_a_server_must_be_named(shop: Path) -> None:
    assert CliRunner().invoke(command, []).exit_code == 2
    both = CliRunner().invoke(command, [str(shop), "--server", "http://127.0.0.1:1"])
    assert both.exit_code == 2
    assert "name a hotline's folder, or --server" in both.output


@pytest.mark.parametrize(
    ("caller", "shown"), [("+12025550101", "+1 202-555-0101"), ("anonymous", "anonymous"), ("client:bob", "client:bob")]
)
def test_any_string_may_call(caller: str, shown: str) -> None:
    assert readable(caller) == shown
