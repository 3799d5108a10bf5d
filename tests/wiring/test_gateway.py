"""Which doors the gateway has, by what the office has set."""

from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from damping.wiring import gateway, processes, settings
from damping.wiring.settings import WrongSetting

TWILIO = {
    "DAMPING_TWILIO_ACCOUNT_SID": "AC" + "a" * 32,
    "DAMPING_TWILIO_AUTH_TOKEN": "rahasia",
    "DAMPING_TWILIO_NUMBER": "+6280000000999",
    "DAMPING_GATEWAY_URL": "https://pesan.example",
}
META = {f"DAMPING_WHATSAPP_{name}": "x" for name in ("APP_SECRET", "VERIFY_TOKEN", "ACCESS_TOKEN", "PHONE_NUMBER_ID")}


def opened(tmp_path: Path, more: dict[str, str]) -> TestClient[Any]:
    configured = settings.load({"DAMPING_VAR": str(tmp_path / "var")} | more)
    processes.prepare(configured)
    return TestClient(gateway.gateway_app(configured))


def test_the_description_of_the_partner_api_shows_no_other_door(tmp_path: Path) -> None:
    with opened(tmp_path, {}) as client:
        told = client.get("/partner/v1/openapi.json").json()

        assert all(path.startswith("/partner/v1/") for path in told["paths"])
        assert 401 == client.post("/partner/v1/conversations", json={"reference": "orang-0000001"}).status_code
        assert 200 == client.get("/telepon").status_code


def test_an_office_at_twilio_has_its_door_and_neither_metas_nor_a_simulated_phone(tmp_path: Path) -> None:
    with opened(tmp_path, TWILIO) as client:
        assert 403 == client.post("/webhook/twilio", content=b"Body=halo").status_code
        assert {404} == {client.get(path).status_code for path in ("/webhook/whatsapp", "/telepon")}


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (TWILIO | META, "are both set"),
        (TWILIO | {"DAMPING_TWILIO_NUMBER": "0800"}, "DAMPING_TWILIO_NUMBER"),
        ({"DAMPING_TWILIO_NUMBER": "+6280000000999"}, "DAMPING_TWILIO_ACCOUNT_SID is missing"),
        (TWILIO | {"DAMPING_MODE": "production", "DAMPING_PUBLIC_URL": "https://m.example", "DAMPING_GATEWAY_URL": "http://x"}, "https://"),
    ],
)
def test_a_wrong_way_to_whatsapp_is_named(tmp_path: Path, more: dict[str, str], says: str) -> None:
    with pytest.raises(WrongSetting, match=says):
        settings.load({"DAMPING_VAR": str(tmp_path / "var")} | more)
