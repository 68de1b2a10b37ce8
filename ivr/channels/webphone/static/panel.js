// The panel beside the phone: what was said and understood, the step in the drawn flow, the event log; live.
//
//   const panel = new Panel(document.getElementById("panel"));
//   panel.begin();         a call begins; one that is taken up again goes on without
//   panel.take({what, …}); a server's notice: see ivr/channels/audio/notices.py and panel.py
//   panel.end();           the call is over
//
// The phone works the same without it.

import { doing, element } from "./panel_words.js";
import { Turns } from "./panel_turns.js";
import { Flow } from "./panel_flow.js";
import { Log } from "./panel_log.js";

const STATES = {
  queued: ["waits", "in line"], connected: ["talks", "with a person"], agent_left: ["thinks", "the person left"],
};

export class Panel {
  constructor(home) {
    this.turns = new Turns();
    this.flow = new Flow();
    this.log = new Log();
    this.state = element("span", { class: "state", "data-is": "idle" }, "no call");
    const talk = element("section", { class: "talk", "aria-label": "what was said and understood" }, this.turns.list);
    const title = element("h2", {}, "Inside the call");
    const head = element("header", { class: "panel-head" }, title, this.state, fold(home));
    const body = element("div", { class: "panel-body", id: "panel-body" }, talk, this.flow.part, this.log.part);
    home.classList.add("panel");
    home.replaceChildren(head, body);
    this.clear();
    this.show("idle", "no call");
    home.hidden = false;
  }

  begin() {
    this.clear();
    this.show("thinks", "the call begins");
  }

  clear() {
    this.turns.clear();
    this.flow.clear();
    this.log.clear();
    this.last = 0;
    this.asking = null;
  }

  take({ what, ...told }) {
    if (what === "entry") return this.entry(told);
    if (what === "stands") {
      this.flow.stands(told);
      if (told.phase === "over") this.end();
      return;
    }
    this.turns.notice(what, told);
    this.log.notice(what, told);
    if (what === "asked") this.asking = told;
    if (what === "event") this.asking = null;
    const now = doing(what, told, this.asking);
    if (now && !this.isOver) this.show(...now);
  }

  /** A call that was taken up again is told from its beginning; what is known already is left out. */
  entry(told) {
    if (told.n <= this.last) return;
    this.last = told.n;
    this.flow.passes(told.step);
    this.turns.entry(told);
    this.log.entry(told);
    if (STATES[told.kind]) this.show(...STATES[told.kind]);
  }

  end() {
    this.flow.over();
    this.show("over", "call over");
  }

  show(is, words) {
    this.isOver = is === "over";
    this.state.dataset.is = is;
    this.state.textContent = words;
  }
}

/** On a narrow page the panel is folded below the phone. */
function fold(home) {
  const attributes = { type: "button", class: "fold", "aria-expanded": "false", "aria-controls": "panel-body" };
  const button = element("button", attributes, "show");
  button.addEventListener("click", () => {
    const open = home.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
    button.textContent = open ? "hide" : "show";
    // What was added while it was folded could not be scrolled to.
    for (const list of home.querySelectorAll(".turns, .entries")) list.scrollTop = list.scrollHeight;
  });
  return button;
}
