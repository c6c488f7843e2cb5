"""What exact joins alone find, and how fast: `peer_joins.py FOLDER duckdb|polars INSTANCE`.

On the identity number, on phone and name, on name, date of birth and sex: three rules, the pairs of any of them.
"""

import sys
from pathlib import Path

from measure import FOLDER, best, peak
from rosters import judge, tables, tell, true_pairs

RULES = [["idno"], ["phone", "name"], ["name", "birth", "sex"]]


def with_duckdb(left, right):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads=2")
    connection.register("given_a", left.to_arrow())
    connection.register("given_b", right.to_arrow())
    connection.execute("create table a as from given_a; create table b as from given_b")
    joins = [f"select a.rid as rid_l, b.rid as rid_r from a join b using ({', '.join(rule)})" for rule in RULES]
    return lambda: connection.execute(" union ".join(joins)).pl()


def with_polars(left, right):
    import polars as pl

    def join():
        frames = [
            left.lazy().join(right.lazy(), on=rule, suffix="_r").select(rid_l="rid", rid_r="rid_r") for rule in RULES
        ]
        return pl.concat(frames).unique().collect()

    return join


def main():
    library, instance = sys.argv[2:4]
    folder = Path(FOLDER) / instance
    data = tables(folder)
    run = {"duckdb": with_duckdb, "polars": with_polars}[library](*data)
    cpu, found = best(5, run)
    memory, _ = peak(run)
    who = {"duckdb": "DuckDB, 3 joins", "polars": "Polars, 3 joins"}[library]
    tell(who, instance, cpu, memory, pairs=judge(found, true_pairs(folder, data)))


if __name__ == "__main__":
    main()
