"""What callers in line hear and may say, where a hotline's words have no entry of that name."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flow.words import Wording

LINE_WORDS: Mapping[str, Mapping[str, str | Wording]] = {
    "en": {
        "you_may_wait": (
            "{% if place.position == 1 %}You are next in line.{% endif %} "
            "{% if place.wait %}It will take {{ place.wait | between }}.{% endif %} Please stay on the line."
        ),
        "please_hold": "All of us are talking to other callers. Please stay on the line.",
        "while_waiting": Wording(
            say="",
            choices={
                "how_long": ("how long", "how much longer", "how long will it take", "how many are before me"),
                "call_back": ("call me back", "please call me back", "call me back please", "can you call me back"),
                "message": ("leave a message", "i want to leave a message", "can i leave a message"),
            },
        ),
    },
    "zh": {
        "you_may_wait": (
            "{% if place.position == 1 %}下一位就是您，{% endif %}"
            "{% if place.wait %}预计还要等{{ place.wait | between }}，{% endif %}请不要挂机。"
        ),
        "please_hold": "客服都在忙，请不要挂机。",
        "while_waiting": Wording(
            say="",
            choices={
                "how_long": ("还要等多久", "要等多久", "还有多久", "前面还有几个人"),
                "call_back": ("给我回电话", "请给我回电", "回电给我", "你们打给我"),
                "message": ("我要留言", "留言", "我想留言"),
            },
        ),
    },
    "ko": {
        "you_may_wait": (
            "{% if place.position == 1 %}다음 차례이십니다.{% endif %} "
            "{% if place.wait %}예상 대기 시간은 {{ place.wait | between }}입니다.{% endif %} 끊지 말고 기다려 주세요."
        ),
        "please_hold": "상담원이 모두 통화 중입니다. 끊지 말고 기다려 주세요.",
        "while_waiting": Wording(
            say="",
            choices={
                "how_long": ("얼마나 기다려야 해요", "얼마나 걸려요", "얼마나 남았어요"),
                "call_back": ("전화 주세요", "다시 전화 주세요", "나중에 전화 주세요"),
                "message": ("메시지 남기기", "메시지 남길게요", "음성 메시지"),
            },
        ),
    },
}
