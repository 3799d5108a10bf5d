"""A log line never holds a person's words, name or number."""

import json
import logging

import pytest
import structlog

from damping.wiring import log

SECRET = "kenari 6280000007791 takut pulang"


@pytest.fixture(autouse=True)
def _own_logging() -> object:
    log.configure("test")
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.basicConfig(level=logging.WARNING, handlers=[], force=True)


def test_keys_that_are_not_on_the_list_are_dropped() -> None:
    kept = log.only_allowed(None, "info", {"event": "turn_taken", "text": SECRET, "conversation": "c1", "name": SECRET})

    assert {"event": "turn_taken", "conversation": "c1"} == kept


def test_long_strings_and_objects_are_not_written_out() -> None:
    kept = log.only_allowed(None, "info", {"event": "x", "error": SECRET * 4, "kind": {"text": SECRET}})

    assert SECRET not in json.dumps(kept)


def test_another_librarys_record_shows_who_spoke_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("some.library").exception("could not handle %s", SECRET)

    told = capsys.readouterr().err
    assert "kenari" not in told
    assert "some.library" in told
    assert "ValueError" in told
