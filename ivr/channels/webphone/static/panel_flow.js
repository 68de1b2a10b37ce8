// The drawn flow: the present step lit, the trail marked, the view following the call.

import { boxOf, mark } from "./panel_trail.js";
import { View } from "./panel_view.js";
import { element, readable } from "./panel_words.js";

const TRAIL = 400;
const NOWHERE = "The step where the call stands, in the flow as it is drawn.";
const KEYS = "drawn flow; arrow keys move it, plus and minus zoom, Home shows all of it, F follows the call";
const CLOSER = 1.3, PACE = 60;

export class Flow {
  constructor() {
    this.where = element("p", { class: "where" });
    this.stage = element("div", { class: "stage", tabindex: "0", role: "group", "aria-label": KEYS });
    this.view = new View(this.stage, () => this.follows && this.follow(false));
    this.following = tool("follow", "follow the call", () => this.follow(true));
    const tools = element(
      "div", { class: "tools", role: "group", "aria-label": "the view of the flow" }, this.following,
      tool("−", "smaller", () => this.view.zoom(1 / CLOSER)), tool("+", "larger", () => this.view.zoom(CLOSER)),
      tool("all", "the whole flow", () => this.whole()),
    );
    const header = element("header", {}, this.where, tools);
    this.part = element("section", { class: "flow", "aria-label": "step in the flow" }, header, this.stage);
    this.shadow = this.stage.attachShadow({ mode: "open" });
    const sheet = new URL("./panel_drawing.css", import.meta.url).href;
    this.shadow.append(element("link", { rel: "stylesheet", href: sheet }));
    this.drawings = new Map();
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.shadow.addEventListener("click", (event) => this.click(event));
    new ResizeObserver(() => this.follows && this.toStep()).observe(this.stage);
    this.clear();
  }

  clear() {
    this.trail = [];
    this.now = null;
    this.runs = [];
    this.wanted = null;
    this.put(null);
    this.where.textContent = NOWHERE;
    this.follow(true);
  }

  // --- what happens ------------------------------------------------------------------------------------------

  /** The call did something at this step. */
  passes(step) {
    if (!step || this.trail.at(-1) === step) return;
    this.trail.push(step);
    if (this.trail.length > TRAIL) this.trail.shift();
  }

  async stands(told) {
    if (!told.flow) return;
    if (told.phase !== "over") this.runs = told.runs ?? []; // who has hung up stood where he stood before
    this.now = told;
    this.passes(this.here);
    this.tellWhere();
    if (this.follows) await this.present(told.drawing);
    else if (this.shown) this.mark();
  }

  over() {
    this.tellWhere("the call is over");
  }

  get here() {
    return this.now ? `${this.now.flow}.${this.now.step}` : "";
  }

  tellWhere(end = this.now?.phase === "over" ? "the call is over" : "") {
    const flows = [...this.runs.map((step) => step.split(".")[0]), this.now?.flow].filter(Boolean);
    const path = flows.map((flow) => `${readable(flow)} › `).join("");
    const kind = this.shown && boxOf(this.shown, this.here)?.dataset.kind;
    const step = this.now?.step ? element("strong", {}, readable(this.now.step)) : "";
    const after = [kind && ` (${kind})`, end && (path ? ` · ${end}` : end)].filter(Boolean);
    this.where.replaceChildren(path, step, ...after);
  }

  // --- the drawing -------------------------------------------------------------------------------------------

  /** Another drawing that is asked for meanwhile comes instead. */
  async present(path) {
    this.wanted = path;
    const drawing = await this.drawing(path);
    if (this.wanted !== path || !drawing) return;
    if (this.shown !== drawing) this.put(drawing);
    this.mark();
    this.tellWhere();
    if (this.follows) this.toStep();
  }

  put(drawing) {
    this.shown?.remove();
    if (drawing) this.shadow.append(drawing);
    this.shown = drawing;
    this.view.show(drawing);
  }

  async drawing(path) {
    if (!this.drawings.has(path)) this.drawings.set(path, this.fetched(path));
    const found = await this.drawings.get(path);
    if (!found) this.drawings.delete(path);
    return found;
  }

  async fetched(path) {
    const answer = await fetch(path).catch(() => null);
    if (!answer?.ok) return null;
    // As an element the drawing's style would be refused by the page's rules (CSP); as a sheet of ours it may stay.
    const [bare, style] = styleApart(await answer.text());
    const drawing = document.importNode(new DOMParser().parseFromString(bare, "image/svg+xml").documentElement, true);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.shadow.adoptedStyleSheets = [sheet]; // of all drawings the same
    drawing.removeAttribute("width");
    drawing.removeAttribute("height");
    drawing.dataset.flow = decodeURIComponent(path.split("/").at(-1).replace(/\.svg$/, ""));
    return drawing;
  }

  mark() {
    mark(this.shown, this.trail, this.now?.phase === "over" ? "" : this.here, this.runs);
  }

  // --- the view ----------------------------------------------------------------------------------------------

  follow(on) {
    this.follows = on;
    this.following.setAttribute("aria-pressed", String(on));
    if (on && this.now) this.present(this.now.drawing);
  }

  toStep() {
    if (this.shown) this.view.toBox(boxOf(this.shown, this.here));
  }

  whole() {
    this.follow(false);
    this.view.toAll();
  }

  key(event) {
    const acts = { // none of them is a key of the telephone
      ArrowLeft: () => this.view.move(-PACE, 0), ArrowRight: () => this.view.move(PACE, 0),
      ArrowUp: () => this.view.move(0, -PACE), ArrowDown: () => this.view.move(0, PACE),
      "+": () => this.view.zoom(CLOSER), "=": () => this.view.zoom(CLOSER), "-": () => this.view.zoom(1 / CLOSER),
      Home: () => this.whole(), f: () => this.follow(true), F: () => this.follow(true),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** A tag leads to the step it names, in its own flow. */
  async click(event) {
    const link = event.target.closest?.("a[data-goes]");
    if (!link) return;
    event.preventDefault();
    if (this.view.dragged || !this.now) return;
    const step = link.dataset.goes, flow = step.split(".")[0];
    this.follow(false);
    await this.present(this.now.drawing.replace(/[^/]+\.svg$/, `${encodeURIComponent(flow)}.svg`));
    if (this.shown) this.view.toBox(boxOf(this.shown, step));
  }
}

function tool(label, title, act) {
  const made = element("button", { type: "button", title, "aria-label": title }, label);
  made.addEventListener("click", act);
  return made;
}

function styleApart(svg) {
  let style = "";
  const bare = svg.replace(/<style>([^<]*)<\/style>/, (whole, inside) => {
    style = inside;
    return "";
  });
  return [bare, style];
}
