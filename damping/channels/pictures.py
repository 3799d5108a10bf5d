"""A file as the office keeps it: of a picture also a copy that holds nothing but the picture.

The office relies on it that place, device and time of a photograph never reach a browser, and that a picture made to
burst memory is refused before it is unpacked. The original stays as it came: it may be evidence.
"""

import io
import warnings

from PIL import Image, ImageOps

from damping.casework.files import Prepared, Refused, Why
from damping.channels.files import is_picture, sniff

_PIXELS_AT_MOST = 60_000_000
_EDGE = 2_000  # of the copy: enough to read a letter, small enough for a phone
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def prepare(content: bytes, told: str = "") -> Prepared:
    """`told`: the type that the channel names. Raises `Refused` for a type that is not on the list. Slow: run it in a thread."""
    mime = sniff(content, told)
    if mime is None:
        raise Refused(Why.TYPE)
    if not is_picture(mime):
        return Prepared(content, mime)
    shown = copy_of(content)
    return Prepared(content, mime, *shown) if shown else Prepared(content, mime)


def copy_of(content: bytes) -> tuple[bytes, str] | None:
    """The first picture, upright, small and bare; None where it cannot be drawn."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                return _drawn(opened)
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):  # Pillow's ways to say 'broken'
        return None


def _drawn(opened: Image.Image) -> tuple[bytes, str] | None:
    if opened.width * opened.height > _PIXELS_AT_MOST:
        return None
    opened.draft("RGB", (_EDGE, _EDGE))  # a JPEG is unpacked no larger than needed
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((_EDGE, _EDGE))
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    bare = Image.new("RGBA" if see_through else "RGB", upright.size)
    bare.paste(upright.convert(bare.mode))
    out = io.BytesIO()
    if see_through:
        bare.save(out, "PNG", optimize=False)
        return out.getvalue(), "image/png"
    bare.save(out, "JPEG", quality=85)
    return out.getvalue(), "image/jpeg"
