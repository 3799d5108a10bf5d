"""A workbench on a folder of its own: small invented data files, and an engine that says what it is told to."""

from pathlib import Path
from typing import Any

from damping.casework.dialogue import EngineUnavailable
from damping.store.context import Store
from damping.workbench.bench import Bench
from tests.workbench.model_shelf import a_model_bench

NLU = """version: "3.1"
nlu:
- intent: "sapa"
  examples:
  - {text: "assalamualaikum", metadata: {danger: "hijau", writer: "w01"}}
  - {text: "halo kak", metadata: {danger: "hijau", writer: "w02"}}
  - {text: "selamat pagi bu", metadata: {danger: "hijau", writer: "w03"}}
- intent: "pamit"
  examples:
  - {text: "sampai nanti ya kak", metadata: {danger: "hijau", writer: "w01"}}
  - {text: "udah dulu ya", metadata: {danger: "hijau", writer: "w02"}}
"""
DANGER = """version: "3.1"
nlu:
- intent: "ancaman_nyawa"
  examples:
  - {text: "[suami](hubungan) ngancam pakai [golok](senjata)", metadata: {danger: "merah", writer: "w01"}}
  - {text: "dia bilang mau bunuh aku", metadata: {danger: "merah", writer: "w02"}}
"""
RESPONSES = """# Kemudi percakapan: kalimat contoh.
version: "3.1"
responses:
  utter_sapa:
    - text: "Halo, selamat datang."
    - text: "Halo. Silakan menulis kapan saja."
"""
ALARM = """# Keadaan gawat.
version: "3.1"
responses:
  utter_alarm:
    - text: "Pesan ini sudah diterima. Polisi <polisi>, ambulans <ambulans>."
      buttons: &keluar
        - title: "Petugas"
          payload: "petugas"
        - title: "Berhenti dulu"
          payload: "berhenti"
    - text: "Petugas sedang dipanggil. Polisi <polisi>."  # boleh layar-kunci: alarm sudah berbunyi
      buttons: *keluar
"""
LANDMARKS = """# Patokan. Kolom dipisah tab.
Pasar Contoh\tKedaton\tpsr contoh; contoh\tbelum dipastikan
"""
OFFICE = """office:
  name: "Kantor Contoh"
assistant:
  name: "Damping"
words:
  kantor: "Kantor Contoh"
hotlines:
  - {placeholder: "polisi", name: "Polisi", number: "110"}
  - {placeholder: "ambulans", name: "Ambulans", number: "119"}
"""
FILES = {
    "data/nlu/kemudi.yml": NLU,
    "data/nlu/bahaya.yml": DANGER,
    "data/responses/kemudi.yml": RESPONSES,
    "data/responses/bahaya.yml": ALARM,
    "data/lexicon/patokan.tsv": LANDMARKS,
    "config/office.yml": OFFICE,
}


class ScriptedReader:
    """Understands what it was told to; everything else is `di_luar_topik`, and it can be down."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Any]] = {}
        self.down = False

    async def parse(self, texts: list[str]) -> list[dict[str, Any]]:
        if self.down:
            raise EngineUnavailable
        otherwise = {"intent": "di_luar_topik", "confidence": 0.3, "danger": "hijau", "danger_by": [], "entities": [], "ranking": []}
        return [self.known.get(text, otherwise) for text in texts]


def a_bench(store: Store, root: Path) -> Bench:
    """With small invented files."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return Bench(store, root, ScriptedReader(), a_model_bench(store, root))
