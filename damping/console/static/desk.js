// What an officer's hands do: columns on a phone, drafts, shortcuts, a queue that holds still under the pointer.
"use strict";

const desk = (() => {
  const STILL_MS = 4000;
  const NEAR_PX = 120;
  const drafts = new Map();
  let touched = -Infinity;
  let pending = null;

  const column = () => document.getElementById("utama");
  const here = () => document.getElementById("percakapan")?.dataset.id || "";

  // columns
  function show(which) {
    if (column()?.classList.contains("meja")) column().dataset.lihat = which;
  }

  // drafts live as long as the page, and on the server so that a crash loses nothing
  const slot = (box) => `${box.form?.getAttribute("action")} ${box.name}`; // the address names the conversation

  function remember(box) {
    if (box.value) drafts.set(slot(box), box.value);
    else drafts.delete(slot(box));
    if (box.dataset.kotak) keep(box);
  }

  const KEEP_EVERY_MS = 2500;
  const keeping = new Map();

  function send(path, fields) {
    const headers = { "X-Damping-Csrf": document.querySelector("[data-csrf]").dataset.csrf };
    return fetch(path, { method: "POST", headers, body: new URLSearchParams(fields) }).catch(() => {});
  }

  // the last state of the box is sent at most every few seconds, and always once more after the last key
  function keep(box) {
    const place = slot(box);
    const path = `/percakapan/${here()}/konsep`;
    if (!here() || keeping.has(place)) return;
    keeping.set(place, setTimeout(() => {
      keeping.delete(place);
      send(path, { kotak: box.dataset.kotak, teks: box.value });
    }, KEEP_EVERY_MS));
  }

  function forget(box) {
    drafts.delete(slot(box));
    clearTimeout(keeping.get(slot(box)));
    keeping.delete(slot(box));
  }

  // colleagues see who looks; the holder's lease goes on while something moves
  const HERE_EVERY_MS = 45000;
  let seen = { id: "", at: -Infinity };

  function look() {
    const id = here();
    if (!id || "kunci" in document.body.dataset || (seen.id === id && performance.now() - seen.at < HERE_EVERY_MS)) return;
    const opening = seen.id !== id; // opening a conversation is told to the server already
    seen = { id, at: performance.now() };
    if (!opening) send(`/percakapan/${id}/hadir`, {});
  }

  // what still can be taken back counts down
  const ends = new WeakMap();

  function countDown() {
    for (const clock of document.querySelectorAll("[data-sisa]")) {
      if (!ends.has(clock)) ends.set(clock, performance.now() + Number(clock.dataset.sisa) * 1000);
      const left = Math.max(0, Math.ceil((ends.get(clock) - performance.now()) / 1000));
      const words = left ? `dalam ${left} detik` : "sekarang";
      if (clock.textContent !== words) clock.textContent = words;
    }
  }
  setInterval(countDown, 500);

  let undone = false;

  function takeBack() {
    undone = false;
    const reply = document.getElementById("teks-balas");
    reply.value = document.getElementById("konsep-balasan").textContent;
    remember(reply);
    reply.focus();
  }

  let typing = null;

  function typists() {
    clearTimeout(typing);
    if (document.querySelector("#hadir[data-mengetik]")) typing = setTimeout(() => htmx.trigger("#hadir", "segarkan"), 8000);
  }

  function insert(text) {
    const box = document.getElementById("teks-balas");
    if (!box || box.matches(":disabled")) return;
    const at = box.selectionStart;
    const before = box.value.slice(0, at);
    const joined = before && !/\s$/.test(before) ? ` ${text}` : text;
    box.setRangeText(joined, at, box.selectionEnd, "end");
    remember(box);
    box.focus();
    const gap = /\[[^\[\]\n]+\]/.exec(box.value);
    if (gap) box.setSelectionRange(gap.index, gap.index + gap[0].length);
  }

  function restore() {
    for (const box of document.querySelectorAll("textarea[data-konsep]")) {
      const draft = drafts.get(slot(box));
      if (draft !== undefined) box.value = draft;
    }
  }

  // transcript
  const scroller = () => document.getElementById("gulungan");
  const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;

  function toEnd() {
    const box = scroller();
    if (box) box.scrollTop = box.scrollHeight;
    const button = document.getElementById("ke-bawah");
    if (button) button.hidden = true;
  }

  function mark() {
    for (const link of document.querySelectorAll("#daftar a")) {
      if (link.dataset.buka === here()) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const clock = document.querySelector("#daftar a[aria-current] .tunggu");
    const shown = document.querySelector("#kepala-percakapan .tunggu-kepala");
    if (clock && shown) shown.textContent = clock.textContent;
  }

  function opened() {
    restore();
    mark();
    toEnd();
    const title = document.getElementById("kerja")?.dataset.judul;
    if (title && !alarm.state().waiting) document.title = title;
  }

  // the queue holds still while somebody points at it or walks through it
  const busy = () => performance.now() - touched < STILL_MS;

  function flush() {
    if (!pending) return;
    const fragment = pending;
    pending = null;
    document.getElementById("urutan")?.setAttribute("hidden", ""); // a locked desk has none
    morph.apply(fragment);
    mark();
  }

  function hold(fragment) {
    const shown = [...document.querySelectorAll("#daftar > li")].map((row) => row.id).join();
    const wanted = [...fragment.querySelectorAll("#daftar > li")].map((row) => row.id).join();
    pending = fragment;
    document.getElementById("urutan")?.toggleAttribute("hidden", shown === wanted);
    setTimeout(settle, STILL_MS);
  }

  function settle() {
    if (!pending) return;
    if (busy()) setTimeout(settle, STILL_MS);
    else flush();
  }

  // keyboard
  function walk(step) {
    const links = [...document.querySelectorAll("#daftar a")];
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    show("antrean");
    next?.focus();
  }

  function press(code) {
    if (code === "KeyP") {
      document.getElementById("pintasan")?.toggleAttribute("open");
      return true;
    }
    let target = document.querySelector(`[data-pintasan="${code}"]`);
    if (!target && code === "KeyU") target = document.querySelector("#daftar a");
    if (!target || target.matches(":disabled")) return false;
    if (target.matches("summary")) {
      if (!target.checkVisibility()) return false;
      const panel = target.closest("details");
      panel.toggleAttribute("open");
      panel.querySelector(panel.open ? ".panel button, .panel select" : "summary")?.focus();
    } else if (target.matches("textarea")) {
      show(target.closest("aside") ? "lembar" : "percakapan");
      target.focus();
    } else target.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target.matches("textarea")) {
      event.target.form?.requestSubmit();
      event.preventDefault();
    }
    if (event.key === "Escape") for (const id of ["pintasan", "serah", "siap", "lain", "saring"]) document.getElementById(id)?.removeAttribute("open");
    if (event.key === "?" && !event.target.matches("input, textarea, select")) press("KeyP");
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "ArrowDown" || event.code === "ArrowUp") walk(event.code === "ArrowDown" ? 1 : -1);
    else if (!press(event.code)) return;
    event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-konsep]")) remember(event.target);
    const sheet = event.target.closest("form[data-sunting]");
    if (sheet) sheet.dataset.olehKotor = "";
  });
  for (const kind of ["keydown", "pointerdown", "pointermove"]) document.addEventListener(kind, look, { passive: true });
  for (const kind of ["pointermove", "pointerdown", "wheel", "touchmove", "keydown"]) {
    document.addEventListener(kind, (event) => {
      if (event.target.closest?.("#antrean")) touched = performance.now();
    }, { passive: true });
  }

  document.addEventListener("click", (event) => {
    const tab = event.target.closest(".tab a");
    if (tab) {
      event.preventDefault();
      show(tab.dataset.lihat);
    }
    if (event.target.closest("#urutan")) flush();
    if (event.target.closest("#ke-bawah")) toEnd();
    if (event.target.closest("#kabar")) document.getElementById("kabar").replaceChildren();
    for (const id of ["pintasan", "serah", "siap", "lain", "saring"]) {
      if (!event.target.closest(`#${id}`)) document.getElementById(id)?.removeAttribute("open");
    }
    const ready = event.target.closest("[data-siap]");
    if (ready) {
      document.getElementById("siap").removeAttribute("open");
      insert(ready.dataset.siap);
    }
    const to = event.target.closest("a[data-ke]");
    if (to && document.getElementById(to.dataset.ke)) {
      event.preventDefault();
      show("percakapan");
      const message = document.getElementById(to.dataset.ke);
      message.scrollIntoView({ block: "center" });
      message.tabIndex = -1;
      message.focus({ preventScroll: true });
    }
    if (event.target.closest("a[data-buka]")) show("percakapan");
    if (event.target.closest("a[data-semua]")) {
      event.preventDefault();
      location.assign(location.pathname);
    }
  });

  document.addEventListener("morph:before", (event) => {
    const box = scroller();
    const answered = event.detail.fragment.querySelector("#kepala-percakapan")?.dataset.id;
    if (answered && answered !== here()) event.preventDefault();
    else if (event.target.id === "antrean" && busy()) {
      event.preventDefault();
      hold(event.detail.fragment);
    } else if (box) box.dataset.olehAkhir = atEnd(box) ? "ya" : "tidak";
  });
  document.addEventListener("morph:after", (event) => {
    if (event.target.id === "antrean") {
      if (!pending) mark();
      return;
    }
    countDown();
    typists();
    if (undone) takeBack();
    const box = scroller();
    if (box?.dataset.olehAkhir === "ya") toEnd();
    else if (box && !atEnd(box)) document.getElementById("ke-bawah")?.removeAttribute("hidden");
  });

  // the filter of the queue stays with the open conversation, in its address
  const asked = () => new URL(document.getElementById("antrean")?.getAttribute("hx-get") || "/", location.href).search;

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, path } = event.detail;
    if (elt.matches?.("a[data-buka]") && !path.includes("?")) event.detail.path = path + asked();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-saring]")) event.target.action = location.pathname;
  });

  // a conversation opens in place on the desk; from any other page the browser goes there
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt;
    if (!link.matches?.("a[data-buka]") || column().classList.contains("meja")) return;
    event.preventDefault();
    location.assign(link.href);
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const { elt, xhr } = event.detail;
    if (xhr.status === 200 && elt.matches?.("form[data-sunting]")) delete elt.dataset.olehKotor;
    undone = xhr.status === 200 && elt.matches?.("form[data-urung]"); // the form itself goes with the reply
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (!successful) return;
    if (elt.matches?.("form[data-sunting]")) elt.reset();
    if (!elt.matches?.("form[data-kosongkan]")) return;
    elt.reset();
    for (const box of elt.querySelectorAll("textarea")) {
      box.value = "";
      forget(box);
    }
    elt.closest("details")?.removeAttribute("open");
    if (elt.id === "balas") toEnd();
  });
  document.addEventListener("htmx:sendError", (event) => {
    const { elt, requestConfig } = event.detail;
    const words = requestConfig.verb !== "get" ? "tpl-gagal" : elt.matches("a") ? "tpl-tak-terbuka" : "";
    if (words) document.getElementById("kabar").replaceChildren(document.getElementById(words).content.cloneNode(true));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "kerja" || event.detail.target === document.body) opened();
  });
  document.addEventListener("htmx:historyRestore", () => {
    show(here() ? "percakapan" : "antrean");
    opened();
  });

  let fading = null;
  new MutationObserver(() => {
    clearTimeout(fading);
    if (document.querySelector("#kabar .baik")) fading = setTimeout(() => document.getElementById("kabar")?.replaceChildren(), 6000);
  }).observe(document.body, { childList: true, subtree: true });

  window.addEventListener("beforeunload", (event) => {
    if (drafts.size) event.preventDefault();
  });

  opened();
  function forgetDrafts() {
    drafts.clear();
    for (const box of document.querySelectorAll("textarea[data-konsep]")) box.value = "";
  }

  return { here, forgetDrafts };
})();
