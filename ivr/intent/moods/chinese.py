"""What settles in Mandarin that a caller is upset, wherever it stands in a sentence."""

from __future__ import annotations

from ivr.intent.moods.phrases import phrases

UPSET = phrases(
    """
    太过分, 过分了, 气死, 很生气, 非常生气, 真生气, 太生气, 生气了, 受够, 受不了你, 忍无可忍, 烦死, 烦透
    太差劲, 真差劲, 什么破, 这破, 烂服务, 太烂, 烂透, 垃圾公司, 垃圾服务, 耍我, 开什么玩笑, 开玩笑吗, 没人管
    找借口, 浪费我的时间, 浪费时间, 搞什么鬼, 搞什么名堂, 有完没完, 没完没了, 逼疯, 太离谱, 不像话, 不可理喻
    要不要脸, 不要脸, 好意思吗, 失望透顶, 太失望, 骗子, 抢钱, 太坑, 坑人, 凭什么扣, 欺负人, 见鬼, 他妈的
    """
)
