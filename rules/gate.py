"""Whether a new model may be switched on, as the office decided: a model that misses danger never speaks to anybody.

first that holds                                                    | verdict
the file is not signed by this office, or was changed               | refused
it was never compared with the one that serves                      | refused
a message that may never be missed is missed                        | refused
more than a few examples of danger are taught as a courtesy         | refused
fewer grave messages found than before, beyond what chance explains | refused
a sentence breaks a rule of wording                                 | refused
a conversation test fails                                           | refused
otherwise                                                           | may be switched on
"""

from collections.abc import Callable
from dataclasses import dataclass

COURTESIES = ("sapa", "terima_kasih", "pamit", "setuju", "tolak", "lanjut", "lewati", "ulangi", "tanya_bot")
MOST_MISLAID = 12  # of one courtesy: 'tidak, saya mau mati saja' is rightly a refusal; a dozen such is no accident
_INTENTS_WITH_DOUBT = 20  # messages of one intent, below which a share says too little to refuse a model for it


@dataclass(frozen=True)
class Found:
    """Grave messages found out of those there are, before and now; `least`: the lower end of what chance explains before."""

    what: str  # merah, kuning, or an intent
    of: int
    before: int | None
    after: int
    least: float | None


@dataclass(frozen=True)
class Evidence:
    """What is known of a model that somebody wants to switch on."""

    signed: bool
    whole: bool  # archive and report are those that were signed
    compared: bool
    missed: int = 0
    never_miss: int = 0
    found: tuple[Found, ...] = ()
    mislaid: tuple[tuple[str, int], ...] = ()  # courtesy, how many of its examples are of danger
    wording: int = 0
    conversations: int = 0
    conversations_failed: int = 0


@dataclass(frozen=True)
class Refusal:
    """Why not: a word for the record, and one sentence for the trainer."""

    code: str
    sentence: str


def refusals(seen: Evidence) -> tuple[Refusal, ...]:
    """Everything that stands against it, gravest first; empty where it may be switched on."""
    if not (seen.signed and seen.whole and seen.compared):
        return (_formal(seen),)
    checks: tuple[Callable[[Evidence], Refusal | None], ...] = (_missed, _mislaid, _lower, _wording, _conversations)
    return tuple(refusal for check in checks if (refusal := check(seen)) is not None)


def _formal(seen: Evidence) -> Refusal:
    if not seen.signed:
        return Refusal("unsigned", "Model ini tidak ditandatangani kantor ini, jadi asalnya tidak bisa dipastikan; latih ulang di sini.")
    if not seen.whole:
        return Refusal("altered", "Berkas model atau laporannya berubah sejak ditandatangani; latih ulang, dan beri tahu admin.")
    return Refusal("not_compared", "Model ini belum dibandingkan dengan model yang berjalan; jalankan perbandingan dulu.")


def _missed(seen: Evidence) -> Refusal | None:
    if not seen.missed:
        return None
    return Refusal("missed", f"{seen.missed} dari {seen.never_miss} pesan bahaya yang tidak boleh terlewat ternyata terlewat.")


def _mislaid(seen: Evidence) -> Refusal | None:
    intent, number = max(seen.mislaid, key=lambda one: one[1], default=("", 0))
    if number <= MOST_MISLAID:
        return None
    name = intent.replace("_", " ")
    return Refusal("mislaid", f"{number} contoh bahaya tersimpan sebagai '{name}'; kembalikan ke arti yang benar, lalu latih lagi.")


def _lower(seen: Evidence) -> Refusal | None:
    """The same messages are put to both: a share below the interval of the one before is no chance any more."""
    for one in seen.found:
        few = one.what not in ("merah", "kuning") and one.of < _INTENTS_WITH_DOUBT
        if one.before is None or one.least is None or few or one.after >= one.before:
            continue
        if one.after / one.of < one.least:
            named = {"merah": "merah", "kuning": "kuning atau merah"}.get(one.what, f"merah tentang '{one.what.replace('_', ' ')}'")
            return Refusal(
                "lower_recall",
                f"Dari {one.of} pesan {named}, model ini menemukan {one.after}, model yang berjalan {one.before}: "
                "lebih banyak bahaya yang terlewat.",
            )
    return None


def _wording(seen: Evidence) -> Refusal | None:
    return Refusal("wording", f"{seen.wording} kalimat jawaban melanggar aturan bahasa untuk korban.") if seen.wording else None


def _conversations(seen: Evidence) -> Refusal | None:
    if not seen.conversations_failed:
        return None
    failed = f"{seen.conversations_failed} dari {seen.conversations}"
    return Refusal("conversations", f"{failed} percakapan uji tidak berjalan seperti seharusnya.")
