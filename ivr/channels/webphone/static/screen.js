// What the page shows: one place for every element that a call changes.
const by = (id) => document.getElementById(id);

const ELSEWHERE = {
  dial: (who) => `The hotline connects you to ${who}. This phone can ring nobody: say how that call ends.`,
  away: (who) => `The hotline transfers the call to ${who}. It ends here.`,
  joined: (who) => `You are talking to ${who}. Nobody's voice comes through this page; the talk ends when ${who} ends it.`,
};

/** `data-call` of the body is none, asking, calling, talking or lost; the style sheet and tests go by it. */
export function showCall(state, words) {
  document.body.dataset.call = state;
  const inCall = state !== "none";
  by("dial").hidden = inCall;
  by("talk").hidden = !inCall;
  for (const one of by("talk").querySelectorAll("button, input")) {
    one.disabled = !["talking", "lost"].includes(state) && one.id !== "hang-up";
  }
  by("status").textContent = words;
  if (!inCall) showElsewhere("line", "");
}

export function showHint(words) {
  by("hint").hidden = !words;
  by("hint").textContent = words;
}

export function showTitle(words) {
  by("title").textContent = words;
  document.title = `Call ${words}`;
}

/** Somewhere else than with the hotline itself; `line`: back with it. */
export function showElsewhere(state, who) {
  by("elsewhere").hidden = state === "line";
  by("outcomes").hidden = state !== "dial";
  by("elsewhere-words").textContent = ELSEWHERE[state]?.(who) ?? "";
  return by("elsewhere-words").textContent;
}

export function showMuted(muted) {
  by("mute").setAttribute("aria-pressed", String(muted));
  by("mute").textContent = muted ? "Muted" : "Mute";
}

/** Who sounds just now, as lights that are as high as the voice is loud; `data-hotline`, `data-you` on the body. */
export function showLevels(hotline, you) {
  light("hotline", by("hotline-light"), hotline);
  light("you", by("mic-light"), you);
}

function light(name, element, level) {
  const state = level > 0 ? "sounds" : "quiet";
  if (document.body.dataset[name] !== state) document.body.dataset[name] = state;
  element.style.setProperty("--level", Math.min(1, Math.sqrt(level)).toFixed(2));
}

/** Which hotline, and as whom: the fields of the form. */
export function chosen() {
  const hotline = by("hotline").value;
  const caller = document.querySelector(`input[name="caller-${CSS.escape(hotline)}"]:checked`)?.value;
  return { hotline, caller: caller || by("number").value };
}

/** The callers of the hotline that is chosen; the number's field where it is wanted. */
export function showCallers() {
  const hotline = by("hotline").value;
  let listed = "";
  for (const group of document.querySelectorAll(".callers")) {
    group.hidden = group.dataset.hotline !== hotline;
    if (!group.hidden) listed = group.querySelector("input:checked")?.value ?? "";
  }
  by("another").hidden = Boolean(listed);
}
