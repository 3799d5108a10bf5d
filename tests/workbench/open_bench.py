"""A running desk whose workbench has the office's own data files, copied: the fixtures of every `*_in_chromium.py` here."""

import secrets
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from damping.casework.doubt import CONSENT, Felt, Source
from damping.console.app import create_app
from damping.console.config import ConsoleConfig
from damping.store import doubt_keeping, heartbeats, migrate
from damping.store.context import Store
from damping.store.database import Database
from damping.store.live import Live
from damping.store.officer_sessions import Limits
from damping.store.sealing import Vault
from damping.wiring import workbench
from damping.workbench.bench import Bench
from rules.levels import Level
from tests.console.open_desk import TEXTS, served
from tests.console.people import Office
from tests.workbench.bench import ScriptedReader
from tests.workbench.model_shelf import a_model_bench

ROOT = Path(__file__).parents[2]
SAID = (  # invented; what is personal in them must not reach the pages
    ("suami saya Sukmojoyo nunggu di depan gang bawa mandau", Source.VOICES, "lapor_fisik", Level.KUNING),
    ("kak aku digas terus tiap malem sama dia, capek", Source.FALLBACK, "nlu_fallback", Level.HIJAU),
    ("kak aku digas terus tiap malem sama dia capekk", Source.FALLBACK, "nlu_fallback", Level.HIJAU),
    ("bukan suami, mantan, rumahnya di jl kenanga no 12", Source.CORRECTED, "beri_info", Level.HIJAU),
    ("klo surat nikah disobek bisa diurus ga bu", Source.CLOSE, "minta_bantuan_hukum", Level.HIJAU),
)


def guess(ranking: dict[str, float], reasons: tuple[str, ...] = (), danger: str = "hijau") -> dict[str, object]:
    """What the engine says of a sentence."""
    ranked = [{"intent": name, "confidence": sure} for name, sure in ranking.items()]
    hints = [{"voice": "kata", "level": danger, "reason": reason} for reason in reasons]
    return {"intent": ranked[0]["intent"], "confidence": 1.0, "danger": danger, "danger_by": hints, "ranking": ranked, "entities": []}


GUESSES = {
    "suami saya [nama] nunggu di depan gang bawa mandau": guess(
        {"darurat_sekarang": 0.41, "ancaman_nyawa": 0.37, "lapor_psikis": 0.08, "ungkap_takut": 0.05, "lapor_fisik": 0.03},
        ("mungkin gawat",),
        "kuning",
    ),
    "kak aku digas terus tiap malem sama dia, capek": guess(
        {"nlu_fallback": 1.0, "ungkap_sedih_lelah": 0.31, "lapor_psikis": 0.22, "lapor_fisik": 0.14, "iseng": 0.06, "sapa": 0.02}
    ),
}


@pytest.fixture
def bench_root(tmp_path: Path) -> Path:
    """The office's data files, copied."""
    for folder in ("data/nlu", "data/responses", "data/lexicon", "config"):
        shutil.copytree(ROOT / folder, tmp_path / "kantor" / folder)
    return tmp_path / "kantor"


@pytest.fixture
def desk(tmp_path: Path, bench_root: Path, limits: Limits, undo: timedelta) -> Iterator[tuple[Office, str]]:
    """A running desk: its office and its address; some doubts wait."""
    store = Store(Database(f"sqlite:///{tmp_path / 'desk.db'}"), Vault(secrets.token_bytes(32)))
    migrate.upgrade(store.database)
    heartbeats.beat(store, {"worker": "ready", "engine": "ready"})
    reader = ScriptedReader()
    reader.known |= GUESSES
    bench = Bench(store, bench_root, reader, a_model_bench(store, bench_root))
    store.masker = bench.masker
    for text, source, intent, level in SAID:
        doubt_keeping.keep_turn(store, {CONSENT: "ya"}, text, Felt(source, intent, level))
    app = create_app(
        ConsoleConfig(development=True, limits=limits, undo=undo), store, Live(store), TEXTS, annexes=(workbench.annex(bench),)
    )
    with served(app) as address:
        yield Office(store), address
    store.database.close()
