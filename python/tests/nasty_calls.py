"""Ten thousand random calls with nasty arguments, for test_models.py: prints each exception that nobody should see."""

from __future__ import annotations

import inspect
import pickle
import random
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse

from quartic import laws, models, theory, worlds

EXPECTED = (ValueError, TypeError, OSError, MemoryError)
VALUES: list[Any] = [
    None, True, False, -(2**63), -(2**64), -1, 0, 1, 2, 3, 7, 2**63, 2**64, 10**30, 0.5, 1.0, -0.5, float("nan"),
    float("inf"), -float("inf"), 1e300, 1e-320, "", "cv", "theory", "all", "ar1(2)", "ar1(", "\0", "é" * 200, [], [1],
    (), {}, {"a": 1}, b"bytes", object(), np.float32(0.3), np.int8(3), np.array(3), np.array([1, 2]), 1j, int, print,
]


def arrays(choose: random.Random) -> Any:
    rng = np.random.default_rng(choose.randrange(2**32))
    odd = choose.choice([(), (0,), (3,), (0, 3), (3, 0), (1, 1), (1, 4), (2, 2, 2), (6, 4)])
    shape = choose.choice([(30, 4), (30, 16), (30, 16), odd])
    x = rng.normal(size=shape)
    spoil = choose.randrange(60)
    if spoil < 4 and x.size:
        x.flat[0] = (np.nan, np.inf, 1e308, 1e-320)[spoil]
    makes: list[Callable[[], Any]] = [
        lambda: x.astype(int), lambda: x > 0, lambda: x.astype(object), lambda: x.astype(str), lambda: x + 1j,
        lambda: np.asfortranarray(x), lambda: np.flip(x), lambda: np.ma.masked_array(x), lambda: x.tolist(),
        lambda: np.zeros(shape), lambda: np.full(shape, 1e200), lambda: x.astype("datetime64[s]"), lambda: None,
        lambda: scipy.sparse.csr_matrix(x) if x.ndim == 2 else x,
        lambda: pd.DataFrame(x) if x.ndim == 2 else pd.Series(x),
    ]
    return makes[spoil - 4]() if 4 <= spoil < 4 + len(makes) else x


def labels(choose: random.Random, x: Any) -> Any:
    rows = len(x) if hasattr(x, "__len__") else 5
    if choose.random() < 0.15:
        return arrays(choose)
    rng = np.random.default_rng(choose.randrange(2**32))
    return choose.choice([rng.normal(size=rows), rng.integers(0, 2, rows), rng.integers(0, 4, rows), np.zeros(rows),
                          np.array(["a", "b"])[rng.integers(0, 2, rows)], np.full(rows, 1e300)])


def options(choose: random.Random, names: list[str], pool: list[Any], most: int) -> dict[str, Any]:
    known = [*names, "no_such_option"] if choose.random() < 0.1 else names
    return {choose.choice(known): choose.choice(pool) for _ in range(choose.randrange(most + 1))} if known else {}


def sound(choose: random.Random, values: list[Any]) -> Any:
    """One of these, and now and then anything."""
    return choose.choice(values) if choose.random() < 0.9 else choose.choice(VALUES)


QUICK = {"epochs": 2, "features": 5, "most": 5, "penalties": 3, "rates": 3, "width": 3, "channels": 2, "iterations": 20}


def call_model(choose: random.Random) -> None:
    kind = getattr(models, choose.choice([name for name in models.__all__ if name not in ("Cost", "Report", "expert")]))
    names = list(kind._get_param_names())
    quick = {name: value for name, value in QUICK.items() if name in names}
    model = kind(**{**quick, **options(choose, names, VALUES, choose.choice([0, 1, 1, 2]))})
    if choose.random() < 0.2:
        model = models.expert(sound(choose, [[0, 1], [2], np.array([0, 3]), ["a"]]), model)
    x = arrays(choose)
    given = (labels(choose, x),) if choose.random() < 0.9 else (labels(choose, x), labels(choose, x))
    model.fit(x, *given)
    again = pickle.loads(pickle.dumps(model)) if choose.random() < 0.2 else model
    seen = x if choose.random() < 0.7 else arrays(choose)
    for method in ("predict", "predict_proba", "decision_function"):
        if hasattr(again, method):
            getattr(again, method)(seen)
    repr(again), again._study_table()


def call_world(choose: random.Random) -> None:
    kind = getattr(worlds, choose.choice([name for name in worlds.__all__ if name not in ("Truth", "World")]))
    names = [one.name for one in kind._options]
    small = {"candidates": 12, "relevant": 3, "side": 16} if choose.random() < 0.9 else {}
    given = {name: value for name, value in small.items() if name in names}
    world = kind(**{**given, **options(choose, names, VALUES, choose.choice([0, 1, 1, 2]))})
    truth = world.draw(sound(choose, [1, 2]), sound(choose, [0, 1]))
    truth = choose.choice([truth, truth.tested() or truth, truth.findings() or truth])
    first, count = sound(choose, [0, 5, 10**9]), sound(choose, [0, 1, 5])
    stream = sound(choose, ["train", "test"])
    choose.choice([
        lambda: truth.rows(first, count, stream=stream),
        lambda: truth.rows(first, count, sound(choose, [[0], [], [99], [1, 1], arrays(choose)])),
        lambda: truth.mean(first, count, stream=stream), lambda: truth.pictures(first, count),
        lambda: truth.excess_risk(sound(choose, [np.zeros(truth.candidates), arrays(choose)]), sound(choose, [0])),
        lambda: (truth.names, truth.facts, truth.relevant, truth.row_count, repr(truth)),
    ])()


def call_theory(choose: random.Random) -> None:
    name = choose.choice([one for one in theory.__all__ if one not in ("power_law_frontier", "online_network")])
    numbers = [0, 0.5, 1, 1, 2, 2, 3, 50, 50, 1e6, 1e300, -1, float("nan"), float("inf"), [1, 2], [[1], [2]], "a",
               None, 1j, [], 10**30]
    parameters = [key for key in inspect.signature(getattr(theory, name)).parameters if key != "n"]
    given = {key: value for key, value in options(choose, parameters, numbers, 3).items()
             if name not in SLOW or key not in ("strength", "candidates")}
    n = choose.choice([1, 10, 100, [1, 2], np.ones((2, 3)), choose.choice([arrays(choose), 1.5, 1e300, -1, None, "a"])])
    getattr(theory, name)(n, **given)


SLOW = ("logistic", "spectrum_sgd", "power_law_sgd", "power_law_sgd_tail")  # where there are a million columns
LAW_OPTIONS = ["error", "accuracy", "percent", "wide", "data", "compute", "parameters", "from_", "to", "group",
               "replicate", "average", "cluster", "best", "even", "law", "by", "delta", "floor", "performance",
               "expect", "margin", "confidence", "json", "help"]


def call_laws(choose: random.Random) -> None:
    rng = np.random.default_rng(choose.randrange(2**32))
    rows = choose.choice([0, 1, 2, 5, 12])
    n = np.geomspace(10, 1000, rows) if rows else np.zeros(0)
    table: dict[Any, Any] = {"n": n, "error": 3 / np.sqrt(n + 1) * np.exp(0.1 * rng.normal(size=rows))}
    if choose.random() < 0.3:
        table["flops"] = n**2
    if choose.random() < 0.3:
        table[choose.choice(["arm", "n", "error", "", "x,y", 3, None])] = choose.choice(
            [arrays(choose), ["a"] * rows, [choose.choice(VALUES) for _ in range(rows)]])
    words = ["n", "error", "flops", "power", "nd", "free", "envelope", "size", "huber", 1, 2.5, 100, *VALUES]
    given = sound(choose, [table, table, table, pd.DataFrame({"n": n, "error": n})])
    repr(laws.fit(given, **options(choose, LAW_OPTIONS, words, choose.choice([0, 1, 3]))))


def main(count: int) -> int:
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    ends: Counter[str] = Counter()
    wrong = 0
    for number in range(count):
        choose = random.Random(number)
        call = choose.choice([call_model, call_model, call_world, call_world, call_theory, call_laws])
        try:
            call(choose)
            ends["nothing"] += 1
        except EXPECTED as error:
            ends[type(error).__name__] += 1
        except Exception as error:  # noqa: BLE001
            wrong += 1
            print(f"call {number} ({call.__name__}): {type(error).__name__}: {error}", flush=True)
    print(f"{count} calls: {dict(ends)}")
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1])), 1))
