"""The office's numbers, hours and names, which spoken text asks for as <polisi>, <kantor>, <jam>."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from engine import ROOT
from rules.advice import place_key
from rules.levels import Level
from rules.office_signs import OfficeWord
from rules.place_names import CITY

LANDMARKS = ROOT / "data" / "lexicon" / "patokan.tsv"
DANGER_WORDS = ROOT / "data" / "lexicon" / "kata_kantor.tsv"
PATH = ROOT / "config" / "office.yml"
_RINGING = (Level.MERAH.value, Level.KUNING.value)


def placeholders(path: Path = PATH) -> dict[str, str]:
    """{placeholder: what is said}: the file's words, each hotline's number, and the nearest place of each kind by kecamatan."""
    content: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    found = {str(name): str(said) for name, said in (content.get("words") or {}).items()}
    found.update({str(line["placeholder"]): str(line["number"]) for line in content.get("hotlines") or []})
    return {**_places(content.get("directory") or []), **found}


def landmarks(path: Path = LANDMARKS) -> dict[str, list[str]]:
    """{spelling: its kecamatan}, as the office edits them."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found: dict[str, list[str]] = {}
    for line in lines:
        name, kecamatan, others, *_ = [*line.split("\t"), "", "", ""]
        if name.strip() and not name.startswith("#"):
            for spelling in (name, *others.split(";")):
                if spelling.strip():
                    found[spelling.strip().lower()] = [one.strip() for one in kecamatan.split(";")]
    return found


def _places(directory: list[dict[str, Any]]) -> dict[str, str]:
    """For each kind of place the nearest one to each kecamatan; what the office did not confirm is said to be unconfirmed."""
    found: dict[str, str] = {}
    for place in directory:
        number = f", {place['number']}" if place.get("number") else ""
        said = f"{place['name']}{number}{'' if place.get('confirmed') else ' (belum dipastikan kantor)'}"
        near = place.get("near") or []
        for where in near or [*CITY, "kota"]:
            key = place_key(str(place["kind"]), where)
            if near or key not in found:
                found[key] = said
    return found


def danger_words(path: Path = DANGER_WORDS) -> list[OfficeWord]:
    """The office's additions to the word list of danger; a line that cannot be read is left out."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    parts = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [OfficeWord(words.strip(), Level(level)) for words, level, *_ in (one for one in parts if len(one) > 1) if level in _RINGING]
