"""What the simulated phone sends: a drawn picture and seven seconds of silence. Development and tests only."""

import io

from PIL import Image, ImageDraw

_MODEL = 0x0110
_SILENT_FRAME = b"\xff\xfb\x90\x64" + bytes(413)  # MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 26 ms


def example_photo() -> bytes:
    """A drawn door with a broken lock, with the metadata that a phone would add."""
    picture = Image.new("RGB", (900, 1200), (196, 184, 168))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((220, 120, 680, 1120), fill=(112, 84, 60), outline=(70, 50, 36), width=10)
    draw.ellipse((590, 600, 650, 660), fill=(210, 190, 110))
    draw.line((560, 560, 690, 720), fill=(40, 30, 24), width=8)
    draw.text((40, 40), "Foto contoh, bukan orang sungguhan", fill=(30, 30, 30), font_size=34)
    exif = Image.Exif()
    exif[_MODEL] = "Ponsel contoh"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def example_voice() -> bytes:
    """Silence that every player plays."""
    return _SILENT_FRAME * 268
