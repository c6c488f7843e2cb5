"""RapidFuzz's metrics on names and identity numbers of the rosters, many against many: `peer_rapidfuzz.py FOLDER INSTANCE`."""

import sys
from pathlib import Path

from measure import FOLDER, best
from rapidfuzz import distance, process
from rosters import tables, tell

METRICS = {
    "Jaro–Winkler": distance.JaroWinkler.similarity,
    "edits (OSA)": distance.OSA.distance,
}


def main():
    left, right = tables(Path(FOLDER) / sys.argv[2])
    for column, what in (("name", "names"), ("idno", "identity numbers")):
        texts = left[column].drop_nulls().head(1000).to_list()
        others = right[column].drop_nulls().head(4000).to_list()
        for metric, scorer in METRICS.items():
            cpu, _ = best(3, lambda: process.cdist(texts, others, scorer=scorer, workers=1))
            tell("RapidFuzz", f"4 M {what}, {metric}", cpu)


if __name__ == "__main__":
    main()
