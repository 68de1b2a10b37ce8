"""The pytest plugin, as somebody uses it who tests a hotline of their own."""

from __future__ import annotations

import threading
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from small_shop import BAD, GOOD, write_shop

# Each run in this process forgets what it has imported, and compiled modules bear no second import: they come first.
import ivr.testing.stage  # noqa: F401

pytest_plugins = ["pytester"]

# Where the package is installed its entry point loads the plugin; a checkout on the path has none.
LOADED = () if any(point.name == "ivr" for point in entry_points(group="pytest11")) else ("-p", "ivr.testing.plugin")
MARK = "import pytest\npytestmark = pytest.mark.hotline('shop')\n"


@pytest.fixture
def shop(pytester: pytest.Pytester) -> Path:
    return write_shop(pytester.path / "shop")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    without = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:schemathesis")
    return pytester.runpytest_inprocess(*without, *LOADED, *arguments)


def test_a_simulated_caller_calls_the_marked_hotline(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(
        MARK
        + """
def test_shoes(call):
    call.dials(caller="+12025550101")
    call.hears("press 1 for shoes")
    call.presses(1)
    call.hears("12 pairs")
    call.does_not_hear("13")
    call.presses(2)
    call.got_sms("shop.example")
    call.hears("Your pin")
    call.presses("4711#")
    call.is_over("done")

def test_stubs(call):
    call.stub("company.stock", {"n": 3}, delay_s=3)
    call.dials()
    call.presses(1)
    call.hears("One moment")
    call.waits(2)
    call.hears("We have 3 pairs")
    call.stub("company.stock", none=True)
    call.presses(1)
    call.hears("I do not know")
    call.hangs_up()
    call.recorded("ended", outcome="hung_up")
    assert call.summary()["mode"] == "self_service"

def test_people(call):
    call.dials()
    call.presses(0)
    call.is_in_queue("general", 1)
    call.agent_signs_in("amy")
    call.agent_takes("amy")
    call.is_with("amy")
    call.is_not_in_queue()
    call.agent_leaves(20)
    call.is_over()

@pytest.mark.hotline("shop", at="2026-11-22T10:00")
def test_sunday(call):
    call.dials()
    call.presses(0)
    call.leaves_message(12)
    call.left_message_for("general")
    call.got_no_sms()
    call.is_over()

def test_two_callers(rehearsal):
    from ivr.sim.call import SimCall
    first, second = SimCall(rehearsal), SimCall(rehearsal, caller="+12025550102")
    for one in (first, second):
        one.dials()
        one.presses(0)
    first.is_in_queue("general", 1)
    second.is_in_queue("general", 2)
    first.hangs_up()
    second.is_in_queue("general", 1)
    second.hangs_up()
"""
    )
    run(pytester).assert_outcomes(passed=5)


def test_a_failure_shows_the_whole_call_and_points_into_the_test(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(
        MARK
        + """
def test_shoes(call):
    call.dials()
    call.presses(1)
    call.hears("13 pairs")
"""
    )
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            '>*call.hears("13 pairs")',
            "*the caller should hear '13 pairs', but heard: We have 12 pairs.*",
            "*The call so far:*",
            "*hears: Press 1 for shoes, 2 for a link.*",
            "*presses: 1*",
            "*hears: We have 12 pairs.*",
        ]
    )
    result.stdout.no_fnmatch_line("*ends in mid-call*")
    result.stdout.no_fnmatch_line("*def does_not_hear*")


def test_a_call_left_in_mid_flow_fails_its_test(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(MARK + "def test_shoes(call):\n    call.dials()\n    call.presses(1)\n")
    result = run(pytester)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*the test ends in mid-call; end it with call.hangs_up()*", "*presses: 1*"])


def test_a_caller_who_never_dialled_leaves_nothing_behind(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(MARK + "def test_nothing(call):\n    assert not call.dialled\n")
    run(pytester).assert_outcomes(passed=1)


def test_a_test_without_a_hotline_is_told_to_name_one(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(call):\n    call.dials()\n")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*say which hotline is called: @pytest.mark.hotline('flows/telecom')*"])


def test_a_hotline_that_does_not_check_is_told_with_its_faults(pytester: pytest.Pytester, shop: Path) -> None:
    (shop / "main.yaml").write_text("flow: main\nstart: nowhere\nsteps: {need: {hangup: bye}}\n")
    pytester.makepyfile(MARK + "def test_it(call):\n    call.dials()\n")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*the hotline does not check:*", "*main.yaml:2:*'nowhere'*"])


def test_several_hotlines_are_told_apart_by_number(pytester: pytest.Pytester, shop: Path) -> None:  # R8
    other = write_shop(pytester.path / "other")
    text = (other / "hotline.yaml").read_text().replace("hotline: shop", "hotline: other\nnumbers: ['+12025550188']")
    (other / "hotline.yaml").write_text(text)
    words = (other / "words" / "en.yaml").read_text().replace("Press 1 for shoes", "Press 1 for boots")
    (other / "words" / "en.yaml").write_text(words)
    pytester.makepyfile(
        """
import pytest

@pytest.mark.hotline("shop", "other")
def test_both(call):
    call.dials("+12025550188")
    call.hears("boots")
    call.hangs_up()
    call.dials("+12025550177")
    call.hears("shoes")
    call.hangs_up()
"""
    )
    run(pytester).assert_outcomes(passed=1)


def test_scripted_calls_beside_a_hotline_are_tests(pytester: pytest.Pytester) -> None:
    write_shop(pytester.path / "shop", good=GOOD, bad=BAD)
    (pytester.path / "calls").mkdir()
    (pytester.path / "calls" / "nothing.yaml").write_text("a: list of telephone calls, and no script\n")
    result = run(pytester, "-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*good.yaml::good PASSED*"])
    result.stdout.fnmatch_lines(["*the caller should hear 'We have 13 pairs'*", "*The call so far:*"])


def test_a_script_that_cannot_be_read_is_told_with_its_place(pytester: pytest.Pytester) -> None:
    write_shop(pytester.path / "shop", typo=GOOD.replace("presses", "preses"), keys=GOOD + "froom: x\n")
    result = run(pytester)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*'preses' is nothing a call can do. Did you mean 'presses'?*"])
    result.stdout.fnmatch_lines(["*keys.yaml:8:1:*froom*"])


def test_the_server_of_a_run_ends_with_it(pytester: pytest.Pytester, shop: Path) -> None:
    pytester.makepyfile(
        "import pathlib\n"
        + MARK
        + """
def test_shoes(call, rehearsal):
    call.dials()
    call.hangs_up()
    pid = rehearsal.client.info("server")["process_id"]
    pathlib.Path("pid").write_text(str(pid))
"""
    )
    run(pytester).assert_outcomes(passed=1)
    pid = int((pytester.path / "pid").read_text())
    while lives(pid):  # it has let go of its files, and takes its leave of the kernel
        threading.Event().wait(0.005)


def lives(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
