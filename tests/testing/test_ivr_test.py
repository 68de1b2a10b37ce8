"""`ivr test`: scripted calls for people who have no pytest."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from small_shop import BAD, GOOD, write_shop

from ivr.cli.test import command


def ivr_test(*paths: Path) -> Result:
    return CliRunner().invoke(command, [str(path) for path in paths])


def test_all_calls_of_a_folder_are_played_and_counted(tmp_path: Path) -> None:
    shop = write_shop(tmp_path / "shop", good=GOOD, fine=GOOD)
    result = ivr_test(shop)
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"✓ {shop / 'calls' / 'fine.yaml'}",
        f"✓ {shop / 'calls' / 'good.yaml'}",
        "2 passed, 0 failed",
    ]


def test_one_failure_shows_its_call_and_exits_1(tmp_path: Path) -> None:
    result = ivr_test(write_shop(tmp_path / "shop", good=GOOD, bad=BAD))
    assert result.exit_code == 1
    assert "the caller should hear 'We have 13 pairs', but heard: We have 12 pairs." in result.output
    assert "presses: 1" in result.output
    assert result.output.splitlines()[-1] == "1 passed, 1 failed"


def test_single_files_and_a_calls_folder_will_do(tmp_path: Path) -> None:
    shop = write_shop(tmp_path / "shop", good=GOOD, bad=BAD)
    assert ivr_test(shop / "calls" / "good.yaml").exit_code == 0
    assert ivr_test(shop / "calls").exit_code == 1


def test_a_script_with_a_typing_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    shop = write_shop(tmp_path / "shop", typo=GOOD.replace("turns", "turn"), odd=GOOD.replace("1", "one", 1))
    result = ivr_test(shop)
    assert result.exit_code == 1
    assert "typo.yaml:3:1:" in result.output
    assert "Did you mean 'turns'?" in result.output


def test_a_hotline_that_does_not_check_is_told_once(tmp_path: Path) -> None:
    shop = write_shop(tmp_path / "shop", good=GOOD, fine=GOOD)
    (shop / "main.yaml").write_text("flow: main\nstart: nowhere\nsteps: {need: {hangup: bye}}\n")
    result = ivr_test(shop)
    assert result.exit_code == 1
    assert result.output.count("does not check, so none of its calls can be made") == 1
    assert result.output.splitlines()[-1] == "0 passed, 2 failed"


def test_a_folder_without_calls_is_an_error(tmp_path: Path) -> None:
    result = ivr_test(write_shop(tmp_path / "shop"))
    assert result.exit_code == 1
    assert "no scripted calls here" in result.output
