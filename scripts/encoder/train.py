"""Teaches the network: examples into batches, three losses in one, what it has learnt."""

import math
import random
import re
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pieces
import source
import torch
import yaml
from network import Taught
from noise import misspelt
from torch.nn import functional as F

SEED = 20261124
LONGEST = 160  # pieces of a message that are read
BATCH_PIECES = 700
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
LEVELS = {"hijau": (0.0, 0.0), "kuning": (0.0, 1.0), "merah": (1.0, 1.0)}


@dataclass(frozen=True)
class Example:
    """One message with everything the heads learn from."""

    text: str
    intent: str
    danger: str
    writer: str
    marks: tuple[tuple[int, int, str], ...]


def examples(folder: Path) -> list[Example]:
    """All messages of the trainers' files, marks taken out of the text."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]:
            for one in block.get("examples", []):
                text, marks = _unmarked(one["text"])
                about = one.get("metadata", {})
                found.append(Example(text, block["intent"], about.get("danger", "hijau"), about.get("writer", ""), marks))
    return found


def _unmarked(text: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    plain, marks, end = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[end : match.start()]
        marks.append((len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        end = match.end()
    return plain + text[end:], tuple(marks)


class Feeder:
    """Messages cut into batches of similar length; misspelt anew in every round."""

    def __init__(self, tokenizer: pieces.Tokenizer, intents: list[str], tags: list[str]) -> None:
        self.tokenizer, self.intents, self.tags = tokenizer, {n: i for i, n in enumerate(intents)}, {n: i for i, n in enumerate(tags)}

    def batch(self, rows: list[tuple[list[int], list[int], Example]]) -> tuple[torch.Tensor, ...]:
        """ids, real, intents, danger, tags (-100 where there is none to learn)."""
        long = max(len(ids) for ids, _, _ in rows)
        ids = torch.full((len(rows), long), 1)
        tags = torch.full((len(rows), long), -100)
        for i, (piece_ids, piece_tags, _) in enumerate(rows):
            ids[i, : len(piece_ids)] = torch.tensor(piece_ids)
            tags[i, : len(piece_tags)] = torch.tensor(piece_tags)
        intents = torch.tensor([self.intents[e.intent] for *_, e in rows])
        danger = torch.tensor([LEVELS[e.danger] for *_, e in rows])
        return ids, (ids != 1).float(), intents, danger, tags

    def rows(self, chosen: list[Example], luck: random.Random | None) -> list[tuple[list[int], list[int], Example]]:
        """Piece numbers and tags of each message; with `luck`, half of the messages are misspelt."""
        made = []
        for example in chosen:
            text, places = example.text, list(range(len(example.text)))
            if luck is not None and luck.random() < 0.5:
                text, places = misspelt(text, luck, luck.choice([0.1, 0.2, 0.35]))
            encoding = self.tokenizer.encode(text)
            ids = [0, *encoding.ids[: LONGEST - 2], 2]
            if luck is not None:
                ids = [3 if 1 < n < len(ids) - 1 and luck.random() < 0.04 else i for n, i in enumerate(ids)]
            tags = [-100, *(self._tag(example, places, a, b) for a, b in encoding.offsets[: LONGEST - 2]), -100]
            made.append((ids, tags, example))
        return made

    def _tag(self, example: Example, places: list[int], start: int, end: int) -> int:
        if start >= len(places):
            return -100
        first, last = places[start], places[min(end, len(places)) - 1] + 1
        for a, b, label in example.marks:
            if first < b and last > a:
                return self.tags[label]
        return 0

    def batches(self, chosen: list[Example], luck: random.Random) -> list[tuple[torch.Tensor, ...]]:
        """One round over the messages in chance order."""
        rows = self.rows(chosen, luck)
        luck.shuffle(rows)
        rows.sort(key=lambda row: len(row[0]) + luck.random() * 4)
        groups: list[list[tuple[list[int], list[int], Example]]] = [[]]
        for row in rows:
            if (groups[-1] and len(row[0]) * (len(groups[-1]) + 1) > BATCH_PIECES) or len(groups[-1]) >= 32:
                groups.append([])
            groups[-1].append(row)
        luck.shuffle(groups)
        return [self.batch(group) for group in groups]


def loss(margins: tuple[torch.Tensor, ...], wanted: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Intent, danger (a missed one costs more) and entities, weighed."""
    intent, danger, tags = (m.float() for m in margins)
    one = F.cross_entropy(intent, wanted[0], label_smoothing=0.05)
    two = F.binary_cross_entropy_with_logits(danger, wanted[1], pos_weight=torch.tensor([2.0, 1.3]))
    three = F.cross_entropy(tags.flatten(0, 1), wanted[2].flatten(), ignore_index=-100)
    return one + two + 0.3 * torch.nan_to_num(three)


def teach(network: Taught, feeder: Feeder, chosen: list[Example], rounds: float, rate: float, say: bool = True) -> None:
    """AdamW with warm-up and linear decay; lower layers learn more slowly."""
    luck = random.Random(SEED)
    torch.manual_seed(SEED)
    estimate = len(feeder.batches(chosen, random.Random(0)))
    steps, warm = int(estimate * rounds), int(estimate * rounds * 0.06) + 1
    optimiser = torch.optim.AdamW(_groups(network, rate), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / max(1, steps - warm))))
    began, done, running = time.monotonic(), 0, math.nan
    network.train()
    while done < steps:
        for ids, real, *wanted in feeder.batches(chosen, luck):
            with torch.autocast("cpu", torch.bfloat16, enabled=BF16):
                margins = network(ids, real)
            value = loss(margins, tuple(wanted))
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            running = value.item() if math.isnan(running) else 0.98 * running + 0.02 * value.item()
            if say and done % 50 == 0:
                print(f"{done}/{steps} loss {running:.3f} {time.monotonic() - began:.0f} s", flush=True)
            if done >= steps:
                break


BF16 = torch.backends.mkldnn.is_available()


def warm_heads(network: Taught, feeder: Feeder, chosen: list[Example]) -> None:
    """Starts the heads where a linear model on the untaught vectors ends: e5's vectors lie too close together to start from nothing."""
    from sklearn.linear_model import LogisticRegression

    *_, vectors = margins(network, feeder, chosen)
    middle, spread = vectors.mean(0), vectors.std(0) + 1e-4
    vectors = (vectors - middle) / spread

    def fitted(head: torch.nn.Linear, wanted: list[object]) -> None:
        model = LogisticRegression(C=0.05, max_iter=200, class_weight="balanced").fit(vectors, wanted)
        weights = model.coef_ / spread
        with torch.no_grad():
            head.weight.copy_(torch.from_numpy(weights))
            head.bias.copy_(torch.from_numpy(model.intercept_ - weights @ middle))

    fitted(network.intent, [feeder.intents[e.intent] for e in chosen])
    for number in range(2):
        part = torch.nn.Linear(source.HIDDEN, 1)
        fitted(part, [LEVELS[e.danger][number] for e in chosen])
        with torch.no_grad():
            network.danger.weight[number].copy_(part.weight[0])
            network.danger.bias[number].copy_(part.bias[0])


def _groups(network: Taught, rate: float) -> list[dict[str, object]]:
    layers = list(network.encoder.layers)
    groups: list[dict[str, object]] = [
        {"params": [*network.intent.parameters(), *network.danger.parameters(), *network.entity.parameters()], "lr": rate * 5},
        {
            "params": [*network.encoder.words.parameters(), *network.encoder.places.parameters(), *network.encoder.norm.parameters()],
            "lr": rate * 0.4,
        },
    ]
    return groups + [{"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(layers) - 1 - n)} for n, layer in enumerate(layers)]


@torch.no_grad()
def margins(network: Taught, feeder: Feeder, chosen: list[Example]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """intents, danger and mean vectors of each message, unchanged order."""
    network.eval()
    rows = list(enumerate(feeder.rows(chosen, None)))
    rows.sort(key=lambda row: len(row[1][0]))
    intent, danger = np.zeros((len(rows), len(feeder.intents))), np.zeros((len(rows), 2))
    vectors = np.zeros((len(rows), source.HIDDEN), np.float32)
    for start in range(0, len(rows), 48):
        group = rows[start : start + 48]
        ids, real, *_ = feeder.batch([row for _, row in group])
        mean, _ = network.encoder(ids, real)
        where = [n for n, _ in group]
        intent[where], danger[where], vectors[where] = network.intent(mean), network.danger(mean), mean
    return intent, danger, vectors
