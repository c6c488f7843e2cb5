"""The Python example of the front page runs as it stands."""

import re
from pathlib import Path

FRONT_PAGE = Path(__file__).parents[2] / "README.md"


def test_the_example_runs() -> None:
    [block] = re.findall(r"```python\n(.*?)```", FRONT_PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    exec(compile(block, str(FRONT_PAGE), "exec"), {})
