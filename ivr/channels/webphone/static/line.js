// One call's socket: what PROTOCOL.md says, and calling again when the socket is lost.
import { fromBase64, toBase64 } from "./ulaw.js";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2000;
const GIVE_UP_MS = 60000;
const GOOD = 1000;
const REFUSED = 1008;

/**
 * `told` is called with each message's name and contents: begun, media (bytes), mark, clear, state, notice, over; and
 * with `lost` while the socket is gone, `over` with a sentence when it does not come back.
 */
export class Line {
  constructor(told) {
    this.told = told;
    this.claim = "";
    this.lostAt = 0;
    this.closed = false;
  }

  async call(hotline, caller) {
    const answer = await fetch("/phone/ticket", { method: "POST" });
    const { ticket, problem } = await answer.json();
    if (!ticket) throw new Error(problem);
    this.open({ ticket, hotline, caller });
  }

  /** Go on with a call that this page, or its last life, has begun. */
  takeUp(claim) {
    this.claim = claim;
    this.open({ claim });
  }

  sound(frame) {
    // What cannot leave now is late already.
    if (this.socket?.readyState === WebSocket.OPEN && this.socket.bufferedAmount < 20000) {
      this.send("media", { payload: toBase64(frame) });
    }
  }

  key(digit) {
    this.send("dtmf", { digit });
  }

  words(words) {
    this.send("text", { words });
  }

  mark(name) {
    this.send("mark", { name });
  }

  ended(status) {
    this.send("ended", { status });
  }

  hangUp() {
    this.send("stop");
    this.closed = true;
  }

  // --- inside ------------------------------------------------------------------------------------------------

  send(event, contents) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify(contents ? { event, [event]: contents } : { event }));
  }

  open(start) {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/phone/line`);
    this.socket = socket;
    socket.onopen = () => this.send("start", start);
    socket.onmessage = ({ data }) => this.take(JSON.parse(data));
    socket.onclose = ({ code }) => this.broke(code);
  }

  take(message) {
    const { event } = message;
    if (event === "begun") {
      this.claim = message.begun.claim;
      this.lostAt = 0;
    }
    if (event === "over") this.closed = true;
    this.told(event, event === "media" ? fromBase64(message.media.payload) : message[event]);
  }

  broke(code) {
    if (this.closed) return;
    this.lostAt ||= Date.now();
    const late = Date.now() - this.lostAt > GIVE_UP_MS;
    if (code === GOOD || code === REFUSED || late || !this.claim) {
      this.closed = true;
      this.told("over", { why: code === GOOD ? "" : "The line is lost. Please call again." });
      return;
    }
    this.told("lost");
    this.pause = Math.min(2 * (this.pause || FIRST_PAUSE_MS / 2), LONGEST_PAUSE_MS);
    setTimeout(() => this.open({ claim: this.claim }), this.pause);
  }
}
