// The way a call went through one drawn flow.

const QUIET = new Set(["choose", "set", "do"]);
/** Steps that leave no line in the record: a way through them is found on the drawing. */
const FARTHEST = 4;

/** The drawn ways from one step to another, through quiet steps only; none where it cannot be told. */
export function waysBetween(drawing, from, to) {
  let walks = [[from]];
  for (let length = 0; length < FARTHEST; length++) {
    const longer = [];
    for (const walk of walks) {
      for (const way of drawing.querySelectorAll(`g[data-from="${CSS.escape(walk.at(-1))}"]`)) {
        const next = way.dataset.to;
        if (next === to) return pairs([...walk, to]).map(([a, b]) => wayOf(drawing, a, b));
        if (!walk.includes(next) && QUIET.has(boxOf(drawing, next)?.dataset.kind)) longer.push([...walk, next]);
      }
    }
    walks = longer;
  }
  return [];
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
