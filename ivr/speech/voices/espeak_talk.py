"""The process in which espeak-ng speaks: `python -I -S espeak_talk.py LIBRARY DATA`. Standard library only.

Each line that comes in is a JSON object {text, voice, words_a_minute, pitch}; out goes the number of samples (four
bytes, little-endian), then so many 16-bit samples. At the start a line of JSON tells the version and the rate.
A voice that is not there, or a text that cannot be said, gives the number 0xFFFFFFFF.
"""

import ctypes
import json
import struct
import sys
from typing import Any

RETRIEVAL = 1
RATE, PITCH = 1, 3
UTF8 = 1
FAILED = 0xFFFFFFFF
BUFFER_MS = 200

Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(library: str, data: str) -> None:
    espeak = ctypes.CDLL(library)
    espeak.espeak_Info.restype = ctypes.c_char_p
    rate_hz = espeak.espeak_Initialize(RETRIEVAL, BUFFER_MS, data.encode() or None, 0)
    version = espeak.espeak_Info(None).decode() if rate_hz > 0 else ""
    sys.stdout.write(json.dumps({"version": version, "rate_hz": rate_hz}) + "\n")
    sys.stdout.flush()
    if rate_hz <= 0:
        return
    made = bytearray()

    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            made.extend(ctypes.string_at(samples, 2 * count))
        return 0

    heard = Heard(hear)  # kept by this name for as long as the library may call it
    espeak.espeak_SetSynthCallback(heard)
    for line in sys.stdin.buffer:
        order = json.loads(line)
        made.clear()
        text = order["text"].encode() + b"\0"
        good = espeak.espeak_SetVoiceByName(order["voice"].encode()) == 0
        if good:
            espeak.espeak_SetParameter(RATE, order["words_a_minute"], 0)
            espeak.espeak_SetParameter(PITCH, order["pitch"], 0)
            good = espeak.espeak_Synth(text, ctypes.c_size_t(len(text)), 0, 1, 0, UTF8, None, None) == 0
            espeak.espeak_Synchronize()
        sys.stdout.buffer.write(struct.pack("<I", len(made) // 2 if good else FAILED) + (made if good else b""))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
