"""An officer's changes to the assessment sheet, marks of promises, and the number that is shown on demand."""

from typing import Any

from litestar import Response

from damping.console import conversation
from damping.console.sheet_fields import BY_NAME, Field
from damping.console.visit import Visit
from damping.store import numbers, promises, sheet
from damping.store.desk import NotFound
from damping.store.holders import NotTheHolder
from damping.store.numbers import ReasonNeeded
from damping.store.sheet import Edit, Edited

_TEXT_AT_MOST = 300
_CONFLICT = 409
_WRONG = 422


async def edit(visit: Visit) -> Response[Any]:
    """Write one value; one that somebody changed meanwhile is kept beside it, and both are shown."""
    which = await conversation.reached(visit)
    field, base = BY_NAME.get(visit.form.get("nama", "")), visit.form.get("dasar", "")
    if field is None or not base.isdecimal() or len(base) > 15:
        return await conversation.done(visit, "salah", _WRONG)
    value = _typed(field, visit)
    if value is _TOO_LONG:
        return await conversation.done(visit, "isian_salah", _WRONG)
    try:
        what = await visit.run(sheet.edit, visit.desk.store, which, visit.officer.officer, Edit(field.name, value, int(base)))
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    return await conversation.done(visit, f"lembar_{what.value}", _CONFLICT if what is Edited.DIFFERS else 200)


async def settle(visit: Visit) -> Response[Any]:
    """Take a differing value, or leave what stands."""
    which = await conversation.reached(visit)
    what, change = visit.request.path_params["what"], visit.request.path_params["change"]
    if what not in ("pakai", "biarkan"):
        raise NotFound
    try:
        settled = await visit.run(sheet.settle, visit.desk.store, which, visit.officer.officer, change, take=what == "pakai")
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    return await conversation.done(visit, "lembar_kept" if settled else "lembar_sudah", 200 if settled else _CONFLICT)


async def promise(visit: Visit) -> Response[Any]:
    """Mark an own message as a promise, take the mark off, or say that it was kept."""
    which = await conversation.reached(visit)
    what, message = visit.request.path_params["what"], visit.request.path_params["message"]
    if what not in ("tandai", "ditepati"):
        raise NotFound
    act = promises.make if what == "tandai" else promises.keep
    try:
        if not await visit.run(act, visit.desk.store, which, visit.officer.officer, message):
            raise NotFound
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    return await conversation.done(visit, "janji_dicatat" if what == "tandai" else "janji_ditepati")


async def number(visit: Visit) -> Response[Any]:
    """Show the numbers in clear, once, to the officer who is about to call; written down with the reason."""
    which = await conversation.reached(visit)
    reason = visit.form.get("alasan", "").strip()[:_TEXT_AT_MOST]
    try:
        shown = await visit.run(numbers.show, visit.desk.store, which, visit.officer.officer, reason)
    except NotTheHolder:
        return await conversation.done(visit, "bukan_pemegang", _CONFLICT)
    except ReasonNeeded:
        return await conversation.done(visit, "nomor_beralasan", _WRONG)
    if visit.piecewise:
        return visit.piece("nomor.html", shown=shown)
    return await visit.page("nomor_halaman.html", shown=shown, which=which)


_TOO_LONG = object()


def _typed(field: Field, visit: Visit) -> Any:
    if field.many:
        return [choice for choice in field.choices if visit.form.get(f"nilai.{choice}")]
    told = visit.form.get("nilai", "").strip()
    known = not field.choices or told in ("", *field.choices)
    return told or None if known and len(told) <= _TEXT_AT_MOST else _TOO_LONG
