"""What `ivr serve` says before it serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ivr.cli.main import group, main
from ivr.cli.serve import greeting
from ivr.settings import Settings

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
TWILIO = {"twilio_account": "AC1", "twilio_token": "t", "public_url": "https://hotline.example.com"}


def told(**settings: object) -> str:
    return "\n".join(greeting(Settings(hotlines=(TELECOM,), **settings), ["telecom"]))  # type: ignore[arg-type]


def test_the_first_line_says_what_is_served_and_where() -> None:
    assert told().splitlines()[0] == "ivr serves telecom on http://127.0.0.1:8080   (ctrl-c ends it)"


def test_with_the_local_line_the_next_call_is_a_line_to_copy() -> None:
    assert "ivr call --server http://127.0.0.1:8080 --from" in told(local_line=True)
    assert "ivr call" not in told()


def test_without_a_line_it_says_how_to_call_from_here() -> None:
    assert "start it with --local-line and --phone" in told()
    assert "start it with" not in told(local_line=True)


def test_of_several_hotlines_the_agents_command_names_one() -> None:
    several = greeting(Settings(hotlines=(TELECOM,), local_line=True), ["bakery", "clinic"])
    assert any(line.endswith("--hotline bakery") for line in several)
    assert "--hotline" not in told(local_line=True)


def test_with_the_phone_the_page_to_open_is_told() -> None:
    assert "http://127.0.0.1:8080/phone" in told(phone=True)
    assert "/phone" not in told()


def test_from_another_machine_the_phone_wants_https() -> None:
    assert "https pages only" in told(phone=True, host="0.0.0.0")
    assert "https pages only" not in told(phone=True)


@pytest.mark.parametrize(("host", "here"), [("0.0.0.0", "http://127.0.0.1:9"), ("::", "http://[::1]:9")])
def test_who_listens_everywhere_is_told_an_address_that_can_be_asked(host: str, here: str) -> None:
    assert f"{here}/readyz" in told(host=host, port=9)


def test_without_a_token_it_says_how_to_switch_twilio_on() -> None:
    assert "Twilio is off. To switch it on, set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" in told()


def test_with_a_token_it_says_what_to_set_on_the_number() -> None:
    lines = told(**TWILIO)
    assert "POST https://hotline.example.com/twilio/voice" in lines
    assert "POST https://hotline.example.com/twilio/fallback" in lines
    assert "POST https://hotline.example.com/twilio/status#rc=5&rp=all" in lines
    assert "without it" not in lines


@pytest.mark.parametrize(
    ("missing", "why"), [("public_url", "every signature is refused"), ("twilio_account", "no agent is rung")]
)
def test_half_of_twilios_settings_are_told_to_be_half(missing: str, why: str) -> None:
    assert why in told(**{name: value for name, value in TWILIO.items() if name != missing})


def test_insecure_is_said_loudly() -> None:
    assert "!! --insecure: unsigned carrier requests from this machine are taken." in told(insecure=True)
    assert "insecure" not in told()


def test_no_secret_is_said() -> None:
    assert "hush-hush" not in told(**TWILIO | {"twilio_token": "hush-hush"}, redis_url="redis://:hush-hush@h")


def test_help_says_every_option_in_a_sentence() -> None:
    shown = " ".join(CliRunner().invoke(group, ["serve", "--help"]).output.split())
    for sentence in Settings.sentences().values():
        if "carrier webhooks" in sentence or "listen on" in sentence:
            assert " ".join(sentence.split()) in shown


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "holds no hotline.yaml"),
        ([str(TELECOM), "--port", "0"], "is not a port from 1 to 65535; for example --port 8080"),
        ([str(TELECOM), "--workers", "0"], "is not a number of processes"),
        ([str(TELECOM), "--host", "here"], "is not an IP address to listen on"),
        ([str(TELECOM), "--public-url", "ftp://x"], "is not an address that begins with https://"),
        ([str(TELECOM), "--database", "oracle://x"], "is not the address of a SQLite or PostgreSQL database"),
        ([str(TELECOM), "--redis", "http://x"], "is not a redis://"),
    ],
    ids=lambda value: str(value[-1]) if isinstance(value, list) else "",
)
def test_a_bad_option_is_told_in_a_sentence(
    arguments: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["ivr", "serve", *arguments])
    with pytest.raises(SystemExit, match="1"):
        main()
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.splitlines()) == 1
