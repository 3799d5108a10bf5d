"""Signs that two things in one message make together: a child and a sexual act, a rape and a date.

A child is merah with any sexual touch; an adult's rape is merah within days or every night. An adult who tells of childhood long
over is neither.
"""

import re

from rules.levels import Level
from rules.signs import compiled

ADULT = 18
_YEARS = re.compile(r"(?<!\S)(\d{1,2}) ?(?:tahun|thn|th|taun|yo|tahunan)(?!\S)(?! (?:yang )?(?:lalu|silam|nikah|menikah|kerja|berumah|pacaran|pernikahan|sudah|lebih|kami|penjara))"
                    r"|(?<!\S)(?:umur|umurku|usia|umurnya|umure|usianya)(?: \S+)? (\d{1,2})(?!\S)")  # fmt: skip
_SCHOOL = compiled(r"kelas {1}(?:\d|satu|dua|tiga|empat|lima|enam|[ivx]+)|(?:masih|murid|anak|siswi|siswa|duduk) {1}(?:sd|smp|sma|smk|tk|paud|mts|mi|sekolah)|balita|bayi|di bawah umur|dibawah umur|sekolah dasar")
_CHILD = compiled(r"anak(?! (?:muda|buah|kos|kuliah|magang|kost))|adik|keponakan|cucu|murid|gadis")
_CHILDHOOD = compiled(r"(?:waktu|pas|masih|semasa|sejak|dari) {2}kecil|dulu {4}(?:sd|smp|kecil|tk)|(?:waktu|pas) {1}(?:sd|smp|sma|tk) {1}dulu|masa kecil")
_SEXUAL_ACT = compiled(
    r"(?:rape:(?:perkosa|gagah|setubuh|cabul|sodomi|gilir)\.[patbn]|rape:hamil\.[pa]|touch:(?:raba|grepe|leceh|remas|telanjang)\.[pat]|touch:(?:gitu|apaapa|pegang|colek|elus)\.p)"
    r"|(?:touch:(?:pegang|raba|remas|grepe|elus|colek)\.a) {2}(?:dada|pantat|bokong|paha|payudara|kemaluan|anu\S*|itu\S*|saya|anak|adik|murid|badan|celana|perut|vagina|memek|titit|burung\S*)"
    r"|(?:touch:cium|touch:peluk)\.p {3}(?:paksa|bibir|paman|ustad|tetangga|kakek|orang|bapak tiri|guru)"
    r"|(?:disuruh|dipaksa|force:paksa\.p|disuru|dibuka|bukain|dibukain|buka|diajak) {3}(?:celana|baju|rok|telanjang|touch:telanjang\.\w|daster|cd|bh|(?:touch:)?pegang\S* {1}(?:itu\S*|anu\S*|burung\S*|titit\S*)|hubungan|ml|gituan|begituan|touch:gitu\.\w|seks|sex)"
    r"|masukin {2}(?:anu\S*|itu\S*|jari\S*)|pelecehan {1}(?:seksual|fisik)|persetubuhan|pencabulan|kekerasan seksual"
)
_PICTURES_ONLY = compiled(r"(?:foto|video|pap|rekaman|live|kamera) {3}(?:telanjang|touch:telanjang\.\w)|(?:kirim|minta|ngirim|mengirim) {2}(?:foto|video|pap)")
_TOUCHED = compiled(r"(?:rape:\S+|touch:(?:raba|grepe|leceh|remas|gitu|apaapa|pegang|colek)\.\w)")
_PREGNANT_CHILD = compiled(r"hamil|rape:hamil\.p")
_RAPE = compiled(
    r"rape:(?:perkosa|gagah|setubuh|cabul|sodomi|gilir)\.[pat]"
    r"|force:paksa\.\w {4}(?:hubungan|berhubungan|ml|seks|sex|begituan|gituan|touch:gitu\.\w|layani|melayani|ngelayanin|ngentot|ewe|intim|jimak|hs|tidur)"
)
_RECENT = compiled(r"{baru}|(?:kmrn|dua|2|tiga|3|empat|4|lima|5) hari|malam minggu|pulang sekolah|barusan")


def found(line: str, over: bool) -> list[tuple[Level, str]]:
    """The grouped signs in a plain line, as level and words."""
    if over:
        return []
    signs: list[tuple[Level, str]] = []
    if _of_a_child(line) and _SEXUAL_ACT.search(line) and (not _PICTURES_ONLY.search(line) or _TOUCHED.search(line)):
        signs.append((Level.MERAH, "kekerasan seksual terhadap anak"))
    if _young(line) and _PREGNANT_CHILD.search(line) and not _CHILDHOOD.search(line):
        signs.append((Level.MERAH, "anak hamil"))
    if _RAPE.search(line) and _RECENT.search(line):
        signs.append((Level.MERAH, "perkosaan yang baru terjadi"))
    return signs


def ages(line: str) -> list[int]:
    """Ages named in a plain line."""
    return [int(first or second) for first, second in _YEARS.findall(line)]


def _young(line: str) -> bool:
    return any(age < ADULT for age in ages(line)) or _SCHOOL.search(line) is not None


def _of_a_child(line: str) -> bool:
    if _CHILDHOOD.search(line):
        return False
    named = ages(line)
    if named and all(age >= ADULT for age in named):
        return False
    return _young(line) or _CHILD.search(line) is not None
