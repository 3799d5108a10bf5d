"""The simulated phone: a page on which a developer writes as an invented person. Development only, and says so.

What is typed goes through the double, signed, to the real webhook; what comes back came through the real sender.
"""

import json
import secrets
from collections.abc import AsyncIterator, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.double import Bubble, Double, Person, Trouble
from damping.channels.whatsapp.double_examples import example_photo, example_voice
from damping.channels.whatsapp.payloads import Json, Names
from damping.channels.whatsapp.reading import as_dict, as_text

_BEAT_S = 20.0
_TEXT_AT_MOST = 65_536
_PLACES = {
    "rumah": (-5.3971, 105.2668, "", ""),
    "terminal": (-5.3655, 105.2440, "Terminal Rajabasa", "Jl. Pramuka, Rajabasa"),
    "pasar": (-5.4108, 105.2595, "Pasar Bambu Kuning", "Jl. Imam Bonjol, Tanjungkarang Pusat"),
}
_Asked = Request[Any, Any, Any]


class OnlyInDevelopment(Exception):
    """The simulated phone was asked for where real people write."""


def invented_persons() -> list[Person]:
    """The four ways in which Meta names a person; numbers of an unused range."""
    return [
        Person("sari", Names("Sari", wa_id="6281000000001", bsuid="ID.7001"), "nomor biasa"),
        Person("melati", Names("Melati", bsuid="ID.7002", username="@melati"), "nama pengguna, tanpa nomor"),
        Person("wati", Names("Bu Wati", wa_id="6281000000003", bsuid="ID.7003", username="@wati"), "nama pengguna dan nomor"),
        Person("intan", Names("Intan", wa_id="6281000000004", bsuid="ID.7004", parent_bsuid="ID.ENT.7004"), "anggota grup usaha"),
    ]


def phone_router(double: Double, *, development: bool, path: str = "/telepon") -> Router:
    """The page under `path`. Raises `OnlyInDevelopment` anywhere else."""
    if not development:
        raise OnlyInDevelopment
    template = Environment(loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined).get_template("phone.html")

    @get("/")
    async def page() -> Response[str]:
        nonce = secrets.token_urlsafe(16)
        html = template.render(
            nonce=nonce, path=path, persons=list(double.persons.values()), style=_read("phone.css"), script=_read("phone.js")
        )
        policy = f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:"
        headers = {"Content-Security-Policy": policy + "; base-uri 'none'; frame-ancestors 'none'", "Cache-Control": "no-store"}
        return Response(html, media_type="text/html", headers=headers)

    @get("/{key:str}/layar")
    async def screen(key: FromPath[str]) -> Response[Json]:
        person = double.persons.get(key)
        return Response({}, status_code=404) if person is None else Response(_screen(double, person))

    @get("/{key:str}/alir")
    async def live(key: FromPath[str]) -> Response[Any]:
        person = double.persons.get(key)
        return Response({}, status_code=404) if person is None else ServerSentEvent(_live(double, person), retry_duration=1000)

    @post("/{key:str}", status_code=200)
    async def act(request: _Asked, key: FromPath[str]) -> Response[Json]:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":  # other sites must not write in our name
            return Response({"galat": "asal"}, status_code=403)
        person = double.persons.get(key)
        if person is None:
            return Response({}, status_code=404)
        done = _act(double, person, as_dict(json.loads(await request.body() or b"{}")))
        return Response(_screen(double, person), status_code=200 if done else 400)

    return Router(path, route_handlers=[page, screen, live, act], include_in_schema=False)


def _act(double: Double, person: Person, asked: Json) -> bool:
    """Do as the page says; False for what it cannot mean."""
    what, value = as_text(asked.get("apa")), as_text(asked.get("isi"))
    if what == "teks" and value.strip() and len(value) <= _TEXT_AT_MOST:
        double.says(person.key, value)
    elif what == "tombol":
        return _press(double, person, as_text(asked.get("pesan")), value)
    elif what == "lokasi" and value in _PLACES:
        latitude, longitude, name, address = _PLACES[value]
        double.does(person.key, payloads.location(latitude, longitude, name, address), f"Lokasi: {name}" if name else "Lokasi saya")
    elif what == "gambar":
        double.does(person.key, {"type": "image", "image": double.shelf.put(example_photo(), "image/jpeg")}, "[foto]")
    elif what == "suara":
        told = double.shelf.put(example_voice(), "audio/mpeg") | {"voice": True}
        double.does(person.key, {"type": "audio", "audio": told}, "[pesan suara, 0.07]")
    elif what == "buka":
        double.watches(person.key, value == "ya")
    elif what == "sinyal":
        double.goes_online(person.key, value == "ya")
    elif what == "gangguan" and value in set(Trouble):
        double.troubles.append(Trouble(value))
    else:
        return False
    return True


def _press(double: Double, person: Person, message: str, choice: str) -> bool:
    try:
        double.presses(person.key, message, choice)
    except LookupError:
        return False
    return True


async def _live(double: Double, person: Person) -> AsyncIterator[ServerSentEventMessage]:
    while True:
        yield ServerSentEventMessage(data=json.dumps(_screen(double, person)))
        await double.changed(person.key, _BEAT_S)


def _screen(double: Double, person: Person) -> Json:
    shown = [bubble for bubble in person.screen if bubble.own or bubble.ticks in ("delivered", "read")]
    return {
        "nama": person.names.name,
        "menulis": person.typing_until > double.now(),
        "sinyal": person.online,
        "gangguan": [trouble.value for trouble in double.troubles],
        "pesan": [_shown(bubble) for bubble in shown],
        "belum_dibaca": {key: _unread(other.screen) for key, other in double.persons.items()},
    }


def _shown(bubble: Bubble) -> Json:
    return {
        "id": bubble.id,
        "saya": bubble.own,
        "teks": bubble.text,
        "waktu": int(bubble.at * 1000),
        "centang": bubble.ticks,
        "pilihan": bubble.choices,
        "daftar": bubble.list_label,
        "terjawab": bubble.answered,
    }


def _unread(screen: Sequence[Bubble]) -> int:
    return sum(1 for bubble in screen if not bubble.own and bubble.ticks == "delivered")


def _read(name: str) -> str:
    return files("damping.channels.whatsapp").joinpath("pages", name).read_text(encoding="utf-8")
