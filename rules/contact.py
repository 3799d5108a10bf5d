"""Reads how and when a person may safely be contacted; silence and doubt are never permission.

'jangan telpon, chat aja' is chat; 'jangan hubungi' is jangan; a number alone says nothing about the way.
"""

import re

from rules.signs import compiled
from rules.text import clean, folded

_NUMBER = re.compile(r"(?<!\d)(?:\+?62|0)(?:[ .\-]?\d){7,12}(?!\d)")
_HOURS = re.compile(
    r"(?:antara |sekitar |abis |habis |setelah |sesudah |sebelum |diatas |di atas |mulai )?(?:jam|jm|pukul|pkl) ?\d{1,2}(?:[.:]\d{2})?"
    r"(?: ?(?:-|sampai|sampe|s/d|sd|sm) ?(?:jam ?)?\d{1,2}(?:[.:]\d{2})?)?(?: ?(?:pagi|siang|sore|malam|malem))?"
    r"|(?:pagi|siang|sore|malam|malem|esuk|isuk|awan|bengi)(?: ?(?:aja|saja|hari|ini|nanti|wae))?"
    r"|(?:abis|habis|setelah|sesudah|ba'?da) (?:subuh|dzuhur|zuhur|ashar|asar|magrib|maghrib|isya)"
    r"|(?:hari )?(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)|kapan (?:aja|saja|pun)|bebas"
    r"|(?:kalau|kalo|pas|waktu|selama|saat) (?:dia|suami|bapak|ayah|ibu|anak)(?: \w+){0,2} (?:kerja|pergi|sekolah|tidur|keluar)"
)
_NEVER = compiled(
    r"jangan {1}(?:hubung\S*|dihubung\S*|kontak\S*|chat dulu|dulu dihubungi|ada yang hubungi|cari\S*|datang)|"
    r"tidak usah (?:hubung\S*|dihubung\S*)"
)
_NO_CALL = compiled(
    r"(?:jangan|tidak (?:boleh|bisa|usah|mau)) {2}(?:telp\S*|telepon\S*|telpon\S*|tlp\S*|tlpon\S*|nelp\S*|nelepon|call|calling|"
    r"ditelp\S*|ditelepon|vc|video call|angkat)"
)
_CALL = compiled(r"(?:telp\S*|telepon\S*|telpon\S*|tlp\S*|tlpon\S*|nelp\S*|nelepon|ditelp\S*|ditelepon|call|dihubungi lewat telepon)")
_CHAT = compiled(r"chat\S*|wa|whatsapp|sms|pesan|tulis\S*|teks|ketik\S*|dichat|di sini|disini|lewat sini")


def number(text: str) -> str | None:
    """A phone number in the text as digits (with + where given), or None."""
    found = _NUMBER.search(clean(text))
    return re.sub(r"[^\d+]", "", found.group()) if found else None


def hours(text: str) -> str | None:
    """When contact is safe, in the person's own few words, or None."""
    found = _HOURS.search(folded(clean(text)))
    return found.group().strip() if found else None


def only_hours(text: str) -> bool:
    """'Siang', 'jam 10 pagi', and nothing else: no greeting where contact was just arranged."""
    return _HOURS.fullmatch(folded(clean(text)).strip(" .,!")) is not None


def way(line: str) -> str | None:
    """
    How, from a plain line: chat, telepon, jangan, or None.

    jangan telpon, chat aja -> chat | jangan hubungi -> jangan | telpon aja -> telepon | jangan telpon -> chat
    """
    if _NEVER.search(line):
        return "jangan"
    if _NO_CALL.search(line):
        return "chat"
    if _CALL.search(line):
        return "telepon"
    return "chat" if _CHAT.search(line) else None
