"""Who is who in one message: who harms, who is hurt, whether the writer is a child or the one who hits, whose wish to die it is.

From the intent, the named persons and the plain line. Where the sentence does not tell, nothing is filled and somebody is asked.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rules.attacked import merely_there, outsider_named, writer_attacked
from rules.danger import Screening
from rules.grouped_signs import ADULT, ages
from rules.self_harm_signs import SELF
from rules.signs import compiled
from rules.vocabulary import WORDS

Facts = dict[str, object]
Entity = Mapping[str, object]

# 'anak saya dipukul' is not about the writer. 'kak', 'bu' and 'pak' address the office and are no such words.
_KIN = (
    "anak",
    "adik",
    "keponakan",
    "cucu",
    "murid",
    "istri",
    "suami",
    "teman",
    "pacar",
    "saudara",
    "pembantu",
    "tetangga",
    "mantan",
    "perempuan",
    "ipar",
    "sepupu",
    "menantu",
    "kandung",
    "tiri",
)
_NOT_OF = "".join(rf"(?<!{kin} )" for kin in _KIN)
_OWN = rf"{_NOT_OF}saya"
_OWN_REPORTS = {"lapor_fisik", "lapor_psikis", "lapor_seksual", "lapor_kbgo", "lapor_penelantaran"}
_SOMEBODY_IS_MEANT = {"ancaman_nyawa", "darurat_sekarang", "lapor_tppo", "krisis_bunuh_diri"}
_MAY_BE_HER_OWN = _SOMEBODY_IS_MEANT | {"lapor_kekerasan_anak", "lapor_untuk_orang_lain", ""}
_CONFESSES = compiled(r"saya (?:suami|istri|bapak|ibu|pacar) yang {2}(?:kasar|jahat|ringan tangan|hit:\S+\.[ab])")
_HER_CHILD = compiled(r"anak|bayi")
_CHILD_WORDS = compiled(r"anak|adik|keponakan|cucu|murid|bayi|balita|siswa|siswi|santri|bocah")
_ANOTHERS_CHILD = compiled(
    r"(?:anak|balita|bayi|bocah|murid) (?:kecil )?(?:tetangga|teman|saudara|sebelah|orang)",
    r"(?:tetangga|sebelah) {1}(?:punya )?(?:anak|balita|bayi)",
)
_NOT_A_RELATION = {"dia", "mereka", "orang", "pelaku", "orangnya", "pelakunya"}
_BARE_NUMBER = re.compile(r"\W*\d\W*")  # '2' answers a question

_OF_TIME = r"(?:tahun\S*|thn|th|taun|bulan|bln)"
_SPAN = (
    r"(?<!\S)(?:cerai|bercerai|pisah|berpisah|putus|nikah|menikah|kawin|pacaran|hubungan|selama|hampir|sejak|kenal|bareng|bersama|hidup|"
    r"berumah|rumah tangga|kerja|bekerja|kontrak|ditinggal|ditinggalin|lebih|kurang|sudah (?:jalan|mau)|jalan)"
)
_SPAN_AFTER = (
    r"(?:lalu|yang lalu|silam|terakhir|lebih|belakangan|ini|cerai|pisah|nikah|menikah|bareng|berumah|pacaran|kerja|bekerja|sudah|lamanya|"
    r"pernikahan|penjara)(?!\S)"
)
_HAS_CHILDREN = compiled(r"anak {1}(?:saya|kami|\d)|punya {1}(?:\d )?anak|\d anak|anak2 saya|bayi saya|anak kecil")
_NO_CHILDREN = compiled(r"(?:tidak|belum) (?:punya|ada) anak")
# The plain line has 'pacar' for 'cowo', 'cewek': somebody met somewhere is no partner
_SOME_BOY = compiled(r"ada (?:seorang )?pacar|pacar (?:\S+ )?(?:kenal|kenalan|ngaku|dari (?:ig|instagram|fb|tiktok|game))")
_BELOVED = compiled(r"pacar saya")
_FORCE = r"polisi|tentara|tni|polri|brimob|marinir|aparat"
_IN_FORCE = compiled(
    rf"{{dekat}} {{2}}(?:adalah|seorang|kerja|itu|anggota|dinas|oknum) (?:sebagai )?(?:{_FORCE})",
    rf"(?:suami|pacar|mantan|bapak|paman|kakak|mertua) {{1}}(?:{_FORCE}|anggota {{1}}(?:polisi|tni|polri)?)",
    rf"(?:oknum|anggota) (?:{_FORCE})",
)
_WRITER_AGE = re.compile(
    rf"(?<!\S)(?:{_OWN}|umur|usia|umurku|usiaku|berumur)(?: (?:saya|masih|baru|umur|usia|cowok|cewek|perempuan|laki2|"
    rf"berumur))* (\d{{1,2}})(?!\S)"
    r"(?! (?:anak|kali|bulan|hari|jam|minggu|x|orang))"
)
_OF_ANOTHER = re.compile(rf"(?<!\S)(?:{'|'.join(_KIN)})(?: \S+){{0,2}} (?:umur|usia|berumur)(?!\S)")
_WRITER_AT_SCHOOL = compiled(rf"{_OWN} (?:masih |baru |siswa |siswi |anak |murid )?(?:(?:kelas|kls|klas) {{1}}(?:\d+|[ivx]+)|sd|smp|mts)")
_AT_SCHOOL = compiled(r"(?:dia|korban|anak|orang|masih|baru|teman) {2}(?:sd|smp|mts|kelas \d+)")
_WRITES_AT = 7  # years; whoever is younger is written about
_SUFFERED = compiled(rf"{_OWN} {{2}}(?:hit|rape|choke|kill|threat|touch|stab|burn|lock|stalk|extort|scold|control):\S+\.p")
_TO_ME = compiled(r"\w+:\S+\.[ab] {1}saya", rf"{_OWN} {{2}}\w+:\S+\.p")
_THIRD = compiled(r"anak\S*|adik|keponakan|cucu|murid\S*|bayi|balita|sisw[ai]|santri\S*|bocah\S*|teman|tetangga|dia|mereka|korban|gadis")
_OF_A_CHILD = {
    *("anak dipukul", "anak kecil dibanting atau dipukul", "anak ditelantarkan", "anak dirundung", "anak diganggu", "anak hamil"),
    "kekerasan seksual terhadap anak",
}
_WISH = r"mau|ingin|pengen|mending|lebih baik|tidak mau|capek|cape|bilang|ngomong|nyoba|nyayat\S*|minum|gantung|sudah|pernah|katanya|ngirim"
_CRISIS_OF_ANOTHER = compiled(
    rf"(?:{'|'.join(_KIN)}|kakak|ibu|bapak|dia)(?: saya)? (?:(?!saya)[^| ]\S* ){{0,3}}(?:{_WISH}|bundir|selfharm)"
)
_CRISIS_WORDS = frozenset(sign.words for sign in SELF)

_NOBODY_ELSE = r"(?:(?!(?:dia|suami|istri|bapak|ibu|pacar|mantan|orang|mertua|kakak)(?: |$))[^| ]\S* ){0,3}"
_ADMITS = compiled(
    rf"{_OWN} {{4}}(?:hit|threat|choke|kill|scold|stab|rape|touch|burn|lock|rage):\S+\.[ab](?! (?:ke )?(?:saya|kami)(?: |$))",
    rf"{_OWN} {_NOBODY_ELSE}(?:kasar|kelepasan|khilaf|kalap|emosi\w*|main tangan|ringan tangan|nyakitin|menyakiti|melukai|jahat|kdrt"
    r"|pelaku\w*|marah\S*|ngamuk\S*)(?! (?:ke )?(?:saya|kami)(?: |$))",
    r"(?:tangan|emosi|amarah) {2}(?:saya|sendiri|kontrol|ngontrol)|(?:kontrol|ngontrol|nahan|mengendalikan|ngendaliin) {2}"
    r"(?:emosi|marah|amarah|diri)",
    r"(?:menyesal|nyesel|nyesal) {4}(?:hit|scold|threat):\S+|saya (?:pelaku|yang salah|yang mukul|yang kasar)",
    rf"(?:takut|khawatir) {_NOBODY_ELSE}(?:nyakitin|menyakiti|melukai|kelepasan|kalap|hit:\S+\.[ab])(?! (?:ke )?(?:saya|kami)(?: |$))",
)


def admits(line: str) -> bool:
    """Whether the plain line speaks of the writer's own hand or temper."""
    return _ADMITS.search(line) is not None


def facts(line: str, screening: Screening, intent: str, entities: Sequence[Entity]) -> Facts:
    """The people in one message; `line` is its plain form, `intent` is '' where it is not to be believed."""
    found: Facts = {}
    relations = [value for value in values(entities, "hubungan") if value not in _NOT_A_RELATION]
    if relations:
        found["relation"] = min(relations, key=lambda value: _far_from_violence(line, value))
        if found["relation"] == "pacar" and _SOME_BOY.search(line) and not _BELOVED.search(line):
            found.pop("relation")
    found.update(_victim(line, intent, entities))
    if intent == "pelaku_mengaku" or _CONFESSES.search(line):
        found["writer"] = "pelaku"
    elif _is_child(line) or (intent == "lapor_kekerasan_anak" and _is_own(line) and not values(entities, "korban")):
        found.update(writer="anak", victim="anak")
    elif "victim" not in found and any(reason.words in _OF_A_CHILD for reason in screening.reasons):
        found["victim"] = "anak"
    if _NO_CHILDREN.search(line):
        found["children"] = "tidak"
    elif _HAS_CHILDREN.search(line) or (found.get("victim") == "diri" and any(map(_HER_CHILD.search, values(entities, "korban")))):
        found["children"] = "ya"
    if _IN_FORCE.search(line):
        found["abuser_in_force"] = "ya"
    if intent == "krisis_bunuh_diri" or any(reason.words in _CRISIS_WORDS for reason in screening.reasons):
        found["crisis"] = "orang_lain" if _CRISIS_OF_ANOTHER.search(line) else "diri"
    return found


def values(entities: Iterable[Entity], name: str) -> list[str]:
    """The values of one kind of entity, lower case, bounded."""
    return [str(entity["value"]).lower()[:60] for entity in entities if entity.get("entity") == name and entity.get("value")]


def _victim(line: str, intent: str, entities: Sequence[Entity]) -> Facts:
    """By the intent first; a person marked as victim fills it only for reports and danger, where somebody is meant."""
    found: Facts = {}
    named = values(entities, "korban")
    age = next(iter(values(entities, "usia")), None)
    if age and _is_an_age(line, age):
        found["age"] = age
    for_another = intent == "lapor_untuk_orang_lain" and outsider_named(line)
    if intent in _MAY_BE_HER_OWN and not for_another and writer_attacked(line):
        found["victim"] = "diri"
    elif intent == "lapor_kekerasan_anak":
        found["victim"] = "dewasa_lain" if _grown(line) else "anak"
    elif intent == "lapor_untuk_orang_lain":
        found["victim"] = "anak" if _of_a_few_years(line, named) else "dewasa_lain"
    elif intent in _OWN_REPORTS and _ANOTHERS_CHILD.search(line):
        found["victim"] = "anak"
    elif intent in _OWN_REPORTS:
        found["victim"] = "diri"
    elif intent in _SOMEBODY_IS_MEANT and named and not merely_there(line, named[0]):
        found["victim"] = "anak" if _CHILD_WORDS.search(named[0]) and not _grown(line) else "dewasa_lain"
    elif not named and (_SUFFERED.search(line) or (intent == "ancaman_nyawa" and re.search(rf"(?<!\S){_OWN}(?!\S)", line))):
        found["victim"] = "diri"
    return found


def _is_an_age(line: str, said: str) -> bool:
    """Not '2' that answers a question, not 'anak 2', not the years since a wedding or a divorce."""
    if _BARE_NUMBER.fullmatch(line) or (said.isdigit() and re.search(rf"anak (?:\S+ )?{said}(?!\S)|{said} anak", line)):
        return False
    years = re.search(r"\d{1,2}", said)
    if years is None or re.search(rf"(?:umur|usia|berumur|berusia|umurnya|usianya) (?:\S+ )?{years.group()}(?!\S)", line):
        return True
    if re.search(rf"(?<!saya )sudah {years.group()} ?{_OF_TIME}", line) and not _CHILD_WORDS.search(line):
        return False
    return re.search(rf"{_SPAN} (?:\S+ ){{0,2}}{years.group()} ?{_OF_TIME}|(?<!\S){years.group()} ?{_OF_TIME} {_SPAN_AFTER}", line) is None


def _far_from_violence(line: str, relation: str) -> int:
    """Words between a person and the nearest deed: 'gue cowok, istri gue mukulin gue' means the wife."""
    words = line.split()
    name = WORDS.get(relation.split()[-1], relation.split()[-1])
    persons = [place for place, word in enumerate(words) if word == name]
    deeds = [place for place, word in enumerate(words) if ":" in word]
    return min((abs(person - deed) for person in persons for deed in deeds), default=len(words))


def _is_own(line: str) -> bool:
    """Nobody else is named and the writer is: a report of violence against a child is then the child's own."""
    return _TO_ME.search(line) is not None or (re.search(r"(?<!\S)saya(?!\S)", line) is not None and _THIRD.search(line) is None)


def _of_a_few_years(line: str, named: list[str]) -> bool:
    """'Anak tetangga saya umur 7 tahun': a child, whoever's it is."""
    said = ages(line)
    return bool(said) and min(said) < ADULT and (not named or any(map(_CHILD_WORDS.search, named)))


def _grown(line: str) -> bool:
    named = ages(line)
    return bool(named) and all(age >= ADULT for age in named)


def at_school(line: str) -> bool:
    """'Dia smp kelas 2', 'masih sd': somebody else than the writer is a pupil."""
    return _AT_SCHOOL.search(line) is not None and re.search(rf"(?<!\S){_OWN}(?!\S)", line) is None


def _is_child(line: str) -> bool:
    """The writer is a child: an age under 18 or a school class said of oneself."""
    if _OF_ANOTHER.search(line):
        return False
    said = [int(age) for age in _WRITER_AGE.findall(line)]
    if said:
        return _WRITES_AT <= min(said) < ADULT
    return _WRITER_AT_SCHOOL.search(line) is not None
