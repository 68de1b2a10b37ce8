"""A call by sound on a real conductor and store: its event loop runs on a virtual clock, its caller is a script."""

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

from runtime_house import House

from ivr.call.events import CallStarted
from ivr.call.verbs import Say, Verb
from ivr.channels.audio.call import AudioCall
from ivr.channels.audio.parts import AudioParts
from ivr.errors import HostError, SpeechError
from ivr.speech.cache import PromptCache
from ivr.speech.codec import QUIET
from ivr.speech.prompts import Prompts


class VirtualSelector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Never waits: the time that would be waited has passed."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> Any:
        found = super().select(0)
        if not found:
            assert timeout is not None, "everybody waits for somebody else"
            self.passed += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = VirtualSelector()
        super().__init__(self._clock)

    def time(self) -> float:
        return 1000.0 + self._clock.passed


class Inline(Executor):
    """Does the work where it stands, so that no virtual second passes meanwhile."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


class Letters:
    """A voice: a tenth of a second for every letter, no word in Mandarin."""

    name, version, languages = "letters", "1", frozenset({"en"})

    def ready(self) -> None: ...

    def say(self, text: str, language: str, rate: float = 1.0) -> Any:
        if "@" in text:
            raise SpeechError("cannot be said")
        yield text.encode().ljust(1)[:1] * (800 * len(text))


class Deaf:
    """The ears of a house with no model: keys and typed words only."""

    def __init__(self, prompts: Prompts) -> None:
        self._prompts = prompts

    def prompts(self, hotline: str) -> Prompts:
        return self._prompts

    def ear(self, language: str, told: Any) -> None:
        return None

    def hears(self, language: str) -> bool:
        return False

    def speaks(self, language: str) -> bool:
        return language == "en"

    def takes_calls(self) -> bool:
        return True


@dataclass
class FarEnd:
    """The `Wire`: plays what it gets, second by second, and tells its marks."""

    passes_over: bool = True
    does: tuple[type, ...] = ()
    """Verbs this line does itself."""
    said: list[str] = field(default_factory=list)
    rested: list[tuple[str, ...]] = field(default_factory=list)
    notices: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    cleared: int = 0
    ended: bool = False
    call: Any = None
    _plays_until: float = 0.0
    _pending: list[asyncio.TimerHandle] = field(default_factory=list)

    def sound(self, ulaw: bytes) -> None:
        now = asyncio.get_running_loop().time()
        self._plays_until = max(self._plays_until, now) + len(ulaw) / 8000

    def mark(self, name: str) -> None:
        loop = asyncio.get_running_loop()
        when = max(self._plays_until, loop.time())
        self._pending.append(loop.call_at(when, lambda: self.call.marked(name)))

    def clear(self) -> None:
        self.cleared += 1
        self._plays_until = 0.0
        for one in self._pending:
            one.cancel()
        self._pending.clear()

    def unsaid(self, words: Say) -> bool:
        self.said.append(f"({words.text})")
        return self.passes_over

    def rest(self, verbs: tuple[Verb, ...], turn: int) -> bool:
        self.rested.append(tuple(type(verb).__name__ for verb in verbs))
        return isinstance(verbs[0], self.does)

    def over(self) -> None:
        self.ended = True

    def noticed(self, what: str, told: dict[str, Any]) -> None:
        self.notices.append((what, told))
        if what == "said":
            self.said.append(told["text"])

    def told(self, what: str) -> list[dict[str, Any]]:
        return [told for name, told in self.notices if name == what]


class Stage:
    """One call: `plays(script)` runs it, the script being a coroutine that gets the AudioCall."""

    def __init__(self, house: House, folder: Any, *, keep: Any = None, tape: Any = None, **wire: Any) -> None:
        self.house = house
        self.wire = FarEnd(**wire)
        self.kept: list[bytes] = []
        prompts = Prompts((Letters(),), PromptCache(folder))  # type: ignore[arg-type]
        self.parts = AudioParts(house.conductor, Deaf(prompts), Inline(), keep, tape)  # type: ignore[arg-type]

    def plays(self, script: Callable[[AudioCall], Any], *, at_most_s: float = 600.0) -> FarEnd:
        started = CallStarted("+12025550101", "+12025550199", "test")
        answer = self.house.conductor.hear("shop", "c1", 0, started)

        async def run() -> None:
            call = self.wire.call = AudioCall("shop", "c1", self.parts, self.wire)
            running = asyncio.create_task(call.run(answer))
            caller = asyncio.create_task(script(call))
            async with asyncio.timeout(at_most_s):
                await running
            await caller

        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(run())
        return self.wire


async def waits(seconds: float) -> None:
    await asyncio.sleep(seconds)


def full_disk(hotline: str, call: str, ulaw: bytes) -> str:
    raise HostError("no space is left")


SILENCE = QUIET * 160
