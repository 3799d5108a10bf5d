"""Reads the trainers' files with libyaml instead of ruamel's Python: a fifth of the time of a training on two cores.

Only the good case is faster: whatever libyaml or the schema refuses is read again in Rasa's own way, which names the line.
"""

from typing import Any

import rasa
import rasa.shared.utils.io
import rasa.shared.utils.validation
import yaml

from engine import RASA


class Loader(yaml.CSafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """YAML 1.2 in what the files use: only true and false are truth values, so that 'ya', 'on' and 'no' stay words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def install() -> None:
    """Raises RuntimeError under any other Rasa."""
    if rasa.__version__ != RASA:
        raise RuntimeError(f"Rasa {RASA} is what this is made for, this is {rasa.__version__}")
    reading, checking = rasa.shared.utils.io, rasa.shared.utils.validation
    slow_read, slow_check = reading.read_yaml, checking.validate_yaml_schema
    if getattr(slow_read, "fast", False):
        return

    def read(content: str, reader_type: Any = "safe") -> Any:
        if reader_type != "safe":
            return slow_read(content, reader_type)
        try:
            return yaml.load(content, Loader) or {}  # noqa: S506  # a safe loader
        except yaml.YAMLError:
            return slow_read(content, reader_type)

    def check(content: str, schema_path: str, package_name: str = rasa.shared.utils.validation.PACKAGE_NAME) -> None:
        reading.read_yaml = lambda text, *_, **__: read(text)
        try:
            slow_check(content, schema_path, package_name)
        except Exception:  # noqa: BLE001  # again, with lines
            reading.read_yaml = slow_read
            slow_check(content, schema_path, package_name)
        finally:
            reading.read_yaml = read

    read.fast = True  # type: ignore[attr-defined]  # a mark of ours
    reading.read_yaml, checking.validate_yaml_schema = read, check
