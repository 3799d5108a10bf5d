"""How an officer is called when the desk is not open: ways given, tried out and taken back by the officer alone."""

import re
from importlib.resources import files
from typing import Any

import phonenumbers
from litestar import Response

from damping.casework.duty import Message, NotCalled, Way
from damping.console.visit import Visit
from damping.store import reaches
from damping.store.desk import NotFound
from damping.store.reaches import ADDRESS_AT_MOST

_WRONG = 422
_MAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,190}\.[a-zA-Z]{2,24}")
_CHAT = re.compile(r"\d{5,15}")


async def page(visit: Visit) -> Response[Any]:
    """One's own ways."""
    return await _shown(visit, visit.request.query_params.get("kabar", ""))


async def keep(visit: Visit) -> Response[Any]:
    """A number or address."""
    try:
        way = Way(visit.form.get("cara", ""))
        address = _address(way, visit.form.get("alamat", "").strip())
    except ValueError:
        return await _shown(visit, "alamat_salah", _WRONG)
    await visit.run(reaches.keep, visit.desk.store, visit.viewer, way, address)
    return visit.go("/panggilan?kabar=cara_disimpan")


async def keep_browser(visit: Visit) -> Response[Any]:
    """This browser, by the endpoint that its maker gave it."""
    caller, endpoint = visit.desk.config.callers.get(Way.PUSH), visit.form.get("alamat", "")
    if caller is None or not endpoint.startswith("https://") or len(endpoint) > ADDRESS_AT_MOST:
        return await _shown(visit, "alamat_salah", _WRONG)
    await visit.run(reaches.keep, visit.desk.store, visit.viewer, Way.PUSH, endpoint)
    return visit.go("/panggilan?kabar=cara_disimpan")


async def try_out(visit: Visit) -> Response[Any]:
    """Call oneself once."""
    reach = await _own(visit)
    caller = visit.desk.config.callers.get(reach.way)
    if caller is None:
        return await _shown(visit, "cara_mati", 503)
    try:
        await caller.call(reach.address, Message.TRY)
    except NotCalled as failed:
        await visit.run(reaches.fared, visit.desk.store, reach.id, well=False, gone=failed.gone)
        return await _shown(visit, "panggilan_gagal", 502)
    await visit.run(reaches.fared, visit.desk.store, reach.id, well=True)
    return visit.go("/panggilan?kabar=panggilan_berangkat")


async def forget(visit: Visit) -> Response[Any]:
    """Take one back."""
    await visit.run(reaches.forget, visit.desk.store, visit.viewer, visit.request.path_params["reach"])
    return visit.go("/panggilan?kabar=cara_dihapus")


async def service_worker(_visit: Visit) -> Response[Any]:
    """The script that a closed browser is woken by; it must stand at the root of the desk to serve all of it."""
    script = (files("damping.console") / "static" / "pekerja.js").read_bytes()
    return Response(script, media_type="text/javascript; charset=utf-8")


async def _shown(visit: Visit, kabar: str, status: int = 200) -> Response[Any]:
    ways = await visit.run(reaches.own, visit.desk.store, visit.viewer)
    config = visit.desk.config
    ready = [way.value for way in config.callers]
    return await visit.page("panggilan.html", status, ways=ways, ready=ready, push_key=config.push_key, typed=visit.form, kabar=kabar)


async def _own(visit: Visit) -> reaches.Reached:
    ways = await visit.run(reaches.own, visit.desk.store, visit.viewer)
    for one in ways:
        if one.id == visit.request.path_params["reach"]:
            return one
    raise NotFound


def _address(way: Way, typed: str) -> str:
    """As it is called. Raises `ValueError`."""
    if way is Way.EMAIL and _MAIL.fullmatch(typed):
        return typed
    if way is Way.TELEGRAM and _CHAT.fullmatch(typed):
        return typed
    if way is Way.WHATSAPP:
        try:
            number = phonenumbers.parse(typed, "ID")
        except phonenumbers.NumberParseException:
            raise ValueError(way) from None
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise ValueError(way)
