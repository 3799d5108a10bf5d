"""Whether the writer is in danger herself, where a child, mother or sister is merely with her: 'aku di kamar mandi sama anakku'.

Persons who are only there, and rooms named after persons, must not turn a victim into somebody who reports for another.
"""

from rules.signs import compiled
from rules.vocabulary import WORDS

_KIN = "anak|adik|keponakan|cucu|bayi|ibu|bapak|kakak|nenek|kakek|saudara"
_ANYBODY = rf"{_KIN}|istri|suami|mantan|pacar|teman|tetangga|murid|pembantu|perempuan|mertua|orang|dia|mereka"
_NOT_OF = "".join(
    rf"(?<!{one} )"
    for one in (_ANYBODY + "|ipar|sepupu|menantu|kandung|tiri|rumah|kos|kontrakan|sebelah|depan|dekat|kampung|kantor|guru").split("|")
)
_SELF = rf"(?:{_NOT_OF}saya|kami)"
_WITH = r"(?:pakai|dan|serta|bareng|bersama|sambil|bawa|gendong|peluk)"
_KIN_OF_HERS = rf"{_WITH} (?:\d )?(?:{_KIN})(?: (?:saya|kami))?"
_NO_OTHER = rf"(?: (?!(?:{_ANYBODY}|lihat|liat|denger|dengar|tahu|takut|curiga)(?: |$))[^| ]\S*){{0,2}}"
_DEEDS = "hit|choke|kill|stab|burn|rape|threat|lock|chase|shoot|tie|poison|drown|touch|extort|stalk"

_ATTACKED = compiled(
    rf"{_SELF}(?: {_KIN_OF_HERS})?{_NO_OTHER} (?:{_DEEDS}):\S+\.[pt]",
    rf"(?:{_DEEDS}):\S+\.[ab] (?:ke |pakai )?(?:saya|kami)(?! (?:punya|lihat))|(?:{_DEEDS}):\S+\.[ab] [^| ]+ ke (?:saya|kami)",
    rf"{_SELF}(?: {_KIN_OF_HERS})?{_NO_OTHER} hide:\S+",
    r"^(?:(?:\||tolong|sedang|sudah|ibu|bu|kakak|cepat) ){0,4}hide:\S+",
)
_THERE = compiled(
    rf"{_SELF}{_NO_OTHER} (?:kabur|lari|terkunci|gemetar|gemeteran|di (?:dalam|kamar|wc|toilet|lemari|kolong|dapur|gudang|bawah|"
    r"belakang|atas|luar|rumah))",
    rf"{_SELF} {_KIN_OF_HERS}",
)
_DONE_TO_KIN = compiled(rf"(?:{_DEEDS}):\S+\.[ab] (?:{_ANYBODY})", rf"(?:{_ANYBODY})(?: (?:saya|kami))? {{1}}(?:{_DEEDS}):\S+\.[pt]")
_OUTSIDER = compiled(r"tetangga|teman|murid|rekan|sebelah")
_ROOM = compiled(rf"(?:kamar|rumah|depan|hadapan|tempat) (?:{_KIN})(?: (?:saya|kami))?")
_LOOKS_ON = compiled(
    rf"(?:{_KIN})(?: (?:saya|kami))? (?:\S+ )?(?:nangis\S*|menangis|takut|lihat|liat|tidur|bangun|kaget|gemetar|dengar|denger)"
)


def writer_attacked(line: str) -> bool:
    """
    The plain line says that it happens to the writer.

    dia nyekik aku di depan anakku | saya sama ibu ngumpet | aku lari bawa anak  -> yes
    anak saya dicekik | aku di kamar, bapak mukulin ibu | kakak saya sembunyi     -> no
    """
    if _ATTACKED.search(line):
        return True
    return _THERE.search(line) is not None and not _DONE_TO_KIN.search(line)


def outsider_named(line: str) -> bool:
    """A neighbour, friend or pupil is spoken of: then a report for another person is believed to be one."""
    return _OUTSIDER.search(line) is not None


def merely_there(line: str, person: str) -> bool:
    """Whether a person named as victim only looks on, or only lends a room its name: 'anakku nangis', 'kamar anak'."""
    name = WORDS.get(person.split()[-1], person.split()[-1]) if person else ""
    if name not in _ROOM.sub("~", line).split() and name in line.split():
        return True
    return _LOOKS_ON.search(line) is not None and not _DONE_TO_KIN.search(line)
