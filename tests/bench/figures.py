"""Small helpers of the bench: percentiles, memory of process trees, waiting for ports."""

import socket
import statistics
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import psutil


@dataclass(frozen=True)
class Latency:
    """Milliseconds."""

    median: float
    p95: float
    count: int

    def __str__(self) -> str:
        return f"{self.median:8.1f} {self.p95:8.1f}   ({self.count} turns)"


def latency(seconds: Sequence[float]) -> Latency:
    """Median and 95th percentile of some turns."""
    ordered = sorted(seconds)
    return Latency(statistics.median(ordered) * 1e3, ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1e3, len(ordered))


def memory_mb(processes: Iterable[subprocess.Popen[bytes]]) -> float:
    """Resident memory of processes and their children."""
    total = 0
    for process in processes:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        total += sum(member.memory_info().rss for member in family)
    return total / 1e6


def wait_for_port(port: int, patience_s: float = 180) -> None:
    """Until something listens there."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"nothing listens on port {port}")
