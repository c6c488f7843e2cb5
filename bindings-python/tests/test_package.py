"""The package as it is installed: its version, its typing marker, how errors arrive."""

import importlib.metadata
import importlib.resources
import pickle

import gridcore as gc
import pytest


def test_one_version_everywhere() -> None:
    assert gc.__version__ == gc.version() == importlib.metadata.version("gridcore")


def test_the_wheel_carries_its_types() -> None:
    package = importlib.resources.files("gridcore")
    assert package.joinpath("py.typed").is_file()
    assert package.joinpath("_gridcore.pyi").is_file()


def test_every_public_name_exists() -> None:
    assert [name for name in gc.__all__ if not hasattr(gc, name)] == []


@pytest.mark.parametrize("text", ["442000001", "粤-07", "A10"])
def test_a_code_comes_back(text: str) -> None:
    assert gc.grid_code(text) == text


@pytest.mark.parametrize("text", ["", " 442000001", "4\x0042", "9" * 129])
def test_an_error_has_its_code(text: str) -> None:
    with pytest.raises(gc.GridcoreError) as caught:
        gc.grid_code(text)
    assert isinstance(caught.value, ValueError)
    assert caught.value.code == "malformed_code"
    assert caught.value.faults == []
    assert str(caught.value).startswith("the code ")


def test_an_error_survives_a_process_boundary() -> None:
    with pytest.raises(gc.GridcoreError) as caught:
        gc.grid_code("")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert type(copy) is gc.GridcoreError
    assert (str(copy), copy.code, copy.faults) == (str(caught.value), "malformed_code", [])
