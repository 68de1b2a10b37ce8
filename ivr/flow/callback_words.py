"""What a caller hears who is called back, where a hotline's words have no entry of that name."""

from __future__ import annotations

from collections.abc import Mapping

CALLBACK_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "called_back": (
            "Hello. This is the call you asked us for{% if callback.about %}, about {{ callback.about }}{% endif %}. "
            "Press 1 and I connect you. Press 2 if you need it no more."
        ),
        "called_back_joined": "Thank you. One moment, I connect you.",
        "called_back_later": "I am sorry, nobody is free any more. We will call you again. Goodbye.",
        "called_back_off": "All right, we will not call you again about this. Goodbye.",
        "called_back_over": "Thank you for talking to us. Goodbye.",
    },
    "zh": {
        "called_back": (
            "您好，这是您预约的回电{% if callback.about %}，关于{{ callback.about }}{% endif %}。"
            "接通请按1，已经不需要请按2。"
        ),
        "called_back_joined": "谢谢，正在为您接通，请稍等。",
        "called_back_later": "非常抱歉，现在没有空闲的客服，我们会再打给您。再见。",
        "called_back_off": "好的，我们不再为此事打给您。再见。",
        "called_back_over": "感谢您的接听，再见。",
    },
    "ko": {
        "called_back": (
            "안녕하세요. 요청하신 전화입니다.{% if callback.about %} {{ callback.about }} 관련입니다.{% endif %} "
            "연결하시려면 1번, 더 필요하지 않으시면 2번을 눌러 주세요."
        ),
        "called_back_joined": "감사합니다. 연결해 드리겠습니다. 잠시만 기다려 주세요.",
        "called_back_later": "죄송합니다. 지금은 연결할 상담원이 없습니다. 다시 전화드리겠습니다.",
        "called_back_off": "알겠습니다. 이 일로 다시 전화드리지 않겠습니다. 안녕히 계세요.",
        "called_back_over": "통화해 주셔서 감사합니다. 안녕히 계세요.",
    },
}
