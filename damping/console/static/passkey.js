// Passkeys: asks the device for a signature and sends it with the form. Works on sign-in pages and on the locked desk.
"use strict";

(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function make(options) {
    const made = await navigator.credentials.create({ publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    } });
    return { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject), id: made.id };
  }

  async function sign(options) {
    const signed = await navigator.credentials.get({ publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    } });
    const { clientDataJSON, authenticatorData, signature } = signed.response;
    return { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), id: signed.id };
  }

  async function answer(form) {
    const asked = await fetch(form.dataset.kunciSandi, {
      method: "POST",
      headers: { "X-Damping-Csrf": form.querySelector("input[name=csrf]").value },
    });
    if (!asked.ok) throw new Error("refused");
    const options = await asked.json();
    const { id, ...response } = await (options.user ? make(options) : sign(options));
    return JSON.stringify({ id, rawId: id, type: "public-key", response });
  }

  // before htmx and the browser send it: an answer first
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const field = form.matches("form[data-kunci-sandi]") && form.querySelector("input[name=jawaban]");
    if (!field || field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const failed = form.querySelector("[data-gagal]");
    const button = form.querySelector("button");
    failed.hidden = true;
    button.disabled = true;
    try {
      field.value = await answer(form);
      button.disabled = false;
      form.requestSubmit();
      setTimeout(() => { field.value = ""; }, 0);
    } catch {
      button.disabled = false;
      failed.hidden = false;
    }
  }, true);
})();
