// The drawn flow: the present step lit, the trail marked, the view following the call.

import { element, readable } from "./panel_words.js";
import { boxOf, mark } from "./panel_trail.js";

const GLIDE_MS = 420;
const NEAREST = 3, FARTHEST = 0.12, CLOSE = 0.95;
/** Pixels of the page for one of the drawing. */
const TRAIL = 400;
const NOWHERE = "The step where the call stands, in the flow as it is drawn.";

export class Flow {
  constructor() {
    this.where = element("p", { class: "where" }, NOWHERE);
    this.stage = element("div", { class: "stage", tabindex: "0", role: "group", "aria-label": "drawn flow; arrow keys move it, plus and minus zoom, Home shows all of it, F follows the call" });
    this.followButton = this.tool("follow", "follow the call", () => this.setFollow(true));
    const tools = element("div", { class: "tools", role: "group", "aria-label": "the view of the flow" },
      this.followButton, this.tool("−", "smaller", () => this.zoom(1 / 1.3)), this.tool("+", "larger", () => this.zoom(1.3)), this.tool("all", "the whole flow", () => this.whole()));
    this.part = element("section", { class: "flow", "aria-label": "step in the flow" }, element("header", {}, this.where, tools), this.stage);
    this.shadow = this.stage.attachShadow({ mode: "open" });
    this.shadow.append(element("link", { rel: "stylesheet", href: new URL("./panel_drawing.css", import.meta.url).href }));
    this.drawings = new Map();
    this.listen();
    this.clear();
  }

  clear() {
    this.trail = [];
    this.now = null;
    this.runs = [];
    this.shown?.remove();
    this.shown = null;
    this.view = null;
    this.where.textContent = NOWHERE;
    this.setFollow(true);
  }

  tool(label, title, act) {
    const made = element("button", { type: "button", title, "aria-label": title }, label);
    made.addEventListener("click", act);
    return made;
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
    this.passes(`${told.flow}.${told.step}`);
    this.tellWhere();
    if (this.follow) await this.present(told.drawing);
    else if (this.shown) this.mark();
  }

  over() {
    this.tellWhere("the call is over");
  }

  tellWhere(instead) {
    const flows = [...this.runs.map((step) => step.split(".")[0]), this.now?.flow].filter(Boolean);
    const path = flows.map((flow) => readable(flow)).join(" › ");
    const kind = this.shown && this.now ? boxOf(this.shown, `${this.now.flow}.${this.now.step}`)?.dataset.kind : null;
    const step = this.now?.step ? element("strong", {}, readable(this.now.step)) : "";
    this.where.replaceChildren(path ? `${path} › ` : "", step, kind ? ` (${kind})` : "", instead ? ` · ${instead}` : "");
  }

  // --- the drawing -------------------------------------------------------------------------------------------

  async present(path) {
    this.wanted = path;
    const drawing = await this.drawing(path);
    if (this.wanted !== path || !drawing) return;
    if (this.shown !== drawing) {
      this.shown?.remove();
      this.shadow.append(drawing);
      this.shown = drawing;
      this.view = null;
    }
    this.mark();
    this.tellWhere(this.now?.phase === "over" ? "the call is over" : undefined);
    if (this.follow) this.toStep();
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
    // As an element the drawing's style would be refused by the page's rules (CSP); as a sheet that we made it may stay.
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
    const here = this.now && this.now.phase !== "over" ? `${this.now.flow}.${this.now.step}` : "";
    mark(this.shown, this.trail, here, this.runs);
  }

  // --- the view ----------------------------------------------------------------------------------------------

  setFollow(on) {
    this.follow = on;
    this.followButton.setAttribute("aria-pressed", on);
    if (on && this.now?.drawing) this.present(this.now.drawing);
  }

  get size() {
    return { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  areaOf(one) {
    const box = one.getBBox(), toDrawing = this.shown.getScreenCTM()?.inverse().multiply(one.getScreenCTM());
    if (!toDrawing) return null;
    const corner = new DOMPoint(box.x, box.y).matrixTransform(toDrawing);
    return { x: corner.x, y: corner.y, width: box.width, height: box.height };
  }

  frame() {
    const frame = this.shown.querySelector(".frame");
    return frame ? this.areaOf(frame) : null;
  }

  toStep() {
    const box = this.now ? boxOf(this.shown, `${this.now.flow}.${this.now.step}`) : null;
    const { width, height } = this.size;
    if (!width || !height) return;
    if (!this.view) this.aim(this.around(this.frame(), 1));
    const area = box ? this.areaOf(box) : null, frame = this.frame();
    if (!area || !frame) return;
    const fits = Math.min(width / frame.width, height / frame.height);
    if (fits >= 0.72) return this.glide(this.around(frame, Math.min(fits, 1.1)));
    this.glide(this.around(area, CLOSE, frame));
  }

  /** The view with this area in its middle; where there is more of the frame than fits, no empty border is shown. */
  around(area, scale, frame = null) {
    if (!area) return null;
    const { width, height } = this.size;
    const view = { width: width / scale, height: height / scale };
    view.x = within(area.x + area.width / 2 - view.width / 2, view.width, frame && [frame.x, frame.width]);
    view.y = within(area.y + area.height / 2 - view.height / 2, view.height, frame && [frame.y, frame.height]);
    return view;
  }

  whole() {
    if (!this.shown || !this.view) return;
    const frame = this.frame(), { width, height } = this.size;
    this.setFollow(false);
    this.glide(this.around(frame, Math.min(width / frame.width, height / frame.height, 1.1)));
  }

  zoom(by, at = null) {
    if (!this.view) return;
    const { width } = this.size;
    const scale = Math.min(Math.max((width / this.view.width) * by, FARTHEST), NEAREST);
    const factor = width / scale / this.view.width;
    const middle = at ?? { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 };
    this.leave();
    this.aim({
      x: middle.x - (middle.x - this.view.x) * factor, y: middle.y - (middle.y - this.view.y) * factor,
      width: this.view.width * factor, height: this.view.height * factor,
    });
  }

  move(x, y) {
    if (!this.view) return;
    const scale = this.size.width / this.view.width;
    this.leave();
    this.aim({ ...this.view, x: this.view.x + x / scale, y: this.view.y + y / scale });
  }

  /** The viewer looks around: stop following. */
  leave() {
    cancelAnimationFrame(this.gliding);
    if (this.follow) this.setFollow(false);
  }

  aim(view) {
    if (!view || !this.shown) return;
    this.view = view;
    this.shown.setAttribute("viewBox", `${view.x.toFixed(1)} ${view.y.toFixed(1)} ${view.width.toFixed(1)} ${view.height.toFixed(1)}`);
  }

  glide(target) {
    cancelAnimationFrame(this.gliding);
    const from = this.view;
    const still = document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!from || !target || still) return this.aim(target);
    const began = performance.now(), shown = this.shown;
    const step = (now) => {
      if (this.shown !== shown) return;
      const gone = Math.min(Math.max((now - began) / GLIDE_MS, 0), 1), share = gone * gone * (3 - 2 * gone);
      const between = (name) => from[name] + (target[name] - from[name]) * share;
      this.aim({ x: between("x"), y: between("y"), width: between("width"), height: between("height") });
      if (gone < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  // --- hands -------------------------------------------------------------------------------------------------

  listen() {
    this.stage.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("wheel", (event) => {
      if (!this.view || !(event.ctrlKey || event.metaKey)) return; // without them the page scrolls, as anywhere
      event.preventDefault();
      const box = this.stage.getBoundingClientRect(), scale = this.size.width / this.view.width;
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x: this.view.x + (event.clientX - box.left) / scale, y: this.view.y + (event.clientY - box.top) / scale });
    }, { passive: false });
    let held = null;
    this.stage.addEventListener("pointerdown", (event) => { if (event.button === 0) held = { x: event.clientX, y: event.clientY, moved: false }; });
    this.stage.addEventListener("pointermove", (event) => {
      if (!held || !(event.buttons & 1)) return;
      if (!held.moved && Math.hypot(event.clientX - held.x, event.clientY - held.y) < 4) return;
      if (!held.moved) this.stage.setPointerCapture(event.pointerId);
      this.move(held.x - event.clientX, held.y - event.clientY);
      held = { x: event.clientX, y: event.clientY, moved: true };
    });
    this.shadow.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-goes]");
      if (link) {
        event.preventDefault();
        if (!held?.moved) this.lookAt(link.dataset.goes);
      }
      held = null;
    });
    new ResizeObserver(() => { if (this.shown && this.follow) this.toStep(); }).observe(this.stage);
  }

  key(event) {
    const acts = { // none of them is a key of the telephone
      ArrowLeft: () => this.move(-60, 0), ArrowRight: () => this.move(60, 0), ArrowUp: () => this.move(0, -60), ArrowDown: () => this.move(0, 60),
      "+": () => this.zoom(1.3), "=": () => this.zoom(1.3), "-": () => this.zoom(1 / 1.3), Home: () => this.whole(), f: () => this.setFollow(true), F: () => this.setFollow(true),
    };
    if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    acts[event.key]();
  }

  /** A tag was clicked: show the step it names, in its own flow. */
  async lookAt(step) {
    if (!this.now?.drawing) return;
    this.setFollow(false);
    const flow = step.split(".")[0];
    await this.present(this.now.drawing.replace(/[^/]+\.svg$/, `${encodeURIComponent(flow)}.svg`));
    const box = this.shown ? boxOf(this.shown, step) : null, frame = box && this.frame();
    if (!this.view && frame) this.aim(this.around(frame, 1));
    if (frame) this.glide(this.around(this.areaOf(box), CLOSE, frame));
  }
}

function styleApart(svg) {
  let style = "";
  const bare = svg.replace(/<style>([^<]*)<\/style>/, (whole, inside) => { style = inside; return ""; });
  return [bare, style];
}

function within(start, length, room) {
  if (!room) return start;
  const [from, size] = room;
  if (size <= length) return from + size / 2 - length / 2;
  return Math.min(Math.max(start, from - 12), from + size - length + 12);
}
