"""Files are what their bytes are, and what is shown of a picture is only the picture."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from damping.casework.files import Refused, Why
from damping.channels.files import ENDINGS, sniff
from damping.channels.pictures import copy_of, prepare

GPS = 0x8825
ORIENTATION = 0x0112
OGG = b"OggS\x00\x02" + b"\x00" * 40


def a_photo(size: tuple[int, int] = (60, 40), form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 60, 30)).save(out, form, **more)
    return out.getvalue()


def a_photo_with_a_place() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # held upright
    exif[0x010F] = "Ponsel Bu Sari"
    exif.get_ifd(GPS)[2] = (5.0, 23.0, 49.0)
    return a_photo(exif=exif)


def a_document(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told", "expected"),
    [
        (a_photo(), "", "image/jpeg"),
        (a_photo(form="PNG"), "image/jpeg", "image/png"),
        (a_photo(form="WEBP"), "", "image/webp"),
        (OGG, "audio/ogg; codecs=opus", "audio/ogg"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 20, "video/mp4", "video/mp4"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 20, "audio/mp4", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypM4A " + b"\0" * 20, "", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypheic" + b"\0" * 20, "", "image/heic"),
        (b"#!AMR\n123", "", "audio/amr"),
        (b"%PDF-1.7", "", "application/pdf"),
        (
            a_document("[Content_Types].xml", "word/document.xml"),
            "",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"catatan saya, hari Senin", "", "text/plain"),
        (a_document("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "", None),
        (a_document("AndroidManifest.xml", "classes.dex"), "application/vnd.android.package-archive", None),
        (b"MZ\x90\x00" + b"\0" * 50, "image/jpeg", None),
        (b"<html><script>alert(1)</script>", "text/html", None),
        (b"  <svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", None),
        (b"#!/bin/sh\nrm", "text/plain", None),
        (b"", "image/jpeg", None),
        (b"PK\x03\x04rusak", "", None),
    ],
)
def test_a_file_is_what_its_bytes_are_whatever_it_calls_itself(content: bytes, told: str, expected: str | None):
    assert expected == sniff(content, told)


def test_a_shown_picture_tells_no_place_no_device_and_stands_upright():
    original = a_photo_with_a_place()

    prepared = prepare(original)

    assert original == prepared.content
    with Image.open(io.BytesIO(prepared.shown)) as shown:
        assert ("JPEG", (40, 60)) == (shown.format, shown.size)
        assert {} == dict(shown.getexif())
    assert b"Ponsel" in original
    assert b"Ponsel" not in prepared.shown
    assert "image/jpeg" == prepared.shown_mime


def test_a_large_picture_is_shown_small():
    with Image.open(io.BytesIO(prepare(a_photo((5000, 2500))).shown)) as shown:
        assert (2000, 1000) == shown.size


def test_a_sticker_keeps_its_clear_ground():
    out = io.BytesIO()
    Image.new("RGBA", (30, 30), (255, 0, 0, 0)).save(out, "WEBP", lossless=True)

    with Image.open(io.BytesIO(prepare(out.getvalue()).shown)) as shown:
        assert (0, "PNG") == (shown.getpixel((1, 1))[3], shown.format)


def test_a_picture_made_to_burst_memory_is_kept_but_never_unpacked():
    out = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")

    assert copy_of(out.getvalue()) is None
    assert b"" == prepare(out.getvalue()).shown


def test_a_broken_picture_is_kept_and_not_shown():
    broken = a_photo()[:200]

    prepared = prepare(broken)

    assert (broken, b"") == (prepared.content, prepared.shown)


def test_a_program_is_refused():
    with pytest.raises(Refused) as refused:
        prepare(b"MZ\x90\x00" + b"\0" * 100, "image/jpeg")

    assert Why.TYPE is refused.value.why


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF1234WEBP", b"GIF89a", b"PK\x03\x04", b"OggS"]),
)
def test_no_bytes_break_the_reader(rest: bytes, start: bytes):
    try:
        prepared = prepare(start + rest)
    except Refused:
        return

    assert prepared.mime in ENDINGS
