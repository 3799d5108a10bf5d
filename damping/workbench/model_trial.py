"""Play a person: the same messages to a new model and to the one that serves, side by side; kept as a conversation test."""

from typing import Any

from litestar import Response

from damping.casework.dialogue import EngineUnavailable
from damping.casework.models import SwitchRefused
from damping.store import audit
from damping.store.desk import NotFound
from damping.workbench import model_test_file
from damping.workbench.bench import Bench
from damping.workbench.guest import Guest
from damping.workbench.model_play import LONGEST, TURNS_AT_MOST, Play
from damping.workbench.model_test_file import Kept
from rules.buttons import BUTTONS

_BUSY = 503
_WRONG = 422


async def page(bench: Bench, guest: Guest) -> Response[Any]:
    """A fresh conversation, once the model is loaded aside."""
    return await _page(bench, guest, None, "")


async def ready(bench: Bench, guest: Guest) -> Response[Any]:
    """Whether it is loaded by now, for the page that waits."""
    state, refused = await _state(bench, _model(bench, guest))
    return guest.piece("model_memuat.html", nama=_model(bench, guest), siap=state, ditolak=refused)


async def say(bench: Bench, guest: Guest) -> Response[Any]:
    """One more message, or a pressed button, to both models."""
    model = _model(bench, guest)
    key = guest.form.get("percakapan", "")
    play = bench.models.plays.find(key, guest.viewer.officer, model)
    if play is None:
        key = bench.models.plays.begin(guest.viewer.officer, model)
        play = bench.models.plays.find(key, guest.viewer.officer, model)
    text, button = guest.form.get("tulis", "").strip(), guest.form.get("tekan", "")
    if play is None or len(text) > LONGEST or not (text or button in BUTTONS) or len(play.turns) >= TURNS_AT_MOST:
        return await _page(bench, guest, play, key, _WRONG, pesan_model="tidak_terbaca")
    try:
        await play.say(bench.models.trial, "" if button else text, button)
    except EngineUnavailable:
        return await _page(bench, guest, play, key, _BUSY, pesan_model="mesin_diam")
    return await _page(bench, guest, play, key)


async def keep(bench: Bench, guest: Guest) -> Response[Any]:
    """Keep the conversation as a test that every later model has to pass."""
    model, key = _model(bench, guest), guest.form.get("percakapan", "")
    play = bench.models.plays.find(key, guest.viewer.officer, model)
    who = " ".join(guest.form.get("siapa", "").split())[:80]
    if play is None or not play.turns:
        return await _page(bench, guest, None, "", _WRONG, pesan_model="percakapan_hilang")
    if not who:
        return await _page(bench, guest, play, key, _WRONG, pesan_model="tanpa_nama")
    facts = frozenset(name for name in play.facts if guest.form.get(f"fakta-{name}"))
    kept = Kept(who, tuple(play.turns), facts, replies=bool(guest.form.get("jawaban")))
    await guest.run(_write, bench, guest, kept)
    return await _page(bench, guest, play, key, pesan_model="disimpan")


def _write(bench: Bench, guest: Guest, kept: Kept) -> None:
    model_test_file.add(bench.models.saved, kept)
    with bench.store.database.write() as connection:
        audit.record(connection, bench.store, guest.viewer.officer, "conversation_test_kept")


async def _page(bench: Bench, guest: Guest, play: Play | None, key: str, status: int = 200, **told: Any) -> Response[Any]:
    model = _model(bench, guest)
    state, refused = await _state(bench, model)
    context = {"pesan_model": "", "sebab": (), "siap": state, "ditolak": refused, **told}
    current = bench.models.shelf.current()
    return await guest.page("model_coba.html", status, kabar="", nama=model, main=play, kunci=key, current=current, **context)


async def _state(bench: Bench, model: str) -> tuple[bool, str]:
    try:
        return await bench.models.trial.ready(model), ""
    except SwitchRefused as refused:
        return False, refused.code


def _model(bench: Bench, guest: Guest) -> str:
    name = guest.path["model"]
    if name not in bench.models.shelf.names():
        raise NotFound
    return name
