"""The double of Meta for every crash test, and a clean end: killed processes leave half-open connections behind."""

import gc
import warnings
from collections.abc import AsyncIterator, Generator

import pytest

from tests.crash.meta import Meta


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    """They are collected here, and not in whichever test runs next."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
async def meta() -> AsyncIterator[Meta]:
    """Started by the test, stopped after it."""
    double = Meta()
    yield double
    await double.stop()
