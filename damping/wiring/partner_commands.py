"""`damping partner`: who may bring people to the office from another app. Light to import, as all of the command line."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import rich_click as click
from rich.console import Console

from damping.wiring.settings import Settings, WrongSetting
from damping.wiring.settings import load as load_settings

if TYPE_CHECKING:
    from damping.store.context import Store
    from damping.store.partners import NewKey

_out = Console(highlight=False, soft_wrap=True)
_SCOPES = ["write", "read", "status"]
_HERE = ("127.0.0.1", "localhost", "::1")


@click.group()
def partner() -> None:
    """Keys of the partner API (docs/partner.md): another app of the city brings people to the office."""


@partner.command("add")
@click.argument("name")
@click.option("--webhook", default="", help="Address to which replies are brought, https://…; without one the partner fetches them.")
@click.option("--scope", "scopes", type=click.Choice(_SCOPES), multiple=True, help="What the key may do; default: everything.")
@click.option("--per-minute", type=click.IntRange(1, 100_000), default=600, show_default=True, help="Requests a minute.")
def add(name: str, webhook: str, scopes: tuple[str, ...], per_minute: int) -> None:
    """Make a partner and show its first key, once."""
    from damping.store import partners

    settings = _settings()
    _check(settings, name, webhook)
    with _store(settings) as store:
        granted = frozenset(map(partners.Scope, scopes)) or partners.ALL_SCOPES
        _show(partners.add(store, name.strip(), webhook, granted, per_minute))


@partner.command("rotate")
@click.argument("partner_id")
@click.option("--overlap-hours", type=click.FloatRange(0, 24 * 90), default=24, show_default=True, help="How long the old key still works.")
def rotate(partner_id: str, overlap_hours: float) -> None:
    """Make a new key; the old one works for a while, so that the partner can change over."""
    from damping.store import partners

    with _store(_settings()) as store:
        try:
            _show(partners.rotate(store, partner_id, timedelta(hours=overlap_hours)))
        except partners.NoSuchPartner:
            raise click.ClickException(f"no partner with a working key has the id {partner_id}: see `damping partner list`") from None


@partner.command("revoke")
@click.argument("which")
def revoke(which: str) -> None:
    """Shut out a partner (its id) or one key (the twelve signs in the key): from this moment on."""
    from damping.store import partners

    with _store(_settings()) as store:
        try:
            partners.revoke(store, which)
        except partners.NoSuchPartner:
            raise click.ClickException(f"no working partner or key has the id {which}: see `damping partner list`") from None
    click.echo("dicabut")


@partner.command("list")
def show_all() -> None:
    """All partners and their keys."""
    from damping.store import partners

    with _store(_settings()) as store:
        found = partners.listed(store)
    for one in found:
        state = f"dicabut {one.revoked_at:%Y-%m-%d %H:%M} UTC" if one.revoked_at else f"{one.per_minute} permintaan/menit"
        _out.print(f"{one.id}  {one.name}  {state}  {one.webhook or 'mengambil sendiri'}", markup=False)
        for key in one.keys:
            ends = (
                f"dicabut {key.revoked_at:%Y-%m-%d}"
                if key.revoked_at
                else f"sampai {key.ends_at:%Y-%m-%d %H:%M} UTC"
                if key.ends_at
                else ""
            )
            used = f"dipakai {key.used_at:%Y-%m-%d}" if key.used_at else "belum dipakai"
            _out.print(f"    damping_{key.id}_…  {key.scopes}  {used}  {ends}", markup=False)


def _show(made: "NewKey") -> None:
    sys.stdout.write(f"partner  {made.partner}\nkunci    {made.key}\ntanda    {made.signing}\n")
    sys.stdout.write("Tampil sekali ini saja. 'kunci' untuk header Authorization, 'tanda' untuk memeriksa webhook: docs/partner.md.\n")


def _check(settings: Settings, name: str, webhook: str) -> None:
    if not 0 < len(name.strip()) <= 64:
        raise click.ClickException("the name must have 1 to 64 signs")
    if not webhook:
        return
    told = urlsplit(webhook)
    plain = not settings.production and told.scheme == "http" and told.hostname in _HERE
    if not told.hostname or (told.scheme != "https" and not plain) or told.username:
        raise click.ClickException("the webhook must be an https:// address without a password in it")


def _settings() -> Settings:
    try:
        return load_settings()
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


@contextmanager
def _store(settings: Settings) -> "Iterator[Store]":
    from damping.wiring import build

    try:
        store = build.store(settings)
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong
    try:
        yield store
    finally:
        store.database.close()
