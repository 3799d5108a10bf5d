// Brings the page to what the server says, changing only what differs: what an officer types, holds or points at stays.
// As an htmx extension: hx-ext="morph" hx-swap="morph". Every top element of an answer goes to the element of the same id.
"use strict";

const morph = (() => {
  // data-tetap: only the attributes follow the server, the inside belongs to the officer
  // data-oleh-kotor: so does a form that the officer is filling in, until it is sent
  function attributes(kept, fresh) {
    for (const { name } of [...kept.attributes]) {
      const ours = name === "open" || name.startsWith("data-oleh-");
      if (!fresh.hasAttribute(name) && !ours) kept.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
    }
  }

  function same(kept, fresh) {
    return kept && kept.nodeName === fresh.nodeName && (kept.id || "") === (fresh.id || "");
  }

  function children(kept, fresh) {
    let here = kept.firstChild;
    for (const wanted of [...fresh.childNodes]) {
      let match = same(here, wanted) ? here : null;
      if (!match && wanted.id) match = [...kept.children].find((child) => same(child, wanted)) || null;
      if (!match) {
        kept.insertBefore(wanted, here);
        continue;
      }
      if (match === here) here = here.nextSibling;
      else kept.insertBefore(match, here);
      tend(match, wanted);
    }
    while (here) {
      const gone = here;
      here = here.nextSibling;
      gone.remove();
    }
  }

  function tend(kept, fresh) {
    if (kept.isEqualNode(fresh)) return;
    if (kept.nodeType !== Node.ELEMENT_NODE) {
      kept.nodeValue = fresh.nodeValue;
      return;
    }
    attributes(kept, fresh);
    if (!kept.hasAttribute("data-tetap") && !kept.hasAttribute("data-oleh-kotor")) children(kept, fresh);
  }

  function apply(fragment) {
    for (const fresh of [...fragment.children]) {
      const kept = fresh.id ? document.getElementById(fresh.id) : null;
      if (!kept) continue;
      const focus = document.activeElement && document.activeElement.id;
      tend(kept, fresh);
      if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus();
      htmx.process(kept);
    }
  }

  return { apply, tend };
})();

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, target, fragment) {
    if (style !== "morph") return false;
    if (!document.contains(target)) return true; // an answer for a conversation that is not open any more
    const held = !target.dispatchEvent(new CustomEvent("morph:before", { bubbles: true, cancelable: true, detail: { fragment } }));
    if (!held) morph.apply(fragment);
    target.dispatchEvent(new CustomEvent("morph:after", { bubbles: true }));
    return true;
  },
});
