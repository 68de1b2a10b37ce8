// Elements and words. Whatever a caller, a flow or a company wrote goes in as text and never as markup.

export function element(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...inside.filter((one) => one !== null && one !== undefined));
  return made;
}

export function readable(name) {
  return String(name).replaceAll("_", " ");
}

export function percent(share) {
  return `${Math.round(Math.min(Math.max(share, 0), 1) * 100)} %`;
}

export function clock(seconds) {
  const tenths = Math.round(Math.max(seconds, 0) * 10);
  return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
}

/** A small bar for a confidence from 0 to 1. */
export function bar(share, what) {
  const whole = Math.min(Math.max(share, 0), 1);
  const fill = element("span", { class: "fill" });
  fill.style.inlineSize = `${whole * 100}%`;
  const level = whole >= 0.7 ? "high" : whole >= 0.35 ? "middle" : "low";
  const meter = {
    class: `bar ${level}`, role: "meter", "aria-label": what, "aria-valuemin": 0, "aria-valuemax": 100,
    "aria-valuenow": Math.round(whole * 100), "aria-valuetext": percent(whole),
  };
  const number = element("span", { class: "number" }, percent(whole));
  return element("span", { class: "measure" }, element("span", meter, fill), number);
}

/** Plain data as a list of names and values. */
export function data(value) {
  if (value === null || value === undefined) return document.createTextNode("nothing");
  if (typeof value === "boolean") return document.createTextNode(value ? "yes" : "no");
  if (typeof value !== "object") return document.createTextNode(String(value));
  const list = element("dl", { class: "data" });
  for (const [name, inner] of Object.entries(value)) {
    const label = Array.isArray(value) ? String(Number(name) + 1) : readable(name);
    list.append(element("div", {}, element("dt", {}, label), element("dd", {}, data(inner))));
  }
  return list.childElementCount ? list : document.createTextNode("nothing");
}

const IGNORED = {
  "no words": "a sound without words", "uh-huh": "an “uh-huh”", "a remark": "a remark in passing",
  echo: "the prompt’s own echo", "keys only": "words, but only keys are taken here",
};
const QUOTED = (text, instead) => (text === null || text === undefined ? instead : `“${text}”`);

/** What the ears and the mouth noticed, each in a sentence. */
const SENTENCES = {
  said: (told) => `begins to say ${QUOTED(told.text, "something secret")}`,
  unsaid: (told) => `no voice here can say ${QUOTED(told.text, "this")}`,
  played: (told) => `plays ${told.audio}`,
  asked: (told) => `waits for an answer: ${readable(told.expect)}${told.speech ? "" : ", by keys"}`,
  speech: () => "the caller begins to speak",
  interrupted: () => "the prompt falls silent",
  heard: (told) =>
    `${told.typed ? "typed" : "ears heard"} ${QUOTED(told.text, "something secret")}` +
    (typeof told.confidence === "number" ? ` (${percent(told.confidence)}${told.sure ? "" : ", not sure"})` : ""),
  ignored: (told) => `takes it for ${IGNORED[told.why] ?? told.why}; the prompt goes on`,
  key: (told) => `key ${told.key}`,
  event: (told) => `the engine is told: ${told.event}`,
  answered: (told) => `the engine answers after ${told.took_ms} ms: ${(told.verbs ?? []).join(", ")}`,
  first_sound: (told) => `first sound ${told.ms} ms after the ${told.after === "key" ? "key" : "end of the words"}`,
  deaf: () => "the ears have too much to do: keys and typing only",
  trouble: (told) => `trouble: ${told.why}`,
};

export function sentence(what, told) {
  return SENTENCES[what] ? SENTENCES[what](told) : readable(what);
}

/** What the line is doing, in a word or two; null: this changes nothing. `asking` is the question's own notice. */
export function doing(what, told, asking) {
  switch (what) {
    case "asked": case "said": case "played": case "ignored":
      if (!asking) return ["speaks", "speaks"];
      return ["listens", asking.speech ? "asks and listens" : "asks for keys"];
    case "speech": return ["hears", "hears the caller"];
    case "heard": case "event": return ["thinks", "thinks"];
    default: return null;
  }
}
