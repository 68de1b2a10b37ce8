"""The language of words, where their letters tell it: at a question that is asked in several."""

from __future__ import annotations

import re

from ivr.engine.draft import Draft
from ivr.engine.prompt import Prompt

LETTERS = {"zh": "[\u3400-\u4dbf\u4e00-\u9fff]", "ja": "[\u3040-\u30ff]", "ko": "[\u1100-\u11ff\uac00-\ud7af]"}
"""Language → letters that it has, and the others here have not; only Japanese is written in those of Chinese, too."""


def of(draft: Draft, prompt: Prompt, text: str) -> str:
    """The language to understand words in: the caller's, unless their letters tell that they are in another of those
    the question is asked in."""
    return _told(prompt, text) or draft.state.language


def chosen(draft: Draft, prompt: Prompt, text: str) -> str | None:
    """The answer that leads to the language the words are in; None where none does."""
    language, flow = _told(prompt, text), draft.hotline.flows.get(draft.state.flow)
    step = flow.steps.get(draft.state.step) if flow and language else None
    for way in step.ways() if flow and step else ():
        # `set` is the one kind that has a language to speak from there on.
        target = flow.steps.get(str(way.target)) if flow else None
        if way.label in prompt.options and getattr(target, "language", None) == language:
            return way.label
    return None


def _told(prompt: Prompt, text: str) -> str:
    told = [name for name in ("ja", "ko", "zh") if re.search(LETTERS[name], text)][:1]
    able = [one for one in prompt.in_languages if one.split("-")[0] in told]
    return able[0] if len(able) == 1 else ""
