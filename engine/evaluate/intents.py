"""Which intent was understood, how often rightly, what is mistaken for what, and whether the certainty can be believed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.evaluate.figures import Calibration, Rate, Score, calibration, mean, rate, score
from engine.evaluate.gold import FALLBACK, Gold

_MOST_PAIRS = 15
OUTSIDE = ("di_luar_topik", "iseng", FALLBACK)
YES_OR_NO = ("setuju", "tolak")


def said(parsed: dict[str, Any]) -> str:
    """The intent answered; nothing understood is a fallback."""
    return str(parsed["intent"].get("name") or FALLBACK)


def guess(parsed: dict[str, Any]) -> tuple[str, float]:
    """What the model would have said without a guard, and how certain it was."""
    for one in parsed.get("intent_ranking") or [parsed["intent"]]:
        if one.get("name") and one["name"] != FALLBACK:
            return str(one["name"]), float(one["confidence"])
    return FALLBACK, 0.0


@dataclass(frozen=True)
class Pair:
    """One intent taken for another, and how often."""

    wanted: str
    said: str
    count: int


@dataclass(frozen=True)
class Intents:
    """`accuracy` counts a fallback as wrong; `best_guess` asks what the model would have said without the guard.
    `macro_f1` is the mean over the intents wanted. `matrix[wanted][said]`, both in the order of `labels`."""

    accuracy: Rate
    best_guess: Rate
    macro_f1: float
    fallback: Rate
    by_intent: list[Score]
    confused: list[Pair]
    labels: list[str]
    matrix: list[list[int]]
    calibration: Calibration


def intents(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> Intents:
    """Messages that mean nothing are left out: see `outside`."""
    both = [(g, p) for g, p in zip(gold, parsed, strict=True) if g.intent != FALLBACK]
    pairs = Counter((g.intent, said(p)) for g, p in both)
    wanted, answered = Counter(g.intent for g, _ in both), Counter(said(p) for _, p in both)
    scores = [score(name, pairs[name, name], answered[name], wanted[name]) for name in sorted(wanted)]
    guesses = [guess(p) for _, p in both]
    right = [name == g.intent for (name, _), (g, _) in zip(guesses, both, strict=True)]
    labels = sorted(set(wanted) | set(answered))
    return Intents(
        accuracy=rate(sum(n for (a, b), n in pairs.items() if a == b), len(both)),
        best_guess=rate(sum(right), len(both)),
        macro_f1=mean(s.f1 for s in scores),
        fallback=rate(answered[FALLBACK], len(both)),
        by_intent=scores,
        confused=[Pair(a, b, n) for (a, b), n in pairs.most_common() if a != b and n > 1][:_MOST_PAIRS],
        labels=labels,
        matrix=[[pairs[a, b] for b in labels] for a in labels],
        calibration=calibration([certain for _, certain in guesses], right),
    )


@dataclass(frozen=True)
class Beyond:
    """Messages that are none of the office's business: taken for what they are, not understood, or taken for something else."""

    name: str
    right: Rate
    fallback: Rate
    misread: Rate


def outside(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> list[Beyond]:
    """One line each for off-topic, pranks and messages that say nothing; a prank taken for off-topic is right enough."""
    found = []
    for name in OUTSIDE:
        answers = [said(p) for g, p in zip(gold, parsed, strict=True) if g.intent == name]
        right = sum(answer in OUTSIDE and (answer != FALLBACK or name == FALLBACK) for answer in answers)
        unsure = answers.count(FALLBACK)
        misread = sum(answer not in OUTSIDE for answer in answers)
        if answers:
            found.append(Beyond(name, rate(right, len(answers)), rate(unsure, len(answers)), rate(misread, len(answers))))
    return found


@dataclass(frozen=True)
class Misread:
    """A message of the measuring set and what was made of it."""

    text: str
    wanted: str
    said: str
    certainty: float


@dataclass(frozen=True)
class YesNo:
    """Yes and no that nobody gave. `opposite`: a no taken for a yes or the other way round, which is worse than any other."""

    false_yes: int
    false_no: int
    opposite: int
    short: int  # of the three, in texts of three words or fewer
    checked: int
    texts: list[Misread]


def yes_no(gold: Sequence[Gold], parsed: Sequence[dict[str, Any]]) -> YesNo:
    """Every message that was taken for a yes or a no and is none."""
    wrong = [(g, p) for g, p in zip(gold, parsed, strict=True) if said(p) in YES_OR_NO and said(p) != g.intent]
    return YesNo(
        false_yes=sum(said(p) == YES_OR_NO[0] for _, p in wrong),
        false_no=sum(said(p) == YES_OR_NO[1] for _, p in wrong),
        opposite=sum(g.intent in YES_OR_NO for g, _ in wrong),
        short=sum(len(g.text.split()) <= 3 for g, _ in wrong),
        checked=len(gold),
        texts=[Misread(g.text, g.intent, said(p), round(float(p["intent"]["confidence"]), 4)) for g, p in wrong],
    )
