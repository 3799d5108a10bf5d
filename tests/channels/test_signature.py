"""Only Meta's own deliveries come in; others leave no row."""

import random

import pytest
from litestar.testing import AsyncTestClient

from damping.channels.whatsapp import payloads
from damping.channels.whatsapp.signature import HEADER, is_genuine, sign
from damping.store.context import Store
from tests.channels.invented import CONFIG, LINE, NOW, PLAIN, SECRET, gateway, rows

RAW = payloads.encode(payloads.envelope(LINE, payloads.incoming(LINE, PLAIN, payloads.message(PLAIN, payloads.text("halo"), NOW))))
GOOD = sign(SECRET, RAW)


def forgeries(count: int) -> list[tuple[bytes, str | None]]:
    """Flipped bits, other keys, cut, other bodies, missing, empty, not ASCII, other spellings."""
    dice = random.Random(4711)
    found: list[tuple[bytes, str | None]] = [
        (RAW, None),
        (RAW, ""),
        (RAW, "sha256="),
        (RAW, "sha256=é" + "0" * 63),
        (RAW, GOOD.replace("sha256", "sha1")),
        (RAW, GOOD[7:]),
        (RAW, GOOD.upper()),
        (RAW, " " + GOOD),
        (RAW, GOOD + "0"),
        (b"", GOOD),
    ]
    while len(found) < count:
        digest = bytearray(bytes.fromhex(GOOD[7:]))
        match dice.randrange(4):
            case 0:
                digest[dice.randrange(32)] ^= 1 << dice.randrange(8)
                found.append((RAW, "sha256=" + digest.hex()))
            case 1:
                found.append((RAW, sign(dice.randbytes(16).hex(), RAW)))
            case 2:
                found.append((RAW, GOOD[: dice.randrange(len(GOOD))]))
            case _:
                body = bytearray(RAW)
                body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
                found.append((bytes(body), GOOD))
    return found


def test_ten_thousand_forgeries_of_ten_thousand_are_refused():
    assert is_genuine(SECRET, RAW, GOOD)
    assert 0 == sum(is_genuine(SECRET, body, header) for body, header in forgeries(10_000))


async def test_a_forged_delivery_leaves_no_row(store: Store):
    before = rows(store)
    answers = set()

    async with AsyncTestClient(gateway(store)) as client:
        for body, header in forgeries(300):
            headers = {} if header is None else {HEADER: header.encode()}
            answers.add((await client.post(CONFIG.webhook_path, content=body, headers=headers)).status_code)
        assert rows(store) == before
        genuine = await client.post(CONFIG.webhook_path, content=RAW, headers={HEADER: GOOD})

    assert {403} == answers
    assert 200 == genuine.status_code
    assert rows(store) > before


async def test_the_signature_is_of_the_bytes_and_not_of_the_json(store: Store):
    respelt = RAW.replace(b'","', b'", "')

    async with AsyncTestClient(gateway(store)) as client:
        answer = await client.post(CONFIG.webhook_path, content=respelt, headers={HEADER: GOOD})

    assert 403 == answer.status_code


def test_an_empty_secret_is_refused_at_the_start():
    from dataclasses import replace

    with pytest.raises(ValueError, match="app_secret"):
        replace(CONFIG, app_secret="")
