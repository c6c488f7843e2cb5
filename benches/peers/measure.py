"""CPU time and memory of one way to do a job: one line of JSON a figure, as the Rust suite prints them.

Every script takes the folder of the data as its argument and runs alone in its process.
"""

import csv
import gc
import json
import resource
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
ORDERS = ("sorted", "shuffled")
QUERIES = 1_000_000


def now():
    """User and system seconds of all threads so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def best(runs, run):
    """The least CPU seconds of several runs, and the last result."""
    least, result = float("inf"), None
    for _ in range(runs):
        result = None  # the memory of one run is not there beside that of the next
        gc.collect()
        start = now()
        result = run()
        least = min(least, now() - start)
    return least, result


def peak(run):
    """Megabytes that a run took at its peak above what was there before it, and its result."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")
    before = status("VmRSS:")
    result = run()
    return max(status("VmHWM:") - before, 0) / 1e3, result


def status(name):
    """A line of this process's status, in kilobytes."""
    with open("/proc/self/status") as file:
        return next(float(line.split()[1]) for line in file if line.startswith(name))


def say(who, job, cpu, memory=None, check=None, part=1.0):
    """Prints a figure; `part` is the share of the job that was done, `check` what all must agree on."""
    print(json.dumps({"who": who, "job": job, "cpu": cpu / part, "memory": memory, "check": check}), flush=True)


def rows(order):
    """The register as tuples of texts, read by the standard library."""
    with (FOLDER / f"{order}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return [(code, parent or "0", name, int(count)) for code, parent, _, name, count in reader]


def parents_first(table):
    """Rows in an order in which parents stand before their children, as these libraries need them."""
    return sorted(table, key=lambda row: len(row[0]))


def pairs(size, count=QUERIES):
    """Pairs of places in the register, drawn with a fixed seed."""
    import numpy as np

    draw = np.random.default_rng(1)
    return draw.integers(0, size, count), draw.integers(0, size, count)
