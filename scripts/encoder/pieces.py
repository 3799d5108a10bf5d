"""Which of the 250,000 word pieces an Indonesian chat needs, and the tokenizer made of them.

Kept: every piece that occurs when the project's own texts and the frequent words of Indonesian, Malay and English (package
`wordfreq`) are cut up, and every single letter, digit, sign and emoji, so that no word is unknown.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml
from source import Source
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

ROOT = Path(__file__).resolve().parents[2]
SPECIAL = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_WORDS = {"id": 60_000, "ms": 20_000, "en": 15_000}


def tokenizer(pieces: list[tuple[str, float]]) -> Tokenizer:
    """Cuts lower-cased NFKC text; letters typed more than twice in a row count as two. Offsets are those of the raw text."""
    made = Tokenizer(models.Unigram(pieces, unk_id=SPECIAL["<unk>"], byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(r"[\p{C}\s]+"), " "),
            normalizers.Replace(Regex(r"(?<=(.)\1)\1+"), ""),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    return made


def needed(source: Source, texts: Iterable[str]) -> list[int]:
    """The numbers of the pieces to keep, special pieces first, ascending."""
    whole = tokenizer(list(zip(source.pieces, source.scores.tolist(), strict=True)))
    counts: Counter[int] = Counter()
    for encoding in whole.encode_batch(list(texts)):
        counts.update(encoding.ids)
    single = {i for i, piece in enumerate(source.pieces) if len(piece.lstrip("▁")) <= 1 and _useful(piece)}
    kept = set(counts) | single
    return [*range(4), *sorted(i for i in kept if i > 3)]


def _useful(piece: str) -> bool:
    letter = piece.lstrip("▁") or "▁"
    code = ord(letter)
    return code < 0x250 or 0x2000 <= code < 0x2C00 or code >= 0x1F000 or letter == "▁"


def project_texts() -> list[str]:
    """Training messages without marks, and the words of the word lists."""
    texts: list[str] = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            texts += [_MARK.sub(r"\1", example["text"]) for example in block.get("examples", [])]
    for path in sorted((ROOT / "data" / "lexicon").rglob("*.tsv")):
        texts += path.read_text(encoding="utf-8").splitlines()
    return texts


def frequent_words() -> list[str]:
    """From `wordfreq` (data CC BY-SA 4.0; only which pieces occur is taken from it)."""
    import wordfreq

    return [word for language, count in _WORDS.items() for word in wordfreq.top_n_list(language, count)]
