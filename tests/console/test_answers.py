"""What every answer and every file of the desk promises the browser."""

import hashlib
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from damping.console.headers import HEADERS, POLICY
from damping.console.pages import Pages
from tests.console.people import Browser, Office

Fresh = Callable[[], Browser]
CONSOLE = Path(str(files("damping.console")))
TEMPLATES = sorted((CONSOLE / "templates").glob("*.html"))


@pytest.mark.parametrize(
    "path", ["/", "/masuk", "/antrean", "/pesan-gagal", "/tidak-ada", "/percakapan/" + "0" * 32, "/undangan/x", "/aset/x/y"]
)
async def test_every_answer_carries_the_headers_and_is_not_kept(path: str, browser: Fresh, office: Office) -> None:
    office.officer("rina")

    for visitor in (browser(), await browser().as_("rina")):
        answer = await visitor.get(path)
        assert HEADERS.items() <= {**{name: answer.headers.get(name) for name in HEADERS}}.items()
        assert "no-store" == answer.headers["cache-control"]
        assert "max-age" in answer.headers["strict-transport-security"]


def test_the_policy_allows_our_own_files_and_nothing_else() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert not re.search(r"unsafe|data:|blob:|\*|https?:", POLICY)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_script_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert not re.search(r"<style|style=|\son\w+=|javascript:|hx-on|\bjs:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", text)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


async def test_files_are_named_by_what_is_in_them_and_kept_for_ever(browser: Fresh) -> None:
    address = Pages().assets.address("desk.js")

    answer = await browser().get(address)

    assert 200 == answer.status_code
    assert (CONSOLE / "static" / "desk.js").read_bytes() == answer.content
    assert hashlib.sha256(answer.content).hexdigest().startswith(address.split("/")[2])
    assert "immutable" in answer.headers["cache-control"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert 404 == (await browser().get("/aset/0000000000000000/desk.js")).status_code
    assert 404 == (await browser().get(address.replace("desk.js", "..%2Fapp.py"))).status_code


def test_what_others_wrote_is_unchanged() -> None:
    told = (CONSOLE / "static" / "VENDORED.md").read_text(encoding="utf-8")
    sums = dict(re.findall(r"\| `([\w.]+)` .*`([0-9a-f]{64})`", told))

    assert {"htmx.min.js"} == sums.keys()
    for name, digest in sums.items():
        assert digest == hashlib.sha256((CONSOLE / "static" / name).read_bytes()).hexdigest()


def test_scripts_keep_nothing_in_the_browser_and_speak_to_nobody_else() -> None:
    for script in (CONSOLE / "static").glob("*.js"):
        if script.name != "htmx.min.js":
            text = script.read_text(encoding="utf-8")
            assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|https?://|\beval\(|new Function", text), (
                script.name
            )
