// Between the sound card's rate and the telephone's, by a windowed sinc. All of the telephone's 4 kHz is kept, since
// recognisers hear consonants up there; of what lies above, nothing comes through as something else.
const CROSSINGS = 48; // 6 ms of delay
const EDGE = 1.0; // where the filter is half down, of the lower rate's half

/** Takes pieces of any length and gives pieces of the other rate; what one piece needs of its neighbour is kept. */
export class Resampler {
  constructor(fromHz, toHz) {
    const common = gcd(Math.round(fromHz), Math.round(toHz));
    this.up = Math.round(toHz) / common;
    this.down = Math.round(fromHz) / common;
    const cutoff = (EDGE * Math.min(fromHz, toHz)) / fromHz; // of the half of the rate we come from
    this.taps = 2 * Math.ceil(CROSSINGS / cutoff);
    this.kernels = Array.from({ length: this.up }, (_, phase) => kernel(phase / this.up, this.taps, cutoff));
    this.kept = new Float32Array(this.taps - 1);
    this.phase = 0;
  }

  /** The next piece. */
  next(samples) {
    const all = new Float32Array(this.kept.length + samples.length);
    all.set(this.kept);
    all.set(samples, this.kept.length);
    const out = [];
    let at = 0;
    while (at + this.taps <= all.length) {
      const weights = this.kernels[this.phase];
      let sum = 0;
      for (let i = 0; i < this.taps; i += 1) sum += weights[i] * all[at + i];
      out.push(sum);
      this.phase += this.down;
      at += Math.floor(this.phase / this.up);
      this.phase %= this.up;
    }
    this.kept = all.slice(at);
    return Float32Array.from(out);
  }
}

function kernel(fraction, taps, cutoff) {
  const weights = new Float32Array(taps);
  const middle = taps / 2 - 1 + fraction;
  let sum = 0;
  for (let i = 0; i < taps; i += 1) {
    const x = i - middle;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (taps / 2 + 1));
    weights[i] = (x === 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x)) * window;
    sum += weights[i];
  }
  return weights.map((weight) => weight / sum);
}

function gcd(a, b) {
  return b ? gcd(b, a % b) : a;
}
