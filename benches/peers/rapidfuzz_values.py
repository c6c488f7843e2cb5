"""Writes what RapidFuzz says of pairs of texts: `rapidfuzz_values.py >gridcore/src/roster/compare/rapidfuzz.csv`.

A test of the core holds its own metrics against this table, so that nobody needs RapidFuzz to run it.
"""

import random
import sys

from rapidfuzz import distance

WORDS = (
    "michaela neumann courtney painter jonathan jonathon catherine kathryn o'brien obrien maria garcia sørensen "
    "王小明 王晓明 欧阳娜娜 歐陽娜娜 阿卜杜拉·买买提 阿卜杜勒·买买提 解放路247号8栋1单元1101室 解放路274号8栋1单元1101室 "
    "440201195611079152 440201195611097152 18900295901 wangxiaoming wangxiaomin 中山市石岐区 a aa 张 张张"
).split()
PAIRS = 240


def slip(text, draw):
    """One slip of the pen: a character dropped, doubled, replaced, or two swapped."""
    at = draw.randrange(len(text))
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + draw.choice("aeimn明王1207") + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] if at else text[::-1]


def main():
    draw = random.Random(1)
    print("a,b,jaro,jaro_winkler,edits")
    for number in range(PAIRS):
        a = draw.choice(WORDS)
        b = draw.choice(WORDS) if number % 4 == 0 else slip(a, draw)
        if number % 3 == 0 and b:
            b = slip(b, draw)
        values = distance.Jaro.similarity(a, b), distance.JaroWinkler.similarity(a, b), distance.OSA.distance(a, b)
        print(a, b, *values, sep=",")


if __name__ == "__main__":
    sys.exit(main())
