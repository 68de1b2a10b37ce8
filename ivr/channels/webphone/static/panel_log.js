// The event log: every entry of the call's record as a sentence, its details to unfold; newest last.

import { clock, data, element, readable, sentence } from "./panel_words.js";

const MOST = 1000;
const GROUPS = {
  talk: "said heard understood consent answered rated sms voicemail",
  decisions: "decided looked_up profile note failed callback dialled",
  people: "queued position offered missed connected agent_left left_line",
};
const EARS = "ears";
const TROUBLES = new Set(["trouble", "unsaid", "deaf"]);
const GROUP_OF = new Map(
  Object.entries(GROUPS).flatMap(([group, kinds]) => kinds.split(" ").map((kind) => [kind, group])),
);

export class Log {
  constructor() {
    this.off = new Set([EARS]);
    const quiet = { role: "log", "aria-live": "off" }; // who wants to know reads it; the call itself is heard
    this.list = element("ol", { class: "entries", tabindex: "0", "aria-label": "event log", ...quiet });
    this.search = element("input", { type: "search", placeholder: "find", "aria-label": "find in the event log" });
    const buttons = [...Object.keys(GROUPS), EARS].map((group) => this.button(group));
    const shown = { class: "tools", role: "group", "aria-label": "what the log shows" };
    const tools = element("div", shown, ...buttons, this.search);
    const header = element("header", {}, element("h3", {}, "Event log"), tools);
    this.part = element("section", { class: "log", "aria-label": "event log" }, header, this.list);
    this.search.addEventListener("input", () => this.filter());
    this.clear();
  }

  clear() {
    this.list.replaceChildren();
    this.startedAt = null;
    this.startedHere = performance.now();
  }

  button(group) {
    const made = element("button", { type: "button", "aria-pressed": String(!this.off.has(group)) }, group);
    made.addEventListener("click", () => {
      if (!this.off.delete(group)) this.off.add(group);
      made.setAttribute("aria-pressed", String(!this.off.has(group)));
      this.filter();
    });
    return made;
  }

  entry(told) {
    if (this.startedAt === null) {
      this.startedAt = told.at;
      this.startedHere = performance.now();
    }
    const group = GROUP_OF.get(told.kind) ?? "call";
    const words = told.words || readable(told.kind);
    this.add({ group, kind: told.kind, seconds: told.at - this.startedAt }, words, told.data, told.step);
  }

  notice(what, told) {
    const [group, kind] = TROUBLES.has(what) ? ["call", "failed"] : [EARS, what];
    this.add({ group, kind, seconds: (performance.now() - this.startedHere) / 1000 }, sentence(what, told), told);
  }

  add({ group, kind, seconds }, words, more, step = "") {
    const summary = element(
      "summary", {}, element("time", {}, clock(seconds)), element("span", { class: "words" }, words),
      step ? element("span", { class: "step" }, step) : null,
    );
    const details = element("details", {}, summary, data({ kind, ...more }));
    const row = element("li", { "data-group": group, "data-kind": kind }, details);
    row.hidden = !this.shows(row);
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 24;
    this.place(row, seconds);
    if (this.list.childElementCount > MOST) this.list.firstElementChild.remove();
    if (atEnd) this.list.scrollTop = this.list.scrollHeight;
  }

  /** What the ears notice is here at once, what the engine wrote down a moment later. Each keeps its own order. */
  place(row, seconds) {
    row.at = seconds;
    const byEars = row.dataset.group === EARS;
    let before = this.list.lastElementChild;
    while (before && (before.dataset.group === EARS) !== byEars && before.at > seconds) {
      before = before.previousElementSibling;
    }
    if (before) before.after(row);
    else this.list.prepend(row);
  }

  shows(row) {
    const wanted = this.search.value.trim().toLowerCase();
    return !this.off.has(row.dataset.group) && (!wanted || row.textContent.toLowerCase().includes(wanted));
  }

  filter() {
    for (const row of this.list.children) row.hidden = !this.shows(row);
    this.list.scrollTop = this.list.scrollHeight;
  }
}
