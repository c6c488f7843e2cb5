"""Splink on DuckDB, tuned without labels: `peer_splink.py FOLDER INSTANCE`, INSTANCE a folder in it with A.csv and B.csv.

For rosters of Chinese names it gets the best that its users would write: simplified characters (OpenCC), pinyin (pypinyin)
and the numbers of addresses as columns, eight blocking rules, three rounds of training. For FEBRL: names that may be
swapped, eleven blocking rules. Preparing the columns counts, as it does for gridcore; so does its own one-to-one
clustering, apart. How good its pairs are is judged on the best one-to-one choice of them.
"""

import logging
import sys
import warnings
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from measure import FOLDER, now, peak
from rosters import calibration, judge, judge_people, one_to_one, tables, tell, true_pairs
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)


def chinese(table):
    """Adds simplified names, their pinyin, and the numbers of addresses."""
    from opencc import OpenCC
    from pypinyin import lazy_pinyin

    convert = OpenCC("t2s").convert
    names = table["name"].unique().drop_nulls().to_list()
    plain = [convert(name) for name in names]
    sound = [" ".join(lazy_pinyin(name)) for name in plain]
    table = table.join(pl.DataFrame({"name": names, "plain": plain, "sound": sound}), on="name", how="left")
    numbers = pl.col("addr").str.replace_all(r"[^0-9]+", "-").str.strip_chars("-")
    birth = pl.col("birth").str.replace_all("-", "")
    return table.with_columns(numbers.alias("door"), birth).drop("truth_id")


def chinese_settings():
    name = cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("plain"),
            cll.ExactMatchLevel("plain").configure(tf_adjustment_column="plain"),
            cll.ExactMatchLevel("sound"),
            cll.LevenshteinLevel("plain", 1),
            cll.JaroWinklerLevel("sound", 0.9),
            cll.ElseLevel(),
        ],
    )
    digits = [cl.DamerauLevenshteinAtThresholds(column, [1, 2]) for column in ("idno", "phone", "birth")]
    exact = [cl.ExactMatch(column) for column in ("sex", "grid", "door")]
    keys = [("idno",), ("phone",), ("plain", "birth"), ("birth", "grid"), ("plain", "grid"), ("door", "grid")]
    keys += [("sound", "birth"), ("sound", "grid")]
    settings = SettingsCreator(
        unique_id_column_name="rid",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[block_on(*key) for key in keys],
        comparisons=[name, *digits, *exact],
    )
    sure = [block_on("idno"), block_on("plain", "birth", "grid")]
    rounds = [block_on("idno"), block_on("plain", "birth"), block_on("phone")]
    return settings, sure, 0.9, rounds, 1e6


def febrl(table):
    return table.rename({"rec_id": "rid"})


def febrl_settings(link):
    def swapped(column, other):
        return cl.CustomComparison(
            output_column_name=column,
            comparison_levels=[
                cll.NullLevel(column),
                cll.ExactMatchLevel(column).configure(tf_adjustment_column=column),
                cll.JaroWinklerLevel(column, 0.92),
                cll.JaroWinklerLevel(column, 0.85),
                cll.CustomLevel(f"{column}_l = {other}_r and {other}_l = {column}_r", label_for_charts="swapped"),
                cll.JaroWinklerLevel(column, 0.7),
                cll.ElseLevel(),
            ],
        )

    rare = {"term_frequency_adjustments": True}
    keys = ["soc_sec_id", "date_of_birth", "postcode", "address_1", "surname", "given_name", "suburb"]
    keys += ["substr(soc_sec_id,1,4)", "substr(soc_sec_id,4,4)"]
    blocks = [block_on(key) for key in keys] + [block_on("given_name", "surname")]
    settings = SettingsCreator(
        unique_id_column_name="rid",
        retain_intermediate_calculation_columns="parity" in sys.argv,
        link_type="link_only" if link else "dedupe_only",
        blocking_rules_to_generate_predictions=[
            *blocks,
            "l.given_name = r.surname and l.surname = r.given_name",
        ],
        comparisons=[
            swapped("given_name", "surname"),
            swapped("surname", "given_name"),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(**rare),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.75]).configure(**rare),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.75]).configure(**rare),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(**rare),
        ],
    )
    sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    rounds = [block_on("date_of_birth"), block_on("postcode"), block_on("soc_sec_id")]
    return settings, sure, 0.8 if link else 0.9, rounds, 5e6


def reconcile(data, prepare, settings):
    """From the tables to scored pairs: the linker, and its predictions."""
    creator, sure, recall, rounds, pairs = settings
    connection = duckdb.connect()
    connection.execute("set threads=2")
    api = DuckDBAPI(connection=connection)
    frames = [api.register(prepare(table).to_arrow(), dataset_display_name=name) for table, name in zip(data, "ab")]
    linker = Linker(frames if len(frames) > 1 else frames[0], creator)
    training = linker.training
    training.estimate_probability_two_random_records_match(sure, recall=recall)
    training.estimate_u_using_random_sampling(max_pairs=pairs, seed=1)
    for rule in rounds:
        training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    return linker, linker.inference.predict(threshold_match_probability=0.01)


def scored(linker, found):
    """The pairs with their probabilities; one of them on the left, whichever side it stood on."""
    table = found.as_duckdbpyrelation().select("match_weight, match_probability, rid_l, rid_r").pl()
    return table.rename({"match_weight": "weight", "match_probability": "probability"})


def main():
    instance = sys.argv[2]
    folder = Path(FOLDER) / instance
    data = tables(folder)
    chosen = "rid" in data[0].columns
    settings = chinese_settings() if chosen else febrl_settings(len(data) > 1)
    start = now()
    memory, (linker, found) = peak(lambda: reconcile(data, chinese if chosen else febrl, settings))
    cpu = now() - start
    pairs = scored(linker, found)
    truth = true_pairs(folder, data)
    if not chosen and len(data) == 1:
        truth = pl.concat([truth, truth.select(rid_l="rid_r", rid_r="rid_l")])
    sure = pairs.filter(pl.col("probability") >= 0.5)
    more = {"pairs": judge(sure, truth), "bins": calibration(pairs, truth)}
    if chosen:
        more["people"] = judge_people(one_to_one(sure), data)
    elif len(data) > 1:
        more["one"] = judge(one_to_one(sure), truth)
    else:
        more["pairs"] = judge(closed(sure), truth)
    clustering = 0.0
    if len(data) > 1:
        start = now()
        linker.clustering.cluster_using_single_best_links(
            found, duplicate_free_datasets=["a", "b"], threshold_match_probability=0.5
        )
        clustering = now() - start
    tell("Splink", instance, cpu + clustering, memory, clustering=clustering, **more)
    if len(sys.argv) > 3:
        parity(linker, found, folder)


def closed(pairs):
    """All pairs of what hangs together, both ways round."""
    import scipy.sparse as sparse

    ids = pl.concat([pairs["rid_l"], pairs["rid_r"]]).unique().sort()
    place = {name: number for number, name in enumerate(ids.to_list())}
    left, right = ([place[name] for name in pairs[column].to_list()] for column in ("rid_l", "rid_r"))
    graph = sparse.coo_matrix(([1] * len(left), (left, right)), shape=(len(ids), len(ids)))
    _, labels = sparse.csgraph.connected_components(graph, directed=False)
    table = pl.DataFrame({"rid": ids, "label": labels})
    both = table.join(table, on="label", suffix="_r").filter(pl.col("rid") != pl.col("rid_r"))
    return both.select(rid_l="rid", rid_r="rid_r")


def parity(linker, found, folder):
    """Leaves the model, and for each pattern of outcomes the weight that Splink gives it, for the suite to check."""
    linker.misc.save_model_to_json(str(folder / "splink.json"), overwrite=True)
    levels = [column for column in found.as_duckdbpyrelation().columns if column.startswith("gamma_")]
    # What rare values add (mw_tf_adj_…) is left out: it hangs on the values and not on the pattern.
    rare = [column for column in found.as_duckdbpyrelation().columns if "tf_adj" in column]
    weight = " - ".join(["match_weight", *rare]) + " as weight"
    table = found.as_duckdbpyrelation().select(", ".join([*levels, weight])).pl()
    table.unique(levels, keep="first", maintain_order=True).write_csv(folder / "splink-patterns.csv")


if __name__ == "__main__":
    main()
