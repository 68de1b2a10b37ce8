"""The browser phone in a real Chromium, calling a running server."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium import FAKE_DEVICE, Browsers, Phone, as_microphone, browsers
from e2e_house import SMALL
from line_sounds import quiet
from playwright.sync_api import expect
from running import Running
from spoken import espeak
from voices_here import piper

from ivr.speech.codec import QUIET, decode

SANGDAM = Path(__file__).parents[1] / "hotlines" / "sangdam"
NO_MIC = "Call without a microphone"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]  # a slow machine needs minutes for servers and models


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Two hotlines with a phone; its ears are ready some seconds after its keys."""
    data = tmp_path_factory.mktemp("phone") / "data"
    running = Running(SMALL / "office", data, str(SANGDAM), "--phone")
    yield running
    running.close()


Opens = Callable[..., Phone]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browsers]:
    with browsers() as opened:
        yield opened


@pytest.fixture
def opens(server: Running, chromium: Browsers) -> Iterator[Opens]:
    """`opens(microphone=…, allowed=…, options=…, at=…, **context)`: a page, as new as one of a new browser.

    What a page complains of fails its test.
    """
    pages: list[Phone] = []
    with ExitStack() as opened:

        def one(
            *, at: str = "", microphone: Path | None = None, allowed: bool = True, options: Any = (), **context: Any
        ):
            wishes = microphone or options or not allowed
            running = (
                chromium.special(opened, microphone=microphone, allowed=allowed, options=options)
                if wishes
                else chromium.plain()
            )
            phone = Phone(running, at or server.base, **context)
            opened.callback(phone.context.close)
            pages.append(phone)
            return phone

        yield one
        for page in pages:
            assert page.faults == []


# --- keys and words --------------------------------------------------------------------------------------------


def test_a_caller_without_a_mouse_and_a_microphone_gets_an_answer(opens: Opens) -> None:
    phone = opens()
    page = phone.page
    phone.chooses("office")
    page.get_by_role("radio", name="Nora").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=NO_MIC)).to_be_focused()
    page.keyboard.press("Enter")
    phone.is_("talking").reads("This is the office.").presses("4").reads("We are here from nine to five.")
    page.get_by_role("button", name="Hang up").focus()
    page.keyboard.press("Enter")
    phone.is_("none")
    expect(page.get_by_role("status")).to_have_text("The call is over.")
    expect(page.get_by_role("button", name="Call", exact=True)).to_be_focused()


def test_typed_words_are_answered_like_spoken_ones(opens: Opens) -> None:
    phone = opens().chooses("office").calls(NO_MIC).reads("This is the office.")
    phone.types("opening hours").reads("opening hours").reads("We are here from nine to five.")


def test_secret_keys_are_not_written_down(opens: Opens) -> None:
    phone = opens().chooses("office").calls(NO_MIC).reads("This is the office.")
    phone.presses("2").reads("Please enter your PIN.")
    phone.enters("4711").reads("We are here from nine to five.")
    assert "⌨ • • • •" in phone.log()
    assert "4711" not in "".join(phone.log())


def test_another_number_is_shown_and_the_caller_says_how_that_call_ends(opens: Opens) -> None:
    phone = opens().chooses("office").calls(NO_MIC).reads("This is the office.")
    phone.presses("1").reads("The hotline connects you to +12025550123")
    phone.clicks("Busy").reads("The shop is talking to somebody else.")
    expect(phone.page.get_by_role("button", name="Busy")).to_be_hidden()
    phone.presses("1")
    phone.clicks("They talked, and it ended").reads("Welcome back.")


def test_each_hotline_shows_who_it_can_be_tried_as(opens: Opens) -> None:
    page = opens().chooses("sangdam").page
    expect(page.get_by_role("radio", name="김서연")).to_be_visible()
    expect(page.get_by_role("radio", name="Nora")).to_be_hidden()
    expect(page.get_by_label("Your number")).to_be_hidden()
    page.locator("fieldset:visible").get_by_text("Somebody else").click()
    expect(page.get_by_label("Your number")).to_be_visible()


def test_the_words_of_the_log_are_in_the_hotlines_language(opens: Opens) -> None:
    phone = opens().chooses("sangdam").calls(NO_MIC).reads("푸른은행입니다.")
    assert phone.page.locator("#log .hotline .words").first.get_attribute("lang") == "ko"


# --- the microphone --------------------------------------------------------------------------------------------


SOME_TRIES_MS = 180_000
"""The microphone's file comes again and again: who is not heard says it once more."""


@pytest.mark.speech
def test_a_korean_caller_interrupts_is_understood_and_answered(
    server: Running, opens: Opens, tmp_path: Path
) -> None:  # R7
    until_it_hears(server, "ko")
    yes = (rest(8), espeak("네"), rest(8))  # should the hotline ask back
    microphone = as_microphone(tmp_path / "mic.wav", rest(6), espeak("잔액 조회"), *yes)
    phone = opens(microphone=microphone).chooses("sangdam").calls().reads("무엇을 도와드릴까요?")
    phone.reads("고객님의 잔액은", within_ms=SOME_TRIES_MS)
    assert "잔액 조회" in phone.log()
    assert phone.noticed("interrupted"), "he spoke while the menu was read"
    assert [one for one in phone.got if one["event"] == "clear"], "and the rest of the menu was not to be played"


@pytest.mark.speech
def test_an_english_caller_is_understood_by_whisper(server: Running, opens: Opens, tmp_path: Path) -> None:  # R7
    until_it_hears(server, "en")
    wish, yes = (decode(b"".join(piper().say(words, "en"))) for words in ("opening hours", "yes"))
    microphone = as_microphone(tmp_path / "mic.wav", rest(9), wish, rest(8), yes, rest(8))
    phone = opens(microphone=microphone).chooses("office").calls().reads("This is the office.")
    phone.reads("We are here from nine to five.", within_ms=SOME_TRIES_MS)
    assert phone.noticed("heard")[0]["text"] in phone.log()


def test_what_the_microphone_hears_comes_to_the_hotline_as_it_was(opens: Opens, tmp_path: Path) -> None:
    time = np.arange(8 * 8000) / 8000
    tone = (8000 * np.sin(2 * np.pi * 600 * time)).astype(np.int16)
    phone = opens(microphone=as_microphone(tmp_path / "mic.wav", tone)).chooses("office").calls()
    until(phone.page, lambda: len(phone.microphone()) > 3 * 8000)
    heard = decode(phone.microphone())[8000:24000].astype(float)
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    assert np.argmax(spectrum) * 8000 / len(heard) == pytest.approx(600, abs=2)


def test_a_muted_caller_sends_silence(opens: Opens, tmp_path: Path) -> None:
    tone = (8000 * np.sin(np.arange(30 * 8000) / 2)).astype(np.int16)
    phone = opens(microphone=as_microphone(tmp_path / "mic.wav", tone)).chooses("office").calls()
    until(phone.page, lambda: len(phone.microphone()) > 8000)
    mute = phone.page.get_by_role("button", name="Mute")
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "true")
    before = len(phone.microphone())
    until(phone.page, lambda: len(phone.microphone()) > before + 16_000 and phone.microphone()[-8000:] == QUIET * 8000)
    phone.page.reload()
    expect(mute).to_have_attribute("aria-pressed", "true")  # a reload lets nobody listen
    phone.is_("talking")
    mute.click()
    expect(mute).to_have_attribute("aria-pressed", "false")
    before = len(phone.microphone())
    until(phone.page, lambda: len(set(phone.microphone()[before:])) > 20)


@pytest.mark.parametrize(
    ("options", "allowed", "sentence"),
    [
        ((FAKE_DEVICE,), False, "The microphone was refused."),
        ((), True, "No microphone was found."),
    ],
    ids=["refused", "none there"],
)
def test_without_a_microphone_the_call_goes_on_and_the_page_says_what_to_do(
    opens: Opens, options: tuple[str, ...], allowed: bool, sentence: str
) -> None:
    phone = opens(options=options, allowed=allowed).chooses("office").calls()
    alert = phone.page.get_by_role("alert")
    expect(alert).to_contain_text(sentence)
    expect(alert).to_contain_text("use the keys or type")
    expect(phone.page.get_by_role("button", name="Mute")).to_be_hidden()
    phone.hotline_is("sounds").presses("4").reads("We are here from nine to five.")


def test_a_page_over_plain_http_from_another_machine_still_sounds(server: Running, opens: Opens) -> None:
    options = ("--host-resolver-rules=MAP phone.test 127.0.0.1",)
    phone = opens(at=f"http://phone.test:{server.port}", options=options).chooses("office").calls()
    alert = phone.page.get_by_role("alert")
    expect(alert).to_contain_text("over plain http from another machine")
    expect(alert).to_contain_text(f"https://phone.test:{server.port}/phone")
    phone.hotline_is("sounds").presses("4").reads("We are here from nine to five.")


# --- lines that break ------------------------------------------------------------------------------------------


def test_a_page_that_is_loaded_again_goes_on_with_its_call(opens: Opens) -> None:
    phone = opens().chooses("office").calls(NO_MIC).reads("This is the office.")
    phone.presses("2").reads("Please enter your PIN.")
    phone.page.reload()
    phone.is_("talking").reads("Please enter your PIN.")
    first, *again = phone.calls_begun()
    assert set(again) == {first}
    phone.clicks("Hang up").is_("none")
    phone.page.reload()
    expect(phone.page.get_by_role("status")).to_have_text("Ready to call.")


def test_a_call_whose_worker_is_killed_goes_on_in_another(tmp_path: Path, opens: Opens) -> None:
    running = Running(SMALL / "office", tmp_path / "data", "--phone", "--workers", "2")
    try:
        phone = opens(at=running.base).calls(NO_MIC).reads("This is the office.")
        has_the_call: list[int] = []

        def is_alone() -> bool:
            has_the_call[:] = running.connected()
            return len(has_the_call) == 1

        until(phone.page, is_alone)  # the connections for the page itself are closed soon
        before = len(phone.got)
        os.kill(has_the_call[0], signal.SIGKILL)
        phone.first("call", "lost")
        phone.is_("talking")
        until(phone.page, lambda: "This is the office." in str(phone.got[before:]))
        phone.presses("4").reads("We are here from nine to five.")
        first, *again = phone.calls_begun()
        assert set(again) == {first}
        phone.faults = [fault for fault in phone.faults if "WebSocket" not in fault]
    finally:
        running.close()


# --- for everybody ---------------------------------------------------------------------------------------------


def test_every_control_has_a_name_and_the_log_is_live(opens: Opens) -> None:
    phone = opens()
    assert nameless(phone.page) == []
    phone.chooses("office").calls(NO_MIC).reads("This is the office.")
    assert nameless(phone.page) == []
    tree = phone.page.locator("body").aria_snapshot()
    for part in (
        "main",
        'heading "office" [level=1]',
        "status",
        'group "Keypad"',
        'button "hash"',
        'slider "Volume"',
    ):
        assert part in tree
    assert 'textbox "Type instead of speaking"' in tree
    log = phone.page.get_by_role("log", name="What was said")
    expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(opens: Opens, scheme: str) -> None:
    phone = opens(color_scheme=scheme, reduced_motion="reduce")  # no colour is on its way to another one
    assert faint(phone.page) == []
    phone.chooses("office").calls(NO_MIC).reads("This is the office.").presses("1").reads("connects you")
    assert faint(phone.page) == []


def test_nothing_is_cut_off_on_a_narrow_screen(opens: Opens) -> None:
    phone = opens(viewport={"width": 360, "height": 740})
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    phone.chooses("office").calls(NO_MIC).reads("This is the office.")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(phone.page.get_by_role("log", name="What was said")).to_be_in_viewport()
    expect(phone.page.get_by_role("button", name="hash")).to_be_in_viewport()


def test_nothing_moves_for_who_wants_no_motion(opens: Opens) -> None:
    phone = opens(reduced_motion="reduce").chooses("office").calls(NO_MIC)
    moves = "[...document.querySelectorAll('*')].some((one) => getComputedStyle(one).transitionDuration !== '0s')"
    assert phone.page.evaluate(moves) is False


# --- sound -----------------------------------------------------------------------------------------------------


def test_a_key_silences_the_hotline_before_it_is_answered(opens: Opens) -> None:
    phone = opens().chooses("office").calls(NO_MIC).reads("This is the office.").hotline_is("sounds")
    before, pressed = len(phone.got), phone.now_ms()
    phone.presses("4").reads("We are here from nine to five.")
    phone.first("hotline", "sounds", after=phone.first("hotline", "quiet", after=pressed))
    told = [one["event"] if one["event"] != "notice" else one["notice"]["what"] for one in phone.got[before:]]
    order = [what for what in told if what in ("clear", "key", "said")]
    assert order.index("clear") < order.index("said")
    assert order.index("key") < order.index("said")


def test_a_page_that_is_to_be_silent_is_so_at_once(opens: Opens) -> None:
    loudest = opens().page.evaluate("""async () => {
      const { Player } = await import("/phone/static/player.js");
      const context = new OfflineAudioContext(1, 2 * 48000, 48000);
      const player = new Player(context, () => {});
      player.play(Uint8Array.from({ length: 8000 }, (_, at) => (at % 20 < 10 ? 0x10 : 0x90)));
      context.suspend(0.5).then(() => {
        player.clear();
        context.resume();
      });
      const heard = (await context.startRendering()).getChannelData(0);
      const most = (from, to) => heard.slice(from, to).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      return { before: most(4800, 24000), after: most(24128, 96000) };
    }""")
    assert loudest["before"] > 0.1
    assert loudest["after"] == 0


def test_the_browsers_sums_are_ours(opens: Opens) -> None:
    page = opens().page
    found = page.evaluate("""async () => {
      const { decode, encode } = await import("/phone/static/ulaw.js");
      const bytes = Uint8Array.from({ length: 256 }, (_, code) => code);
      return { linear: [...decode(bytes)], again: [...decode(bytes)].map(encode), silence: encode(0) };
    }""")
    ours = decode(bytes(range(256)))
    assert [round(sample * 32768) for sample in found["linear"]] == ours.tolist()
    same = [code if code != 127 else 255 for code in range(256)]  # two codes for nothing
    assert found["again"] == same
    assert found["silence"] == 255


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_what_a_telephone_cannot_carry_does_not_come_through_as_something_else(opens: Opens, rate_hz: int) -> None:
    gains = opens().page.evaluate(
        """async (rate) => {
      const { Resampler } = await import("/phone/static/resample.js");
      const gain = (hz) => {
        const down = new Resampler(rate, 8000);
        let sum = 0, count = 0;
        for (let at = 0; at < rate; at += 128) {
          const piece = Float32Array.from({ length: 128 }, (_, i) => Math.sin(2 * Math.PI * hz * (at + i) / rate));
          for (const sample of down.next(piece)) { count += 1; if (count > 1000) sum += sample * sample; }
        }
        return { db: 10 * Math.log10(2 * sum / (count - 1000)), count };
      };
      return [300, 1000, 3000, 3400, 4200, 5000, 7000, 9000, 12000].map((hz) => [hz, gain(hz)]);
    }""",
        rate_hz,
    )
    for hz, gain in gains:
        assert gain["count"] == pytest.approx(8000, abs=60)
        if hz <= 3400:
            assert gain["db"] == pytest.approx(0, abs=1.5), hz
        else:
            assert gain["db"] < -40, hz


# --- looking ---------------------------------------------------------------------------------------------------


def rest(seconds: float) -> Any:
    return quiet(seconds)


def until(page: Any, true: Callable[[], bool], timeout_s: float = 60.0) -> None:
    """Lets the page live until then."""
    for _ in range(round(timeout_s / 0.05)):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came to that: {page.locator('#log').inner_text()}")


def until_it_hears(server: Running, language: str) -> None:
    deadline = time.monotonic() + 250
    while f"hears callers who speak '{language}'" not in server.log.read_text():
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.1)


def nameless(page: Any) -> list[str]:
    """What can be operated and has no name, by what a screen reader is given."""
    tree = page.locator("body").aria_snapshot()
    return re.findall(r"- (?:button|textbox|slider|radio|combobox|link)(?: \[.*\])?:?$", tree, re.MULTILINE)


def faint(page: Any) -> list[str]:
    """Text of less than 4.5 to 1 against what lies under it."""
    return list(page.evaluate(FAINT))


FAINT = """() => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const linear = (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((one) => linear(one / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { rgb, a } = parse(getComputedStyle(at).backgroundColor);
      if (a > 0.99) return rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(":disabled, time, option")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color).rgb), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.push(`${element.tagName} ${element.textContent.trim().slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return found;
}"""
