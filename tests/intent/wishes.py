"""A small telecom hotline in English and Mandarin: what its designer would write in intents.yaml."""

EXAMPLES = {
    "en": {
        "balance": [
            "what is my balance",
            "how much do I owe you",
            "how much money is left on my account",
            "when is my payment due",
            "tell me what I have to pay",
        ],
        "fault": [
            "my internet is not working",
            "the line is dead",
            "I have no connection since this morning",
            "the internet is very slow",
            "there is no dial tone",
        ],
        "plans": [
            "I want a cheaper plan",
            "which plans do you have",
            "upgrade my package",
            "how many gigabytes do I get",
            "change my plan please",
        ],
        "complaint": [
            "I want to complain",
            "your technician was rude to me",
            "I am very unhappy with your service",
            "nobody came to the appointment",
            "your staff is unfriendly",
        ],
        "roaming": [
            "can I use my phone abroad",
            "what does calling from Spain cost",
            "switch on roaming",
            "data in foreign countries",
            "I am travelling to Japan next week",
        ],
    },
    "zh": {
        "balance": ["查一下话费", "我还欠多少钱", "账户里还剩多少钱", "我这个月要交多少钱", "帮我查余额"],
        "fault": ["上不了网", "网络断了", "电话打不通", "宽带坏了", "网速太慢了"],
        "plans": ["我想换个套餐", "有没有便宜一点的套餐", "我有多少流量", "有哪些套餐可以选", "升级我的套餐"],
        "complaint": ["我要投诉", "你们的师傅态度很差", "我对服务很不满意", "约好的人没有来", "客服骂人"],
        "roaming": ["国外能用手机吗", "开通国际漫游", "在日本打电话多少钱", "出国怎么上网", "漫游费是多少"],
    },
}
KEYWORDS = {
    "en": {"person": ["agent", "real person", "human"], "roaming": ["roaming"]},
    "zh": {"person": ["人工", "转人工"], "roaming": ["漫游"]},
}
NAMES = {
    "en": {"balance": "your balance", "fault": "a fault of your line", "person": "talking to a person"},
    "zh": {"balance": "查询余额", "fault": "故障报修", "person": "人工服务"},
}
