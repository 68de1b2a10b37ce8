"""A call that began on one version of a hotline finds its files again."""

import pytest
import redis

from ivr.runtime.ports import Versions
from ivr.store import keys
from ivr.store.versions import RedisVersions

pytestmark = pytest.mark.redis

FILES = {"hotline.yaml": b"name: telecom\n", "words/zh.yaml": "欢迎: 欢迎致电\n".encode(), "empty.yaml": b""}
DAY_S = 24 * 3600


def test_the_files_come_back_byte_for_byte(client: redis.Redis) -> None:
    versions: Versions = RedisVersions(client)
    versions.keep("telecom", "v1", FILES)
    versions.keep("telecom", "v2", {"hotline.yaml": b"other"})
    assert versions.files("telecom", "v1") == FILES
    assert versions.files("telecom", "v2") == {"hotline.yaml": b"other"}


def test_a_version_nobody_kept_is_none(client: redis.Redis) -> None:
    versions = RedisVersions(client)
    versions.keep("telecom", "v1", FILES)
    assert versions.files("telecom", "v9") is None
    assert versions.files("bank", "v1") is None


def test_a_version_lives_for_more_than_a_day_after_its_last_use(client: redis.Redis) -> None:
    versions = RedisVersions(client)
    versions.keep("telecom", "v1", FILES)
    key = keys.version("telecom", "v1")
    client.expire(key, 60)
    versions.files("telecom", "v1")
    assert client.ttl(key) > DAY_S
    client.expire(key, 60)
    versions.keep("telecom", "v1", FILES)
    assert client.ttl(key) > DAY_S


def test_files_are_packed(client: redis.Redis) -> None:
    RedisVersions(client).keep("telecom", "v1", {"main.yaml": b"say: welcome\n" * 5000})
    assert client.strlen(keys.version("telecom", "v1")) < 2000


def test_the_version_kept_last_is_the_one_served(client: redis.Redis) -> None:
    versions = RedisVersions(client)
    assert versions.served("telecom") is None
    versions.keep("telecom", "v1", FILES)
    versions.keep("telecom", "v2", {"hotline.yaml": b"other"})
    versions.keep("bank", "v3", FILES)
    assert versions.served("telecom") == {"hotline.yaml": b"other"}
