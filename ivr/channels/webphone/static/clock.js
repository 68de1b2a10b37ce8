// How long the call lasts. It is for the eyes: nobody wants it read aloud each second.

/** An element that counts from `began` (Date.now()), for as long as `lasts()` says so. */
export function clock(began, lasts) {
  const element = document.createElement("time");
  element.setAttribute("aria-hidden", "true");
  const tick = () => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (!lasts()) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
  return element;
}
