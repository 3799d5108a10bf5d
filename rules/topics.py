"""Plain questions known by their words, for where the model took one for something else: 'trus prosesnya gimana' is no 'go on'.

Only names the answer; danger, feelings and reports are never decided here.
"""

import re

from rules.signs import compiled

_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "utter_tanya_laki",
        compiled(r"saya (?:suami|pria|laki) (?!saya)(?:\S+ ){0,4}(?:boleh|bisa)(?: \S+){0,3}"),
    ),  # the plain line has 'suami' for 'laki2'
    ("utter_tanya_datang", compiled(r"(?:polisi|petugas|kalian|orang kantor) {3}(?:datang|dateng|didatangi|ke rumah|ke sini)")),
    ("utter_tanya_biaya", compiled(r"(?:bayar|biaya\S*|gratis|ongkos|tarif)")),
    ("utter_tanya_kerahasiaan", compiled(r"(?:ketahuan|rahasia\S*|bocor|disebar|siapa {2}baca|dibaca siapa|dia {2}tahu|dikasih tahu)")),
    ("utter_tanya_status", compiled(r"(?:laporan|kasus|aduan) saya {3}(?:gimana|bagaimana|sampai mana|kapan)")),
    ("utter_tanya_alamat_jam", compiled(r"(?:alamat\S*|kantor\S*|buka jam|jam buka|jam berapa buka)")),
    (
        "utter_tanya_prosedur",
        compiled(
            r"(?:proses\S*|prosedur\S*|alur\S*|langkah\S*|cara\S*|syarat\S*|tahap\S*|harus|perlu|wajib|nanti|terus|habis itu|selanjutnya)"
            r" {6}(?:gimana|bagaimana|apa|polisi|lapor\S*|ngapain|dokumen)",
            r"(?:gimana|bagaimana|apa|apakah|harus|perlu|wajib) {5}(?:proses\S*|prosedur\S*|alur\S*|langkah\S*|lapor\S*|polisi|caranya)",
        ),
    ),
)
OF_THEIR_OWN = frozenset({"utter_tanya_laki", "utter_tanya_datang"})  # questions that no intent knows
_TELL_NOBODY = compiled(
    r"(?:jangan|tidak usah) {1}(?:bilang|kasih|kasihtahu|ngomong|ngadu|cerita|beritahu|beri|lapor)\S* {2}"
    r"(?:ibu|bapak|suami|istri|orang tua|orangtua|ortu|siapa2|siapa siapa|keluarga|mertua|guru|kakak|dia|pacar)"
)
_TELL_NO_MORE = compiled(
    r"(?:jangan|tidak usah) {1}(?:bilang2|bilang|kasih tahu|kasihtahu|beritahu|ngadu|lapor)"
    r"(?: (?:pls|plis|please|ya|dong|kakak|dulu|bu|siapapun))*(?: \|)*$"
)
_ASKS = compiled(r"apa|apakah|gimana|bagaimana|berapa|kapan|siapa|mana|dimana|harus|perlu|wajib|bisa|boleh|\?")
_WANTS_TO_ASK = compiled(
    r"(?:(?:permisi|halo|maaf|kakak|bu|ibu|pak|bapak|min|mbak|izin|numpang|mau|boleh|saya|assalamualaikum) (?:\| )?)*"
    r"(?:tanya|nanya|bertanya|tanya2)(?: (?:dong|ya|boleh|sedikit|sesuatu|dulu|kakak|bu|pak|min)){0,3}"
)
_LONGEST = 12  # words


def asked(line: str) -> str | None:
    """
    The response that answers a plain question, or None.

    trus prosesnya gimana -> prosedur | apa saya harus ke polisi -> prosedur | bayar ga -> biaya | suami saya mukul -> None
    """
    if len(line.split()) <= _LONGEST and (_TELL_NOBODY.search(line) or _TELL_NO_MORE.search(line)):
        return "utter_tanya_kerahasiaan"
    if len(line.split()) > _LONGEST or not (_ASKS.search(line) or re.search(r"tidak(?: \|)*$", line)):
        return None
    return next((response for response, pattern in _TOPICS if pattern.search(line)), None)


def wants_to_ask(line: str) -> bool:
    """'Permisi mau tanya': a question is coming, and none is put yet."""
    return _WANTS_TO_ASK.fullmatch(line.rstrip(" |")) is not None
