// The keys of a telephone, by mouse, finger and keyboard.
const KEYS = [
  ["1", ""], ["2", "ABC"], ["3", "DEF"],
  ["4", "GHI"], ["5", "JKL"], ["6", "MNO"],
  ["7", "PQRS"], ["8", "TUV"], ["9", "WXYZ"],
  ["*", ""], ["0", "+"], ["#", ""],
];
const NAMES = { "*": "star", "#": "hash" };

/** Fills `pad`; `pressed(key)` is told of each key while `listens()` says so. */
export function buildKeypad(pad, listens, pressed) {
  for (const [key, letters] of KEYS) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.key = key;
    button.setAttribute("aria-label", NAMES[key] ?? key);
    const small = document.createElement("small");
    small.textContent = letters;
    button.append(key, small);
    // At the touch, not at its end: a key shall be as quick as it is on a telephone.
    button.addEventListener("pointerdown", (event) => event.button === 0 && press(button));
    button.addEventListener("click", (event) => event.detail === 0 && press(button)); // by Enter, space, screen reader
    pad.append(button);
  }

  function press(button) {
    if (!listens()) return;
    button.classList.add("down");
    setTimeout(() => button.classList.remove("down"), 150);
    pressed(button.dataset.key);
  }

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const button = [...pad.children].find((one) => one.dataset.key === event.key);
    if (button && listens()) {
      event.preventDefault();
      press(button);
    }
  });
}

function isWriting(target) {
  return target.matches("input:not([type=range], [type=radio]), textarea, select, [contenteditable]");
}
