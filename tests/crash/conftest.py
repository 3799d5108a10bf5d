"""The double of Meta for every crash test."""

from collections.abc import AsyncIterator

import pytest

from tests.crash.meta import Meta


@pytest.fixture
async def meta() -> AsyncIterator[Meta]:
    """Started by the test, stopped after it."""
    double = Meta()
    yield double
    await double.stop()
