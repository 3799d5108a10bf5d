"""The simulated phone: invented persons, Meta's double and its page inside the gateway. Never in production."""

import yaml
from litestar import Router

from damping.channels.whatsapp.config import WhatsAppConfig
from damping.channels.whatsapp.double import Double, DoubleConfig, Person
from damping.channels.whatsapp.double_api import api_router
from damping.channels.whatsapp.payloads import Names
from damping.channels.whatsapp.phone import phone_router
from damping.wiring.build import SIMULATION_PATH
from damping.wiring.settings import Settings


def routers(settings: Settings, meta: WhatsAppConfig) -> list[Router]:
    """Meta's API under its own path, and the phone's page. Raises `OnlyInDevelopment` in production."""
    webhook = f"http://127.0.0.1:{settings.gateway_port}{meta.webhook_path}"
    config = DoubleConfig(meta.app_secret, meta.access_token, meta.phone_number_id, webhook)
    double = Double(config, _persons(settings))
    return [phone_router(double, development=not settings.production), api_router(double, SIMULATION_PATH)]


def _persons(settings: Settings) -> list[Person]:
    told = yaml.safe_load((settings.root / "config" / "simulation.yml").read_text(encoding="utf-8"))["persons"]
    names = ("name", "wa_id", "bsuid", "username")
    return [Person(one["key"], Names(**{n: one[n] for n in names if n in one}), one.get("note", "")) for one in told]
