// The workbench's conveniences: warnings while one types, and marking words with keys or a tap. Every page works without them.
"use strict";

const pelatih = {
  /* warnings: what is typed is sent to the desk itself, nowhere else */
  watch(form) {
    let waiting = 0;
    let asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const mine = ++asked;
        const answer = await fetch(form.dataset.periksa, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          headers: { "HX-Request": "true" },
        }).catch(() => null);
        if (answer === null || !answer.ok || mine !== asked) return;
        const box = form.querySelector("#peringatan");
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#peringatan");
        if (box && fresh) box.replaceChildren(...fresh.childNodes);
      }, 350);
    });
  },

  /* marks are kept as text, 'suami = hubungan; golok = senjata': the buttons only write it */
  marks(text) {
    return text
      .split(";")
      .map((piece) => piece.split("=").map((part) => part.trim()))
      .filter((pair) => pair.length === 2 && pair[0] && pair[1]);
  },

  mark(form) {
    const sentence = form.querySelector("[data-kalimat]");
    const kept = form.querySelector("[data-tanda]");
    const room = form.querySelector("[data-kata]");
    if (!sentence || !kept || !room) return;
    const chips = room.querySelector(".keping");
    room.hidden = false;
    kept.closest("label").hidden = true;

    const words = () => sentence.value.match(/[^\s.,;:!?"'()]+/g) || [];
    const owner = (marks) => {
      const found = [];
      const left = marks.map((pair) => ({ words: pair[0].split(/\s+/), kind: pair[1], used: false }));
      const all = words();
      for (let at = 0; at < all.length; at += 1) {
        const one = left.find((mark) => !mark.used && mark.words.every((word, step) => all[at + step] === word));
        if (!one) continue;
        one.used = true;
        one.words.forEach((_, step) => found.push([at + step, one]));
        at += one.words.length - 1;
      }
      return new Map(found);
    };
    const write = (labels) => {
      const all = words();
      const told = [];
      labels.forEach((kind, at) => {
        if (!kind) return;
        const last = told[told.length - 1];
        if (last && last.kind === kind && last.end === at - 1 && sentence.value.includes(`${last.text} ${all[at]}`)) {
          last.text += ` ${all[at]}`;
          last.end = at;
        } else told.push({ text: all[at], kind, end: at });
      });
      kept.value = told.map((one) => `${one.text} = ${one.kind}`).join("; ");
      kept.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const draw = () => {
      const held = document.activeElement && chips.contains(document.activeElement) ? [...chips.children].indexOf(document.activeElement) : -1;
      const owned = owner(pelatih.marks(kept.value));
      const labels = words().map((_, at) => (owned.has(at) ? owned.get(at).kind : ""));
      chips.replaceChildren(
        ...words().map((word, at) => {
          const chip = document.createElement("button");
          chip.type = "button";
          chip.textContent = word;
          chip.setAttribute("aria-pressed", String(Boolean(labels[at])));
          if (labels[at]) {
            const kind = document.createElement("small");
            kind.textContent = labels[at];
            chip.append(kind);
          }
          chip.addEventListener("click", () => {
            const kind = room.querySelector("input[name=jenis]:checked");
            labels[at] = labels[at] || !kind ? "" : kind.value;
            write(labels);
          });
          return chip;
        }),
      );
      if (held >= 0 && chips.children[held]) chips.children[held].focus();
    };
    // a mark whose word was typed away goes with it
    sentence.addEventListener("input", () => {
      const owned = owner(pelatih.marks(kept.value));
      const marks = [...new Set(owned.values())].map((one) => `${one.words.join(" ")} = ${one.kind}`);
      kept.value = marks.join("; ");
      draw();
    });
    kept.addEventListener("input", draw);
    draw();
  },

  begin() {
    document.querySelectorAll("form[data-periksa]").forEach((form) => {
      pelatih.watch(form);
      pelatih.mark(form);
    });
  },
};

document.addEventListener("DOMContentLoaded", pelatih.begin);
