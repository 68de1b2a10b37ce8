"""What agents hear, and what a caller hears whom one of them hands over, where a hotline's words have no such entry."""

from __future__ import annotations

from collections.abc import Mapping

AGENT_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }} asks you into a talk with {% else %}{{ talk.queue }}: {% endif %}"
            "{{ caller.name or caller.number or 'an unknown caller' }}, "
            "{% if talk.about %}about {{ talk.about }}{% else %}no subject yet{% endif %}."
            "{% if talk.sent_by and not talk.expert %} Sent by {{ talk.sent_by }}.{% endif %}"
            "{% if talk.note %} Note: {{ talk.note }}.{% endif %}"
            "{% if talk.answered %} Already answered: {{ talk.answered | join(', ') }}.{% endif %}"
            "{% if talk.consents %} Agreed to be connected.{% endif %}"
            " Press 1 to take the call, 2 to decline."
        ),
        "whisper_gone": "The caller is no longer waiting. Thank you.",
        "handed_over": "I am connecting you with a colleague. Please stay on the line.",
    },
    "zh": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }}请您加入通话，客户是{% else %}{{ talk.queue }}队列，{% endif %}"
            "{{ caller.name or caller.number or '未知来电' }}，"
            "{% if talk.about %}事由：{{ talk.about }}{% else %}尚未说明事由{% endif %}。"
            "{% if talk.sent_by and not talk.expert %}由{{ talk.sent_by }}转来。{% endif %}"
            "{% if talk.note %}备注：{{ talk.note }}。{% endif %}"
            "{% if talk.answered %}已经答复：{{ talk.answered | join('、') }}。{% endif %}"
            "{% if talk.consents %}客户已同意转接。{% endif %}"
            "接听请按1，拒接请按2。"
        ),
        "whisper_gone": "客户已经不在线上了，谢谢。",
        "handed_over": "正在为您转接同事，请不要挂机。",
    },
    "ko": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }} 님이 통화에 초대했습니다. 고객: "
            "{% else %}{{ talk.queue }}. {% endif %}"
            "{{ caller.name or caller.number or '알 수 없는 고객' }}, "
            "{% if talk.about %}용건은 {{ talk.about }}{% else %}용건 없음{% endif %}."
            "{% if talk.sent_by and not talk.expert %} {{ talk.sent_by }} 님이 연결했습니다.{% endif %}"
            "{% if talk.note %} 메모: {{ talk.note }}.{% endif %}"
            "{% if talk.answered %} 이미 안내한 내용: {{ talk.answered | join(', ') }}.{% endif %}"
            "{% if talk.consents %} 고객이 연결에 동의했습니다.{% endif %}"
            " 받으시려면 1번, 거절하시려면 2번을 눌러 주세요."
        ),
        "whisper_gone": "고객이 더 이상 기다리지 않습니다. 감사합니다.",
        "handed_over": "다른 상담원에게 연결해 드리겠습니다. 끊지 말고 기다려 주세요.",
    },
}
SAID_TO_CALLERS = frozenset({"handed_over"})
"""All others are for agents, and know of the caller what the agent is to know."""
