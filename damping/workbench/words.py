"""Pages of danger words and landmarks: what the office adds, and a box in which to try it before it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response

from damping.store.data_changes import Told
from damping.store.desk import NotFound
from damping.workbench import changing
from damping.workbench.bench import Bench
from damping.workbench.data_files import Changed
from damping.workbench.guest import Guest
from damping.workbench.landmark_file import Landmark
from rules import danger, office_signs
from rules.danger import Reason
from rules.levels import Level
from rules.office_signs import OfficeWord
from rules.place_names import CITY

_WRONG = 422
_SHOWN = 12
TOO_MANY = 20  # harmless examples that would ring: the word says too little by itself
_LONGEST_TRIED = 500
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Tried:
    """What a word would do: `would_ring` harmless examples, `found` grave ones that the list has missed so far."""

    word: OfficeWord
    would_ring: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def too_many(self) -> bool:
        """Whether it may not be added."""
        return len(self.would_ring) > TOO_MANY


@dataclass(frozen=True)
class Shown:
    """What one answer of the page shows beside the lists."""

    status: int = 200
    kabar: str = ""
    text: str = ""
    screening: tuple[Reason, ...] | None = None  # None: no sentence was tried
    tried: Tried | None = None
    typed: Landmark | None = None  # what a landmark's form held, to be mended


async def page(bench: Bench, guest: Guest) -> Response[Any]:
    """Both lists and the box."""
    return await _page(bench, guest, Shown(kabar=guest.query.get("kabar", "")))


async def sentence(bench: Bench, guest: Guest) -> Response[Any]:
    """What the word list hears in a sentence now."""
    text = guest.form.get("kalimat", "")[:_LONGEST_TRIED]
    return await _page(bench, guest, Shown(text=text, screening=danger.screen(text).reasons))


async def try_word(bench: Bench, guest: Guest) -> Response[Any]:
    """What a word would do, over all examples."""
    word = _word(guest)
    if word is None:
        return await _page(bench, guest, Shown(status=_WRONG, kabar="kata_salah"))
    return await _page(bench, guest, Shown(tried=await guest.run(tried, bench, word)))


async def add_word(bench: Bench, guest: Guest) -> Response[Any]:
    """Proposed: danger words always need a second person."""
    word = _word(guest)
    if word is None:
        return await _page(bench, guest, Shown(status=_WRONG, kabar="kata_salah"))
    if word.words in {one.words for one in await guest.run(bench.danger_words.all)}:
        return await _page(bench, guest, Shown(status=_WRONG, kabar="kata_ada"))
    outcome = await guest.run(tried, bench, word)
    if outcome.too_many:
        return await _page(bench, guest, Shown(status=_WRONG, tried=outcome))
    told = Told("word", "kata_kantor", word.words[:_LONGEST_NAME], {"before": None, "after": _told(word)})
    return guest.go(f"/pelatih/kata?kabar={await changing.submit(bench, guest, told, two=True)}")


async def remove_word(bench: Bench, guest: Guest) -> Response[Any]:
    """Taking one away needs a second person as well."""
    known = {one.words: one for one in await guest.run(bench.danger_words.all)}
    word = known.get(guest.form.get("kata", ""))
    if word is None:
        raise NotFound
    told = Told("word", "kata_kantor", word.words[:_LONGEST_NAME], {"before": _told(word), "after": None})
    return guest.go(f"/pelatih/kata?kabar={await changing.submit(bench, guest, told, two=True)}")


async def save_landmark(bench: Bench, guest: Guest) -> Response[Any]:
    """A new one, or another account of one that is there."""
    form = guest.form
    known = await guest.run(bench.landmarks.all)
    before = next((one for one in known if one.line == form.get("semula")), None)
    after = Landmark(
        " ".join(form.get("nama", "").split())[:_LONGEST_NAME],
        tuple(name for name in (form.get("kecamatan", ""), form.get("kecamatan_2", "")) if name in CITY),
        tuple(part for one in form.get("ejaan", "").split(";") if (part := " ".join(one.lower().split()))),
        before.note if before else "belum dipastikan",
    )
    wrong = _wrong_landmark(after, [one for one in known if one != before])
    if wrong or (form.get("semula") and before is None):
        return await _page(bench, guest, Shown(status=_WRONG, kabar=wrong or "sudah_berubah", typed=after))
    told = Told("landmark", "patokan", after.name, {"before": before and {"line": before.line}, "after": {"line": after.line}})
    return await _put_landmark(bench, guest, told)


async def remove_landmark(bench: Bench, guest: Guest) -> Response[Any]:
    """Take one away; the journal can bring it back."""
    before = next((one for one in await guest.run(bench.landmarks.all) if one.line == guest.form.get("semula")), None)
    if before is None:
        return guest.go("/pelatih/kata?kabar=sudah_berubah")
    told = Told("landmark", "patokan", before.name, {"before": {"line": before.line}, "after": None})
    return await _put_landmark(bench, guest, told)


def tried(bench: Bench, word: OfficeWord) -> Tried:
    """Over every example; the first time it takes some seconds."""
    sign = office_signs.sign(word)
    ringing = [(example, line) for example, line in bench.heard_examples() if danger.rings(sign, line)]
    fresh = [example for example, line in ringing if danger.screen_line(line).level.rank < word.level.rank]
    harmless = [example.plain for example in fresh if Level(example.danger).rank < word.level.rank]
    missed = [example.plain for example in fresh if Level(example.danger).rank >= word.level.rank]
    return Tried(word, tuple(harmless), tuple(missed))


async def _put_landmark(bench: Bench, guest: Guest, told: Told) -> Response[Any]:
    try:
        kabar = await changing.submit(bench, guest, told, two=False)
    except Changed:
        kabar = "sudah_berubah"
    return guest.go(f"/pelatih/kata?kabar={kabar}#patokan")


def _wrong_landmark(one: Landmark, others: Sequence[Landmark]) -> str:
    if not one.name or not one.kecamatan or set("\t;#") & set(one.name):
        return "tempat_salah"
    taken = {spelling for other in others for spelling in (other.name.lower(), *other.spellings)}
    return "tempat_ada" if taken & {one.name.lower(), *one.spellings} else ""


def _word(guest: Guest) -> OfficeWord | None:
    words, level = " ".join(guest.form.get("kata", "").lower().split()), guest.form.get("tingkat", "")
    if not office_signs.may_be_one(words) or level not in (Level.MERAH.value, Level.KUNING.value):
        return None
    return OfficeWord(words, Level(level))


def _told(word: OfficeWord) -> dict[str, str]:
    return {"words": word.words, "level": word.level.value}


async def _page(bench: Bench, guest: Guest, shown: Shown) -> Response[Any]:
    landmarks = await guest.run(bench.landmarks.all)
    sought = guest.query.get("cari", "").strip().lower()
    return await guest.page(
        "pelatih_kata.html",
        shown.status,
        words=await guest.run(bench.danger_words.all),
        landmarks=[one for one in landmarks if sought in one.line.lower()],
        sought=sought,
        city=sorted(CITY),
        text=shown.text,
        screening=shown.screening,
        tried=shown.tried,
        typed=shown.typed,
        shown=_SHOWN,
        too_many=TOO_MANY,
        kabar=shown.kabar,
    )
