"""One toy model a session, trained by the very code that trains the real one; engines on sockets as real processes."""

import warnings
from pathlib import Path

import pytest

from engine import absent, quiet

with warnings.catch_warnings():  # the suite turns warnings into errors; Rasa's imports are full of them
    quiet.silence()
    absent.install()
    quiet.quiet_rasa()
    import rasa.model_training  # noqa: F401
    import spacy  # noqa: F401

    from engine import faster, inside, models, office, train
    from engine.assistant import Assistant

TOY = Path(__file__).parent / "toy"
ACTIONS = "tests.engine.toy.toyactions"
ACTION_LIMIT = 0.5


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Rasa warns at run time as well."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.filterwarnings("ignore"))


@pytest.fixture(scope="session")
def toy(tmp_path_factory: pytest.TempPathFactory) -> train.Project:
    """The toy assistant's files, with a models folder of this session's own."""
    return train.Project(domain=TOY / "domain.yml", data=TOY / "data", actions=ACTIONS, models=tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def toy_model(toy: train.Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the trained toy model."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.chdir(tmp_path_factory.mktemp("cache"))
        return train.train(toy, train.Progress())


@pytest.fixture(scope="session")
def actions() -> inside.InsideEndpoint:
    """The toy's actions, with little patience."""
    faster.install()
    return inside.InsideEndpoint(ACTIONS, ACTION_LIMIT)


@pytest.fixture(scope="session")
def assistant(toy_model: Path, actions: inside.InsideEndpoint) -> Assistant:
    """The toy assistant, in this process."""
    return models.load(toy_model, models.manifest(toy_model)["sha256"], actions, office.placeholders()).assistant
