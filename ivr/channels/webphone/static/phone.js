// The phone itself: joins the line, the sound, the keys and what is shown.
import { clock } from "./clock.js";
import { buildKeypad } from "./keypad.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";
import { Player } from "./player.js";
import * as screen from "./screen.js";
import { playTone } from "./tones.js";

const KEPT = "ivr-call"; // of this tab, so that a reload does not end the call
const HEARD_ABOVE = 0.03; // a microphone in a quiet room

const by = (id) => document.getElementById(id);
const log = new Log(by("log"));
let call = null; // { line, context, player, microphone, hotline, began, muted, claim }
let level = 0;

// Beside the phone, where the host switched it on; it is given every notice of the server.
const panel = by("panel").dataset.on === undefined ? null : new (await import("./panel.js")).Panel(by("panel"));

// --- beginning and ending -------------------------------------------------------------------------------------

async function begin(hotline, { caller, claim, typing, began, muted = false }) {
  const context = new AudioContext({ latencyHint: "interactive" });
  const line = new Line(took);
  const player = new Player(context, (name) => line.mark(name));
  const mine = { line, context, hotline, player, microphone: null, began, muted };
  call = mine;
  wake(context);
  mine.player.volume(by("volume").value / 100);
  screen.showHint("");
  screen.showMuted(muted);
  screen.showTitle(hotline);
  log.clear();
  panel?.begin();
  if (!typing) await listen(mine);
  if (call !== mine) return;
  mine.microphone?.mute(muted);
  by("mute").hidden = !mine.microphone;
  screen.showCall("calling", `Calling ${hotline} …`);
  try {
    if (claim) line.takeUp(claim);
    else await line.call(hotline, caller);
  } catch (error) {
    end(`The hotline cannot be reached (${error.message}). Please try again.`);
  }
}

async function listen(mine) {
  screen.showCall("asking", "Your browser asks whether this page may use the microphone.");
  try {
    const microphone = await openMicrophone(mine.context, (frame, loudest) => {
      level = loudest > HEARD_ABOVE ? loudest : 0;
      mine.line.sound(frame);
    });
    if (call === mine) mine.microphone = microphone;
    else microphone.close();
  } catch (error) {
    if (!(error instanceof NoMicrophone)) throw error;
    if (call === mine) screen.showHint(error.mend);
  }
}

function end(why) {
  const { context, microphone, player } = call ?? {};
  call = null;
  level = 0;
  sessionStorage.removeItem(KEPT);
  player?.clear();
  microphone?.close();
  context?.close();
  panel?.end();
  if (why) screen.showHint(why);
  log.add("line", "The call is over.");
  screen.showLevels(0, 0);
  screen.showCall("none", "The call is over.");
  log.showEnd();
  by("call").focus();
}

// --- from the server ------------------------------------------------------------------------------------------

function took(event, told) {
  if (!call) {
    if (event === "notice") panel?.take(told); // how the call ended
    return;
  }
  switch (event) {
    case "begun":
      begun(call, told);
      break;
    case "media":
      call.player.play(told);
      break;
    case "mark":
      call.player.mark(told.name);
      break;
    case "clear":
      call.player.clear();
      break;
    case "state":
      elsewhere(told);
      break;
    case "notice":
      notice(told);
      panel?.take(told);
      break;
    case "lost":
      call.player.clear();
      screen.showCall("lost", "The line is lost; calling again by itself …");
      break;
    case "over":
      end(told.why);
      break;
  }
}

function begun(mine, { claim, hotline }) {
  mine.claim = claim;
  mine.began ??= Date.now();
  keep(mine);
  screen.showCall("talking", `In a call with ${hotline}.`);
  by("status").append(" ", clock(mine.began, () => call === mine));
}

function keep({ claim, hotline, began, microphone, muted }) {
  sessionStorage.setItem(KEPT, JSON.stringify({ claim, hotline, began, muted, typing: !microphone }));
}

function elsewhere({ is, who }) {
  const words = screen.showElsewhere(is, who);
  if (words) log.add("line", words);
}

function notice(told) {
  switch (told.what) {
    case "said":
      log.add("hotline", told.text ?? "(spoken, and not written down)", told.text && told.language);
      break;
    case "unsaid":
      log.add("hotline", told.text ?? "(not written down)", told.text && told.language);
      screen.showHint("No voice here speaks this language; what the hotline says is written below.");
      break;
    case "heard":
      log.add("caller", told.text ?? "(not written down)");
      break;
    case "key":
      log.addKey(told.key);
      break;
    case "ignored":
      if (told.why === "keys only") log.add("line", "Only keys are understood at this question.");
      break;
    case "deaf":
      screen.showHint("The hotline listens to too many callers just now. Please use the keys, or type.");
      break;
  }
}

// --- from the caller ------------------------------------------------------------------------------------------

by("dial").addEventListener("submit", (event) => {
  event.preventDefault();
  begin(screen.chosen().hotline, { caller: screen.chosen().caller });
});
by("call-typing").addEventListener("click", () => {
  begin(screen.chosen().hotline, { caller: screen.chosen().caller, typing: true });
});
by("dial").addEventListener("change", screen.showCallers);

buildKeypad(by("keypad"), () => document.body.dataset.call === "talking", (key) => {
  playTone(call.context, key);
  call.line.key(key);
});

by("typing").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = by("words").value.trim();
  if (!words || !call) return;
  call.line.words(words);
  by("words").value = "";
});

by("mute").addEventListener("click", () => {
  if (!call) return;
  call.muted = !call.muted;
  call.microphone?.mute(call.muted);
  screen.showMuted(call.muted);
  keep(call);
});

by("volume").addEventListener("input", () => call?.player.volume(by("volume").value / 100));

by("outcomes").addEventListener("click", ({ target }) => {
  if (target.dataset.status) call?.line.ended(target.dataset.status);
});

by("hang-up").addEventListener("click", () => {
  call?.line.hangUp();
  end("");
});

// --- always -----------------------------------------------------------------------------------------------------

function lights() {
  if (call) screen.showLevels(call.player.level(), level);
  requestAnimationFrame(lights);
}

// After a reload a page may sound only when it is touched; where that is so, the caller is told.
function wakeSound() {
  if (call?.context.state === "suspended") wake(call.context);
}

// A call that ends, or a page that is left, before the sound is awake has nothing to sound any more.
function wake(context) {
  context.resume().catch(() => {});
}
document.addEventListener("pointerdown", wakeSound);
document.addEventListener("keydown", wakeSound);

screen.showCallers();
lights();
const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
if (kept) {
  await begin(kept.hotline, kept);
  if (call?.context.state === "suspended") screen.showHint("Your call goes on. Press any key, or touch the page, to hear it.");
}
