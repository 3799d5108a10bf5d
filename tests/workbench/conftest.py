"""The desk with its workbench, on small invented files; in Chromium on the office's own, copied."""

from tests.console.conftest import app, bench, browser, insecure_argon2, office, paused, pytest_generate_tests
from tests.console.open_desk import chromium, limits, sign_in, undo
from tests.workbench.open_bench import bench_root, desk

__all__ = [
    "app",
    "bench",
    "bench_root",
    "browser",
    "chromium",
    "desk",
    "insecure_argon2",
    "limits",
    "office",
    "paused",
    "pytest_generate_tests",
    "sign_in",
    "undo",
]
