"""The trained model with the real actions, for those who play a person (`engine.compare.plays.Person`)."""

import warnings
from functools import lru_cache
from importlib.util import find_spec

import pytest

if find_spec("rasa") is None:
    pytest.skip("Rasa lives in .venv-engine: run this with .venv-engine/bin/python -m pytest tests/conversations", allow_module_level=True)

with warnings.catch_warnings():  # Rasa's imports warn
    warnings.simplefilter("ignore")
    from engine import absent, quiet

    quiet.silence()
    absent.install()
    quiet.quiet_rasa()
    from engine import faster, inside, models, office, train
    from engine.assistant import Assistant


@lru_cache(maxsize=1)
def trained() -> Assistant:
    """The current model, with the real actions; loaded once. Skips in words where none is trained."""
    folder = models.current(train.Project().models)
    if folder is None:
        pytest.skip("no model is trained: make train")
    faster.install()
    actions = inside.InsideEndpoint("actions", 5.0)
    return models.load(folder, models.manifest(folder)["sha256"], actions, office.placeholders()).assistant
