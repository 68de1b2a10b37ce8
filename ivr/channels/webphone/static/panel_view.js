// Which part of a drawing is seen: by the call, and by the viewer's hands.

const GLIDE_MS = 420;
const FARTHEST = 0.12, NEAREST = 3, CLOSE = 0.95, LARGEST = 1.1, ALL_FROM = 0.72;
/* Pixels of the page for one of the drawing: the limits; at a step; the most for a whole drawing; and what it must
   have at least to be shown whole instead of at a step. */
const EDGE = 12;

export class View {
  /** `left` is called when the viewer begins to look around. */
  constructor(stage, left) {
    this.stage = stage;
    this.left = left;
    this.drawing = null;
    this.view = null; // {x, y, width, height} in the drawing's own measure
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("pointerdown", (event) => this.grasp(event));
    stage.addEventListener("pointermove", (event) => this.drag(event));
  }

  show(drawing) {
    cancelAnimationFrame(this.gliding);
    this.drawing = drawing;
    this.view = null;
  }

  // --- where to ----------------------------------------------------------------------------------------------

  /** The box in the middle; all of a drawing that is small enough. */
  toBox(box) {
    const frame = this.frame();
    if (!frame || !this.stage.clientWidth || !this.stage.clientHeight) return;
    if (!this.view) this.aim(this.around(frame, 1));
    const fits = this.fit(frame), area = box && this.areaOf(box);
    if (fits >= ALL_FROM) this.glide(this.around(frame, fits));
    else if (area) this.glide(this.around(area, CLOSE, frame));
  }

  toAll() {
    const frame = this.frame();
    if (frame && this.view) this.glide(this.around(frame, this.fit(frame)));
  }

  zoom(by, at = null) {
    if (!this.view) return;
    this.leave();
    const { x, y, width, height } = this.view;
    const share = this.scale / within(this.scale * by, FARTHEST, NEAREST);
    const middle = at ?? { x: x + width / 2, y: y + height / 2 };
    this.aim({
      x: middle.x - (middle.x - x) * share, y: middle.y - (middle.y - y) * share,
      width: width * share, height: height * share,
    });
  }

  /** By pixels of the page. */
  move(x, y) {
    if (!this.view) return;
    this.leave();
    this.aim({ ...this.view, x: this.view.x + x / this.scale, y: this.view.y + y / this.scale });
  }

  leave() {
    cancelAnimationFrame(this.gliding);
    this.left();
  }

  // --- measures ----------------------------------------------------------------------------------------------

  get scale() {
    return this.stage.clientWidth / this.view.width;
  }

  fit(area) {
    return Math.min(this.stage.clientWidth / area.width, this.stage.clientHeight / area.height, LARGEST);
  }

  areaOf(one) {
    const toDrawing = this.drawing.getScreenCTM()?.inverse().multiply(one.getScreenCTM());
    if (!toDrawing) return null; // not on the page yet
    const { x, y, width, height } = one.getBBox();
    const corner = new DOMPoint(x, y).matrixTransform(toDrawing);
    return { x: corner.x, y: corner.y, width, height };
  }

  frame() {
    const frame = this.drawing?.querySelector(".frame");
    return frame ? this.areaOf(frame) : null;
  }

  /** The view with this area in its middle; where there is more of `room` than fits, no empty border is seen. */
  around(area, scale, room = null) {
    const width = this.stage.clientWidth / scale, height = this.stage.clientHeight / scale;
    const x = area.x + area.width / 2 - width / 2, y = area.y + area.height / 2 - height / 2;
    if (!room) return { x, y, width, height };
    return { x: kept(x, width, room.x, room.width), y: kept(y, height, room.y, room.height), width, height };
  }

  // --- moving ------------------------------------------------------------------------------------------------

  aim(view) {
    this.view = view;
    const numbers = [view.x, view.y, view.width, view.height].map((one) => one.toFixed(1));
    this.drawing.setAttribute("viewBox", numbers.join(" "));
  }

  glide(target) {
    cancelAnimationFrame(this.gliding);
    const from = this.view;
    const still = document.hidden || matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (!from || still) {
      this.aim(target);
      return;
    }
    const began = performance.now();
    const step = (now) => {
      const gone = within((now - began) / GLIDE_MS, 0, 1), share = gone * gone * (3 - 2 * gone);
      const between = (name) => from[name] + (target[name] - from[name]) * share;
      this.aim({ x: between("x"), y: between("y"), width: between("width"), height: between("height") });
      if (gone < 1) this.gliding = requestAnimationFrame(step);
    };
    this.gliding = requestAnimationFrame(step);
  }

  // --- hands -------------------------------------------------------------------------------------------------

  wheel(event) {
    if (!this.view || !(event.ctrlKey || event.metaKey)) return; // without them the page scrolls, as anywhere
    event.preventDefault();
    const box = this.stage.getBoundingClientRect();
    const x = this.view.x + (event.clientX - box.left) / this.scale;
    const y = this.view.y + (event.clientY - box.top) / this.scale;
    this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, { x, y });
  }

  grasp(event) {
    this.dragged = false;
    this.held = event.button === 0 ? { x: event.clientX, y: event.clientY } : null;
  }

  drag(event) {
    if (!this.held || !(event.buttons & 1)) return;
    const x = this.held.x - event.clientX, y = this.held.y - event.clientY;
    if (!this.dragged) {
      if (Math.hypot(x, y) < 4) return; // a click with an unsteady hand
      this.dragged = true;
      this.stage.setPointerCapture(event.pointerId);
    }
    this.move(x, y);
    this.held = { x: event.clientX, y: event.clientY };
  }
}

function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

function kept(start, length, from, size) {
  return size <= length ? from + size / 2 - length / 2 : within(start, from - EDGE, from + size - length + EDGE);
}
