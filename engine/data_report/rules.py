"""What may not stand in an example: somebody's number, address or e-mail, and signs that Rasa or YAML would read as something else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PHONE = re.compile(r"(?<![\d.])(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
_STREET = re.compile(r"\b(?:jl|jln|jalan|gg|gang)\.? +[\w .]{2,30}?,? +(?:no|nomor|nmr)\.? *\d+", re.IGNORECASE)
_INVENTED_MAIL = re.compile(r"@(?:[\w-]*\.)?(?:contoh|example|misal)\.", re.IGNORECASE)
_UNQUOTED = re.compile(r"^\s*-?\s*(?:\{\s*)?(?:text|intent):\s*(?![\"'|>{])\S")


@dataclass(frozen=True)
class Finding:
    """A kind of trouble and where it is."""

    kind: str
    text: str


def personal(text: str) -> Iterator[Finding]:
    """Phone numbers outside the invented ranges (0800…, or with four zeros in a row), national identity numbers, e-mail, street and house.

    | kind   | looks like                      | allowed because invented             |
    | nomor  | 0812-3456-7890, +62 812 …       | 0800…, +62800…, …0000…               |
    | nik    | 16 digits                       | …0000…                               |
    | surel  | nama@kantor.id                  | @contoh.…, @example.…, @misal.…      |
    | alamat | Jl. Melati no. 5                | none: leave the house number out     |
    """
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        if not digits.startswith(("0800", "62800")) and "0000" not in digits:
            yield Finding("nomor", found[0])
    for found in _IDENTITY.finditer(text):
        if "0000" not in found[0]:
            yield Finding("nik", found[0])
    for found in _MAIL.finditer(text):
        if not _INVENTED_MAIL.search(found[0]):
            yield Finding("surel", found[0])
    for found in _STREET.finditer(text):
        yield Finding("alamat", found[0])


def signs(text: str) -> Iterator[Finding]:
    """A leading slash is a command to Rasa, `$` is expanded from the environment, control signs are nobody's typing."""
    if text.lstrip().startswith("/"):
        yield Finding("garis miring di depan", text)
    if "$" in text:
        yield Finding("tanda $", text)
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        yield Finding("tanda kendali", text)
    if not text.strip():
        yield Finding("kosong", text)


def unquoted(files: Iterable[Path]) -> Iterator[Finding]:
    """Lines whose text or intent stands without quotes, which YAML may read as a number, a yes or a variable."""
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if _UNQUOTED.match(line):
                yield Finding("tanpa tanda kutip", f"{file.name}:{number}: {line.strip()[:80]}")
