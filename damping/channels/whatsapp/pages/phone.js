(() => {
'use strict';
const d = document, path = d.body.dataset.alamat, find = (id) => d.getElementById(id);
const log = find('log'), box = find('teks'), sheet = find('lembar');
const people = [...d.querySelectorAll('[data-orang]')];
const ticks = { waiting: ['◷', 'menunggu'], sent: ['✓', 'terkirim'], delivered: ['✓✓', 'sampai'], read: ['✓✓', 'dibaca'], failed: ['⚠', 'gagal'] };
const clock = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Jakarta' });
let who = '', source = null, before = '';

function element(name, className, text) {
  const made = d.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
async function act(apa, isi, pesan) {
  const answer = await fetch(`${path}/${who}`, { method: 'POST', body: JSON.stringify({ apa, isi, pesan }) });
  if (answer.ok) show(await answer.json());
}
function open(person) {
  if (who && who !== person.dataset.orang) act('buka', 'tidak');
  who = person.dataset.orang;
  before = '';
  location.hash = who;
  d.body.classList.add('membuka');
  people.forEach((one) => one.setAttribute('aria-current', one === person));
  find('siapa').textContent = `${person.dataset.nama} (${person.dataset.nomor})`;
  if (source) source.close();
  source = new EventSource(`${path}/${who}/alir`);
  source.onmessage = (event) => show(JSON.parse(event.data));
  act('buka', 'ya');
}
function foot(one) {
  const made = element('small', '', clock.format(one.waktu) + ' ');
  if (one.saya) {
    const [sign, word] = ticks[one.centang] || ticks.sent, tick = element('span', one.centang === 'read' ? 'baca' : '', sign);
    tick.title = word;
    tick.setAttribute('aria-label', word);
    made.append(tick);
  }
  return made;
}
function press(one, choice) { sheet.hidden = true; act('tombol', choice.id, one.id); }
function buttons(one) {
  const made = element('div', 'tombol');
  const list = one.daftar ? [{ title: '☰ ' + one.daftar }] : one.pilihan;
  for (const choice of list) {
    const button = element('button', '', choice.title);
    button.disabled = one.terjawab;
    button.onclick = () => one.daftar ? openSheet(one) : press(one, choice);
    made.append(button);
  }
  return made;
}
function openSheet(one) {
  find('judul-lembar').textContent = one.daftar;
  find('baris').replaceChildren(...one.pilihan.map((choice) => {
    const row = element('button', '', choice.title);
    if (choice.description) row.append(element('small', '', choice.description));
    row.onclick = () => press(one, choice);
    return row;
  }));
  sheet.hidden = false;
  find('baris').firstChild.focus();
}
function show(state) {
  people.forEach((person) => {
    const badge = person.querySelector('.baru'), count = state.belum_dibaca[person.dataset.orang];
    badge.textContent = count;
    badge.hidden = !count || person.dataset.orang === who;
  });
  find('sinyal').checked = state.sinyal;
  find('antre').textContent = state.gangguan.length ? 'Menunggu: ' + state.gangguan.join(', ') : '';
  const now = JSON.stringify([state.pesan, state.menulis]);
  if (now === before) return;
  before = now;
  const rows = state.pesan.flatMap((one) => {
    const made = element('div', 'b' + (one.saya ? ' saya' : ''));
    made.append(element('p', '', one.teks), foot(one));
    return one.pilihan.length ? [made, buttons(one)] : [made];
  });
  if (!rows.length) rows.push(element('p', 'kosong', `Belum ada pesan. Tulis sebagai ${state.nama}; balasan kantor tiba di sini.`));
  if (state.menulis) rows.push(element('div', 'b', 'mengetik…'));
  log.replaceChildren(...rows);
}
people.forEach((person) => { person.onclick = () => open(person); });
find('kembali').onclick = () => d.body.classList.remove('membuka');
find('tutup-lembar').onclick = () => { sheet.hidden = true; };
addEventListener('keydown', (event) => { if (event.key === 'Escape') sheet.hidden = true; });
d.querySelectorAll('[data-apa]').forEach((button) => {
  button.onclick = () => { find('lampiran').open = false; act(button.dataset.apa, button.dataset.isi || ''); };
});
find('sinyal').onchange = (event) => act('sinyal', event.target.checked ? 'ya' : 'tidak');
find('tulis').onsubmit = (event) => {
  event.preventDefault();
  const text = box.value;
  if (!text.trim()) return;
  box.value = '';
  box.focus();
  act('teks', text);
};
box.onkeydown = (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); find('tulis').requestSubmit(); }
};
addEventListener('pagehide', () => { if (who) navigator.sendBeacon(`${path}/${who}`, JSON.stringify({ apa: 'buka', isi: 'tidak' })); });
const asked = location.hash.slice(1);
open(people.find((person) => person.dataset.orang === asked) || people[0]);
if (!asked && matchMedia('(max-width: 760px)').matches) d.body.classList.remove('membuka');
})();
