// The alarm of this screen: sound, title and icon, for as long as the strip says that somebody waits.
// The sound is one looped buffer, so that it also goes on in a hidden tab, where timers are slowed down.
"use strict";

const alarm = (() => {
  const EVERY_S = 4;
  const BLINK_MS = 1000;
  const icon = document.getElementById("ikon");
  const calm = icon.getAttribute("href");
  let sound = null;
  let playing = null;
  let blinking = null;
  let waiting = 0;

  function pattern(context) {
    const rate = context.sampleRate;
    const buffer = context.createBuffer(1, rate * EVERY_S, rate);
    const data = buffer.getChannelData(0);
    for (const [start, pitch] of [[0, 784], [0.22, 988], [0.44, 784], [0.66, 988], [0.88, 1175]]) {
      for (let i = 0; i < rate * 0.18; i += 1) {
        const t = i / rate;
        const swell = Math.min(1, t / 0.015, (0.18 - t) / 0.05);
        data[Math.floor(start * rate) + i] = 0.5 * swell * Math.sin(2 * Math.PI * pitch * t);
      }
    }
    return buffer;
  }

  function start(loop) {
    const source = sound.createBufferSource();
    source.buffer = pattern(sound);
    source.loop = loop;
    source.connect(sound.destination);
    source.start();
    return source;
  }

  function on() {
    return sound !== null && sound.state === "running";
  }

  function update() {
    const button = document.getElementById("suara");
    if (button) {
      button.hidden = false;
      button.dataset.keadaan = on() ? "nyala" : "mati";
    }
    if (on() && waiting > 0 && !playing) playing = start(true);
    if (playing && (waiting === 0 || !on())) {
      playing.stop();
      playing = null;
    }
  }

  // browsers let a page sound only after a click or a key: every one is taken as leave
  async function allow() {
    if (!sound) {
      sound = new AudioContext();
      sound.addEventListener("statechange", update);
    }
    if (sound.state !== "running") await sound.resume();
    update();
  }

  function blink(on_) {
    const strip = document.querySelector("#keadaan .strip");
    const base = document.getElementById("kerja")?.dataset.judul || document.title;
    document.title = on_ ? strip?.dataset.judul || base : base;
    icon.setAttribute("href", on_ ? icon.dataset.alarm : calm);
  }

  function look() {
    waiting = Number(document.querySelector("#keadaan .strip")?.dataset.berdering || 0);
    if (waiting > 0 && !blinking) {
      let bright = true;
      blink(true);
      blinking = setInterval(() => {
        bright = !bright;
        blink(bright);
      }, BLINK_MS);
    }
    if (waiting === 0 && blinking) {
      clearInterval(blinking);
      blinking = null;
      blink(false);
    }
    update();
  }

  async function test() {
    await allow();
    if (on() && !playing) start(false);
  }

  return { look, test, allow, state: () => ({ waiting, sounding: playing !== null, allowed: on() }) };
})();

document.addEventListener("click", (event) => {
  if (event.target.closest("#suara")) alarm.test();
});
for (const kind of ["pointerdown", "keydown"]) {
  document.addEventListener(kind, () => alarm.allow().catch(() => {}), { capture: true });
}
alarm.allow().catch(() => {});
alarm.look();
