"""The Python examples of the front page run as they stand."""

import os
import re
from pathlib import Path

import gridcore as gc

FRONT_PAGE = Path(__file__).parents[2] / "README.md"


def test_the_examples_run() -> None:
    blocks = re.findall(r"```python\n(.*?)```", FRONT_PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(compile(block, str(FRONT_PAGE), "exec"), {})


def test_the_picture_is_what_the_library_draws() -> None:
    city = gc.samples.zhongshan()
    footprints = city.tree.footprints(invented=True)
    title = "Staff per level-2 grid of the sample city · 示例城市网格人员力量分布图"
    drawn = city.tree.to_svg(city.strength, footprints, level=2, size=(1000, 700), title=title, equal_breaks=True)
    picture = FRONT_PAGE.with_name("zhongshan.svg")
    if os.environ.get("GRIDCORE_REDRAW"):
        picture.write_text(drawn, encoding="utf-8")
    assert picture.read_text(encoding="utf-8") == drawn
