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

  // drafts live as long as the page
  const slot = (box) => `${box.form?.getAttribute("action")} ${box.name}`; // the address names the conversation

  function remember(box) {
    if (box.value) drafts.set(slot(box), box.value);
    else drafts.delete(slot(box));
  }

  function restore() {
    for (const box of document.querySelectorAll("textarea[data-konsep]")) {
      const draft = drafts.get(slot(box));
      if (draft !== undefined && !box.value) box.value = draft;
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
    document.getElementById("urutan").hidden = true;
    morph.apply(fragment);
    mark();
  }

  function hold(fragment) {
    const shown = [...document.querySelectorAll("#daftar > li")].map((row) => row.id).join();
    const wanted = [...fragment.querySelectorAll("#daftar > li")].map((row) => row.id).join();
    pending = fragment;
    document.getElementById("urutan").hidden = shown === wanted;
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
    if (target.matches("textarea")) {
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
    if (event.key === "Escape") document.getElementById("pintasan")?.removeAttribute("open");
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "ArrowDown" || event.code === "ArrowUp") walk(event.code === "ArrowDown" ? 1 : -1);
    else if (!press(event.code)) return;
    event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-konsep]")) remember(event.target);
  });
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
    if (!event.target.closest("#pintasan")) document.getElementById("pintasan")?.removeAttribute("open");
    if (event.target.closest("a[data-buka]")) show("percakapan");
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
    const box = scroller();
    if (box?.dataset.olehAkhir === "ya") toEnd();
    else if (box && !atEnd(box)) document.getElementById("ke-bawah").hidden = false;
  });

  // a conversation opens in place on the desk; from any other page the browser goes there
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt;
    if (!link.matches?.("a[data-buka]") || column().classList.contains("meja")) return;
    event.preventDefault();
    location.assign(link.href);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, successful } = event.detail;
    if (!successful || !elt.matches?.("form[data-kosongkan]")) return;
    elt.reset();
    for (const box of elt.querySelectorAll("textarea")) {
      box.value = "";
      drafts.delete(slot(box));
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
