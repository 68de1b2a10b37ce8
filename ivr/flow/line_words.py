"""What callers in line hear, where a hotline's words have no entry of that name."""

from __future__ import annotations

from collections.abc import Mapping

LINE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "you_may_wait": (
            "{% if place.position == 1 %}You are next in line.{% endif %} "
            "{% if place.wait %}It will take {{ place.wait | between }}.{% endif %} Please stay on the line."
        ),
        "please_hold": "All of us are talking to other callers. Please stay on the line.",
    },
    "zh": {
        "you_may_wait": (
            "{% if place.position == 1 %}下一位就是您，{% endif %}"
            "{% if place.wait %}预计还要等{{ place.wait | between }}，{% endif %}请不要挂机。"
        ),
        "please_hold": "客服都在忙，请不要挂机。",
    },
    "ko": {
        "you_may_wait": (
            "{% if place.position == 1 %}다음 차례이십니다.{% endif %} "
            "{% if place.wait %}예상 대기 시간은 {{ place.wait | between }}입니다.{% endif %} 끊지 말고 기다려 주세요."
        ),
        "please_hold": "상담원이 모두 통화 중입니다. 끊지 말고 기다려 주세요.",
    },
}
