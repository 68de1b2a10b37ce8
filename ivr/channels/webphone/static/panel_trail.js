// The way a call went through one drawn flow.

const QUIET = new Set(["choose", "set", "do"]);
/** Steps that leave no line in the record: a way through them is found on the drawing. */
const FARTHEST = 4;

/** The drawn ways of the shortest walk from one step to another through quiet steps only; none where there are two. */
export function waysBetween(drawing, from, to) {
  let walks = [[from]];
  for (let length = 0; length < FARTHEST && walks.length; length++) {
    const longer = walks.flatMap((walk) => nexts(drawing, walk).map((next) => [...walk, next]));
    const there = longer.filter((walk) => walk.at(-1) === to);
    if (there.length > 1) return [];
    if (there.length === 1) return pairs(there[0]).map(([a, b]) => wayOf(drawing, a, b));
    walks = longer.filter((walk) => QUIET.has(boxOf(drawing, walk.at(-1))?.dataset.kind));
  }
  return [];
}

function nexts(drawing, walk) {
  const ways = [...drawing.querySelectorAll(`g[data-from="${CSS.escape(walk.at(-1))}"]`)];
  return ways.map((way) => way.dataset.to).filter((step) => !walk.includes(step));
}

export function boxOf(drawing, step) {
  return drawing.querySelector(`g[data-step="${CSS.escape(step)}"]`);
}

function wayOf(drawing, from, to) {
  return drawing.querySelector(`g[data-from="${CSS.escape(from)}"][data-to="${CSS.escape(to)}"]`);
}

function pairs(walk) {
  return walk.slice(1).map((step, number) => [walk[number], step]);
}

/** Mark what was passed, where the call stands, and the steps that wait for a sub-flow. */
export function mark(drawing, trail, here, runs) {
  for (const one of drawing.querySelectorAll(".passed, .lit, .runs")) one.classList.remove("passed", "lit", "runs");
  const flow = drawing.dataset.flow;
  let before = null;
  for (const step of trail) {
    if (!step.startsWith(`${flow}.`)) continue;
    boxOf(drawing, step)?.classList.add("passed");
    if (before) {
      for (const way of waysBetween(drawing, before, step)) {
        way.classList.add("passed");
        boxOf(drawing, way.dataset.to)?.classList.add("passed");
      }
    }
    before = step;
  }
  for (const step of runs) boxOf(drawing, step)?.classList.add("runs");
  boxOf(drawing, here)?.classList.add("lit");
}
