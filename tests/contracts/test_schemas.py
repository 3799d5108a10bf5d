"""Whatever fits, or misses, the description of the public addresses is answered as described, and never by a fault of ours."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar import Litestar
from schemathesis.specs.openapi.checks import positive_data_acceptance

from damping.channels.partner import routes as partner
from damping.channels.webchat import routes as webchat
from damping.channels.webchat.guard import Guard, new_token
from damping.store import migrate, partners
from damping.store.context import Store
from damping.store.database import Database
from damping.store.live import Live
from damping.store.sealing import Vault
from tests.channels.invented import intake
from tests.contracts.roads import CHAT

BOUNDED = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
# what a machine may send to the page; the rest of its contract is told in words (damping.channels.webchat.routes)
_FORM = {"type": "object", "properties": {name: {"type": "string"} for name in ("teks", "tombol", "nomor", "segel", "sejak")}}
_SENT = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _FORM}}}
_ANSWERS = {str(status): {"description": "-"} for status in (200, 204, 303, 400, 403, 405, 410, 413, 415)}
_SINCE = [{"name": "sejak", "in": "query", "schema": {"type": "string"}}]
CHAT_DESCRIBED = {
    "openapi": "3.1.0",
    "info": {"title": "web chat", "version": "1"},
    "paths": {
        "/": {"get": {"responses": _ANSWERS}, "post": {"requestBody": _SENT, "responses": _ANSWERS}},
        "/baru": {"get": {"parameters": _SINCE, "responses": _ANSWERS}},
        "/tetap": {"post": {"requestBody": _SENT, "responses": _ANSWERS}},
        "/keluar": {"get": {"responses": _ANSWERS}},
    },
}


@pytest.fixture(scope="module")
def open_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all examples: what one leaves behind, the next meets."""
    folder: Path = tmp_path_factory.mktemp("skema")
    database = Database(f"sqlite:///{folder / 'store.db'}")
    migrate.upgrade(database)
    yield Store(database, Vault(secrets.token_bytes(32)))
    database.close()


@pytest.fixture(scope="module")
def key(open_store: Store) -> str:
    return partners.add(open_store, "Aplikasi Kota", per_minute=100_000).key


@pytest.fixture
def partner_api(open_store: Store, key: str) -> Any:
    app = Litestar([partner.router(intake(open_store))], openapi_config=partner.OPENAPI, logging_config=None)
    return schemathesis.openapi.from_asgi(f"{partner.PATH}/openapi.json", app)


@pytest.fixture
def web_chat(open_store: Store) -> Any:
    app = Litestar([webchat.router(CHAT, intake(open_store), Live(open_store))], openapi_config=None, logging_config=None)
    schema = schemathesis.openapi.from_dict(CHAT_DESCRIBED)
    schema.app = app
    return schema


def each(schema: Any, act: Callable[[Any], None]) -> list[str]:
    """Play bounded examples of every address, told by method and path; schemathesis' own collector lags behind pytest."""
    played = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @BOUNDED
        @given(case=operation.as_strategy())
        def plays(case: Any) -> None:
            act(case)

        plays()
        played.append(f"{operation.method.upper()} {operation.path}")
    return played


def test_the_partner_api_is_as_it_says(partner_api: Any, key: str) -> None:
    """That a message needs words or a choice, and that no other field is taken, is told in words (docs/partner.md), not in the schema."""
    told_in_words = [positive_data_acceptance]

    def as_described(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=told_in_words)

    played = each(partner_api, as_described)

    assert 5 == len(played)


def test_without_a_key_the_partner_api_opens_for_nobody(partner_api: Any) -> None:
    def refused(case: Any) -> None:
        answer = case.call(headers={"Authorization": "Bearer damping_000000000000_" + "a" * 43})

        assert answer.status_code in (401, 404, 405)

    assert 5 == len(each(partner_api, refused))


def test_the_web_chat_answers_strangers_and_writers_without_a_fault(web_chat: Any, open_store: Store) -> None:
    token = new_token()

    def answered(case: Any) -> None:
        assert case.call().status_code < 500
        if isinstance(case.body, dict):
            case.body["segel"] = Guard(CHAT, open_store).seal(token)
        assert case.call(headers={"Cookie": f"{CHAT.cookie}={token}"}).status_code < 500

    assert 5 == len(each(web_chat, answered))
