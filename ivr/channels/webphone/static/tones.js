// The tones of the keys, for the caller's own ears: the line is told of keys by name.
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477];
const KEYS = "123456789*0#";
const LENGTH_S = 0.12;
const LOUDNESS = 0.06;

export function playTone(context, key) {
  const at = KEYS.indexOf(key);
  if (at < 0) return;
  const gain = new GainNode(context, { gain: 0 });
  const now = context.currentTime;
  gain.gain.setTargetAtTime(LOUDNESS, now, 0.004);
  gain.gain.setTargetAtTime(0, now + LENGTH_S, 0.008);
  gain.connect(context.destination);
  for (const frequency of [ROWS[Math.floor(at / 3)], COLUMNS[at % 3]]) {
    const tone = new OscillatorNode(context, { frequency });
    tone.connect(gain);
    tone.start(now);
    tone.stop(now + LENGTH_S + 0.1);
  }
}
