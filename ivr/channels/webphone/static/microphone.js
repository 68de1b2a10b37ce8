// The caller's microphone; where there is none, a sentence that says why and what to do.

/** `mend` is for the caller: what is the matter and what helps. */
export class NoMicrophone extends Error {
  constructor(mend) {
    super(mend);
    this.mend = mend;
  }
}

const GO_ON = "Until then, use the keys or type what you would say.";

const MENDS = {
  NotAllowedError: `The microphone was refused. Allow it in the browser's address bar and call again. ${GO_ON}`,
  NotFoundError: `No microphone was found. Plug one in and call again. ${GO_ON}`,
  NotReadableError: `Another program holds the microphone. Close it and call again. ${GO_ON}`,
};

/** What a page may not do that came by plain http from another machine. */
function insecure() {
  const safe = `https://${location.host}${location.pathname}`;
  return (
    "Browsers give no microphone to a page that came over plain http from another machine. " +
    `Open it as ${safe}, or on the server itself as http://localhost:${location.port || 80}${location.pathname}. ${GO_ON}`
  );
}

/**
 * Asks for the microphone; `heard(frame, loudest)` gets every 20 ms of it as µ-law from then on.
 * Throws NoMicrophone.
 */
export async function openMicrophone(context, heard) {
  if (!window.isSecureContext || !navigator.mediaDevices) throw new NoMicrophone(insecure());
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new NoMicrophone(MENDS[error.name] ?? `The microphone cannot be used (${error.message}). ${GO_ON}`);
  }
  await context.audioWorklet.addModule(new URL("./capture.js", import.meta.url));
  return new Microphone(context, stream, heard);
}

class Microphone {
  constructor(context, stream, heard) {
    this.stream = stream;
    this.source = context.createMediaStreamSource(stream);
    this.capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    this.capture.port.onmessage = ({ data }) => heard(data.frame, data.loudest);
    this.source.connect(this.capture);
  }

  /** Muted, silence is sent: the hotline must hear that nothing is said. */
  mute(muted) {
    for (const track of this.stream.getAudioTracks()) track.enabled = !muted;
  }

  close() {
    this.capture.port.onmessage = null;
    this.source.disconnect();
    for (const track of this.stream.getTracks()) track.stop();
  }
}
