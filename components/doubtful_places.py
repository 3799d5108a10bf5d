"""Takes back a place that is an ordinary word: "cerita panjang" is no report from Kecamatan Panjang, "di panjang" is."""

from spacy.language import Language
from spacy.tokens import Doc, Span

NAME = "damping_doubtful_places"
_PLACE = "lokasi"
_BEFORE = {
    "di",
    "ke",
    "dari",
    "kecamatan",
    "kelurahan",
    "daerah",
    "dekat",
    "arah",
    "jalan",
    "pasar",
    "tinggal",
    "alamat",
    "wilayah",
    "kampung",
}
_ALONE = 3  # tokens of a message that is nothing but an answer


@Language.factory(NAME, default_config={"words": []}, assigns=["doc.ents"])
def create(nlp: Language, name: str, words: list[str]) -> "DoubtfulPlaces":
    """`words`: the names in question, lower case."""
    return DoubtfulPlaces(words)


class DoubtfulPlaces:
    """Drops, never adds."""

    def __init__(self, words: list[str]) -> None:
        self._words = frozenset(words)

    def __call__(self, doc: Doc) -> Doc:
        """Keeps the spans that are meant as places."""
        if any(span.label_ == _PLACE for span in doc.ents):
            doc.ents = [span for span in doc.ents if span.label_ != _PLACE or self._meant(doc, span)]
        return doc

    def _meant(self, doc: Doc, span: Span) -> bool:
        if span.text.lower() not in self._words or len(doc) <= len(span) + _ALONE - 1:
            return True
        return span.start > 0 and doc[span.start - 1].norm_ in _BEFORE
