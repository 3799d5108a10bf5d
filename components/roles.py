"""Decides whether a person in the sentence is the one who harms (hubungan) or the one who is harmed (korban).

Looks only at the nearest verb of a few words around; where the sentence does not tell, the word list's default stays.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from components.affixes import ACTIVE, PASSIVE

NAME = "damping_roles"
UNTOLD = "?"  # kb_id of a person whose role the sentence does not tell
ABUSER, VICTIM = "hubungan", "korban"
_REACH = 4  # tokens looked at on either side
_BY = {"dengan", "oleh"}
_BREAKS = set(".,;!?") | {"dan", "tapi", "terus", "karena", "kalau"}
_ABUSIVE = {"mengamuk", "marah", "mabuk", "selingkuh", "kasar", "cemburu", "posesif", "judi", "suka", "mau"}
_SUFFERING = {"takut", "nangis", "trauma", "hamil", "pingsan", "korban", "kena", "sakit", "bersimbah", "hilang"}


@Language.component(NAME, assigns=["doc.ents"])
def decide(doc: Doc) -> Doc:
    """Relabels the persons that the ruler found, then drops none and adds none."""
    doc.ents = [_placed(doc, span) if span.label_ in (ABUSER, VICTIM) else span for span in doc.ents]
    return doc


def _placed(doc: Doc, span: Span) -> Span:
    told = _from_left(doc, span) or _from_right(doc, span)
    return Span(doc, span.start, span.end, label=told or span.label_, kb_id="" if told else UNTOLD, span_id=span.ent_id_)


def _from_left(doc: Doc, span: Span) -> str | None:
    """
    dipukul (sama|oleh) BAPAK | hubungan
    dipukul BAPAK             | hubungan
    mukulin ANAK              | korban
    """
    by = False
    for token in reversed(doc[max(0, span.start - _REACH) : span.start]):
        if token.lower_ in _BREAKS:
            return None
        if token.norm_ in _BY or token.lower_ in _BY:
            by = True
        elif token.lemma_.startswith(PASSIVE):
            return ABUSER if by or token.i == span.start - 1 else None
        elif token.lemma_.startswith(ACTIVE):
            return VICTIM if not by and token.i >= span.start - 2 else None
    return None


def _from_right(doc: Doc, span: Span) -> str | None:
    """
    ANAK saya dipukulin | korban
    BAPAK suka mukul    | hubungan
    """
    for token in doc[span.end : span.end + _REACH]:
        if token.lower_ in _BREAKS:
            return None
        verdict = _of_verb(token)
        if verdict:
            return verdict
    return None


def _of_verb(token: Token) -> str | None:
    lemma = token.lemma_
    if lemma.startswith(PASSIVE) or lemma in _SUFFERING:
        return VICTIM
    if (lemma.startswith(ACTIVE) and not lemma.endswith("tangis")) or lemma in _ABUSIVE:
        return ABUSER
    return None
