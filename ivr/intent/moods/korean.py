"""What settles in Korean that a caller is upset, wherever it stands in a sentence."""

from __future__ import annotations

from ivr.intent.moods.phrases import phrases

UPSET = phrases(
    """
    너무한 거 아니, 너무하네, 너무하시네, 열받, 짜증, 못 참겠, 지긋지긋, 장난하, 말이 되는 소리, 도대체 몇 번
    도대체 뭐, 도대체 일을, 시간 낭비, 멍청한, 서비스가 최악, 최악의 회사, 최악의 서비스, 어이가 없, 어이없
    기가 막히, 황당, 미치겠, 부끄러운 줄, 거짓말하지, 거짓말했, 사기 아니, 완전 사기, 화가 나, 화나네, 화났
    열 받, 뭐 하는 거예요 지금
    """
)
