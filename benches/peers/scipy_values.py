"""Writes groups of pairs and the heaviest matching that SciPy finds: `scipy_values.py >gridcore/src/roster/settle/scipy.csv`.

Groups too large for every choice to be tried: a test of the core settles them and holds the sum against this table.
A line for each pair: the group, its heaviest sum, left, right, the weight in sixteenths.
"""

import numpy as np
from scipy.optimize import linear_sum_assignment

GROUPS, ROWS, PAIRS = 12, 40, 90


def main():
    draw = np.random.default_rng(1)
    print("group,best,left,right,sixteenths")
    for group in range(GROUPS):
        table = np.zeros((ROWS, ROWS), dtype=np.int64)
        places = draw.choice(ROWS * ROWS, PAIRS, replace=False)
        table.flat[places] = draw.integers(1, 640, PAIRS)
        best = table[linear_sum_assignment(table, maximize=True)].sum()
        for left, right in zip(*np.nonzero(table)):
            print(group, best, left, right, table[left, right], sep=",")


if __name__ == "__main__":
    main()
