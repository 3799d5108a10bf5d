// The rungs of the alarm ladder that a browser climbs: notifications, ringing again, the hourly test; and leave for them.
"use strict";

(() => {
  const WORDS = { title: "Meja Damping", body: "Ada yang menunggu di meja." };
  let rang = 0;

  const allowed = () => "Notification" in window && Notification.permission === "granted";

  // a page that nobody looks at says so to the machine; never who, where or what
  function notify() {
    if (!allowed() || (!document.hidden && document.hasFocus())) return;
    let shown;
    try {
      shown = new Notification(WORDS.title, { body: WORDS.body, tag: "damping", renotify: true, requireInteraction: true });
    } catch { // phones show notifications by the push worker only
      return;
    }
    shown.addEventListener("click", () => {
      window.focus();
      shown.close();
    });
  }

  function look() {
    const ringing = Number(document.querySelector("#keadaan .strip")?.dataset.berdering || 0);
    if (ringing > rang) notify();
    rang = ringing;
  }

  function post(path, fields) {
    const headers = { "X-Damping-Csrf": document.querySelector("[data-csrf]").dataset.csrf };
    return fetch(path, { method: "POST", headers, body: new URLSearchParams(fields) }).catch(() => {});
  }

  document.addEventListener("damping:lagi", () => {
    notify();
    if (alarm.state().waiting) alarm.test();
  });
  document.addEventListener("damping:uji", () => post("/uji-alarm", { suara: alarm.state().allowed ? "1" : "0" }));

  const strip = document.getElementById("keadaan");
  if (strip) new MutationObserver(look).observe(strip, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-berdering"] });
  look();

  // the page on which an officer gives leave
  const button = document.getElementById("izinkan");
  if (!button || !("Notification" in window)) return;
  const told = document.getElementById("izin-kabar");
  const tell = (which) => { told.textContent = document.getElementById(which).content.textContent; };

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/") + "=".repeat((4 - (text.length % 4)) % 4));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  async function subscribe(key) {
    const worker = await navigator.serviceWorker.register("/pekerja.js");
    await navigator.serviceWorker.ready;
    const old = await worker.pushManager.getSubscription();
    if (old) await old.unsubscribe();
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  }

  if (Notification.permission === "granted") tell("tpl-boleh");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if ((await Notification.requestPermission()) !== "granted") {
      tell("tpl-tolak");
      return;
    }
    tell("tpl-boleh");
    const { kunci } = document.getElementById("peramban").dataset;
    const form = document.getElementById("f-peramban");
    if (!kunci || !form || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
    try {
      form.elements.alamat.value = (await subscribe(kunci)).endpoint;
      form.submit();
    } catch {
      tell("tpl-tolak");
    }
  });
})();
