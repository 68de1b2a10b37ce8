"""What agents hear, and what a caller hears whom one of them hands over, where a hotline's words have no such entry."""

from __future__ import annotations

from collections.abc import Mapping

AGENT_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }} asks you into a talk with {% else %}{{ talk.queue }}: {% endif %}"
            "{{ caller.name or caller.number or 'an unknown caller' }}, "
            "{% if talk.about %}about {{ talk.about }}{% if talk.complaints %}, and a complaint is open{% endif %}"
            "{% elif talk.complaints %}a complaint is open{% else %}no subject yet{% endif %}."
            "{% if talk.sent_by and not talk.expert %} Sent by {{ talk.sent_by }}.{% endif %}"
            "{% if talk.note %} Note: {{ talk.note }}.{% endif %}"
            "{% if talk.answered %} Already answered: {{ talk.answered | join(', ') }}.{% endif %}"
            "{% if talk.consents %} Agreed to be connected.{% endif %}"
            " Press 1 to take the call, 2 to decline."
        ),
        "whisper_gone": "The caller is no longer waiting. Thank you.",
        "whisper_callback": (
            "A call back for {{ talk.queue }}: {{ caller.name or caller.number }}, "
            "{% if talk.about %}about {{ talk.about }}{% else %}no subject{% endif %}, "
            "{% if talk.minutes == 0 %}asked just now{% elif talk.minutes == 1 %}asked a minute ago"
            "{% else %}asked {{ talk.minutes }} minutes ago{% endif %}."
            "{% if talk.sent_by %} Sent by {{ talk.sent_by }}.{% endif %}"
            "{% if talk.note %} Note: {{ talk.note }}.{% endif %}"
            "{% if talk.by_hand %} The number is {{ caller.number }}. 1 takes it, and you call them yourself, "
            "2 declines."
            "{% else %} Press 1 and we ring them for you, 2 to decline.{% endif %}"
        ),
        "callback_ringing": "We are ringing the caller. One moment, please.",
        "callback_not_reached": "The caller could not be reached. You are free for the next call. Thank you.",
        "caller_gone": "The caller has hung up.",
        "agent_menu": (
            "The caller hears music. 1: another queue. 2: another agent. 3: bring somebody in. "
            "4: send away whom you brought in. Star: back to the caller."
        ),
        "agent_menu_targets": (
            "{% if talk.targets %}{{ talk.targets | join('. ') }}. {% if talk.more %}9: more. {% endif %}"
            "{% else %}Nobody is there just now. {% endif %}Star: back."
        ),
        "agent_menu_sent_on": "The caller is on the way. Thank you.",
        "agent_menu_asked_in": "That is under way. Back to the caller.",
        "agent_menu_sent_away": "They are leaving the talk. Back to the caller.",
        "agent_menu_cannot": "That is not possible just now.",
        "agent_closes": "How did the talk end? 1: solved. 2: not solved. 3: solved and sold. Or just hang up.",
        "agent_closed": "Thank you.",
        "handed_over": "I am connecting you with a colleague. Please stay on the line.",
    },
    "zh": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }}请您加入通话，客户是{% else %}{{ talk.queue }}队列，{% endif %}"
            "{{ caller.name or caller.number or '未知来电' }}，"
            "{% if talk.about %}事由：{{ talk.about }}{% if talk.complaints %}，有投诉尚未解决{% endif %}"
            "{% elif talk.complaints %}有投诉尚未解决{% else %}尚未说明事由{% endif %}。"
            "{% if talk.sent_by and not talk.expert %}由{{ talk.sent_by }}转来。{% endif %}"
            "{% if talk.note %}备注：{{ talk.note }}。{% endif %}"
            "{% if talk.answered %}已经答复：{{ talk.answered | join('、') }}。{% endif %}"
            "{% if talk.consents %}客户已同意转接。{% endif %}"
            "接听请按1，拒接请按2。"
        ),
        "whisper_gone": "客户已经不在线上了，谢谢。",
        "whisper_callback": (
            "{{ talk.queue }}队列的回电：{{ caller.name or caller.number }}，"
            "{% if talk.about %}事由：{{ talk.about }}{% else %}没有说明事由{% endif %}，"
            "{% if talk.minutes == 0 %}刚刚预约{% else %}{{ talk.minutes }}分钟前预约{% endif %}。"
            "{% if talk.sent_by %}由{{ talk.sent_by }}转来。{% endif %}"
            "{% if talk.note %}备注：{{ talk.note }}。{% endif %}"
            "{% if talk.by_hand %}号码是{{ caller.number }}。按1接受并由您自己拨打，按2拒绝。"
            "{% else %}按1由我们为您拨通，按2拒绝。{% endif %}"
        ),
        "callback_ringing": "正在呼叫客户，请稍等。",
        "callback_not_reached": "没有联系上客户，您可以接听下一个电话了，谢谢。",
        "caller_gone": "客户已经挂机。",
        "agent_menu": (
            "客户正在听音乐。转到其他队列请按1，转给其他客服请按2，请人加入通话请按3，"
            "让您请来的人离开请按4，回到客户请按星号键。"
        ),
        "agent_menu_targets": (
            "{% if talk.targets %}{{ talk.targets | join('。') }}。{% if talk.more %}更多请按9。{% endif %}"
            "{% else %}现在没有人。{% endif %}返回请按星号键。"
        ),
        "agent_menu_sent_on": "客户已经转出，谢谢。",
        "agent_menu_asked_in": "正在联系，现在回到客户。",
        "agent_menu_sent_away": "对方正在离开通话，现在回到客户。",
        "agent_menu_cannot": "现在不能这样做。",
        "agent_closes": "这次通话结果如何？已解决请按1，未解决请按2，已解决并成交请按3，也可以直接挂机。",
        "agent_closed": "谢谢。",
        "handed_over": "正在为您转接同事，请不要挂机。",
    },
    "ko": {
        "whisper": (
            "{% if talk.expert %}{{ talk.sent_by }} 님이 통화에 초대했습니다. 고객: "
            "{% else %}{{ talk.queue }}. {% endif %}"
            "{{ caller.name or caller.number or '알 수 없는 고객' }}, "
            "{% if talk.about %}용건은 {{ talk.about }}{% if talk.complaints %}, 처리 중인 불만 있음{% endif %}"
            "{% elif talk.complaints %}처리 중인 불만 있음{% else %}용건 없음{% endif %}."
            "{% if talk.sent_by and not talk.expert %} {{ talk.sent_by }} 님이 연결했습니다.{% endif %}"
            "{% if talk.note %} 메모: {{ talk.note }}.{% endif %}"
            "{% if talk.answered %} 이미 안내한 내용: {{ talk.answered | join(', ') }}.{% endif %}"
            "{% if talk.consents %} 고객이 연결에 동의했습니다.{% endif %}"
            " 받으시려면 1번, 거절하시려면 2번을 눌러 주세요."
        ),
        "whisper_gone": "고객이 더 이상 기다리지 않습니다. 감사합니다.",
        "whisper_callback": (
            "{{ talk.queue }} 콜백입니다. {{ caller.name or caller.number }}, "
            "{% if talk.about %}용건은 {{ talk.about }}{% else %}용건 없음{% endif %}, "
            "{% if talk.minutes == 0 %}방금 요청했습니다{% else %}{{ talk.minutes }}분 전에 요청했습니다{% endif %}."
            "{% if talk.sent_by %} {{ talk.sent_by }} 님이 넘겼습니다.{% endif %}"
            "{% if talk.note %} 메모: {{ talk.note }}.{% endif %}"
            "{% if talk.by_hand %} 번호는 {{ caller.number }}. 직접 거시려면 1번, 거절하시려면 2번을 눌러 주세요."
            "{% else %} 연결하시려면 1번, 거절하시려면 2번을 눌러 주세요.{% endif %}"
        ),
        "callback_ringing": "고객에게 전화를 걸고 있습니다. 잠시만 기다려 주세요.",
        "callback_not_reached": "고객과 연결되지 않았습니다. 다음 전화를 받으실 수 있습니다. 감사합니다.",
        "caller_gone": "고객이 전화를 끊었습니다.",
        "agent_menu": (
            "고객은 음악을 듣고 있습니다. 다른 대기열은 1번, 다른 상담원은 2번, 통화에 초대하려면 3번, "
            "초대한 사람을 내보내려면 4번, 고객에게 돌아가려면 별표를 눌러 주세요."
        ),
        "agent_menu_targets": (
            "{% if talk.targets %}{{ talk.targets | join('. ') }}. {% if talk.more %}더 들으시려면 9번. {% endif %}"
            "{% else %}지금은 아무도 없습니다. {% endif %}돌아가려면 별표를 눌러 주세요."
        ),
        "agent_menu_sent_on": "고객을 연결하고 있습니다. 감사합니다.",
        "agent_menu_asked_in": "연락하고 있습니다. 고객에게 돌아갑니다.",
        "agent_menu_sent_away": "통화에서 나가고 있습니다. 고객에게 돌아갑니다.",
        "agent_menu_cannot": "지금은 할 수 없습니다.",
        "agent_closes": (
            "통화가 어떻게 끝났습니까? 해결은 1번, 미해결은 2번, 해결과 판매는 3번을 눌러 주세요. 그냥 끊으셔도 됩니다."
        ),
        "agent_closed": "감사합니다.",
        "handed_over": "다른 상담원에게 연결해 드리겠습니다. 끊지 말고 기다려 주세요.",
    },
}
SAID_TO_CALLERS = frozenset({"handed_over"})
"""All others are for agents, and know of the caller what the agent is to know."""
