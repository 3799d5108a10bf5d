"""Fills the assessment from what a person pours out unasked, so that nothing already said is asked again.

Takes the words, the understanding (intent, entities) and the screening of one message; never overwrites an answer, never guesses
who is guilty. A word the tables do not know fills nothing: a question more is better than a wrong fact in a case.
"""

import re
from collections.abc import Sequence

from rules import contact, people, places, risk_items
from rules.answers import HELP, UNSAFE
from rules.danger import Screening
from rules.harmless import LONG_AGO, OVER
from rules.people import Entity, Facts, values
from rules.signs import compiled
from rules.yes_or_no import DOUBT

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
HELP_OF_INTENT = {
    "minta_petugas": "petugas",
    "minta_psikolog": "psikolog",
    "minta_bantuan_hukum": "hukum",
    "minta_medis_visum": "medis",
    "minta_rumah_aman": "rumah_aman",
    "minta_bantuan_sosial": "sosial",
}
_WANTS = compiled(
    r"(?<!tidak )(?<!jangan )(?<!belum )(?:mau|minta|butuh|perlu|pengen|tolong {2}bantu) {2}"
    r"(?:visum|psikolog|konsul\S*|konseling|pengacara|cerai|lapor|didampingi|dijemput|rumah aman|berobat|periksa)"
)
_SAFE = compiled(
    r"aman (?:sekarang|kok)|(?:saya|kami|sekarang|sedang|sudah) {2}(?:di tempat )?aman(?! (?:tidak|kah|dari))|sudah aman|posisi aman"
)
_NOT_SAFE = compiled(
    r"(?:saya|kami|sekarang|sedang) {2}(?:tidak|belum) aman|tidak aman (?:di rumah|sekarang|buat chat)|(?:saya|kami) {1}dalam bahaya"
)
_BARE_SAFE = compiled(
    r"(?:iya |ya |sudah |sekarang )?aman(?: (?:kok|kak|kakak|bu|sih|aja|saja|sekarang|insyaallah|alhamdulillah))?(?: \|)?"
)
_ONLY_ADVICE = compiled(r"(?:minta |mau |butuh |cuma )?(?:saran|nasihat|masukan)(?: (?:aja|saja|dulu))?(?: (?:kak|kakak|bu|ya))?(?: \|)?")
_ONLY_ME = compiled(r"(?:saya|diri) sendiri(?: \|)?")
_MAY_RECORD = compiled(
    r"(?:(?:ya|iya|sudah|sekarang|oke|ok|baik) )*(?:boleh|silakan|silahkan|mau|tolong) (?:di)?catat"
    r"(?: (?:aja|saja|ya|kakak|bu|pak|deh|dong|kok))*"
)
_NO_RECORD = compiled(r"(?:tolong |mohon )?(?:jangan|tidak usah|tidak mau) (?:di)?catat(?: (?:aja|saja|ya|kakak|bu|pak|dulu))*")
_ASLEEP = compiled(
    r"(?:dia|suami|bapak|pacar|orangnya|istri|mertua) {1}(?:sedang |masih )?(?:tidur|ketiduran)",
    r"(?:sudah |sekarang )?(?:diem|diam|tenang|sepi) (?:\| )?(?:rasanya|sepertinya|seperti|mungkin|sudah)? ?(?:sudah )?(?:tidur|ketiduran)",
)
_NO_POLICE = compiled(r"jangan {2}(?:polisi|pakrt|rt)")  # no wish about how to be reached
_NOBODY_CALLS = compiled(r"(?:tidak usah|jangan) (?:di)?hubung\S*(?: (?:dulu|ya|lagi|sedang|saya))*(?: \|)?")
_ABOUT_CONTACT = compiled(r"(?:lewat |via |di |hubungi |boleh )?(?:chat|wa|whatsapp|telepon|telpon|telp|tlp)(?: (?:aja|saja|ya|kak|sini))*")
_ALONE = compiled(
    r"(?:saya |sedang |di rumah |di kamar |cuma )?sendirian|saya sendiri di (?:rumah|kamar|kos)|tidak ada (?:orang|siapa2)(?: di rumah)?"
)
_BESIDE = compiled(r"(?:pakai|ditemenin|ditemani|ada|bareng) (?:ibu|bapak|nenek|kakek|kakak|adik|teman|tetangga|guru|saudara|tante|anak)")
_ON_THE_WAY = compiled(r"(?:kabur|pergi|lari|pindah|ngungsi|pulang|mau|nginep|jalan) {3}ke (?!sini)\S+")  # where to, not where
_FEW, _SHORT = 4, 6  # words
_HAPPENED = {"ancaman_nyawa", "darurat_sekarang", "minta_medis_visum", "pelaku_mengaku", "tanya_status", "cabut_laporan"}


def facts(text: str, line: str, screening: Screening, intent: str, entities: Sequence[Entity], asked: bool = False) -> Facts:
    """The facts in one message, by slot; `asked` where the open question was 'where'. `line` is the plain form of `text`."""
    found: Facts = {}
    found.update(_kinds(screening, intent))
    found.update(people.facts(line, screening, intent, entities))
    if len(line.split()) <= _SHORT and _ASLEEP.search(line):
        found["abuser_near"] = "ya"
    if only_me(line):
        found["victim"] = "diri"
    found.update(_means(text, screening, entities))
    found.update(_place(text, line, entities, asked))
    found.update(_safety(line))
    found.update(_contact(text, line, intent))
    found.update(_company(line, intent))
    if not (intent.startswith("lapor_") or intent in _HAPPENED):
        found.pop("when", None)
    found.update(_wishes(line, intent))
    if _MAY_RECORD.fullmatch(line.rstrip(" |")) or _NO_RECORD.fullmatch(line.rstrip(" |")):
        found["consent"] = "ya" if _MAY_RECORD.fullmatch(line.rstrip(" |")) else "tidak"
    if LONG_AGO.search(line) and OVER.search(line):
        found["ended"] = "ya"
    else:
        found.update(risk_items.told(line))
    return found


def _kinds(screening: Screening, intent: str) -> Facts:
    kinds = [_KIND_OF_INTENT[intent]] if intent in _KIND_OF_INTENT else []
    kinds += [_REASON_KINDS[reason.words] for reason in screening.reasons if reason.words in _REASON_KINDS]
    if any(reason.words.startswith("dipukul dengan") for reason in screening.reasons):
        kinds.append("fisik")
    return {"kind": list(dict.fromkeys(kinds))} if kinds else {}


def _wishes(line: str, intent: str) -> Facts:
    """Help that is asked for in so many words: 'saya mau visum dan konsultasi cerai'."""
    wanted = [HELP_OF_INTENT[intent]] if intent in HELP_OF_INTENT else []
    wanted += ["saran"] if _ONLY_ADVICE.fullmatch(line) else []
    asked = _WANTS.search(line)
    if asked:
        wanted += [name for name, pattern in HELP if pattern.search(line[asked.start() :])]
    return {"help_wanted": list(dict.fromkeys(wanted))} if wanted else {}


def _as_said(text: str, entities: Sequence[Entity], name: str) -> list[str]:
    """The person's own word for a weapon or an injury: an officer must not read 'helm' where 'piring' was said."""
    found = []
    for entity in entities:
        start, end = entity.get("start"), entity.get("end")
        if entity.get("entity") == name:
            span = text[start:end] if isinstance(start, int) and isinstance(end, int) else ""
            found.append((span or str(entity.get("value") or "")).strip().lower()[:60])
    return [word for word in found if word]


def _means(text: str, screening: Screening, entities: Sequence[Entity]) -> Facts:
    found: Facts = {}
    weapons = _as_said(text, entities, "senjata") + [
        re.sub(r"^(?:menyebut|dipukul dengan) ", "", reason.words)
        for reason in screening.reasons
        if reason.words.startswith(("menyebut ", "dipukul dengan "))
    ]
    injuries = _as_said(text, entities, "luka") + [_INJURIES[reason.words] for reason in screening.reasons if reason.words in _INJURIES]
    times = values(entities, "waktu")
    for slot, named in (("weapon", weapons), ("injury", injuries), ("when", times)):
        if named:
            found[slot] = named[0]
    return found


def _place(text: str, line: str, entities: Sequence[Entity], asked: bool) -> Facts:
    if not asked and _ON_THE_WAY.search(line):
        return {}
    place = places.find(text, asked)
    for value in values(entities, "lokasi"):
        place = place if place and place.known else places.find(value) or place
    if place is None or not place.known:
        return {}
    found: Facts = {"kecamatan": place.kecamatan or f"luar kota: {place.outside}"}
    if place.kelurahan:
        found["kelurahan"] = place.kelurahan
    return found


def _company(line: str, intent: str) -> Facts:
    """Who is there, where that is nearly all that is said."""
    if (
        intent not in {"beri_info", "nlu_fallback", "ungkap_takut", "ungkap_sedih_lelah", "krisis_bunuh_diri", "tidak_aman_chat"}
        or len(line.split()) > 6
    ):
        return {}
    if _ALONE.search(line):
        return {"company": "sendirian"}
    beside = _BESIDE.search(line)
    return {"company": beside.group().split()[-1]} if beside else {}


def _safety(line: str) -> Facts:
    if _NOT_SAFE.search(line) or says_unsafe(line):
        return {"safe_now": "tidak"}
    if DOUBT.search(line):
        return {}
    return {"safe_now": "aman"} if _SAFE.search(line) or _BARE_SAFE.fullmatch(line) else {}


def only_safe(line: str) -> bool:
    """'Aman', 'iya aman kok', and nothing else."""
    return _BARE_SAFE.fullmatch(line) is not None


def says_unsafe(line: str) -> bool:
    """'Ga aman' and hardly anything else: it counts whatever was asked."""
    return len(line.split()) <= _FEW and UNSAFE.search(line) is not None


def only_me(line: str) -> bool:
    """'Saya sendiri': who it happens to, whatever was asked."""
    return _ONLY_ME.fullmatch(line) is not None


def _contact(text: str, line: str, intent: str) -> Facts:
    """From a message about contact, or one that says little else: 'lewat chat aja'."""
    if _NO_POLICE.search(line):
        return {}
    if _NOBODY_CALLS.fullmatch(line):
        return {"contact_way": "jangan"}
    if intent != "atur_kontak" and not _ABOUT_CONTACT.fullmatch(line.rstrip(" |")):
        return {}
    found = {"contact_way": contact.way(line), "contact_number": contact.number(text), "contact_hours": contact.hours(text)}
    return {slot: value for slot, value in found.items() if value}
