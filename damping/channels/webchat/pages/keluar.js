// Leaving, on every page: blank first, then away; the page's entry is replaced, so Back does not return to it.
const exit = (() => {
'use strict';
const d = document, root = d.documentElement, link = d.getElementById('keluar'), words = link.dataset;
const sign = d.getElementById('tanda'), signal = d.getElementById('isyarat'), cross = sign.textContent;
let gone = false;
function to(address) {
  gone = true;
  root.classList.add('tutup');
  d.getElementById('tirai').textContent = words.memuat;
  d.dispatchEvent(new Event('tutup'));
  location.replace(address);
}
function leave(event) {
  if (event) event.preventDefault();
  to(link.href);
}
link.addEventListener('click', leave);

// A browser that keeps pages to come back to keeps a blank one, and gets the first page instead.
addEventListener('pagehide', () => root.classList.add('tutup'));
addEventListener('pageshow', (event) => { if (event.persisted) to(words.awal); });

// Shift three times, each within five seconds of the last, with no other key between.
let shifts = 0, timer = 0, mixed = false;
function count(pressed, told) {
  shifts = pressed;
  sign.textContent = pressed ? '●'.repeat(pressed) + '○'.repeat(3 - pressed) : cross;
  signal.textContent = told;
}
addEventListener('keydown', (event) => {
  if (event.key === 'Shift') { if (!event.repeat) mixed = false; return; }
  mixed = true;
  if (shifts) count(0, '');
});
addEventListener('keyup', (event) => {
  if (event.key !== 'Shift' || mixed) return;
  clearTimeout(timer);
  if (shifts === 2) return leave();
  count(shifts + 1, words.shift.replace('{n}', 2 - shifts));
  timer = setTimeout(() => { if (shifts) count(0, words.batal); }, 5000);
});

// From page to page without an entry more; what is shown once does not stay.
d.addEventListener('click', (event) => {
  const other = event.target.closest('a[data-ganti]');
  if (!other || event.defaultPrevented) return;
  event.preventDefault();
  location.replace(navigator.cookieEnabled && other.dataset.ganti || other.href);
});
if (words.diam) setTimeout(() => to(words.awal), words.diam * 1000);
return { to, gone: () => gone };
})();
