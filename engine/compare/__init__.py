"""A new model beside the one that serves: the same messages to both, what became better and what worse, and what the gate must know.

`compare(sets, before, after)` is the whole calculation: parse data in, plain dataclasses out, no Rasa.
"""

from engine.compare.comparing import Compared, compare
from engine.compare.sets import Sets

__all__ = ["Compared", "Sets", "compare"]
