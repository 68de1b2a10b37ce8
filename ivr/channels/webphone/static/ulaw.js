// G.711 µ-law: the telephone's eight bits a sample, as ITU-T G.711 has it in its 14-bit form.
const BIAS = 33;
const LARGEST = 8158;

/** Linear (-1 to 1) of every µ-law byte. */
const LINEAR = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff;
  const segment = (bits >> 4) & 7;
  const size = ((2 * (bits & 15) + BIAS) << segment) - BIAS;
  return (bits & 0x80 ? -size : size) / 8192;
});

/** µ-law bytes to samples. */
export function decode(bytes) {
  return Float32Array.from(bytes, (code) => LINEAR[code]);
}

/** One sample to its byte; silence is 255. */
export function encode(sample) {
  const size = Math.min(Math.abs(Math.trunc(sample * 8192)), LARGEST) + BIAS;
  const segment = 31 - Math.clz32(size) - 5;
  const step = (size >> (segment + 1)) & 15;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

export function toBase64(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
