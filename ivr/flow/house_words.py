"""What the house itself says, where a hotline's words have no entry of that name."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.flow.agent_words import AGENT_WORDS
from ivr.flow.callback_words import CALLBACK_WORDS
from ivr.flow.line_words import LINE_WORDS
from ivr.flow.words import Wording

HOUSE_WORDS: Mapping[str, Mapping[str, str | Wording]] = {
    "en": {
        **AGENT_WORDS["en"],
        **CALLBACK_WORDS["en"],
        **LINE_WORDS["en"],
        "apology": "I am sorry, something went wrong on our side.",
        "sent_elsewhere": "I have sent you a text message with the link.",
        "we_call_you_later": "Good. We will call you about it.",
        "one_moment": "One moment, please.",
        "nothing_heard": "Sorry, I did not hear anything.",
        "not_understood": "Sorry, I did not understand that.",
        "did_you_mean": "Did you mean {{ guess }}? Please say yes or no, or press 1 for yes and 2 for no.",
        "is_that_right": "I heard: {{ guess }}. Is that right? Please say yes or no, or press 1 for yes and 2 for no.",
        "leave_the_line": (
            "If you go back now, you lose your place in line. To go back, say yes, or press the same key again. "
            "To keep your place, just stay on the line."
        ),
        "you_are_in_line": (
            "{% if place.position == 1 %}You are next in line.{% else %}You are number {{ place.position }} in line."
            "{% endif %} Please stay on the line."
        ),
        "no_more_hints": "All right, I will not tell you such things any more.",
        "hints_again": "All right, I will tell you such things again.",
        "technical_break": "I am sorry, we have a technical problem. Please stay on the line, we are working on it.",
        "always": Wording(
            say="",
            choices={
                "person": ("agent", "human", "real person", "operator", "representative", "speak to someone"),
                "repeat": ("repeat", "repeat that", "say that again", "pardon"),
                "back": ("back", "go back"),
                "faster": ("faster", "faster please", "speak faster", "not so slowly", "at normal speed"),
                "slower": ("slower", "slower please", "more slowly", "speak slower", "speak slowly"),
                "no_hints": (
                    *("do not tell me such things", "don't tell me such things", "stop telling me such things"),
                    *("no more tips", "no more offers", "no advertising", "stop advertising", "don't tell me that"),
                ),
                "hints_again": ("tell me such things again", "tell me tips again", "tell me offers again"),
            },
        ),
    },
    "zh": {
        **AGENT_WORDS["zh"],
        **CALLBACK_WORDS["zh"],
        **LINE_WORDS["zh"],
        "apology": "非常抱歉，我们这边出了点问题。",
        "sent_elsewhere": "已经把链接用短信发给您了。",
        "we_call_you_later": "好的，我们会就此给您回电。",
        "one_moment": "请稍等。",
        "nothing_heard": "对不起，我没有听到您的声音。",
        "not_understood": "对不起，我没有听明白。",
        "did_you_mean": "您是说{{ guess }}吗？请说是或不是，或者按1表示是，按2表示不是。",
        "is_that_right": "我听到的是：{{ guess }}，对吗？请说对或不对，或者按1表示对，按2表示不对。",
        "leave_the_line": "如果现在返回，就要重新排队。确定返回请说是，或者再按一次同一个键，继续等待请不要挂机。",
        "you_are_in_line": (
            "{% if place.position == 1 %}下一位就是您{% else %}您前面还有{{ place.position - 1 }}位客户{% endif %}，"
            "请不要挂机。"
        ),
        "no_more_hints": "好的，以后不再主动告诉您这些。",
        "hints_again": "好的，以后会继续告诉您这些。",
        "technical_break": "非常抱歉，系统出现故障，请不要挂机，我们正在处理。",
        "always": Wording(
            say="",
            choices={
                "person": ("人工", "转人工", "人工服务", "人工客服", "真人"),
                "repeat": ("重复", "再说一遍", "重听"),
                "back": ("返回", "上一步"),
                "faster": ("快一点", "说快一点", "说快点", "请说快一点", "正常语速"),
                "slower": ("慢一点", "说慢一点", "说慢点", "请说慢一点", "请慢一点"),
                "no_hints": (
                    *("别再告诉我这些", "不要再告诉我这些", "别跟我说这些", "不要再提醒我"),
                    *("不要推销", "别再推销", "不要广告", "不想听广告"),
                ),
                "hints_again": ("恢复提醒", "可以再告诉我", "重新开启提醒"),
            },
        ),
    },
    "ko": {
        **AGENT_WORDS["ko"],
        **CALLBACK_WORDS["ko"],
        **LINE_WORDS["ko"],
        "apology": "죄송합니다. 저희 쪽에 문제가 생겼습니다.",
        "sent_elsewhere": "링크를 문자로 보내 드렸습니다.",
        "we_call_you_later": "네, 그 일로 전화드리겠습니다.",
        "one_moment": "잠시만 기다려 주세요.",
        "nothing_heard": "죄송합니다. 말씀을 듣지 못했습니다.",
        "not_understood": "죄송합니다. 말씀을 이해하지 못했습니다.",
        "did_you_mean": "{{ guess }}, 맞으십니까? 네 또는 아니요로 말씀하시거나, 맞으면 1번, 아니면 2번을 눌러 주세요.",
        "is_that_right": "{{ guess }}, 맞습니까? 네 또는 아니요로 말씀하시거나, 맞으면 1번, 아니면 2번을 눌러 주세요.",
        "leave_the_line": (
            "지금 돌아가시면 대기 순서를 잃게 됩니다. "
            "돌아가시려면 네라고 말씀하시거나 같은 번호를 한 번 더 눌러 주세요. "
            "계속 기다리시려면 그대로 기다려 주세요."
        ),
        "you_are_in_line": (
            "{% if place.position == 1 %}다음 차례이십니다.{% else %}앞에 {{ (place.position - 1) | count('분') }}이 "
            "기다리고 계십니다.{% endif %} 끊지 말고 기다려 주세요."
        ),
        "no_more_hints": "네, 앞으로는 그런 안내를 드리지 않겠습니다.",
        "hints_again": "네, 앞으로 다시 안내해 드리겠습니다.",
        "technical_break": "죄송합니다. 시스템에 문제가 생겨 해결하고 있습니다. 끊지 말고 기다려 주세요.",
        "always": Wording(
            say="",
            choices={
                "person": ("상담원 연결", "상담원", "상담사 연결"),
                "repeat": ("다시 듣기", "다시 들려주세요", "한 번 더"),
                "back": ("이전으로", "이전 메뉴로"),
                "faster": ("조금 빨리", "빨리", "빨리 말해 주세요", "보통 속도로"),
                "slower": ("조금 천천히", "천천히", "느리게", "천천히 말해 주세요", "조금 천천히 말해 주세요"),
                "no_hints": (
                    *("그런 안내는 하지 마세요", "안내 그만", "그런 말은 그만", "광고하지 마세요", "광고 그만"),
                ),
                "hints_again": ("다시 안내해 주세요", "안내 다시 받을게요"),
            },
        ),
    },
}
REQUIRED = frozenset(HOUSE_WORDS["en"])
"""Every language of a hotline needs these, from the house or from its own words."""
