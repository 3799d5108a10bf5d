"""TensorFlow and Keras, which Rasa imports and this assistant never uses, are replaced by empty stand-ins.

Importing Rasa then takes 5 s instead of 13 and some 350 MB less, and libraries that get no security fixes any more
never run in the process that reads victims' messages. Using a stand-in for real work raises `NotLoaded`.
"""
# ruff: noqa: ARG002  # the signatures are Python's

import importlib.abc
import importlib.machinery
import importlib.metadata
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

from engine import RASA

NAMES = ("tensorflow", "keras", "tensorflow_hub", "tensorflow_text", "tensorflow_addons")
_INNER = {"__internal__", "__operators__"}  # the only double-underscore names that TensorFlow's users look up


class NotLoaded(RuntimeError):
    """A component needs TensorFlow, which this engine does not load; use a linear component (docs: engine)."""


class _StandIn(type):
    """A class whose every attribute is another such class; usable as base class, type hint and decorator, not for work."""

    def __getattr__(cls, name: str) -> "_StandIn":
        if name.startswith("__") and name not in _INNER:
            raise AttributeError(name)
        made = _StandIn(name, (), {})
        setattr(cls, name, made)
        return made

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__module__ != __name__:  # somebody's subclass, that is: real work
            raise NotLoaded()
        return args[0] if len(args) == 1 and not kwargs and callable(args[0]) else cls

    def __len__(cls) -> int:
        return 0

    def __bool__(cls) -> bool:
        return True

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __getitem__(cls, key: Any) -> "_StandIn":
        return cls


class _Module(types.ModuleType):
    def __getattr__(self, name: str) -> _StandIn:
        if name.startswith("__") and name not in _INNER:
            raise AttributeError(name)
        made = _StandIn(name, (), {})
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Sequence[str] | None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in NAMES:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def install() -> bool:
    """Call before Rasa or spaCy is imported. False, and nothing done, where this is not the Rasa it was tested with."""
    if importlib.metadata.version("rasa") != RASA or "tensorflow" in sys.modules:
        return False
    sys.modules["tensorflow"] = None  # type: ignore[assignment]  # Python's own mark for "cannot be imported"
    import thinc.compat  # noqa: F401  # spaCy's backend asks for TensorFlow once, and must hear no

    del sys.modules["tensorflow"]
    sys.meta_path.insert(0, _Finder())
    return True
