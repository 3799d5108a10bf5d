"""How well the assistant understands, measured on messages it was never trained on, and told so that a layperson can judge.

`measure(gold, parsed)` is the whole calculation: plain dataclasses in, plain dataclasses out, no Rasa. It is the same for
the model that serves, for a new one and for stock Rasa, so that two can be compared.
"""

from engine.evaluate.gold import FALLBACK, Gold, Span
from engine.evaluate.measure import Measured, measure

__all__ = ["FALLBACK", "Gold", "Measured", "Span", "measure"]
