"""The encoder as a PyTorch module: BERT's layers, small, with three heads that teach it what this office needs to tell apart."""

import math

import torch
from source import HEADS, HIDDEN, INNER, Source
from torch import nn
from torch.nn import functional as F


class Layer(nn.Module):
    """Attention and feed-forward, each added and normalised afterwards."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.first, self.second = nn.LayerNorm(HIDDEN, eps=1e-12), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """x: messages x pieces x 384; mask: messages x 1 x 1 x pieces, 0 or a very low number."""
        many, long, _ = x.shape
        q, k, v = self.qkv(x).view(many, long, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        weights = (q @ k.transpose(-1, -2)) / math.sqrt(HIDDEN // HEADS) + mask
        seen = F.dropout(weights.softmax(-1), self.dropout, self.training) @ v
        x = self.first(x + F.dropout(self.out(seen.transpose(1, 2).reshape(many, long, HIDDEN)), self.dropout, self.training))
        return self.second(x + F.dropout(self.outer(F.gelu(self.inner(x))), self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces to vectors: one a piece, and their mean a message."""

    def __init__(self, pieces: int, layers: int, longest: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(pieces, HIDDEN), nn.Embedding(longest, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = dropout

    def forward(self, ids: torch.Tensor, real: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """ids, real: messages x pieces (real 1.0 or 0.0); returns messages x 384 and messages x pieces x 384."""
        x = self.norm(self.words(ids) + self.places(torch.arange(ids.shape[1])))
        x = F.dropout(x, self.dropout, self.training)
        mask = (1.0 - real)[:, None, None, :] * -10_000.0
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x * real[..., None]).sum(1) / real.sum(1, keepdim=True).clamp(min=1.0)
        return mean, x


class Sentence(nn.Module):
    """What the engine runs: the mean alone."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """messages x 384."""
        return self.encoder(ids, real)[0]  # type: ignore[no-any-return]


class Taught(nn.Module):
    """The encoder with a head for the intent, one for the level of danger (two yes/no questions), one for entities."""

    def __init__(self, encoder: Encoder, intents: int, entities: int) -> None:
        super().__init__()
        self.encoder = encoder
        self.intent, self.danger, self.entity = nn.Linear(HIDDEN, intents), nn.Linear(HIDDEN, 2), nn.Linear(HIDDEN, entities)

    def forward(self, ids: torch.Tensor, real: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Margins: messages x intents, messages x 2 (merah; merah or kuning), messages x pieces x entity tags."""
        mean, each = self.encoder(ids, real)
        mean = F.dropout(mean, 0.1, self.training)
        return self.intent(mean), self.danger(mean), self.entity(each)


def from_source(source: Source, kept: list[int], layers: list[int], longest: int) -> Encoder:
    """The pretrained weights of these layers and pieces."""
    made = Encoder(len(kept), len(layers), longest)
    w = {name: torch.from_numpy(value.copy()) for name, value in source.weights.items()}
    with torch.no_grad():
        made.words.weight.copy_(torch.from_numpy(source.rows(kept)))
        made.places.weight.copy_(w["emb.pos"].view(-1, HIDDEN)[:longest] + w["emb.type"][:HIDDEN])
        made.norm.weight.copy_(w["emb.ln.w"])
        made.norm.bias.copy_(w["emb.ln.b"])
        for layer, number in zip(made.layers, layers, strict=True):
            _fill(layer, {name.split(".", 1)[1]: value for name, value in w.items() if name.startswith(f"l{number}.")})
    return made


def _fill(layer: nn.Module, w: dict[str, torch.Tensor]) -> None:
    layer.qkv.weight.copy_(torch.cat([w["q.w"], w["k.w"], w["v.w"]]))
    layer.qkv.bias.copy_(torch.cat([w["q.b"], w["k.b"], w["v.b"]]))
    pairs = {"out": "ao", "inner": "fi", "outer": "fo", "first": "aln", "second": "oln"}
    for mine, theirs in pairs.items():
        getattr(layer, mine).weight.copy_(w[f"{theirs}.w"])
        getattr(layer, mine).bias.copy_(w[f"{theirs}.b"])
