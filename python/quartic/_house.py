"""The house style of pictures: figures, axes, what arms and verdicts look like."""

from __future__ import annotations

import contextlib
import io
import math
import os
from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator

STYLE = os.path.join(os.path.dirname(__file__), "quartic.mplstyle")
"""The house style's file: ``matplotlib.pyplot.style.use(quartic.plots.STYLE)`` sets it for good."""

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#444444", "#882255"]
"""Of arms, in their order."""

MARKERS = ["o", "s", "^", "D", "v", "P", "X", "*", "<"]
"""Of arms, in their order."""

HIGHEST_ERROR = 10.0  # what is above leaves the picture
MOST_CELLS = 6  # of a sweep, panels
MOST_EXPONENT = 50.0  # the interval of a waterfall goes on beyond the picture

# What the axis of a law says, and whether it is logarithmic.
LAWS = {
    "data_exponent": ("exponent of data: k times better takes k to this power", False),
    "compute_exponent": ("exponent of computing: k times better takes k to this power", False),
    "plateau": ("normalised error that stays", True),
    "crossing": ("{observations} until it has caught up", True),
    "compute_multiple": ("times the computing", True),
    "error_multiple": ("times the error", True),
    "ratio": ("times that of the other", True),
}

VERDICTS = {"supported": ("#009E73", "o"), "rejected": ("#D55E00", "X"), "not_identified": ("#777777", "D")}


@contextlib.contextmanager
def style() -> Iterator[None]:
    """The house style while a block, or a decorated function, draws.

    Yields
    ------
    None
        As ``with quartic.plots.style():`` or ``@quartic.plots.style()``.

    Examples
    --------
    >>> import matplotlib, quartic
    >>> with quartic.plots.style():
    ...     matplotlib.rcParams["lines.linewidth"]
    2.5
    """
    with matplotlib.style.context(STYLE):
        yield


class _Picture(Figure):  # type: ignore[misc]
    """A figure that a notebook shows where it is the value of a cell, whether or not pyplot is loaded."""

    def _repr_png_(self) -> bytes:
        file = io.BytesIO()
        self.savefig(file, format="png", dpi=self.dpi, bbox_inches="tight")
        return file.getvalue()


@style()
def figure(rows: int = 1, columns: int = 1, *, width: float = 8.0, height: float = 5.0, **options: Any) -> tuple[
        Figure, Any]:
    """An empty figure in the house style, and its axes, with a layout that makes room for labels.

    Parameters
    ----------
    rows, columns : int
        Of axes.
    width, height : float
        Of the figure, inches.
    **options
        Of ``matplotlib.figure.Figure.subplots``.

    Returns
    -------
    matplotlib.figure.Figure
        Of no window: the value of a notebook's cell, or saved.
    matplotlib.axes.Axes or numpy.ndarray of them
        One, or rows x columns.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure(height=4)
    >>> picture.get_size_inches().tolist()
    [8.0, 4.0]
    """
    with style():
        made = _Picture(figsize=(width, height), layout="constrained")
        made.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
        return made, made.subplots(rows, columns, **options)


# Axes.


def raised(number: float) -> str:
    """The number as an exponent is written: 10⁻³, k²·⁵."""
    return f"{number:g}".translate(str.maketrans("-0123456789.", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹·"))


def _tick_text(value: float, kind: str) -> str:
    if not value > 0:
        return ""
    power = math.floor(math.log10(value) + 1e-9)
    if kind == "powers" or (kind == "plain" and (value < 0.9e-4 or value > 1e7)):
        factor = value / 10.0**power
        front = "" if abs(factor - 1) < 1e-6 else f"{factor:.3g}·"
        return front + "10" + raised(power)
    if kind == "percent":
        return f"{100 * value:.6g} %"
    return f"{value:,.0f}" if value >= 1 and value == round(value) else f"{value:.6g}"


def _log_ticks(low: float, high: float, least: int) -> list[float]:
    """Round numbers on a logarithmic axis, at least so many where it is long enough."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > 8:
        step = math.ceil((last - first) / 8)
        return [10.0**power for power in range(first, last + 1) if power % step == 0]
    ticks: list[float] = []
    for factors in ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)):
        ticks = [f * 10.0**power for power in range(first, last + 1) for f in factors]
        ticks = [tick for tick in ticks if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9)]
        if len(ticks) >= least:
            return ticks
    return ticks if len(ticks) > 2 else [float(tick) for tick in MaxNLocator(5).tick_values(low, high)]


def log_axis(axes: Axes, which: str, kind: str = "plain", label: str = "") -> None:
    """Makes an axis logarithmic, with round numbers in full: 300, 1,000, or 10⁹.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Limits are to be set before.
    which : {"x", "y"}
        The axis.
    kind : {"plain", "powers", "percent"}
        How numbers are written: 0.01 and 1,000, powers of ten, or 1 %.
    label : str
        What the axis says; as it is, without mathematics.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure()
    >>> limits = axes.set_xlim(10, 3000)
    >>> quartic.plots.log_axis(axes, "x", label="patients")
    >>> [text.get_text() for text in axes.get_xticklabels()]
    ['10', '30', '100', '300', '1,000', '3,000']
    """
    low, high = axes.get_xlim() if which == "x" else axes.get_ylim()
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xscale if which == "x" else axes.set_yscale)("log")
    if low > 0:
        (axes.set_xlim if which == "x" else axes.set_ylim)(low, high)
    low, high = axes.get_xlim() if which == "x" else axes.get_ylim()
    axis.set_major_locator(FixedLocator(_log_ticks(low, high, 3 if kind == "powers" else 4)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _tick_text(value, kind)))
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())
    if label:
        axis.set_label_text(label, parse_math=False)


# Errors.


def chosen_arms(wanted: Sequence[str] | None, there: list[str]) -> list[str]:
    """The arms to draw, in the study's order."""
    unknown = [arm for arm in wanted or () if arm not in there]
    if unknown:
        raise ValueError(f"there is no arm {unknown[0]!r} (the study has {', '.join(there)}). Give some of these.")
    return [arm for arm in there if wanted is None or arm in wanted]


def span_of(values: Any, margin: float) -> tuple[float, float]:
    """The least and the greatest positive number, widened by a share of the decades between them."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (values.min(), values.max()) if len(values) else (0.1, 10.0)
    wider = math.exp(margin * max(math.log(high / low), 0.7))
    return low / wider, high * wider
