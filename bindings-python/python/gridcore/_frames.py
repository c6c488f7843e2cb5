"""Tables and columns of whatever kind the caller has, in and out: the same kind comes back."""

from __future__ import annotations

import importlib
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from math import floor
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import narwhals.stable.v2 as narwhals

from ._gridcore import GridcoreError

if TYPE_CHECKING:
    from ._gridcore import Table as Result

# pandas, polars, pyarrow, a duckdb relation, any Arrow producer, a list of dicts, or a dict of columns.
Table: TypeAlias = Any
# A list, a NumPy array, a pandas, polars or pyarrow column; of codes, or of positions.
Column: TypeAlias = Any

# Its types lean on libraries that have none.
nw: Any = narwhals

# A column of whole numbers.
Numbers: TypeAlias = Any

NO_POSITION = 0xFFFF_FFFF


def library(name: str) -> Any:
    """A library of the caller's, loaded only when one of its tables is at hand."""
    return importlib.import_module(name)


class WrongType(GridcoreError, TypeError):
    """A value of a kind that does not fit: `code` is `wrong_type`."""


def refusal(kind: type[GridcoreError], code: str, message: str, message_zh: str, **fields: Any) -> GridcoreError:
    """An error with the fields that all errors of the package have."""
    error = kind(message)
    error.code = code
    error.faults = [{"code": code, "row": None, "column": None, **fields, "message": message, "message_zh": message_zh}]
    return error


def wrong_type(what: str, value: object, wanted: str, row: int | None = None) -> GridcoreError:
    """The error of a value of the wrong kind."""
    found = type(value).__name__
    where = what if row is None else f"row {row} of {what}"
    message = f"{where} has the type {found} where {wanted} is wanted"
    at = what if row is None else f"{what} 第 {row} 行"
    message_zh = f"{at} 的类型 {found} 不符，须为 {wanted}"
    return refusal(WrongType, "wrong_type", message, message_zh, row=row, column=what, found=found, wanted=wanted)


def rows_in(what: str, rows: object) -> list[dict[str, Any]]:
    """Records of the caller's as dicts."""
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise wrong_type(what, cast("object", rows), "a list of dicts")
    found: list[dict[str, Any]] = []
    for number, row in enumerate(cast("Iterable[object]", rows)):
        if not isinstance(row, Mapping):
            raise wrong_type(what, row, "a dict", number)
        found.append(dict(cast("Mapping[str, Any]", row)))
    return found


def list_in(what: str, values: object, wanted: str) -> list[Any]:
    """Several values of the caller's as a list; a text is one value, and would be read letter by letter."""
    if isinstance(values, str | bytes | Mapping) or not isinstance(values, Iterable):
        raise wrong_type(what, cast("object", values), wanted)
    return list(cast("Iterable[Any]", values))


def record_in(what: str, value: object) -> dict[str, Any]:
    """What the caller defines, as a dict."""
    if not isinstance(value, Mapping):
        raise wrong_type(what, value, "a dict")
    return dict(cast("Mapping[str, Any]", value))


def is_duckdb(value: object) -> bool:
    """Whether a value is a duckdb relation, without importing duckdb."""
    duckdb: Any = sys.modules.get("duckdb")
    return duckdb is not None and isinstance(value, duckdb.DuckDBPyRelation)


def is_numpy(value: object) -> bool:
    """Whether a value is a NumPy array, without importing NumPy."""
    numpy: Any = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def table_in(table: Table) -> Any:
    """A table as the core reads it: an Arrow producer, a list of dicts, or a dict of columns."""
    if isinstance(table, tuple):
        return list(cast("tuple[Any, ...]", table))
    if isinstance(table, list | dict):
        return cast("Any", table)
    if is_duckdb(table):
        return library("pyarrow").table(table)
    frame = nw.from_native(table, pass_through=True)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, nw.DataFrame):
        return without_nulls(frame)
    if hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__"):
        return frame
    wanted = "a table (pandas, polars, pyarrow, duckdb, any Arrow producer, a list of dicts, a dict of columns)"
    raise wrong_type("table", table, wanted)


def without_nulls(frame: Any) -> Any:
    """A frame whose columns of nothing are texts: polars hands those of type Null over with a buffer too many."""
    if not frame.implementation.is_polars():
        return frame
    polars, native = library("polars"), frame.to_native()
    empty = [name for name, kind in native.schema.items() if kind == polars.Null]
    return nw.from_native(native.with_columns(polars.col(empty).cast(polars.String))) if empty else frame


def roster_in(table: Table) -> Any:
    """A roster as the core reads it: cells of any kind, since a list of people may hold any."""
    made = table_in(table)
    if not isinstance(made, nw.DataFrame):
        return made
    # What counts of a time with a zone is what its clock says.
    zoned = [name for name, kind in made.schema.items() if isinstance(kind, nw.Datetime) and kind.time_zone is not None]
    if zoned:
        made = made.with_columns(nw.col(zoned).dt.replace_time_zone(None))
    # A pandas column of objects may hold anything, and an Arrow column would refuse it with a value in its message.
    mixed = [name for name, kind in made.schema.items() if isinstance(kind, nw.Object)]
    if not mixed:
        return made
    return {name: made[name].to_list() if name in mixed else made[name].to_arrow() for name in made.columns}


def table_out(result: Result, like: Table) -> Any:
    """A table of the core as the kind of table that `like` is; without one, a list of dicts."""
    if isinstance(like, dict):
        return {name: result.column(name) for name in result.names()}
    if like is None or isinstance(like, list | tuple):
        return result.rows()
    if is_duckdb(like):
        return library("duckdb").from_arrow(library("pyarrow").table(result))
    frame = nw.from_native(like, pass_through=True)
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return native_like(nw.from_arrow(result, backend=frame.implementation), frame)
    return result


def native_like(made: Any, frame: Any) -> Any:
    """A frame as its own library has it, lazy where `frame` is."""
    native = made.to_native()
    return native.lazy() if isinstance(frame, nw.LazyFrame) and hasattr(native, "lazy") else native


def is_positions(column: Column) -> bool:
    """Whether a column holds positions (whole numbers) and not codes."""
    if is_numpy(column):
        return column.dtype.kind in "iu"
    if not isinstance(column, array | list):
        return False
    values = cast("Sequence[object]", column)
    return len(values) > 0 and type(values[0]) is int


def codes_in(column: Column) -> Any:
    """A column of codes as the core reads it: a list, or an Arrow producer."""
    if isinstance(column, bytes | bytearray | memoryview):
        raise wrong_type("codes", cast("object", column), "a column of texts")
    if isinstance(column, list):
        return cast("Any", column)
    series = nw.from_native(column, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return series.to_arrow()
    if hasattr(column, "__arrow_c_stream__") or hasattr(column, "__arrow_c_array__"):
        return column
    return list(column)


def unknown_position(position: int, row: int | None = None) -> GridcoreError:
    """The error of a position that no grid has."""
    where = "" if row is None else f"row {row}: "
    message = f"{where}the tree has no position {position}"
    message_zh = f"{'' if row is None else f'第 {row} 行：'}树中没有位置 {position}"
    return refusal(GridcoreError, "unknown_position", message, message_zh, row=row, found=str(position))


def positions_in(column: Column) -> bytes:
    """A column of positions as packed 32-bit numbers; -1 means none."""
    if is_numpy(column):
        return column.astype("<u4", casting="unsafe").tobytes()
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise wrong_type("positions", column, "a column of whole numbers")
    packed = array("I")
    for row, value in enumerate(cast("Iterable[object]", column)):
        if value is None or value == -1:
            packed.append(NO_POSITION)
        elif isinstance(value, int) and not isinstance(value, bool):
            if not 0 <= value < NO_POSITION:
                raise unknown_position(value, row)
            packed.append(value)
        else:
            raise wrong_type("positions", value, "a whole number", row)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def positions_out(packed: bytes, like: Column) -> Any:
    """Packed positions as a NumPy array of int64 (or a list, if the caller passed one); -1 means none."""
    if is_numpy(like):
        np = library("numpy")
        positions = np.frombuffer(packed, "<u4")
        return np.where(positions == NO_POSITION, np.int64(-1), positions.astype(np.int64))
    values = array("I", packed)
    if sys.byteorder == "big":
        values.byteswap()
    return [-1 if value == NO_POSITION else value for value in values]


def column_out(result: Result, name: str, like: Column) -> Any:
    """One column of a table of the core as the kind of column that `like` is, with its index where they are as long."""
    if is_numpy(like):
        return library("numpy").array(result.column(name), dtype=object)
    series = nw.from_native(like, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        frame = nw.from_arrow(result, backend=series.implementation)
        made = frame[name].alias(series.name) if series.name else frame[name]
        native: Any = made.to_native()
        index = nw.maybe_get_index(series)
        if index is not None and len(index) == len(native):
            native.index = index
        return native
    if not isinstance(like, list) and hasattr(like, "__arrow_c_array__"):
        return library("pyarrow").table(result)[name].combine_chunks()
    return result.column(name)


def numpy_numbers(column: Any) -> Any:
    """A NumPy array of numbers as a pair of its kind and packed 64-bit numbers; another one as a list."""
    kind = column.dtype.kind
    if kind == "f":
        return "f", column.astype("<f8", copy=False).tobytes()
    if kind == "u" and column.dtype.itemsize == 8:
        return "u", column.astype("<u8", copy=False).tobytes()
    if kind in "iu":
        return "i", column.astype("<i8", copy=False).tobytes()
    return column.reshape(-1).tolist()


def integers_in(column: Numbers) -> Any:
    """A column of whole numbers as the core reads it: packed, a list, or an Arrow producer."""
    if is_numpy(column):
        return numpy_numbers(column)
    if isinstance(column, list):
        return cast("Any", column)
    series = nw.from_native(column, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return series.to_arrow()
    if hasattr(column, "__arrow_c_stream__") or hasattr(column, "__arrow_c_array__"):
        return column
    if isinstance(column, str | bytes) or not isinstance(column, Iterable):
        raise wrong_type("numbers", column, "a column of whole numbers")
    return list(cast("Iterable[object]", column))


def integers_out(packed: bytes, like: Column) -> Any:
    """Packed 64-bit numbers as a NumPy array, or a list, if the caller passed no array."""
    if is_numpy(like):
        return library("numpy").frombuffer(packed, "<i8").copy()
    values = array("q", packed)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def number_columns(
    what: str, table: Table, required: Sequence[str], optional: Sequence[str]
) -> tuple[dict[str, Any], Column]:
    """The columns of numbers of a table as the core reads them, and the kind in which numbers come back."""
    names = (*required, *optional)
    if isinstance(table, list | tuple):
        rows = rows_in(what, cast("object", table))
        known = {key for row in rows for key in row} if rows else set(required)
        columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in names if name in known}
        unknown = sorted(known - set(names))
    elif isinstance(table, dict):
        columns = cast("dict[str, Any]", table)
        unknown = sorted(set(columns) - set(names))
    else:
        frame = nw.from_native(library("pyarrow").table(table) if is_duckdb(table) else table, pass_through=True)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        if not isinstance(frame, nw.DataFrame) and hasattr(table, "__arrow_c_stream__"):
            frame = nw.from_native(library("pyarrow").table(table))
        if not isinstance(frame, nw.DataFrame):
            raise wrong_type(what, table, "a table")
        columns = {name: frame[name].to_native() for name in frame.columns if name in names}
        unknown = sorted(set(frame.columns) - set(names))
    if unknown:
        message = f"{what} has no column {unknown[0]!r}; there are {', '.join(names)}"
        message_zh = f"{what} 没有列 {unknown[0]!r}；可用的列：{', '.join(names)}"
        raise refusal(GridcoreError, "unknown_column", message, message_zh, column=unknown[0])
    for name in required:
        if name not in columns:
            message, message_zh = f"{what} has no column {name!r}; add it", f"{what} 缺少列 {name!r}；请补上"
            raise refusal(GridcoreError, "missing_column", message, message_zh, column=name)
    packed = {name: integers_in(columns[name]) if name in columns else None for name in names}
    return packed, columns[required[0]] if is_numpy(columns[required[0]]) else []


def matrix_in(costs: Any) -> tuple[int, int, Any, Column]:
    """A matrix of numbers: its rows, columns, numbers row by row, and the kind in which numbers come back."""
    array: Any = costs
    if not isinstance(costs, list | tuple) and not is_numpy(array):
        frame = nw.from_native(costs, pass_through=True)
        if not isinstance(frame, nw.DataFrame):
            raise wrong_type("costs", costs, "a matrix (NumPy, a list of lists, a table of numbers)")
        array = frame.to_numpy()
    if is_numpy(array):
        if array.ndim != 2:
            message = f"the array of costs has {array.ndim} dimensions where 2 are wanted"
            message_zh = f"费用数组有 {array.ndim} 维，须为 2 维"
            raise refusal(GridcoreError, "wrong_shape", message, message_zh, found=str(array.ndim), wanted="2")
        rows, columns = array.shape
        return rows, columns, numpy_numbers(array), array
    rows_of = enumerate(cast("Iterable[object]", costs))
    lists = [list_in(f"row {number} of costs", row, "a list of costs") for number, row in rows_of]
    width = len(lists[0]) if lists else 0
    for number, row in enumerate(lists):
        if len(row) != width:
            message = f"row {number}: it has {len(row)} costs, and the first has {width}"
            message_zh = f"第 {number} 行有 {len(row)} 个费用，而首行有 {width} 个"
            fields = {"row": number, "found": str(len(row)), "wanted": str(width)}
            raise refusal(GridcoreError, "wrong_length", message, message_zh, **fields)
    return len(lists), width, [cost for row in lists for cost in row], []


def zone_in(tz: str | tzinfo | None) -> tzinfo | None:
    """A time zone by its name."""
    if not isinstance(tz, str):
        return tz
    try:
        return ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError):
        message = f"there is no time zone {tz!r}"
        message_zh = f"没有时区 {tz!r}"
        raise refusal(GridcoreError, "unknown_time_zone", message, message_zh, found=tz) from None


def zoned_table_in(table: Table, tz: str | tzinfo | None) -> Any:
    """A table as the core reads it; in a column, times without a zone get that of `tz`."""
    made = table_in(table)
    zone = zone_in(tz)
    if zone is None or not isinstance(made, nw.DataFrame):
        return made
    # A zone with a name follows its clock changes; one without is a fixed distance from UTC.
    fixed = None if isinstance(zone, ZoneInfo) else zone.utcoffset(None)
    for name, kind in made.schema.items():
        if not isinstance(kind, nw.Datetime) or kind.time_zone is not None:
            continue
        column = nw.col(name)
        if fixed is None:
            made = made.with_columns(column.dt.replace_time_zone(str(zone)))
        else:
            made = made.with_columns((column - nw.lit(fixed)).dt.replace_time_zone("UTC"))
    return made


def moment_in(what: str, time: object, tz: str | tzinfo | None = None) -> int:
    """A time that must be there, as UTC seconds."""
    second = second_in(what, time, tz)
    if second is None:
        raise wrong_type(what, time, "UTC seconds or a datetime with a zone")
    return second


def second_in(what: str, time: object, tz: str | tzinfo | None = None) -> int | None:
    """A time as UTC seconds: a whole number as it is, a datetime with a zone, or one without in that of `tz`."""
    if isinstance(time, int) and not isinstance(time, bool) and not -(1 << 63) <= time < 1 << 63:
        message = f"{what} is no second that 64 bits hold; give UTC seconds"
        raise refusal(GridcoreError, "out_of_range", message, f"{what} 超出 64 位整数；请给出 UTC 秒数", column=what)
    if time is None or (isinstance(time, int) and not isinstance(time, bool)):
        return time
    if not isinstance(time, datetime):
        raise wrong_type(what, time, "UTC seconds or a datetime with a zone")
    if time.tzinfo is None and tz is not None:
        time = time.replace(tzinfo=zone_in(tz))
    if time.tzinfo is None:
        message = f"{what} has no time zone; pass tz=, a datetime with a zone, or UTC seconds"
        message_zh = f"{what} 没有时区；请给出 tz=、带时区的时间或 UTC 秒数"
        raise refusal(GridcoreError, "naive_time", message, message_zh, column=what)
    return floor(time.timestamp())


def frame_like(column: Column, otherwise: Table) -> Any:
    """A table without rows of the library that a column is from; of the kind of `otherwise`, if it is from none."""
    series = nw.from_native(column, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return nw.from_dict({"none": []}, backend=series.implementation).to_native()
    if not isinstance(column, list) and hasattr(column, "__arrow_c_array__"):
        return library("pyarrow").table({})
    return otherwise


def is_column(value: object) -> bool:
    """Whether a value is a column and not a single code or position."""
    return not isinstance(value, str | int | bytes) and (isinstance(value, Sequence) or hasattr(value, "__len__"))


def kind_of(table: Table) -> Any:
    """A table without rows of the same kind, so that a tree remembers the kind and not the table."""
    if isinstance(table, list | tuple | dict):
        return cast("Any", {} if isinstance(table, dict) else [])
    if is_duckdb(table):
        return table.limit(0)
    frame = nw.from_native(table, pass_through=True)
    return frame.head(0).to_native() if isinstance(frame, nw.DataFrame | nw.LazyFrame) else table


def records_out(records: list[dict[str, Any]], like: Table, names: Sequence[str] = ()) -> Any:
    """A list of records as the kind of table that `like` is; `names` are the columns where there is no record."""
    if like is None or isinstance(like, list | tuple) or not (records or names):
        return records
    columns = {name: [record[name] for record in records] for name in (records[0] if records else names)}
    if isinstance(like, dict):
        return columns
    if is_duckdb(like):
        return library("duckdb").from_arrow(library("pyarrow").table(columns))
    frame = nw.from_native(like, pass_through=True)
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return native_like(nw.from_dict(columns, backend=frame.implementation), frame)
    return records
