"""Fills the assessment from what a person pours out unasked, so that nothing already said is asked again.

Takes the words, the understanding (intent, entities) and the screening of one message; never overwrites an answer, never guesses
who is guilty. A word the tables do not know fills nothing: a question more is better than a wrong fact in a case.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from rules import contact, places
from rules.answers import HELP
from rules.danger import Screening
from rules.grouped_signs import ADULT, ages
from rules.red_signs_now import SELF
from rules.signs import compiled
from rules.vocabulary import WORDS

Facts = dict[str, object]
Entity = Mapping[str, object]

_KIND_OF_INTENT = {
    "lapor_fisik": "fisik",
    "lapor_psikis": "psikis",
    "lapor_seksual": "seksual",
    "lapor_kbgo": "kbgo",
    "lapor_penelantaran": "penelantaran",
    "lapor_kekerasan_anak": "anak",
    "lapor_tppo": "tppo",
}
# kind -> reasons of the word list that tell it, one a line
_KIND_OF_REASON = {
    "fisik": """
        dicekik; dibekap; leher dijerat atau ditekan; kepala dibenamkan; dibacok atau ditusuk; dipukul; dipukul saat hamil; sedang dipukuli
        kekerasan di rumah; ada luka pukulan; disundut atau disetrika; disiram atau dibakar; dipukuli sampai hampir mati; patah tulang
        anak dipukul; berdarah banyak; disetrum
    """,
    "psikis": "diancam; ancaman bunuh; ancaman menghabisi; nyawa terancam; dihina; dikekang; diusir; dikuntit; disekap; dikurung",
    "seksual": "kekerasan seksual; disentuh tanpa mau; pelecehan; perkosaan yang baru terjadi; kekerasan seksual terhadap anak",
    "kbgo": "foto atau video disebar atau diancam; diperas; dipaksa mengirim foto atau video",
    "penelantaran": "anak ditelantarkan; dipaksa berutang",
    "tppo": "dijual atau dipaksa melayani; perdagangan orang; dokumen ditahan, dipaksa bekerja",
    "anak": "kekerasan seksual terhadap anak; anak ditelantarkan; anak dirundung; anak dipukul; anak diganggu; anak hamil",
}
_REASON_KINDS = {words.strip(): kind for kind, group in _KIND_OF_REASON.items() for words in group.replace("\n", ";").split(";")}
_INJURIES = {
    "berdarah banyak": "berdarah",
    "pingsan": "pingsan",
    "patah tulang": "patah tulang",
    "luka bakar": "luka bakar",
    "luka senjata tajam": "luka senjata tajam",
    "disundut atau disetrika": "luka bakar",
    "ada luka pukulan": "memar atau bengkak",
}
_HELP_OF_INTENT = {"minta_petugas": "petugas", "minta_psikolog": "psikolog", "minta_bantuan_hukum": "hukum", "minta_medis_visum": "medis",
                   "minta_rumah_aman": "rumah_aman", "minta_bantuan_sosial": "sosial"}  # fmt: skip
_WANTS = compiled(
    r"(?:mau|minta|butuh|perlu|pengen|tolong {2}bantu) {2}(?:visum|psikolog|konsul\S*|konseling|pengacara|cerai|lapor|didampingi|"
    r"dijemput|rumah aman|berobat|periksa)"
)
_BARE_NUMBER = re.compile(r"\W*\d\W*")  # '2' answers a question
_OWN_REPORTS = {"lapor_fisik", "lapor_psikis", "lapor_seksual", "lapor_kbgo", "lapor_penelantaran"}
_CHILD_WORDS = compiled(r"anak|adik|keponakan|cucu|murid|bayi|balita|siswa|siswi|santri|bocah")
_NOT_A_RELATION = {"dia", "mereka", "orang", "pelaku", "orangnya", "pelakunya"}
_SAFE = compiled(r"(?:saya|kami|sekarang|sedang|sudah) {2}(?:di tempat )?aman(?! (?:tidak|kah|dari))|sudah aman|posisi aman")
_NOT_SAFE = compiled(
    r"(?:saya|kami|sekarang|sedang) {2}(?:tidak|belum) aman|tidak aman (?:di rumah|sekarang|buat chat)|(?:saya|kami) {1}dalam bahaya"
)
_HAS_CHILDREN = compiled(r"(?:anak {1}(?:saya|kami|\d)|punya {1}(?:\d )?anak|\d anak|anak2 saya|bayi saya|anak kecil)")
_NO_CHILDREN = compiled(r"(?:tidak|belum) (?:punya|ada) anak")
_FORCE = r"polisi|tentara|tni|polri|brimob|marinir|aparat"
_IN_FORCE = compiled(
    rf"{{dekat}} {{2}}(?:adalah|seorang|kerja|itu|anggota|dinas|oknum) (?:sebagai )?(?:{_FORCE})",
    rf"(?:suami|pacar|mantan|bapak|paman|kakak|mertua) {{1}}(?:{_FORCE}|anggota {{1}}(?:polisi|tni|polri)?)",
    rf"(?:oknum|anggota) (?:{_FORCE})",
)
_WRITER_AGE = re.compile(
    r"(?<!\S)(?:saya|umur|usia|umurku|usiaku|berumur)(?: (?:saya|masih|baru|umur|usia|cowok|cewek|perempuan|laki2|"
    r"berumur))* (\d{1,2})(?!\S)(?! (?:anak|kali|bulan|hari|jam|minggu|x|orang))"
)
_SCHOOL_OF_WRITER = compiled(r"saya {2}(?:kelas|kls) {1}(?:\d|[ivx]+)|saya (?:masih |anak )?(?:sd|smp|mts)")
_SUFFERED = compiled(r"saya {2}(?:hit|rape|choke|kill|threat|touch|stab|burn|lock|stalk|extort|scold|control):\S+\.p")
_TO_ME = compiled(r"\w+:\S+\.[ab] {1}saya|saya {2}\w+:\S+\.p")
_ALONE = compiled(
    r"(?:saya |sedang |di rumah |di kamar |cuma )?sendirian|saya sendiri di (?:rumah|kamar|kos)|tidak ada (?:orang|siapa2)(?: di rumah)?"
)
_BESIDE = compiled(r"(?:pakai|ditemenin|ditemani|ada|bareng) (?:ibu|bapak|nenek|kakek|kakak|adik|teman|tetangga|guru|saudara|tante|anak)")
_HAPPENED = {"ancaman_nyawa", "darurat_sekarang", "minta_medis_visum", "pelaku_mengaku", "tanya_status", "cabut_laporan"}
_CRISIS_OTHER = compiled(
    r"(?:anak|adik|teman|kakak|ibu|bapak|istri|suami|keponakan|saudara|murid|tetangga|pacar|dia|mantan) {6}(?:bundir|mati|selfharm|"
    r"nadi|gantung diri|lompat|hidup|melukai|nyayat\S*|obat)"
)


_ADMITS = compiled(
    r"saya {4}(?:hit|threat|choke|kill|scold|stab|rape|touch|burn|lock|rage):\S+\.[ab]|saya {5}(?:kasar|kelepasan|khilaf|kalap|"
    r"emosi\w*|main tangan|ringan tangan|nyakitin|menyakiti"
    r"|melukai|jahat|kdrt|pelaku\w*|marah\S*|ngamuk\S*)|(?:tangan|emosi|amarah) {2}(?:saya|sendiri|kontrol|ngontrol)|(?:kontrol|"
    r"ngontrol|nahan|mengendalikan|ngendaliin) {2}(?:emosi|marah|amarah|diri)"
    r"|(?:menyesal|nyesel|nyesal) {4}(?:hit|scold|threat):\S+|saya (?:pelaku|yang salah|yang mukul|yang kasar)|(?:takut|"
    r"khawatir) {3}(?:nyakitin|menyakiti|melukai|kelepasan|kalap|hit:\S+\.[ab])"
)


def admits(line: str) -> bool:
    """Whether the plain line speaks of the writer's own hand or temper."""
    return _ADMITS.search(line) is not None


def facts(text: str, line: str, screening: Screening, intent: str, entities: Sequence[Entity], asked: bool = False) -> Facts:
    """The facts in one message, by slot; `asked` where the open question was 'where'. `line` is the plain form of `text`."""
    found: Facts = {}
    found.update(_kinds(screening, intent))
    found.update(_people(line, intent, entities))
    found.update(_means(screening, entities))
    found.update(_place(text, entities, asked))
    found.update(_safety(line))
    found.update(_contact(text, line, intent))
    found.update(_company(line, intent))
    if not (intent.startswith("lapor_") or intent in _HAPPENED):
        found.pop("when", None)
    found.update(_wishes(line, intent))
    if intent == "krisis_bunuh_diri" or any(reason.words in _CRISIS_WORDS for reason in screening.reasons):
        found["crisis"] = "orang_lain" if _CRISIS_OTHER.search(line) and not _own_crisis(line) else "diri"
    return found


_CRISIS_WORDS = frozenset(sign.words for sign in SELF)


def _own_crisis(line: str) -> bool:
    return (
        compiled(
            r"saya {2}(?:mau|pengen|lebih baik|mending|tidak mau hidup|tidak {1}kuat|capek hidup|nyayat\S*) {1}(?:mati|bundir|hidup|"
            r"hilang)?"
        ).search(line)
        is not None
    )


def _kinds(screening: Screening, intent: str) -> Facts:
    kinds = [_KIND_OF_INTENT[intent]] if intent in _KIND_OF_INTENT else []
    kinds += [_REASON_KINDS[reason.words] for reason in screening.reasons if reason.words in _REASON_KINDS]
    if any(reason.words.startswith("dipukul dengan") for reason in screening.reasons):
        kinds.append("fisik")
    return {"kind": list(dict.fromkeys(kinds))} if kinds else {}


def _people(line: str, intent: str, entities: Sequence[Entity]) -> Facts:
    found: Facts = {}
    relations = [value for value in _values(entities, "hubungan") if value not in _NOT_A_RELATION]
    if relations:
        found["relation"] = min(relations, key=lambda value: _far_from_violence(line, value))
    found.update(_victim(line, intent, entities))
    if intent == "pelaku_mengaku":
        found["writer"] = "pelaku"
    elif _is_child(line) or (intent == "lapor_kekerasan_anak" and _TO_ME.search(line) and not _values(entities, "korban")):
        found.update(writer="anak", victim="anak")
    if _NO_CHILDREN.search(line):
        found["children"] = "tidak"
    elif _HAS_CHILDREN.search(line):
        found["children"] = "ya"
    if _IN_FORCE.search(line):
        found["abuser_in_force"] = "ya"
    return found


def _victim(line: str, intent: str, entities: Sequence[Entity]) -> Facts:
    """By the intent first; a person marked as victim fills it only for reports and danger, where somebody is meant."""
    found: Facts = {}
    named = _values(entities, "korban")
    age = next(iter(_values(entities, "usia")), None)
    if age and not _BARE_NUMBER.fullmatch(line):
        found["age"] = age
    if intent == "lapor_kekerasan_anak":
        found["victim"] = "anak"
    elif intent == "lapor_untuk_orang_lain":
        found["victim"] = "dewasa_lain"
    elif intent in _OWN_REPORTS:
        found["victim"] = "diri"
    elif intent in {"ancaman_nyawa", "darurat_sekarang", "lapor_tppo", "krisis_bunuh_diri"} and named:
        found["victim"] = "anak" if _CHILD_WORDS.search(named[0]) and not _grown(line) else "dewasa_lain"
    elif not named and (_SUFFERED.search(line) or (intent == "ancaman_nyawa" and re.search(r"(?<!\S)saya(?!\S)", line))):
        found["victim"] = "diri"
    return found


def _wishes(line: str, intent: str) -> Facts:
    """Help that is asked for in so many words: 'saya mau visum dan konsultasi cerai'."""
    wanted = [_HELP_OF_INTENT[intent]] if intent in _HELP_OF_INTENT else []
    asked = _WANTS.search(line)
    if asked:
        wanted += [name for name, pattern in HELP if pattern.search(line[asked.start() :])]
    return {"help_wanted": list(dict.fromkeys(wanted))} if wanted else {}


def _far_from_violence(line: str, relation: str) -> int:
    """Words between a person and the nearest deed: 'gue cowok, istri gue mukulin gue' means the wife."""
    words = line.split()
    name = WORDS.get(relation.split()[-1], relation.split()[-1])
    people = [place for place, word in enumerate(words) if word == name]
    deeds = [place for place, word in enumerate(words) if ":" in word]
    return min((abs(person - deed) for person in people for deed in deeds), default=len(words))


def _grown(line: str) -> bool:
    named = ages(line)
    return bool(named) and all(age >= ADULT for age in named)


def _is_child(line: str) -> bool:
    """The writer is a child: an age under 18 or a school class said of oneself."""
    said = [int(age) for age in _WRITER_AGE.findall(line)]
    if said:
        return 4 <= min(said) < ADULT
    return _SCHOOL_OF_WRITER.search(line) is not None


def _means(screening: Screening, entities: Sequence[Entity]) -> Facts:
    found: Facts = {}
    weapons = _values(entities, "senjata") + [
        re.sub(r"^(?:menyebut|dipukul dengan) ", "", reason.words)
        for reason in screening.reasons
        if reason.words.startswith(("menyebut ", "dipukul dengan "))
    ]
    injuries = _values(entities, "luka") + [_INJURIES[reason.words] for reason in screening.reasons if reason.words in _INJURIES]
    times = _values(entities, "waktu")
    for slot, values in (("weapon", weapons), ("injury", injuries), ("when", times)):
        if values:
            found[slot] = values[0]
    return found


def _place(text: str, entities: Sequence[Entity], asked: bool) -> Facts:
    place = places.find(text, asked)
    for value in _values(entities, "lokasi"):
        place = place if place and place.known else places.find(value) or place
    if place is None or not place.known:
        return {}
    found: Facts = {"kecamatan": place.kecamatan or f"luar kota: {place.outside}"}
    if place.kelurahan:
        found["kelurahan"] = place.kelurahan
    return found


def _company(line: str, intent: str) -> Facts:
    """Who is there, where that is nearly all that is said."""
    if intent not in {"beri_info", "nlu_fallback", "ungkap_takut", "ungkap_sedih_lelah", "krisis_bunuh_diri"} or len(line.split()) > 6:
        return {}
    if _ALONE.search(line):
        return {"company": "sendirian"}
    beside = _BESIDE.search(line)
    return {"company": beside.group().split()[-1]} if beside else {}


def _safety(line: str) -> Facts:
    if _NOT_SAFE.search(line):
        return {"safe_now": "tidak"}
    return {"safe_now": "aman"} if _SAFE.search(line) else {}


def _contact(text: str, line: str, intent: str) -> Facts:
    if intent != "atur_kontak":
        return {}
    found = {"contact_way": contact.way(line), "contact_number": contact.number(text), "contact_hours": contact.hours(text)}
    return {slot: value for slot, value in found.items() if value}


def _values(entities: Iterable[Entity], name: str) -> list[str]:
    return [str(entity["value"]).lower()[:60] for entity in entities if entity.get("entity") == name and entity.get("value")]
