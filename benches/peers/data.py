"""Writes the national register as one table, in the order of its codes and shuffled.

    python data.py PACKAGE.tgz FOLDER

The package holds five files, one a level; the table has the columns code, parent, level, name, count, where count is
drawn with a fixed seed for each village (村级) and 0 above; provinces have no parent. Needs the standard library alone.
"""

import csv
import io
import random
import sys
import tarfile
from pathlib import Path

LEVELS = [
    ("provinces", None),
    ("cities", "provinceCode"),
    ("areas", "cityCode"),
    ("streets", "areaCode"),
    ("villages", "streetCode"),
]


def main() -> None:
    package, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(1)
    rows = []
    with tarfile.open(package) as archive:
        for level, (file, parent) in enumerate(LEVELS, start=1):
            member = archive.extractfile(f"package/dist/{file}.csv")
            for row in csv.DictReader(io.TextIOWrapper(member, encoding="utf-8")):
                count = draw.randint(0, 2000) if level == len(LEVELS) else 0
                rows.append((row["code"], row[parent] if parent else "", level, row["name"], count))
    write(folder / "sorted.csv", rows)
    draw.shuffle(rows)
    write(folder / "shuffled.csv", rows)


def write(path: Path, rows: list) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "parent", "level", "name", "count"])
        writer.writerows(rows)


if __name__ == "__main__":
    main()
