// The talk: the caller's words, what they were taken to mean and how, and what was answered. Not read aloud by itself:
// the words are heard, and stand in the phone's own log.

import { bar, element, readable } from "./panel_words.js";

const KEPT = 30;
const BECAUSE = {
  keyword: "by a key word", model: "by the model of meanings", out_of_scope: "out of scope", key: "by key",
};
const PACE = "from the end of the caller's words, or the key, to our first sound";

/** One exchange. It is open until something was said in answer. */
class Turn {
  constructor(opening) {
    this.answered = false;
    this.keys = "";
    this.caller = element("p", { class: "caller" });
    this.meaning = element("p", { class: "meaning" });
    this.answer = element("p", { class: "answer" });
    this.row = element("li", { class: "turn" }, this.caller, this.meaning, this.answer);
    this.caller.hidden = this.meaning.hidden = this.answer.hidden = true;
    if (opening) this.tell(this.caller, element("span", { class: "how" }, opening));
  }

  tell(line, ...inside) {
    line.replaceChildren(...inside);
    line.hidden = false;
  }

  /** `sure`: what was heard is taken at its word; undefined where nobody asked. */
  heard(words, how, confidence, sure) {
    const measured = typeof confidence === "number" ? bar(confidence, "how sure the ears are") : null;
    const doubt = sure === false ? element("span", { class: "chip warn" }, "not sure") : null;
    const said = words === "" ? element("i", {}, "silence") : element("q", {}, words);
    this.words = element("span", { class: "rest" }, said, measured, doubt);
    this.tell(this.caller, element("span", { class: "how" }, how), this.words);
  }

  key(key) {
    this.keys += key;
    this.heard(this.keys, "pressed");
  }

  understood(told) {
    const intent = told.intent
      ? element("strong", { class: "intent" }, readable(told.intent))
      : element("strong", { class: "intent none" }, "not understood");
    const because = element("span", { class: "chip" }, BECAUSE[told.because] ?? readable(told.because ?? ""));
    const measured = typeof told.confidence === "number" ? [bar(told.confidence, "how sure the meaning is")] : [];
    this.tell(this.meaning, intent, ...measured, ...(told.because ? [because] : []));
  }

  consent(told) {
    const answer = told.answer === true ? "yes" : told.answer === false ? "no" : readable(told.answer ?? "nothing");
    const kept = `consent kept${told.offer ? `: ${readable(told.offer)}` : ""}`;
    this.tell(this.meaning, element("strong", { class: "intent" }, answer), element("span", { class: "chip" }, kept));
  }

  said(text) {
    this.answered = true;
    if (this.answer.hidden) this.tell(this.answer, text);
    else this.answer.append(" ", text);
  }

  firstSound(ms) {
    this.pace?.remove();
    this.pace = element("span", { class: "chip", title: PACE }, `answer after ${ms} ms`);
    (this.words ?? this.caller).append(this.pace);
  }
}

export class Turns {
  constructor() {
    const quiet = { role: "log", "aria-live": "off" };
    this.list = element("ol", { class: "turns", tabindex: "0", "aria-label": "the talk", ...quiet });
    this.clear();
  }

  clear() {
    this.list.replaceChildren();
    this.turn = null;
  }

  begin(opening) {
    this.turn = new Turn(opening);
    this.list.append(this.turn.row);
    if (this.list.childElementCount > KEPT) this.list.firstElementChild.remove();
    this.show();
  }

  /** The turn that what the caller does belongs to. */
  open() {
    if (!this.turn || this.turn.answered) this.begin();
    return this.turn;
  }

  /** The turn that what the hotline does belongs to. */
  present() {
    if (!this.turn) this.begin("the call begins");
    return this.turn;
  }

  notice(what, told) {
    if (what === "heard") {
      const words = told.text === null ? "(secret)" : told.text;
      this.open().heard(words, told.typed ? "typed" : "said", told.typed ? undefined : told.confidence, told.sure);
    } else if (what === "key") this.open().key(told.key);
    else if (what === "first_sound" && this.turn) this.turn.firstSound(told.ms);
    else return;
    this.show();
  }

  entry(told) {
    const { kind, data: of } = told;
    if (kind === "heard") this.heardByEngine(of);
    else if (kind === "understood") this.open().understood(of);
    else if (kind === "consent") this.open().consent(of);
    else if (kind === "said") this.present().said(of.text ?? "");
    else return;
    this.show();
  }

  /** The ears told it before, and more of it; of what they do not tell, this is the first news. */
  heardByEngine(of) {
    const turn = this.open();
    const how = { keys: "pressed", speech: "said", nothing: "" }[of.how] ?? "";
    const words = of.how === "nothing" ? "" : (of.text ?? of.always ?? "");
    if (turn.caller.hidden || of.how === "keys") turn.heard(words, how, of.confidence);
    if (of.always) turn.understood({ intent: of.always, because: of.how === "keys" ? "key" : "keyword" });
  }

  show() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
