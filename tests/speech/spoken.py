"""Spoken test phrases over a telephone line, by the voices that this machine has; made once and kept for the run."""

import io
import shutil
import subprocess
import wave
from functools import lru_cache

import numpy as np
import pytest
from line_sounds import quiet

from ivr.speech.codec import encode
from ivr.speech.resample import resample

KOREAN_MENU = (
    "잔액 조회", "거래 내역 조회", "계좌 이체", "카드 분실 신고", "비밀번호 변경", "상담원 연결", "요금 납부",
    "예약 확인", "네", "아니요", "다시 듣기", "영업 시간", "지점 안내", "도움말",
)  # fmt: skip
"""Phrases of which a recogniser understands all when espeak-ng says them; of digits it understands none."""
LOUD = 0.35
"""Voices peak at full scale; callers do not."""


@lru_cache(maxsize=256)
def espeak(text, voice="ko+f2", speed=160):
    """Samples at 8,000 a second. Skips the test where espeak-ng is missing."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng: apt-get install espeak-ng")
    made = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", str(speed), "-p", "40", "--stdout", text], capture_output=True, check=True
    ).stdout
    with wave.open(io.BytesIO(made[:4] + b"\xff\xff\xff\x7f" + made[8:])) as sound:  # a pipe's length is not known
        rate = sound.getframerate()
    samples = np.frombuffer(made[44:], np.int16)
    return resample((samples * LOUD).astype(np.int16), rate, 8000)


def on_the_line(samples, before=0.6, after=1.2):
    """As µ-law, with the line's own rest before and after it."""
    return encode(np.concatenate([quiet(before), samples, quiet(after)]))
