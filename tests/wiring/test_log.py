"""A log line never holds a person's words, name or number."""

import json
import subprocess
import sys

from damping.wiring import log

SECRET = "kenari 6280000007791 takut pulang"


def test_keys_that_are_not_on_the_list_are_dropped() -> None:
    kept = log.only_allowed(None, "info", {"event": "turn_taken", "text": SECRET, "conversation": "c1", "name": SECRET})

    assert {"event": "turn_taken", "conversation": "c1"} == kept


def test_long_strings_and_objects_are_not_written_out() -> None:
    kept = log.only_allowed(None, "info", {"event": "x", "error": SECRET * 4, "kind": {"text": SECRET}})

    assert SECRET not in json.dumps(kept)


def test_another_librarys_record_shows_who_spoke_not_what() -> None:
    script = f"""
import logging
from damping.wiring import log
log.configure("test")
try:
    raise ValueError({SECRET!r})
except ValueError:
    logging.getLogger("some.library").exception("could not handle %s", {SECRET!r})
"""
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert "kenari" not in told.stderr + told.stdout
    assert "some.library" in told.stderr
    assert "ValueError" in told.stderr


def test_a_full_disk_costs_a_line_and_not_the_process() -> None:
    """The crash run found it: a worker whose log had no room ended, and with it every answer."""
    script = """
import structlog
from damping.wiring import log
log.configure("worker")
for _ in range(3):
    structlog.get_logger().error("worker_error", error="x" * 60)
print("lives")
"""
    with open("/dev/full", "w") as full:
        told = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=full, text=True, check=False)

    assert "lives\n" == told.stdout
