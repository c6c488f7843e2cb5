"""recordlinkage's own documented example on FEBRL: `peer_recordlinkage.py FOLDER febrl3|febrl4`.

Pairs of one given name, of six comparisons more than three in agreement.
"""

import sys
from pathlib import Path

import pandas as pd
import polars as pl
import recordlinkage
from measure import FOLDER, now, peak
from rosters import judge, tell, true_pairs


def reconcile(tables):
    index = recordlinkage.Index()
    index.block("given_name")
    candidates = index.index(*tables)
    compare = recordlinkage.Compare()
    compare.exact("given_name", "given_name")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85)
    compare.exact("date_of_birth", "date_of_birth")
    compare.exact("suburb", "suburb")
    compare.exact("state", "state")
    compare.string("address_1", "address_1", threshold=0.85)
    features = compare.compute(candidates, *tables)
    return features[features.sum(axis=1) > 3].index


def main():
    folder = Path(FOLDER) / sys.argv[2]
    names = [name for name in ("A.csv", "B.csv") if (folder / name).exists()]
    tables = [pd.read_csv(folder / name, dtype=str, index_col=0) for name in names]
    start = now()
    memory, found = peak(lambda: reconcile(tables))
    cpu = now() - start
    truth = true_pairs(folder, None)
    if len(tables) == 1:
        truth = pl.concat([truth, truth.select(rid_l="rid_r", rid_r="rid_l")])
        found = found.append(found.swaplevel())
    pairs = pl.DataFrame({"rid_l": found.get_level_values(0).to_list(), "rid_r": found.get_level_values(1).to_list()})
    tell("recordlinkage", sys.argv[2], cpu, memory, pairs=judge(pairs, truth))


if __name__ == "__main__":
    main()
