// What comes from the office to this page by itself: the strip, changes in queue and conversation, the end of the session.
"use strict";

const live = (() => {
  const AGAIN_MS = 3000;
  const ACTIVE_EVERY_MS = 60000;
  const QUEUE_AT_MOST_EVERY_MS = 700;
  const QUEUE_SPREAD_MS = 300; // many desks are told at the same moment: they do not ask at the same moment
  let source = null;
  let told = 0;
  let queueTimer = null;
  let queueAgain = false;
  let broken = false;
  const early = new Set(); // told of while the conversation was still being opened

  const who = () => document.querySelector("[data-petugas]")?.dataset.petugas;
  let officer = who();

  const locked = () => "kunci" in document.body.dataset;

  function strip(html) {
    const fresh = document.createElement("div");
    fresh.innerHTML = html;
    fresh.id = "keadaan";
    fresh.className = "keadaan";
    const box = document.createDocumentFragment();
    box.append(fresh);
    morph.apply(box);
    alarm.look();
  }

  function refresh(id) {
    const element = document.getElementById(id);
    if (element?.hasAttribute("hx-get")) htmx.trigger(element, "segarkan");
  }

  function queueChanged() {
    if (queueTimer) {
      queueAgain = true;
      return;
    }
    setTimeout(() => {
      refresh("antrean");
      refresh("papan");
    }, Math.random() * QUEUE_SPREAD_MS);
    queueTimer = setTimeout(() => {
      queueTimer = null;
      if (queueAgain) {
        queueAgain = false;
        queueChanged();
      }
    }, QUEUE_AT_MOST_EVERY_MS);
  }

  // a bell that rings goes on ringing; otherwise the strip says that this screen may be deaf
  function lost() {
    broken = true;
    const words = document.getElementById("tpl-putus");
    if (words && !locked() && !alarm.state().waiting) strip(words.innerHTML);
  }

  function open() {
    source?.close();
    const held = document.querySelector("[data-sejak]")?.dataset.sejak || "";
    source = new EventSource(`/arus?sejak=${held}`);
    source.addEventListener("open", () => {
      if (broken) {
        refresh("antrean");
        refresh("percakapan");
      }
      broken = false;
    });
    source.addEventListener("keadaan", (event) => strip(event.data));
    source.addEventListener("antrean", queueChanged);
    source.addEventListener("percakapan", (event) => {
      if (event.data !== desk.here()) {
        early.add(event.data);
        return;
      }
      refresh("percakapan");
      refresh("jaga");
    });
    source.addEventListener("lagi", () => document.dispatchEvent(new CustomEvent("damping:lagi")));
    source.addEventListener("uji", () => document.dispatchEvent(new CustomEvent("damping:uji")));
    source.addEventListener("hadir", (event) => {
      if (event.data === desk.here()) refresh("hadir");
    });
    source.addEventListener("kunci", () => lock("kunci"));
    source.addEventListener("selesai", () => {
      source.close();
      strip(document.getElementById("tpl-putus").innerHTML);
      lock("selesai");
    });
    source.addEventListener("error", () => {
      lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_MS);
    });
  }

  // the words leave the screen; drafts stay in memory and the bell goes on
  function lock(how) {
    const template = document.getElementById("tpl-kunci");
    if (!template || locked()) {
      if (template) document.body.dataset.kunci = how;
      return;
    }
    document.body.dataset.kunci = how;
    const form = template.content.cloneNode(true);
    for (const field of form.querySelectorAll("input[name=lanjut]")) field.value = location.pathname;
    document.getElementById("kabar").replaceChildren();
    document.getElementById("utama").replaceChildren(form);
    htmx.process(document.getElementById("utama"));
    if (how === "selesai") alarm.test();
    document.querySelector(".kunci input[name=kode]").focus();
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.matches?.("a[data-buka]")) early.clear();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "kerja" && early.has(desk.here())) refresh("percakapan");
  });

  for (const how of ["kunci", "selesai"]) document.addEventListener(how, () => lock(how));
  // unlocked: the whole page comes afresh into the same document
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== document.body || !locked()) return;
    delete document.body.dataset.kunci;
    if (who() !== officer) desk.forgetDrafts();
    officer = who();
    open();
  });

  for (const kind of ["keydown", "pointerdown", "pointermove"]) {
    document.addEventListener(kind, () => {
      if (locked() || performance.now() - told < ACTIVE_EVERY_MS) return;
      told = performance.now();
      fetch("/hadir", { method: "POST", headers: { "X-Damping-Csrf": document.querySelector("[data-csrf]").dataset.csrf } }).catch(() => {});
    }, { passive: true });
  }

  open();
  return { lock };
})();
