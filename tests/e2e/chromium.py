"""Debian's Chromium with a caller's ear and voice: a microphone from a file, and what the page sounds like."""

from __future__ import annotations

import json
import shutil
import wave
from base64 import b64decode
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page, expect, sync_playwright

from ivr.speech.resample import resample

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser")
ASKS_NOBODY = "--use-fake-ui-for-media-stream"
FAKE_DEVICE = "--use-fake-device-for-media-stream"
PATIENCE_MS = 60_000
WATCH = """
// When the hotline and the caller begin and cease to sound, in milliseconds of the page's clock.
window.seen = [];
new MutationObserver((changes) => {
  for (const { attributeName } of changes) {
    const name = attributeName.slice(5);
    window.seen.push([performance.now(), name, document.body.dataset[name]]);
  }
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-hotline", "data-you", "data-call"] });
"""


class Browsers:
    """Browsers of one Playwright. One for all who have no wishes; a microphone is an option of a browser of its own.

    Its synchronous form keeps an event loop running in this thread: open it for one test module at most.
    """

    def __init__(self, playwright: Any, opened: ExitStack) -> None:
        self._playwright, self._opened = playwright, opened
        self._plain: Any = None

    def plain(self) -> Any:
        """Refuses nothing, has no microphone."""
        self._plain = self._plain or self._launch(self._opened, [ASKS_NOBODY])
        return self._plain

    def special(self, opened: ExitStack, *, microphone: Path | None, allowed: bool, options: Sequence[str]) -> Any:
        args = [*options, *([ASKS_NOBODY] if allowed else [])]
        if microphone is not None:
            args += [FAKE_DEVICE, f"--use-file-for-fake-audio-capture={microphone}"]  # again and again
        return self._launch(opened, args)

    def _launch(self, opened: ExitStack, args: list[str]) -> Any:
        running = self._playwright.chromium.launch(executable_path=PROGRAM, args=args, timeout=PATIENCE_MS)
        opened.callback(running.close)
        return running


@contextmanager
def browsers() -> Iterator[Browsers]:
    if PROGRAM is None:
        pytest.skip("no Chromium: install the Debian package chromium")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, ExitStack() as opened:
        yield Browsers(playwright, opened)


class Phone:
    """A page of the phone, as a person uses it."""

    def __init__(self, running: Any, address: str, **context: Any) -> None:
        self.context = running.new_context(**context)
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.sent: list[dict[str, Any]] = []
        self.got: list[dict[str, Any]] = []
        self.page.add_init_script(WATCH)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text) if line.type == "error" else None)
        self.page.on("websocket", self._watch)
        self.page.goto(f"{address}/phone")

    def _watch(self, socket: Any) -> None:
        socket.on("framesent", lambda text: self.sent.append(json.loads(text)))
        socket.on("framereceived", lambda text: self.got.append(json.loads(text)))

    # --- what the caller does -------------------------------------------------------------------------------

    def chooses(self, hotline: str) -> Phone:
        self.page.get_by_label("Hotline", exact=True).select_option(hotline)
        return self

    def calls(self, button: str = "Call") -> Phone:
        self.page.get_by_role("button", name=button, exact=True).click()
        return self.is_("talking")  # the first ones wait for the voices

    def presses(self, key: str) -> Phone:
        self.page.keyboard.press(key)
        return self

    def enters(self, keys: str) -> Phone:
        """All in one breath: nothing stands still between two of them."""
        self.page.evaluate(
            """(keys) => {
              for (const key of keys) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            }""",
            list(keys),
        )
        return self

    def types(self, words: str) -> Phone:
        field = self.page.get_by_label("Type instead of speaking")
        field.fill(words)
        field.press("Enter")
        return self

    def clicks(self, button: str) -> Phone:
        self.page.get_by_role("button", name=button, exact=True).click()
        return self

    # --- what the caller finds ------------------------------------------------------------------------------

    def is_(self, state: str) -> Phone:
        """none, asking, calling, talking or lost."""
        self.page.wait_for_selector(f"body[data-call={state}]")
        return self

    def reads(self, words: str, *, within_ms: float = PATIENCE_MS) -> Phone:
        """In the log, by now or soon."""
        expect(self.page.get_by_role("log", name="What was said")).to_contain_text(words, timeout=within_ms)
        return self

    def log(self) -> list[str]:
        return self.page.locator("#log .words").all_inner_texts()

    def hotline_is(self, state: str) -> Phone:
        """sounds or quiet."""
        self.page.wait_for_selector(f"body[data-hotline={state}]")
        return self

    def first(self, name: str, state: str, *, after: float = 0.0) -> float:
        """When (ms) it first was so after that; waits for it."""
        for _ in range(PATIENCE_MS // 20):
            for at, what, now in self.page.evaluate("window.seen"):
                if at > after and (what, now) == (name, state):
                    return float(at)
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{name} was never {state} after {after:.0f} ms")

    def calls_begun(self) -> list[str]:
        """Each time that a socket was given a call: which one."""
        return [one["begun"]["call"] for one in self.got if one["event"] == "begun"]

    def noticed(self, what: str) -> list[dict[str, Any]]:
        notices = [one["notice"] for one in self.got if one["event"] == "notice"]
        return [notice for notice in notices if notice["what"] == what]

    def now_ms(self) -> float:
        return float(self.page.evaluate("performance.now()"))

    def microphone(self) -> bytes:
        """All that went to the hotline, µ-law."""
        return b"".join(b64decode(one["media"]["payload"]) for one in self.sent if one["event"] == "media")


def as_microphone(file: Path, *parts: NDArray[np.int16], hz: int = 8000) -> Path:
    """A WAV of these, one after the other, at the rate that Chromium's microphone has."""
    wide = resample(np.concatenate(parts), hz, 48_000)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        out.writeframes(wide.tobytes())
    return file
