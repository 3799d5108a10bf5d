"""What is told about an example while it is being written: what must be mended, and what deserves a second look.

warning    | what it says                                                       | stops it
kosong     | nothing is written                                                 | yes
panjang    | more than 400 letters                                              | yes
tanda      | `$`, a leading `/`, brackets, control signs: the files use them    | yes
samaran    | a placeholder such as [nama] is still in it                        | yes
sama       | the sentence stands there already                                  | yes
beda_arti  | it stands under another meaning                                    | yes
nomor_asli | a number that somebody may have                                    | yes
tanda_hilang| a marked word is not in the sentence                              | yes
pribadi    | a name, an address or the like                                     | no
mirip      | nearly the same as another one                                     | no
mirip_lain | nearly the same as one under another meaning                       | no
banyak     | many much like it are there already                                | no
kecil      | the meaning has fewer than 30 examples                             | no
tingkat    | the word list hears a graver level than was chosen                 | no
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from damping.workbench.example import Example, MarkMissing, found_marks, with_marks
from damping.workbench.example_files import Placed, folded
from rules.danger import screen
from rules.levels import Level
from rules.masking import Masker
from rules.personal_shapes import NUMBER, PLACEHOLDERS

LONGEST = 400
FEWEST = 30
_NEAR, _LIKE, _MANY_LIKE = 90.0, 78.0, 5
_INVENTED = re.compile(r"0800[ -]?0?0?0")  # no telephone company gives these out
_FORBIDDEN = re.compile(r"[$\x00-\x1f\x7f]|^\s*/|\]\(|\]\{")
_BRACKETS = re.compile(r"[\[\]{}]")


@dataclass(frozen=True)
class Warned:
    """`kind` is one of the table; `what` the sentence, word or meaning that it is about."""

    kind: str
    what: str = ""
    stops: bool = False


@dataclass(frozen=True)
class Written:
    """What a trainer has typed: the sentence, its marks ('suami = hubungan'), meaning and level."""

    plain: str
    marks: str
    intent: str
    danger: str

    def placed(self, writer: str) -> Placed:
        """As an example. Raises `MarkMissing`."""
        marked = with_marks(self.plain, found_marks(self.marks, self.plain))
        return Placed(self.intent, Example(marked, self.danger, writer))


class Checks:
    """Against all examples as they are now."""

    def __init__(self, intents: Mapping[str, Sequence[Example]], masker: Masker) -> None:
        self._masker = masker
        self._sizes = {intent: len(examples) for intent, examples in intents.items()}
        self._all = [(folded(one.plain), intent, one.key) for intent, examples in intents.items() for one in examples]
        self._texts = [text for text, _, _ in self._all]

    def warnings(self, written: Written, own: str = "") -> tuple[Warned, ...]:
        """Everything there is to say; what stops it first. `own`: the key of the example that is being changed."""
        return tuple(sorted((*self._form(written), *self._personal(written), *self._others(written, own)), key=lambda one: not one.stops))

    def _form(self, written: Written) -> list[Warned]:
        plain = written.plain
        if not plain.strip():
            return [Warned("kosong", stops=True)]
        found = []
        if len(plain) > LONGEST:
            found.append(Warned("panjang", str(len(plain)), stops=True))
        placeholder = next((one for one in PLACEHOLDERS if one in plain), "")
        if placeholder:
            found.append(Warned("samaran", placeholder, stops=True))
        elif _FORBIDDEN.search(plain) or _BRACKETS.search(plain):
            found.append(Warned("tanda", stops=True))
        try:
            found_marks(written.marks, plain)
        except MarkMissing as missing:
            found.append(Warned("tanda_hilang", str(missing), stops=True))
        heard = screen(plain)
        if heard.level.rank > Level(written.danger).rank:
            found.append(Warned("tingkat", heard.reasons[0].words if heard.reasons else heard.level.value))
        return found

    def _personal(self, written: Written) -> list[Warned]:
        found = []
        for piece in self._masker.pieces(written.plain):
            if piece.sign in PLACEHOLDERS and written.plain[piece.start : piece.end] in PLACEHOLDERS:
                continue
            what = written.plain[piece.start : piece.end]
            if piece.sign == NUMBER and not _INVENTED.match(what):
                found.append(Warned("nomor_asli", what, stops=True))
            elif piece.sign != NUMBER:
                found.append(Warned("pribadi", what))
        return found

    def _others(self, written: Written, own: str) -> list[Warned]:
        found: list[Warned] = []
        wanted = folded(written.plain)
        near = process.extract(wanted, self._texts, scorer=fuzz.ratio, score_cutoff=_LIKE, limit=40) if wanted else []
        others = [(text, score, *self._all[at][1:]) for text, score, at in near if self._all[at][2] != own]
        for text, _, intent, _ in others:
            if text == wanted:
                found.append(Warned("sama", intent, stops=True) if intent == written.intent else Warned("beda_arti", intent, stops=True))
        here = [text for text, score, intent, _ in others if intent == written.intent and text != wanted and score >= _NEAR]
        away = [(text, intent) for text, score, intent, _ in others if intent != written.intent and text != wanted and score >= _NEAR]
        found += [Warned("mirip", text) for text in here[:2]]
        found += [Warned("mirip_lain", f"{text} ({intent})") for text, intent in away[:2]]
        if not here and sum(intent == written.intent for _, _, intent, _ in others) >= _MANY_LIKE:
            found.append(Warned("banyak"))
        if 0 < self._sizes.get(written.intent, 0) < FEWEST:
            found.append(Warned("kecil", str(self._sizes[written.intent])))
        return list(dict.fromkeys(found))
