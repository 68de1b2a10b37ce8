// What was said, for eyes and for screen readers.

export class Log {
  constructor(list) {
    this.list = list;
  }

  clear() {
    this.list.replaceChildren();
  }

  /** `language` is that of the words; `who` is hotline, caller or line (what happened). */
  add(who, words, language) {
    const item = document.createElement("li");
    item.className = who;
    const speaker = document.createElement("span");
    speaker.className = "speaker";
    speaker.textContent = { hotline: "Hotline", caller: "You", line: "" }[who];
    const text = document.createElement("span");
    text.className = "words";
    text.textContent = words;
    if (language) text.lang = language;
    item.append(speaker, text);
    const atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 60;
    this.list.append(item);
    if (atEnd) this.showEnd();
  }

  showEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** Keys come one by one and are shown together. */
  addKey(key) {
    const last = this.list.lastElementChild;
    if (last?.classList.contains("keys")) {
      last.querySelector(".words").textContent += ` ${key}`;
      return;
    }
    this.add("caller", `⌨ ${key}`);
    this.list.lastElementChild.classList.add("keys");
  }
}
