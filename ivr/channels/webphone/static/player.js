// The hotline's sound: pieces of µ-law, one after the other without a seam, and when each of them has been heard.
import { Resampler } from "./resample.js";
import { decode } from "./ulaw.js";

const LINE_HZ = 8000;
const LEAD_S = 0.04; // after a silence the first piece waits so long for the second
const QUIET = 0.005;

/**
 * Pieces are laid on the sound card's clock as they come. Nothing of it hangs on the page being quick, and nothing wants
 * an audio worklet, which pages that came by plain http do not get.
 */
export class Player {
  /** `heard(name)` is told of each mark when all before it was heard. */
  constructor(context, heard) {
    this.context = context;
    this.heard = heard;
    this.gain = context.createGain();
    this.meter = context.createAnalyser();
    this.meter.fftSize = 256;
    this.wave = new Float32Array(this.meter.fftSize);
    this.gain.connect(this.meter).connect(context.destination);
    this.resampler = new Resampler(LINE_HZ, context.sampleRate);
    this.endsAt = 0; // in samples of the context
    this.playing = new Set();
    this.marks = [];
  }

  play(bytes) {
    const samples = this.resampler.next(decode(bytes));
    if (!samples.length) return;
    const rate = this.context.sampleRate;
    const now = Math.ceil(this.context.currentTime * rate);
    if (this.endsAt < now) this.endsAt = now + Math.round(LEAD_S * rate);
    const buffer = this.context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const piece = new AudioBufferSourceNode(this.context, { buffer });
    piece.connect(this.gain);
    piece.start(this.endsAt / rate);
    this.endsAt += samples.length;
    this.playing.add(piece);
    piece.onended = () => {
      this.playing.delete(piece);
      this.tellMarks();
    };
  }

  mark(name) {
    this.marks.push({ name, at: this.endsAt });
    if (!this.playing.size) this.tellMarks();
  }

  /** Silent at once; the marks that waited are told. */
  clear() {
    for (const piece of this.playing) {
      piece.onended = null;
      piece.stop();
      piece.disconnect();
    }
    this.playing.clear();
    this.endsAt = 0;
    this.resampler = new Resampler(LINE_HZ, this.context.sampleRate);
    for (const mark of this.marks.splice(0)) this.heard(mark.name);
  }

  volume(share) {
    // Ears hear by ratios: the middle of the slider is a quarter of the swing.
    this.gain.gain.setTargetAtTime(share * share, this.context.currentTime, 0.02);
  }

  /** How loud it is just now, 0 to 1; 0 is silence. */
  level() {
    this.meter.getFloatTimeDomainData(this.wave);
    const loudest = this.wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    return loudest < QUIET ? 0 : loudest;
  }

  tellMarks() {
    const now = this.context.currentTime * this.context.sampleRate;
    const until = this.playing.size ? now : Infinity;
    while (this.marks.length && this.marks[0].at <= until) {
      const { name } = this.marks.shift();
      // It has left for the loudspeaker; the caller hears it so much later.
      setTimeout(() => this.heard(name), 1000 * (this.context.outputLatency || 0));
    }
  }
}
