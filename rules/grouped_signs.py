"""Signs that two things in one message make together: a child and a sexual act, a rape and a date.

A child is merah with any sexual touch; an adult's rape is merah within days or every night. An adult who tells of childhood long
over is neither.
"""

import re

from rules.levels import Level
from rules.signs import compiled

ADULT = 18
_YEARS = re.compile(
    r"(?<!\S)(\d{1,2}) ?(?:tahun|thn|th|taun|yo|tahunan)(?!\S)"
    r"(?! (?:yang )?(?:lalu|silam|nikah|menikah|kerja|berumah|pacaran|pernikahan|sudah|lebih|kami|penjara))"
    r"|(?<!\S)(?:umur|umurku|usia|umurnya|umure|usianya)(?: \S+)? (\d{1,2})(?!\S)"
)
_SCHOOL = compiled(
    r"kelas {1}(?:\d+|satu|dua|tiga|empat|lima|enam|[ivx]+)|kls \d+|klas \d+|(?:masih|murid|anak|siswi|siswa|duduk|saya) {1}(?:sd|"
    r"smp|sma|smk|tk|paud|mts|mi|sekolah)",
    r"balita|bayi|batita|di bawah umur|dibawah umur|sekolah dasar|anak kecil|bocah|smp|mts|(?:les|ngaji|pondok|tpa|tpq|paud|"
    r"pesantren|panti)",
)
_CHILD = compiled(r"anak(?! (?:muda|buah|kos|kuliah|magang|kost|punk|didik saya mahasiswa))|adik|keponakan|cucu|murid|gadis")
_CHILDHOOD = compiled(
    r"(?:waktu|pas|masih|semasa|sejak|dari) {2}kecil|dulu {4}(?:sd|smp|kecil|tk)|(?:waktu|pas|jaman|zaman) {1}(?:sd|smp|sma|tk|"
    r"sekolah) {1}dulu|masa kecil|(?:waktu|pas) saya (?:sd|smp)",
)
# who children name; grown women rarely call the one who harms them so
_ELDER = (
    r"paman|kakek|ustad|bapak tiri|papa tiri|ayah tiri|guru|pelatih|coach"
    r"|kakak kelas|sopir|tukang \S+|tetangga|abang|satpam|pengasuh|bude|sepupu|kakak|bapak"
)
_BODY = (
    r"dada|pantat|paha|payudara|kemaluan|anu\S*|itunya|punya\S*|burung\S*|titit\S*|vagina|memek"
    r"|pepe\S*|mimi|susu|tetek|badan|celana|baju|perut|bawah\S*"
)
_ACT = r"rape:(?:perkosa|gagah|setubuh|cabul|sodomi|gilir)"
_SEXUAL_ACT = (
    # done to the child that is named before it
    compiled(
        rf"(?:{{anak}}|saya|gadis|dia) {{8}}(?:{_ACT}\.[ptn]|touch:(?:raba|grepe|leceh|remas|telanjang|colek|gitu|apaapa|elus)\.p|"
        rf"touch:pegang\.p)",
        rf"(?:{{anak}}|saya) {{4}}(?:touch:cium|touch:peluk)\.p {{4}}(?:paksa|bibir|{_ELDER}|orang)",
    ),
    # done by somebody to the child or its body
    compiled(
        rf"(?:touch:(?:pegang|raba|remas|grepe|elus|colek|cium)\.[ab]|{_ACT}\.[ab]) {{2}}(?:{{anak}}|{_BODY})",
        rf"(?:{_ELDER}) {{5}}(?:touch:(?:pegang|raba|remas|grepe|elus|colek|cium|gitu|intip)|{_ACT})\.[ab]",
        rf"(?:touch:(?:pegang|raba|remas|grepe|elus|colek)|{_ACT})\.[ab] {{1}}saya",
        rf"tangan\S* {{3}}(?:masuk\S*|ke|kemana2?|kmn2|kmana|naik\S*) {{2}}(?:{_BODY}|mana2?)|tangan\S* (?:masuk2?|kemana2|kmn2|"
        rf"kmana mana)",
        r"(?:mangku|dipangku|pangku|pangkuan\S*) {6}(?:celana|tangan|buka|dibuka|goyang\S*|paksa)|(?:buka|dibuka\S*|bukain|"
        r"masuk2) {1}(?:selimut|celana|baju|rok|kancing)",
        r"(?:disuruh|nyuruh|suruh|suru|dipaksa|force:paksa\.p|disuru|diajak|ngajak) {3}(?:(?:buka|lepas|nglepas|copot) {1}(?:celana|"
        r"baju|rok|daster|kancing)|telanjang|touch:telanjang\.\w"
        r"|(?:touch:pegang\S*|pegang) {1}(?:itu\S*|anu\S*|burung\S*|titit\S*|punya\S*)|hubungan|ml|gituan|begituan|touch:gitu\.\w|"
        r"seks|sex|main dokter\S*|(?:pijit|pijet|mijit) {4}(?:buka|celana|tangan)|duduk {2}pangku\S*|tidur bareng)",
        r"(?:telunjuk|jari|burung|anu|punya)\S* {2}(?:dimasukin|masuk\S*)|masukin {2}(?:anu\S*|itu\S*|jari\S*|burung\S*)|"
        r"pelecehan {1}(?:seksual|fisik)|persetubuhan|pencabulan|kekerasan seksual|berbuat {2}tidak {1}(?:pantas|senonoh|bener)",
    ),
)
_ELDER_TO_CHILD = compiled(
    r"(?:paman|kakek|ustad|bapak tiri|papa tiri|ayah tiri|kakak kelas|guru les|guru ngaji|pelatih) {5}(?:touch|rape):\S+\.[ab]|"
    r"dipegang kakek|touch:\S+\.p {2}(?:paman|kakek|ustad|bapak tiri|ayah tiri)"
)
# a small child's body and behaviour tell
_TELLS = compiled(
    r"sakit {2}(?:pas |kalau |waktu )?(?:pipis|kencing|eek)|(?:keluar darah|berdarah) {3}(?:celana|kemaluan|pipis)|"
    r"megangin {1}celana|nutup\S* {1}(?:celana|bawahnya)|maen dokter\S*|main dokter\S*",
    rf"(?:{_ELDER}) {{6}}(?:mandiin|mandikan|masuk kamar|masuk {{1}}kamar saya|nakal|gitu sedang)|jangan bilang {{1}}(?:mama|ibu|"
    rf"siapa2?|bapak|bunda|mamah)|rahasia {{1}}(?:kita|berdua)",
    r"celana\S* {2}(?:ada )?darah|darah {2}(?:di )?celana|(?:mainin|narik|ditarik|pegang) {2}(?:pipis|burung|titit)\S*|main celana",
    r"perutnya (?:membesar|buncit)|celananya kebalik|dinodai|ternoda|digauli|dilecehin",
)
_PICTURES_ONLY = compiled(
    r"(?:foto|video|pap|rekaman|live|kamera) {3}(?:telanjang|touch:telanjang\.\w)|(?:kirim|minta|ngirim|mengirim) {2}(?:foto|video|"
    r"pap)|(?:di)?(?:video|foto|rekam)\w* {3}(?:mandi|ganti)"
)
_TOUCHED = compiled(r"(?:rape:\S+|touch:(?:raba|grepe|leceh|remas|gitu|apaapa|pegang|colek)\.\w)")
_NOT_A_BODY = compiled(
    r"(?:hp|hape|atm|kartu|uang|kk|ktp|nomor|akun|kendali|jabatan|hp\S*) {2}touch:pegang\.\w|touch:pegang\.\w {1}(?:hp|hape|uang|"
    r"atm|kendali|kunci|pisau|golok|korek|tangan)"
)
_PREGNANT_CHILD = compiled(r"hamil|rape:hamil\.p")
_RAPE = compiled(
    r"rape:(?:perkosa|gagah|setubuh|cabul|sodomi|gilir)\.[pat]|rape:(?:perkosa|cabul|sodomi)\.b",
    r"(?:force:paksa\.\w|dipaksa) {4}(?:hubungan|berhubungan|ml|seks|sex|begituan|gituan|touch:gitu\.\w|layani|melayani|ngelayanin|"
    r"ngentot|ewe|intim|jimak|hs|tidur)",
)
# forced, where what was forced is left unsaid: the night, the body or the fear of what follows says it
_FORCED = compiled(r"(?:force:paksa\.[pa])(?! {1}(?:kerja|nikah|menikah|utang|hutang|tanda|transfer|resign|putus|cerai|ngaku|makan))")
_INTIMATE = compiled(
    r"hamil|hiv|h i v|pep|visum|jahitan\S*|jaitan|jatah|celana|(?:di|n)tindih\S*|nindih|mandi|telat|ngeflek|kondom|setiap malam|"
    r"semalam|malam|subuh|lahiran|ranjang|kamar|kos|rumah|mess|jijik|kotor|kebun|mobil|ruang tamu"
)
_DRUGGED = compiled(
    r"bangun2? {~9}(?:celana|baju|tidak pakai|sakit)|(?:minuman?|dikasih minum|dicekokin|obat bius) {~12}(?:tidak sadar|tidak inget|"
    r"tidak ingat|bangun2?|celana|apain)"
)
_RECENT = compiled(
    r"(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu) {1}(?:malam|kemarin|itu|sore|pagi|siang|ini)|malam (?:senin|selasa|rabu|kamis|"
    r"jumat|sabtu|minggu)|(?:dua|tiga|2|3) malam|bengi|semalam|tadi|kemarin|hari ini|baru (?:saja|aja)|malam ini|pagi ini|"
    r"minggu ini|seminggu|(?:kmrn|dua|2|tiga|3|empat|4|lima|5|6) hari|malam minggu|pulang sekolah|\d+ jam (?:yang )?lalu|"
    r"setiap (?:malam|hari)"
)
_NOT_RECENT = compiled(r"(?:\d+|beberapa|dua|tiga) (?:bulan|tahun) (?:yang )?(?:lalu|lewat|silam)|(?:bulan|tahun) (?:lalu|kemarin)|dulu")


def found(line: str, over: bool) -> list[tuple[Level, str]]:
    """The grouped signs in a plain line, as level and words."""
    if over:
        return []
    signs: list[tuple[Level, str]] = []
    if _of_a_child(line) and _touched(line) and (not _PICTURES_ONLY.search(line) or _TOUCHED.search(line)):
        signs.append((Level.MERAH, "kekerasan seksual terhadap anak"))
    if _young(line) and _PREGNANT_CHILD.search(line) and not _CHILDHOOD.search(line) and not _grown(line):
        signs.append((Level.MERAH, "anak hamil"))
    if (
        (_RAPE.search(line) or _DRUGGED.search(line) or (_FORCED.search(line) and _INTIMATE.search(line)))
        and _RECENT.search(line)
        and not _NOT_RECENT.search(line)
    ):
        signs.append((Level.MERAH, "perkosaan yang baru terjadi"))
    return signs


def _touched(line: str) -> bool:
    if _young(line) and _TELLS.search(line):
        return True
    return any(act.search(_NOT_A_BODY.sub("~", line)) for act in _SEXUAL_ACT)


def _grown(line: str) -> bool:
    """Only ages of 18 and more are named."""
    named = ages(line)
    return bool(named) and all(age >= ADULT for age in named)


def ages(line: str) -> list[int]:
    """Ages named in a plain line."""
    return [int(first or second) for first, second in _YEARS.findall(line)]


def _young(line: str) -> bool:
    return any(age < ADULT for age in ages(line)) or _SCHOOL.search(line) is not None


def _of_a_child(line: str) -> bool:
    if _CHILDHOOD.search(line) or _grown(line):
        return False
    return _young(line) or _CHILD.search(line) is not None or _ELDER_TO_CHILD.search(line) is not None
