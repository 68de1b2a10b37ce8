// In the audio thread: the microphone's samples to telephone frames of 20 ms.
import { Resampler } from "./resample.js";
import { encode } from "./ulaw.js";

const LINE_HZ = 8000;
const FRAME = 160;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, LINE_HZ);
    this.frame = new Uint8Array(FRAME);
    this.filled = 0;
    this.loudest = 0;
  }

  process([input]) {
    const samples = input[0];
    if (!samples) return true; // the microphone has gone; it may come back
    for (const sample of this.resampler.next(samples)) {
      this.frame[this.filled] = encode(sample);
      this.loudest = Math.max(this.loudest, Math.abs(sample));
      this.filled += 1;
      if (this.filled === FRAME) this.give();
    }
    return true;
  }

  give() {
    this.port.postMessage({ frame: this.frame, loudest: this.loudest }, [this.frame.buffer]);
    this.frame = new Uint8Array(FRAME);
    this.filled = 0;
    this.loudest = 0;
  }
}

registerProcessor("capture", Capture);
