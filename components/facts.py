"""Ages, times and phone numbers by pattern: what a word list cannot hold. Runs before the entity ruler.

Patterns read the raw text in one pass each and have no nested repeats, so that any input costs a bounded time.
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

NAME = "damping_facts"
_DIGITS = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_N = rf"(?:\d{{1,2}}|satu|{_DIGITS}|lapan|sepuluh|sebelas|(?:{_DIGITS}) (?:belas|puluh))"
_YEAR = r"(?:tahun|thn|taun|taon|th)"
_MONTH = r"(?:bulan|bln|wulan)"
_UNIT = rf"(?:{_YEAR}|{_MONTH}|minggu|mggu|mgg|hari|hr|jam|menit|malam|malem|mlm|semester)"
_PART = r"(?:subuh|pagi|pgi|siang|sore|malam|malem|mlm|dini hari)"
_DAY = r"(?:senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu)"
_NAME_OF_MONTH = r"(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
_WHEN = r"(?:kemarin|kemaren|kmrn|kmren|lalu|depan|besok|ini|wingi)"

# "sudah 3 tahun", "3 tahun lalu", "nikah 3 tahun" are times, "anak 3 tahun" is an age
_NOT_SINCE = "".join(
    rf"(?<!\b{word} )" for word in ("sudah", "udah", "udh", "sdh", "selama", "hampir", "sejak", "nikah", "pacaran", "kerja", "dari")
)
_NOT_AGO = r"(?! ?(?:yang |yg )?(?:lalu|ini|terakhir|lewat|kemarin|penjara|nikah|menikah|pacaran|kerja|rumah tangga|bareng|lamanya))"
_SOMEBODY = "aku|saya|sy|gue|gw|gua|anak|anakku|adek|adekku|adik|murid|siswi|korban|cewe|cowo|putri|keponakan|ponakan"
_NOT_COUNTED = r"(?! ?(?:x|kali|orang|rb|ribu|jt|juta|hari|jam|minggu|bulan|bln|biji|lembar|porsi|ekor|%|\d|[.:/-]\d))"

_AGE = [
    rf"\b(?:umur|umurnya|usia|usianya|umr|yuswo|berumur|berusia|umua)\s+(?P<v>{_N}(?:[\s-]?(?:{_YEAR}|{_MONTH})(?:an)?\b)?)",
    rf"{_NOT_SINCE}\b(?P<v>{_N}[\s-]?{_YEAR}(?:an)?)\b{_NOT_AGO}",
    r"\b(?P<v>(?:kelas|kls)\s*(?:\d{1,2}|satu|dua|tiga|empat|lima|enam)(?:\s*(?:sd|smp|sma|smk|mi|mts|ma)\b)?)",
    rf"\b(?:{_SOMEBODY})(?: (?:saya|sy|gue|gw|aku|ku|cewe|cowo|perempuan))? (?P<v>\d{{1,2}}){_NOT_COUNTED}\b",
    r"[(,] ?(?P<v>\d{1,2})(?: ?(?:tahun|thn|th|taun))? ?[),]",
    rf"\A\W*(?P<v>\d{{1,2}}(?:\s?{_YEAR})?)\W*\Z",
]
_TIME = [
    r"\b(?P<v>\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)\b",
    rf"\b(?P<v>{_N}\s?{_UNIT}(?:an)?(?:\s(?:yang|yg))?(?:\s(?:lalu|lewat|terakhir|ini|kepungkur|kemarin|kemaren))?)\b",
    rf"\b(?P<v>(?:jam|jm|pukul)\s?(?:\d{{1,2}}(?:[.:]\d{{2}})?|{_N})(?:\s{_PART})?)\b",
    rf"\b(?P<v>(?:(?:hari|malam|malem|mlm)\s)?{_DAY}(?:\s{_PART})?(?:\s{_WHEN})?)\b",
    rf"\b(?P<v>(?:tanggal|tgl)\s?\d{{1,2}}(?:\s{_NAME_OF_MONTH})?(?:\s\d{{4}})?)\b",
    r"\b(?P<v>(?:(?:tahun|thn|taun)\s)?(?:19|20)\d\d)\b",
    rf"\b(?P<v>{_NAME_OF_MONTH}(?:\s\d{{4}})?)\b",
    rf"\b(?P<v>{_UNIT}\s{_WHEN})\b",
    r"\b(?P<v>(?:tiap|tiap2|setiap|stiap|saben)\s\w{3,12})\b",
]
_NUMBER = [r"(?<!\d)(?P<v>(?:\+?62|0)(?:[\s.-]?\d){8,13})(?!\d)"]
_PATTERNS = [(label, re.compile(p, re.IGNORECASE)) for label, ps in (("nomor", _NUMBER), ("usia", _AGE), ("waktu", _TIME)) for p in ps]
_ORDER = {"nomor": 0, "usia": 1, "waktu": 2}


@Language.component(NAME, assigns=["doc.ents"])
def find(doc: Doc) -> Doc:
    """Adds the spans found; where two overlap the longer one stays, and of equals the number, then the age."""
    spans = sorted(_spans(doc), key=lambda span: _ORDER[span.label_])
    doc.ents = filter_spans(spans)
    return doc


def _spans(doc: Doc) -> Iterator[Span]:
    text = doc.text  # put together anew at every asking
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = doc.char_span(*match.span("v"), label=label, alignment_mode="expand")
            if span is not None:
                yield Span(doc, span.start, span.end, label=label, kb_id=0, span_id=_value(label, match["v"]))


def _value(label: str, text: str) -> str:
    """A phone number as its digits, an age with its unit written out, anything else in lower case with single spaces."""
    if label == "nomor":
        return re.sub(r"[^\d+]", "", text)
    low = " ".join(text.lower().split())
    if label == "usia":
        low = re.sub(rf"\s*\b{_YEAR}", " tahun", re.sub(rf"(?<=\d){_YEAR}", " tahun", low)) if "tahun" not in low else low
        low = re.sub(r"(?<!\w)(?:bln|wulan)", "bulan", low).replace("kls", "kelas")
    return low
