"""The Arrow C stream of a run, read as its specification says."""

from __future__ import annotations

import ctypes
import gc
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from typing import Any

import numpy as np
import pytest
from test_run import CLASSES, SWEEP

import quartic
from quartic import Run, Study


class Schema(Structure):
    pass


class Array(Structure):
    pass


class Stream(Structure):
    pass


Schema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64), ("n_children", c_int64),
    ("children", POINTER(POINTER(Schema))), ("dictionary", POINTER(Schema)),
    ("release", CFUNCTYPE(None, POINTER(Schema))), ("private_data", c_void_p),
]
Array._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64), ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)), ("children", POINTER(POINTER(Array))), ("dictionary", POINTER(Array)),
    ("release", CFUNCTYPE(None, POINTER(Array))), ("private_data", c_void_p),
]
Stream._fields_ = [
    ("get_schema", CFUNCTYPE(c_int, POINTER(Stream), POINTER(Schema))),
    ("get_next", CFUNCTYPE(c_int, POINTER(Stream), POINTER(Array))),
    ("get_last_error", CFUNCTYPE(c_char_p, POINTER(Stream))),
    ("release", CFUNCTYPE(None, POINTER(Stream))), ("private_data", c_void_p),
]
NULLABLE = 2

pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
pointer_of.restype, pointer_of.argtypes = c_void_p, [ctypes.py_object, c_char_p]


def stream_of(capsule: Any) -> Any:
    return ctypes.cast(pointer_of(capsule, b"arrow_array_stream"), POINTER(Stream))


def taken(capsule: Any) -> tuple[Schema, Array]:
    """The schema and the one batch of a stream, which is released."""
    stream = stream_of(capsule)
    schema, array, end = Schema(), Array(), Array()
    assert stream.contents.get_schema(stream, schema) == 0
    assert stream.contents.get_next(stream, array) == 0
    assert stream.contents.get_next(stream, end) == 0
    assert not end.release  # there is no more
    stream.contents.release(stream)
    assert not stream.contents.release
    return schema, array


def release(struct: Any) -> None:
    struct.release(struct)
    assert not struct.release


def numbers(array: Any, buffer: int, kind: Any, count: int) -> Any:
    if not array.buffers[buffer]:
        return np.zeros(0, kind)
    size = count * np.dtype(kind).itemsize
    return np.frombuffer((ctypes.c_char * size).from_address(array.buffers[buffer]), kind)


def valid(array: Any) -> Any:
    if not array.buffers[0]:
        return np.ones(array.length, bool)
    bits = np.unpackbits(numbers(array, 0, np.uint8, (array.length + 7) // 8), bitorder="little")
    return bits[:array.length].astype(bool)


def texts(array: Any) -> list[str]:
    offsets = numbers(array, 1, np.int32, array.length + 1)
    whole = ctypes.string_at(array.buffers[2], int(offsets[-1]))
    return [whole[begin:end].decode() for begin, end in zip(offsets, offsets[1:])]


def column(schema: Any, array: Any) -> list[Any]:
    """Values, None where there is none."""
    kind = schema.format.decode()
    if kind == "u":
        values: Any = texts(array)
    else:
        values = numbers(array, 1, {"l": np.int64, "g": float, "i": np.int32}[kind], array.length)
    if schema.dictionary:
        assert schema.dictionary.contents.format == b"u"
        names = texts(array.dictionary.contents)
        values = [names[position] for position in values]
    known = valid(array)
    assert (~known).sum() == array.null_count
    return [value if there else None for value, there in zip(values, known)]


def table(schema: Schema, array: Array) -> dict[str, list[Any]]:
    assert schema.format == b"+s" and array.n_buffers == 1 and not array.buffers[0]
    assert schema.n_children == array.n_children
    found = {}
    for k in range(schema.n_children):
        of_schema, of_array = schema.children[k].contents, array.children[k].contents
        assert of_schema.flags == NULLABLE and of_array.offset == 0 and of_array.length == array.length
        assert of_array.n_buffers == (3 if of_schema.format == b"u" else 2)
        assert bool(of_schema.dictionary) == bool(of_array.dictionary)
        found[of_schema.name.decode()] = column(of_schema, of_array)
    return found


@pytest.fixture(params=["numbers", "classes", "sweep"])
def run(request: pytest.FixtureRequest, small_run: Run) -> Run:
    return {"numbers": lambda: small_run, "classes": lambda: quartic.run(Study(CLASSES)),
            "sweep": lambda: quartic.run(Study(SWEEP))}[request.param]()


def test_the_stream_has_the_columns_and_values_of_records(run: Run) -> None:
    schema, array = taken(run.__arrow_c_stream__())
    found, records = table(schema, array), run.records
    assert array.length == len(records)
    assert [name for name in found if name in records] == list(records.columns)
    for name in records.columns:
        mine = records[name]
        if mine.dtype == np.int64:
            assert found[name] == [None if value < 0 else value for value in mine]
        elif mine.dtype == float:
            np.testing.assert_array_equal(np.array(found[name], float), mine)
            assert found[name].count(None) == mine.isna().sum()
        else:
            assert found[name] == list(mine.astype(str))
    release(array)
    release(schema)


def test_numbers_are_not_copied(small_run: Run) -> None:
    schema, array = taken(small_run.__arrow_c_stream__())
    for k in range(schema.n_children):
        name = schema.children[k].contents.name.decode()
        if name in ("n", "excess_risk", "parameters"):
            shown = small_run._native.columns[name]
            assert array.children[k].contents.buffers[1] == shown.__array_interface__["data"][0]
    release(array)
    release(schema)


def test_numbers_outlive_the_run_and_the_stream(small: Study) -> None:
    run = quartic.run(small)
    expected = list(run.records["excess_risk"])
    schema, array = taken(run.__arrow_c_stream__())
    del run
    gc.collect()
    assert table(schema, array)["excess_risk"] == expected
    release(array)
    release(schema)


def moved(child: Any) -> Any:
    """A child taken out of its parent, as the specification allows."""
    mine = type(child.contents)()
    ctypes.memmove(ctypes.byref(mine), child, ctypes.sizeof(mine))
    child.contents.release = type(child.contents.release)()
    return mine


@pytest.mark.parametrize("parent_first", [True, False])
def test_children_that_were_moved_outlive_their_parent_and_are_released_in_any_order(small_run: Run,
                                                                                    parent_first: bool) -> None:
    schema, array = taken(small_run.__arrow_c_stream__())
    expected = table(schema, array)
    names = list(expected)
    columns = [(moved(schema.children[k]), moved(array.children[k])) for k in (0, 1, 5)]
    if parent_first:
        release(schema)
        release(array)
    for (of_schema, of_array), k in reversed(list(zip(columns, (0, 1, 5)))):
        assert column(of_schema, of_array) == expected[names[k]]
        release(of_array)
        release(of_schema)
    if not parent_first:
        release(array)
        release(schema)


def test_streams_that_nobody_takes_are_let_go(small_run: Run) -> None:
    for _ in range(100):
        small_run.__arrow_c_stream__()
    capsule = small_run.__arrow_c_stream__(None)
    schema = Schema()
    stream = stream_of(capsule)
    assert stream.contents.get_schema(stream, schema) == 0
    assert not stream.contents.get_last_error(stream)
    del capsule, stream
    gc.collect()
    assert schema.n_children > 10
    release(schema)


def test_schemas_and_arrays_may_be_asked_for_alone_and_the_stream_released_first(small_run: Run) -> None:
    capsule = small_run.__arrow_c_stream__()
    stream = stream_of(capsule)
    array = Array()
    assert stream.contents.get_next(stream, array) == 0
    stream.contents.release(stream)
    del capsule
    gc.collect()
    assert array.length == len(small_run)
    release(array)
