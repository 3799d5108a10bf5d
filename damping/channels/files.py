"""What a file is by its own first bytes, whatever it calls itself. Pure.

The office relies on it that nothing is kept or shown as something that it is not. Programs, archives and documents with
macros have no entry here.
"""

import io
import zipfile

_IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")
_MP4_BRANDS = {b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"3gp": "video/3gpp", b"3g2": "video/3gpp", b"qt  ": "video/quicktime"}
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"hevc")
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_NAMES_AT_MOST = 5_000  # in a document's table of contents
_TEXT_AT_MOST = 1_000_000  # bytes
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/heic": "heic",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/mp4": "m4a",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
    "text/plain": "txt",
} | dict(zip(_OFFICE.values(), ("docx", "xlsx", "pptx"), strict=True))


def sniff(content: bytes, told: str = "") -> str | None:
    """The type by content, one of `ENDINGS`; None for all else. `told`: decides only whether an MP4 is sound or film."""
    start = content[:16]
    for sign, mime in _STARTS:
        if start.startswith(sign):
            return mime
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "image/webp"
    if start[:1] == b"\xff" and len(start) > 1 and start[1] & 0xE0 == 0xE0 and start[1] & 0x06 == 0x02:
        return "audio/mpeg"
    if start[4:8] == b"ftyp":
        return _mp4(start[8:12], told)
    if start[:4] == b"PK\x03\x04":
        return _office(content)
    return "text/plain" if _is_text(content) else None


def is_picture(mime: str) -> bool:
    """Whether a copy for display can be made of it."""
    return mime in _IMAGES


def _mp4(brand: bytes, told: str) -> str:
    if brand in _HEIC:
        return "image/heic"
    found = next((mime for sign, mime in _MP4_BRANDS.items() if brand.startswith(sign)), "video/mp4")
    return "audio/mp4" if found == "video/mp4" and told.startswith("audio/") else found


def _office(content: bytes) -> str | None:
    """A document of the office suites without macros; only its table of contents is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()[:_NAMES_AT_MOST]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith(("vbaproject.bin", ".exe", ".apk", ".js")) for name in names):
        return None
    return next((mime for name, mime in _OFFICE.items() if name in names), None)


def _is_text(content: bytes) -> bool:
    """Plain words: UTF-8 without control signs. What begins like a page of the web is none."""
    if not content or len(content) > _TEXT_AT_MOST or content.lstrip()[:1] in (b"<", b""):
        return False
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\r\n\t" for sign in text) and not text.startswith("#!")
