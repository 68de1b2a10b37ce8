"""Settings come from options, else the environment, else defaults; a bad value is told with a good one beside it."""

from dataclasses import fields
from pathlib import Path

import pytest

from ivr.errors import SettingsError
from ivr.settings import SOURCES, Settings


def test_an_option_wins_over_the_environment_and_that_over_the_default() -> None:
    env = {"IVR_PORT": "9000", "IVR_HOST": "0.0.0.0"}
    settings = Settings.read({"port": "9001", "host": None}, env)
    assert (settings.port, settings.host, settings.workers) == (9001, "0.0.0.0", 1)


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.read({}, {"REDIS_URL": "", "TWILIO_AUTH_TOKEN": ""}) == Settings.read({}, {})


def test_every_field_has_a_sentence_and_a_source() -> None:
    names = [field.name for field in fields(Settings)]
    assert list(Settings.sentences()) == names
    assert list(SOURCES) == names
    assert all(sentence.endswith(".") for sentence in Settings.sentences().values())


def test_secrets_are_not_in_repr() -> None:
    settings = Settings.read(
        {"redis_url": "redis://:hush@h/0", "database_url": "postgresql://u:hush@h/d"}, {"TWILIO_AUTH_TOKEN": "hush"}
    )
    assert "hush" not in repr(settings)


def test_a_worker_gets_what_its_parent_read(tmp_path: Path) -> None:
    (tmp_path / "hotline.yaml").touch()
    settings = Settings.read({"hotlines": (tmp_path,), "local_line": True}, {"TWILIO_AUTH_TOKEN": "t0ken"})
    assert Settings.from_env(settings.to_env()) == settings


def test_a_worker_started_by_hand_is_told_so() -> None:
    with pytest.raises(SettingsError, match="ivr serve"):
        Settings.from_env({})


def test_records_go_below_the_data_directory_unless_told_otherwise(tmp_path: Path) -> None:
    assert Settings.read({"data": tmp_path}, {}).records_url == f"sqlite:///{tmp_path}/records.db"
    assert Settings.read({}, {"DATABASE_URL": "postgresql://h/d"}).records_url == "postgresql://h/d"


@pytest.mark.parametrize(
    ("options", "env", "told"),
    [
        ({"port": "99999"}, {}, "--port 99999 is not a port from 1 to 65535; for example --port 8080"),
        ({}, {"IVR_PORT": "http"}, "IVR_PORT=http is not a port from 1 to 65535; for example IVR_PORT=8080"),
        ({}, {"IVR_WORKERS": "0"}, "is not a number of processes from 1 to 64"),
        ({}, {"IVR_WORKERS": "²"}, "is not a number of processes from 1 to 64"),
        ({"host": "hotline"}, {}, "is not an IP address to listen on; for example --host 127.0.0.1"),
        ({"hotlines": ("nowhere",)}, {}, "holds no hotline.yaml; for example HOTLINE flows/telecom"),
        ({"public_url": "example.com"}, {}, "begins with https://"),
        ({"public_url": "https://[::1"}, {}, "begins with https://"),
        ({"public_url": "https://a.example:port"}, {}, "begins with https://"),
        ({"public_url": "https://a_b.example.com"}, {}, "underscore"),
        ({"redis_url": "http://h"}, {}, "cluster:// address; for example --redis redis://127.0.0.1:6379/0"),
        ({"database_url": "records.db"}, {}, "is not the address of a SQLite or PostgreSQL database"),
        ({"data": __file__}, {}, "is a file, not a directory; for example --data .ivr"),
        ({}, {"TWILIO_ACCOUNT_SID": "SK12"}, "begins with AC"),
        ({}, {"IVR_LOG_LEVEL": "loud"}, "is not a log level; for example IVR_LOG_LEVEL=INFO"),
    ],
)
def test_a_bad_value_is_named_with_a_good_one(options: dict[str, object], env: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError) as error:
        Settings.read(options, env)
    assert told in str(error.value)


@pytest.mark.parametrize("env", [{"TWILIO_AUTH_TOKEN": "hush hush"}, {"REDIS_URL": "http://:hush@h"}])
def test_a_bad_secret_is_named_without_being_shown(env: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as error:
        Settings.read({}, env)
    assert "hush" not in str(error.value)
