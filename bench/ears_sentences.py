"""What callers of the sample hotline say, each with the intent it has: for `bench/ears_english.py`.

Decoding was tuned on `KNOWN` and on nothing else. `FRESH` was written before that and looked at afterwards, once; the
wording is everyday speech and not that of the hotline's examples, so a part of it the classifier cannot know.
"""

from __future__ import annotations

from pathlib import Path

Spoken = tuple[tuple[str, str], ...]
"""Intent and sentence."""

KNOWN: Spoken = (
    ("balance", "what is my balance"),
    ("balance", "how much do I owe you"),
    ("balance", "when is my payment due"),
    ("balance", "um, how much money do I still have to pay"),
    ("balance", "could you please tell me my balance"),
    ("balance", "is there anything left to pay on my account"),
    ("bill", "why is my bill so high"),
    ("bill", "I was charged twice this month"),
    ("bill", "please send me a copy of the invoice"),
    ("bill", "how high is my bill this month"),
    ("bill", "I'd like to know what my last invoice was"),
    ("fault", "my internet is not working"),
    ("fault", "the line is dead"),
    ("fault", "there is no dial tone"),
    ("fault", "my connection is very slow"),
    ("fault", "I cannot make calls"),
    ("fault", "hello, the internet at my place is down again"),
    ("fault", "my phone does not work since this morning"),
    ("fault", "the wifi is extremely slow in the evening"),
    ("fault", "I have no connection"),
    ("complaint", "I want to complain about your service"),
    ("complaint", "your technician did not come"),
    ("complaint", "an employee was rude to me"),
    ("complaint", "this is a complaint"),
    ("complaint", "I am very unhappy with how your staff treated me"),
    ("complaint", "well, I have a complaint about one of your agents"),
    ("plans", "which plan do I have"),
    ("plans", "is there a cheaper plan"),
    ("plans", "I would like to upgrade my plan"),
    ("plans", "how much data do I get each month"),
    ("advice", "what would you recommend for two people"),
    ("advice", "I need advice about plans"),
    ("advice", "which tariff suits a small business"),
    ("advice", "can you advise me"),
    ("person", "I want to talk to somebody"),
    ("person", "connect me to an agent please"),
    ("person", "can I speak to a real person"),
    ("person", "I need help from a human"),
    ("person", "somebody please"),
    ("person", "agent"),
)

FRESH: Spoken = (
    ("balance", "Hi, could you tell me how much I owe at the moment?"),
    ("balance", "Um, what's my balance please"),
    ("balance", "How much is still open on my account?"),
    ("balance", "When do I have to pay next?"),
    ("balance", "Do I have anything outstanding?"),
    ("balance", "Good morning, I'd like to know my current account balance."),
    ("bill", "Why was my last bill so high?"),
    ("bill", "I'd like to hear my latest invoice."),
    ("bill", "What did you charge me in October?"),
    ("bill", "My bill, please."),
    ("bill", "Er, I don't understand this bill, what is it for?"),
    ("bill", "Could you read out last month's bill to me?"),
    ("plans", "Which plan am I on right now?"),
    ("plans", "How much data is in my plan?"),
    ("plans", "What other plans do you have?"),
    ("plans", "I'm looking for something cheaper."),
    ("plans", "I would like to switch to a bigger package, please."),
    ("plans", "Tell me about your tariffs."),
    ("fault", "My internet has been down since yesterday."),
    ("fault", "The phone is dead."),
    ("fault", "Hello, um, I can't get online."),
    ("fault", "The connection keeps dropping every few minutes."),
    ("fault", "My router shows a red light and nothing works."),
    ("fault", "Everything is terribly slow tonight."),
    ("fault", "I can't make any calls."),
    ("fault", "There's no signal at my house."),
    ("complaint", "I'd like to make a complaint."),
    ("complaint", "Your engineer never turned up."),
    ("complaint", "One of your people was very rude to my wife."),
    ("complaint", "I'm really not satisfied with how I was treated."),
    ("complaint", "This is the third time I'm calling and I am very unhappy."),
    ("advice", "Which offer would you recommend for a student?"),
    ("advice", "Can you advise me on what fits our small office?"),
    ("advice", "I'm not sure which plan I should take."),
    ("advice", "I need some advice."),
    ("person", "Can I talk to a human?"),
    ("person", "Put me through to an agent, please."),
    ("person", "Operator."),
    ("person", "I'd rather speak with a real person, if that's possible."),
    ("person", "Could I please speak to somebody in your office?"),
)

SPOKEN_POLITELY = (
    "잔액 조회", "거래 내역 조회", "계좌 이체", "카드 분실 신고", "비밀번호 변경", "상담원 연결", "요금 납부",
    "예약 확인", "다시 듣기", "영업 시간", "지점 안내", "도움말",
)  # fmt: skip

KOREAN_STRANGERS = tuple((Path(__file__).parent / "ears_strangers_ko.txt").read_text(encoding="utf-8").splitlines())
"""A hundred sentences and phrases of other matters; what listens for them was tuned on a hundred others."""
