"""Search: the words go in a form, never in an address, and are kept nowhere."""

from typing import Any

from litestar import Response

from damping.console.visit import Visit
from damping.store.search import LETTERS_AT_LEAST, search

_TYPED_AT_MOST = 100


async def page(visit: Visit) -> Response[Any]:
    """The empty form."""
    return await visit.page("cari.html", words="", result=None, letters=LETTERS_AT_LEAST, kabar="")


async def search_for(visit: Visit) -> Response[Any]:
    """What was found."""
    words = " ".join(visit.form.get("kata", "")[:_TYPED_AT_MOST].split())
    if len(words.replace(" ", "")) < LETTERS_AT_LEAST:
        return await visit.page("cari.html", 422, words=words, result=None, letters=LETTERS_AT_LEAST, kabar="cari_pendek")
    result = await visit.run(search, visit.desk.store, visit.viewer, words)
    return await visit.page("cari.html", words=words, result=result, letters=LETTERS_AT_LEAST, kabar="")
