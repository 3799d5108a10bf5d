// The page works without this file; with it, it leaves faster, sends and receives without reloading. Keeps nothing in the browser.
(() => {
'use strict';
const d = document, root = d.documentElement, words = d.body.dataset, find = (id) => d.getElementById(id);
const log = find('log'), choices = find('pilihan'), form = find('tulis'), box = find('teks'), status = find('kabar');
const scroller = find('gulir'), idleNote = find('diam'), path = words.alamat;
let seal = form.elements.segel.value;

// The way out stands in keluar.js, before everything else.
d.addEventListener('tutup', silence);
function restart() {
  exit.to(path);
}
// A link away from here would lose what is in the box: the first press only says so.
let warned = false;
d.addEventListener('click', (event) => {
  if (warned || !event.target.closest('a[data-ganti]') || !box.value.trim()) return;
  event.preventDefault();
  warned = true;
  say(words.buang, true);
}, true);

// Saying what happened, in words.
function say(text, grave) {
  status.textContent = text;
  status.className = grave ? 'gawat' : '';
}
function element(name, className, text) {
  const made = d.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

// Bubbles: text nodes only.
let last = +words.akhir, held = null, busy = false;
function bubble(from, text, foot) {
  const before = log.lastElementChild, again = before && before.classList.contains(from);
  const made = element('div', 'b ' + from);
  made.append(element('span', again || from === 'saya' ? 'sr' : 'siapa', words[from]));
  made.append(element('p', '', text), element('small', '', foot));
  return made;
}
function foot(message) {
  return message.dari === 'saya' ? message.jam + ' · ' + words.terkirim : message.jam;
}
function offer(list) {
  choices.querySelectorAll('button').forEach((button) => button.remove());
  for (const choice of list) {
    const button = element('button', '', choice.judul);
    button.name = 'tombol';
    button.value = choice.id;
    choices.append(button);
  }
  choices.hidden = !list.length;
}
function show(news) {
  if (exit.gone()) return;
  if (news.ulang) return restart();
  let newest = null;
  for (const message of news.pesan) {
    if (message.n <= last) continue;
    newest = message;
    last = message.n;
    log.append(bubble(message.dari, message.teks || words[message.berkas], foot(message)));
  }
  if (!newest) return;
  offer(newest.dari === 'asisten' ? newest.pilihan : []);
  say(newest.dari === 'saya' ? words.tunggu : '');
  for (const job of jobs) log.append(job.node);
  if (choices.offsetHeight > scroller.clientHeight / 2) log.lastElementChild.scrollIntoView();
  else if (getComputedStyle(scroller).overflowY === 'visible') log.lastElementChild.scrollIntoView({ block: 'nearest' });
}
// What arrives while a message of ours is under way waits, so that nothing appears twice.
function take(news) {
  if (!busy) return show(news);
  held = held && !held.ulang && !news.ulang ? { pesan: held.pesan.concat(news.pesan) } : held && held.ulang ? held : news;
}

// Sending: one after the other, each with an id of its own, so that trying again stores it once.
const jobs = [], pauses = [1, 2, 4, 8];
let spare = null, wake = null;
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
function post(address, fields, patience) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), patience);
  const body = new URLSearchParams(fields);
  return fetch(address, { method: 'POST', body, signal: stop.signal, headers: { Accept: 'application/json' } });
}
function pause(seconds) {
  return new Promise((done) => { wake = done; setTimeout(done, seconds * 1000); });
}
addEventListener('online', () => { if (wake) wake(); });
function enqueue(fields, text) {
  const node = bubble('saya', text, words.mengirim);
  node.classList.add('nanti');
  log.append(node);
  choices.hidden = true;
  jobs.push({ fields, text, node });
  say('');
  scroller.classList.remove('mula');
  if (find('awal')) find('awal').remove();
  scroller.scrollTop = 0;
  if (!busy) work();
}
async function work() {
  busy = true;
  while (jobs.length && !exit.gone()) {
    const answer = await attempt(jobs[0]);
    if (answer.galat) { giveBack(answer.galat); break; }
    const job = jobs.shift();
    job.node.remove();
    if (answer.ulang) { restart(); return; }
    show(answer);
  }
  busy = false;
  if (held) { const news = held; held = null; show(news); }
  listen();
}
async function attempt(job) {
  for (let round = 0, sealed = 0; ; round++) {
    let trouble = job.fields.tombol ? 'tombol' : 'jaringan';
    try {
      const told = await post(path, { ...job.fields, segel: seal, sejak: last }, 20000), answer = await told.json();
      if (told.ok) return answer;
      trouble = answer.galat || trouble;
      if (trouble === 'segel' && answer.segel && !sealed++) { seal = answer.segel; continue; }
      if (told.status < 500) return { galat: trouble };
    } catch (lost) { /* no network, or too slow: try again */ }
    if (round >= pauses.length || exit.gone()) return { galat: trouble };
    job.node.querySelector('small').textContent = words.belum;
    await pause(pauses[round]);
  }
}
// After the last try the words stand in the box again; unchanged, they keep their id.
function giveBack(trouble) {
  const texts = jobs.filter((job) => job.fields.teks);
  const kept = texts.map((job) => job.fields.teks).join('\n');
  for (const job of jobs) job.node.remove();
  spare = texts.length === 1 && !box.value ? { text: kept, id: texts[0].fields.nomor } : null;
  jobs.length = 0;
  if (kept) box.value = box.value ? kept + '\n' + box.value : kept;
  choices.hidden = !choices.querySelector('button');
  grow();
  say(words['galat' + trouble[0].toUpperCase() + trouble.slice(1)] || words.galatJaringan, true);
}
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = box.value.trim();
  box.focus();
  if (!text) return;
  const nomor = spare && spare.text.trim() === text ? spare.id : newId();
  spare = null;
  box.value = '';
  grow();
  enqueue({ teks: text, nomor }, text);
});
choices.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button) enqueue({ tombol: button.value, nomor: newId() }, button.textContent);
});
box.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !matchMedia('(pointer: fine)').matches) return;
  event.preventDefault();
  form.requestSubmit();
});
function grow() {
  if (CSS.supports('field-sizing', 'content')) return;
  box.style.height = 'auto';
  box.style.height = box.scrollHeight + 2 + 'px';
}
box.addEventListener('input', grow);

// Receiving: a stream; where it breaks or stays silent, asking every few seconds.
let source = null, watch = 0, broken = 0, asking = 0;
function silence() {
  if (source) source.close();
  source = null;
  clearTimeout(watch);
  clearTimeout(asking);
}
function listen() {
  if (exit.gone() || source || asking || !(last || words.ada)) return;  // begun, though hidden lines are not shown
  if (!window.EventSource) return ask();
  source = new EventSource(path + 'alir?sejak=' + last);
  alive(10);
  source.onmessage = (event) => { broken = 0; alive(50); take(JSON.parse(event.data)); };
  source.addEventListener('hidup', () => { broken = 0; alive(50); });
  source.addEventListener('habis', restart);
  source.onerror = () => { if (++broken > 1 || source.readyState === 2) ask(); };
}
function alive(seconds) {
  clearTimeout(watch);
  watch = setTimeout(ask, seconds * 1000);
}
async function ask() {
  silence();
  if (exit.gone()) return;
  try {
    const answer = await fetch(path + 'baru?sejak=' + last, { headers: { Accept: 'application/json' } });
    if (answer.ok) take(await answer.json());
    if (answer.status === 410) return restart();
  } catch (lost) { /* asked again below */ }
  asking = setTimeout(ask, d.hidden ? 15000 : 5000);
}
listen();

// Idle: a warning two minutes before the page empties itself; any sign of life puts it off.
const idle = words.diam * 1000;
let seen = Date.now(), told = Date.now();
function live() {
  seen = Date.now();
  idleNote.hidden = true;
  if (!(last || words.ada) || seen - told < 30000) return;
  told = seen;
  post(path + 'tetap', { segel: seal }, 15000).then((answer) => { if (answer.status === 410) restart(); }, () => {});
}
function lookAtClock() {
  const quiet = Date.now() - seen;
  const something = last || words.ada || box.value;
  if (quiet > idle && something) restart();
  else idleNote.hidden = !something || quiet < idle - Math.min(120000, idle / 2);
}
for (const kind of ['keydown', 'pointerdown']) addEventListener(kind, live, { passive: true });
d.addEventListener('visibilitychange', lookAtClock);
setInterval(lookAtClock, 5000);
})();
