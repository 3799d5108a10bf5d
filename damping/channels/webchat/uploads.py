"""A form with a file, read as it comes: into memory only, never into a temporary file, and no more of it than the office takes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

_FIELD_AT_MOST = 512  # bytes of anything but the file


@dataclass(repr=False)
class Upload:
    """What came: short fields, and one file with the type that the browser gives it. `large`: there was more of it."""

    fields: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    told: str = ""
    large: bool = False


async def read(stream: AsyncIterator[bytes], content_type: str, at_most: int) -> Upload | None:
    """The form; None for one that cannot be read."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        return None
    reader = _Reader(at_most)
    try:
        parser = MultipartParser(boundary, reader.callbacks())  # type: ignore[arg-type]
        async for piece in stream:
            parser.write(piece)
        parser.finalize()
    except FormParserError:
        return None
    return reader.upload()


class _Reader:
    """Gathers the parts as the parser meets them."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._found = Upload()
        self._file = bytearray()
        self._begin()

    def callbacks(self) -> dict[str, object]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_part_data": self._part,
            "on_part_end": self._end,
        }

    def upload(self) -> Upload:
        self._found.content = bytes(self._file)
        return self._found

    def _begin(self) -> None:
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value, self._text = bytearray(), bytearray(), bytearray()

    def _header(self) -> None:
        self._headers[bytes(self._name).lower()] = bytes(self._value)
        self._name, self._value = bytearray(), bytearray()

    def _disposition(self) -> dict[bytes, bytes]:
        return parse_options_header(self._headers.get(b"content-disposition", b""))[1]

    def _part(self, data: bytes, start: int, end: int) -> None:
        is_file = b"filename" in self._disposition()
        kept, most = (self._file, self._at_most) if is_file else (self._text, _FIELD_AT_MOST)
        room = most - len(kept)
        kept += data[start : start + min(room, end - start)]
        self._found.large |= is_file and end - start > room

    def _end(self) -> None:
        told = self._disposition()
        if b"filename" in told:
            self._found.told = self._headers.get(b"content-type", b"").decode("latin-1")[:100]
        else:
            self._found.fields[told.get(b"name", b"").decode("utf-8", "replace")] = self._text.decode("utf-8", "replace")
