"""What the peers of reconciliation share: the tables, the truth, and how an answer is judged."""

import json
from pathlib import Path

import polars as pl

BINS = 20


def tables(folder):
    """The register and the list as texts; an empty cell is missing. One table where one roster is freed of doubles."""
    names = [name for name in ("A.csv", "B.csv") if (folder / name).exists()]
    return [pl.read_csv(folder / name, infer_schema=False) for name in names]


def true_pairs(folder, data):
    """The number of true pairs, and which pairs of ids they are: a frame of two columns."""
    if (folder / "truth.csv").exists():
        return pl.read_csv(folder / "truth.csv", infer_schema=False).rename({"left": "rid_l", "right": "rid_r"})
    left, right = (table.select("rid", "truth_id") for table in data)
    both = left.join(right, on="truth_id", suffix="_r").rename({"rid": "rid_l"})
    return both.select("rid_l", "rid_r")


def judge(pairs, truth):
    """Precision, recall and F1 of pairs of ids."""
    hit = pairs.join(truth, on=["rid_l", "rid_r"], how="semi").height
    precision, recall = hit / max(pairs.height, 1), hit / truth.height
    return {"precision": precision, "recall": recall, "f1": 2 * hit / max(pairs.height + truth.height, 1)}


def one_to_one(scored):
    """The best pairs first, each row at most once: a frame with rid_l, rid_r and a weight."""
    scored = scored.sort("weight", "rid_l", "rid_r", descending=[True, False, False])
    left, right, kept = set(), set(), []
    for one, other in zip(scored["rid_l"].to_list(), scored["rid_r"].to_list()):
        take = one not in left and other not in right
        kept.append(take)
        if take:
            left.add(one)
            right.add(other)
    return scored.filter(pl.Series(kept, dtype=pl.Boolean))


def judge_people(pairs, data):
    """F1 of a one-to-one answer: how many of the people who stand on both lists it finds, each once."""
    left, right = (table.select("rid", "truth_id") for table in data)
    both = left.select("truth_id").unique().join(right.select("truth_id").unique(), on="truth_id").height
    known = pairs.join(left.rename({"rid": "rid_l", "truth_id": "t_l"}), on="rid_l")
    known = known.join(right.rename({"rid": "rid_r", "truth_id": "t_r"}), on="rid_r")
    hit = known.filter(pl.col("t_l") == pl.col("t_r"))
    precision = hit.height / max(pairs.height, 1)
    recall = hit["t_l"].n_unique() / max(both, 1)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9)}


def calibration(scored, truth):
    """For twenty bins of the probability: how many pairs, what was said on average, and how many were true."""
    marked = scored.join(truth.with_columns(pl.lit(1).alias("hit")), on=["rid_l", "rid_r"], how="left")
    bins = (pl.col("probability") * BINS).floor().clip(0, BINS - 1).cast(pl.Int64).alias("bin")
    marked = marked.with_columns(bins, pl.col("hit").fill_null(0))
    rows = marked.group_by("bin").agg(pl.len(), pl.col("probability").mean(), pl.col("hit").mean()).sort("bin")
    return [list(row) for row in rows.iter_rows()]


def tell(who, job, cpu, memory=None, **more):
    """A figure, as the suites print theirs, with what else is known of the answer."""
    print(json.dumps({"who": who, "job": job, "cpu": cpu, "memory": memory, "check": None, **more}), flush=True)


def path(folder, name):
    return Path(folder) / name
