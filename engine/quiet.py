"""Silence before anything else: no telemetry, one thread for numbers, and log lines that hold ids and kinds, never text.

Rasa prints every message at debug level unless told otherwise, and its error lines carry the text that failed. So the
only handler there is drops what a record says: it writes where it came from, how grave it is and the class of the error.
"""
# ruff: noqa: ARG001  # the signatures are Python's

import json
import logging
import os
import re
import sys
import time
import warnings

_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "ERROR",  # also the word at which Rasa draws no progress bars of its own
}
_OURS = "engine"
_PLAIN = re.compile(r"[A-Za-z0-9_.:/ -]{0,80}")
_FIELDS = {"conversation", "kind", "reason", "ms", "model", "status", "socket", "port", "path", "texts", "version", "pid"}


class KindsOnly(logging.Handler):
    """One JSON line a record on stderr: time, level, logger, class of the error. Our own records add allow-listed fields."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the line; the record's message only where it is ours."""
        line: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "from": _plain(record.name),
        }
        if record.name == _OURS:
            line["event"] = _plain(str(record.msg))
            line.update({key: _plain(value) for key, value in getattr(record, "fields", {}).items() if key in _FIELDS})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        sys.stderr.write(json.dumps(line) + "\n")
        sys.stderr.flush()


def _plain(value: object) -> object:
    """Numbers as they are; a string only where it cannot be anybody's sentence in disguise: short and of plain signs."""
    if value is None or isinstance(value, (int, float, bool)):
        return value
    text = str(value)
    return text if _PLAIN.fullmatch(text) else "-"


def silence() -> None:
    """Call once, before Rasa or anything that it brings along is imported."""
    for name, value in _ENVIRONMENT.items():
        os.environ[name] = value
    root = logging.getLogger()
    root.handlers[:] = [KindsOnly()]
    root.setLevel(logging.ERROR)
    logging.getLogger(_OURS).setLevel(logging.INFO)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    warnings.simplefilter("ignore")
    sys.excepthook = _uncaught


def quiet_rasa() -> None:
    """Rasa's own structured logger, at a level at which it says nothing; needs Rasa, so it comes after `silence`."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.CRITICAL)


def say(event: str, level: int = logging.INFO, **fields: object) -> None:
    """One line of the engine's own: an event's name and ids, kinds or numbers about it."""
    logging.getLogger(_OURS).log(level, event, extra={"fields": fields})


def _uncaught(kind: type[BaseException], error: BaseException, trace: object) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        where = _place(error)
        say("stopped", logging.CRITICAL, kind=kind.__name__, reason=where)


def _place(error: BaseException) -> str:
    """`file:line` of the innermost frame, which says where without saying what."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
