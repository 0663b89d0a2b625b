"""Pictures of runs in one house style: names on the lines, theory dashed, axes in words.

Every function that draws a figure of its own returns it: a notebook shows it, ``figure.savefig("name.svg")`` keeps it.

>>> import quartic
>>> run = quartic.run("figure2", effort="classroom", replicates=5)
>>> figure = quartic.plots.error_curves(run, by="data")
>>> [axes.get_xlabel() for axes in figure.axes]
['observations']
"""

from __future__ import annotations

import contextlib
import io
import math
import os
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib.style
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullFormatter, NullLocator
from matplotlib.transforms import blended_transform_factory

from ._labels import LineLabels, Numbers, halo, ink, place_all, place_names, settle, wrapped, write

if TYPE_CHECKING:
    import pandas

    from ._run import Run

__all__ = [
    "COLOURS", "MARKERS", "STYLE", "error_curves", "findings", "figure", "label_lines", "label_points", "log_axis",
    "mark", "slopes", "style", "waterfall", "winners",
]

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


def _raised(number: float) -> str:
    """The number as an exponent is written: 10⁻³, k²·⁵."""
    return f"{number:g}".translate(str.maketrans("-0123456789.", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹·"))


def _tick_text(value: float, kind: str) -> str:
    if not value > 0:
        return ""
    power = math.floor(math.log10(value) + 1e-9)
    if kind == "powers" or (kind == "plain" and (value < 0.9e-4 or value > 1e7)):
        factor = value / 10.0**power
        front = "" if abs(factor - 1) < 1e-6 else f"{factor:.3g}·"
        return front + "10" + _raised(power)
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


def _sides(by: str) -> list[str]:
    sides = {"data": ["data"], "computing": ["computing"], "both": ["data", "computing"]}
    if by not in sides:
        raise ValueError(f'by is {by!r} (an error is drawn by "data", by "computing" or by "both"). Give one of these.')
    return sides[by]


def _chosen(wanted: Sequence[str] | None, there: list[str]) -> list[str]:
    """The arms to draw, in the study's order."""
    unknown = [arm for arm in wanted or () if arm not in there]
    if unknown:
        raise ValueError(f"there is no arm {unknown[0]!r} (the study has {', '.join(there)}). Give some of these.")
    return [arm for arm in there if wanted is None or arm in wanted]


def _interval(mean: Numbers, error: Numbers, replicates: Numbers) -> tuple[Numbers, Numbers]:
    """95 % interval of a mean over replicates: Student's t, on the scale of logarithms.

    mean * exp(-+ t se / mean)
    """
    from scipy.special import stdtrit

    with np.errstate(divide="ignore", invalid="ignore"):
        width = stdtrit(np.maximum(replicates - 1.0, 1.0), 0.975) * error / mean
    width = np.where(replicates > 1, np.minimum(width, 50.0), np.nan)
    return mean * np.exp(-width), mean * np.exp(width)


def _setting_words(run: Run, cell: int) -> str:
    return ", ".join(f"{key} = {values[cell]}" for key, values in run.study.settings.items())


def _draw_curves(axes: Axes, run: Run, side: str, cell: int, arms: list[str], theory: bool, bands: bool) -> LineLabels:
    """The curves of a cell: bands first, then lines, then theory, so that nothing hides theory."""
    summary = run.summary[run.summary["cell"] == cell]
    lines, names, dashed = [], [], []
    for arm in arms:
        rows = summary[summary["arm"] == arm]
        number = run.study.arms.index(arm)
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        flops = rows["fit_flops"] + rows["tuning_flops"].fillna(0)
        x = (rows["n"] if side == "data" else flops).to_numpy(float)
        mean = rows["mean_error"].to_numpy(float)
        if bands:
            low, high = _interval(mean, rows["mean_error_se"].to_numpy(float), rows["replicates"].to_numpy(float))
            axes.fill_between(x, low, high, color=colour, alpha=0.2, linewidth=0)
        lines += axes.plot(x, mean, color=colour, marker=marker, label="_" + arm)
        dashed.append((x, rows["theory_error"].to_numpy(float), colour))
        names.append(arm + (" *" if rows["marks"].notna().any() else ""))
    for x, curve, colour in dashed if theory else []:
        if np.isfinite(curve).any():
            axes.plot(x, curve, color=ink(colour, 11.0), linestyle="--", linewidth=1.8, label="_theory")
    return LineLabels(axes, lines, names)


def _range(values: Any, margin: float) -> tuple[float, float]:
    """The least and the greatest positive number, widened by a share of the decades between them."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (values.min(), values.max()) if len(values) else (0.1, 10.0)
    wider = math.exp(margin * max(math.log(high / low), 0.7))
    return low / wider, high * wider


def _set_axes(axes: Axes, run: Run, side: str, cells: list[int], arms: list[str]) -> None:
    rows = run.summary[run.summary["cell"].isin(cells) & run.summary["arm"].isin(arms)]
    sizes = rows["n"] if side == "data" else rows["fit_flops"] + rows["tuning_flops"].fillna(0)
    errors = np.minimum(np.concatenate([rows["mean_error"], rows["theory_error"]]), HIGHEST_ERROR)
    axes.set_xlim(*_range(sizes, 0.04))
    axes.set_ylim(*_range(errors, 0.06))
    label = str(run.study._native.observations) if side == "data" else "floating-point operations"
    log_axis(axes, "x", "plain" if side == "data" else "powers", label)
    log_axis(axes, "y", "plain", "normalised error")
    if axes.get_ylim()[1] > 1:
        axes.axhline(1, color="#888888", linewidth=1.2, linestyle=":", zorder=1, label="_1")


@style()
def error_curves(
    run: Run,
    by: str = "both",
    arms: Sequence[str] | None = None,
    theory: bool = True,
    bands: bool = True,
    ax: Axes | None = None,
    cells: Sequence[int] | int | None = None,
) -> Figure:
    """Error by data and by computing, on logarithmic axes, with the name of each arm on its line.

    Parameters
    ----------
    run : Run
        What to draw: means over replicates.
    by : {"both", "data", "computing"}
        What the horizontal axis is.
    arms : sequence of str, optional
        Some of the study's; unless told, all. An arm has the same colour in every picture of a study.
    theory : bool
        Draw the curves of theory, dashed, where they are known.
    bands : bool
        Draw the 95 % interval of each mean over the replicates.
    ax : matplotlib.axes.Axes, optional
        Where to draw; then `by` is one of two, and there is one cell.
    cells : int or sequence of int, optional
        Of a sweep, a panel each; unless told, the first six.

    Returns
    -------
    matplotlib.figure.Figure
        Errors above ten leave the picture; a dotted line is at 1, the error of always giving the same answer. A star
        marks arms that use what only the truth knows.

    Raises
    ------
    ValueError
        For another `by`, an arm or a cell that there is not.

    Examples
    --------
    >>> import quartic
    >>> run = quartic.run("figure2", effort="classroom", replicates=3)
    >>> picture = quartic.plots.error_curves(run, by="computing", arms=["oracle", "flexible"])
    >>> [text.get_text() for text in picture.axes[0].texts]
    ['oracle', 'flexible']
    """
    sides, chosen = _sides(by), _chosen(arms, run.study.arms)
    numbers = _cells(run, cells)
    if ax is not None and len(sides) * len(numbers) > 1:
        raise ValueError('one axes was given for several panels. Choose by="data" or by="computing", and one of cells.')
    made, panels = (ax.figure, [ax]) if ax is not None else _panels(run, len(sides), len(numbers))
    labels = []
    for axes, (cell, side) in zip(panels, [(cell, side) for cell in numbers for side in sides], strict=True):
        labels.append(_draw_curves(axes, run, side, cell, chosen, theory, bands))
        _set_axes(axes, run, side, numbers, chosen)
        if run.study.settings:
            axes.set_title(_setting_words(run, cell), parse_math=False)
    place_all(made, labels)
    return made


def _cells(run: Run, cells: Sequence[int] | int | None) -> list[int]:
    count = run.cube.shape[0]
    if cells is None:
        return list(range(min(count, MOST_CELLS)))
    chosen = [int(cells)] if isinstance(cells, (int, np.integer)) else [int(cell) for cell in cells]
    for cell in chosen:
        if not 0 <= cell < count:
            raise ValueError(f"there is no cell {cell} (the study has {count}, counted from 0). Give some of these.")
    return chosen


def _panels(run: Run, sides: int, cells: int) -> tuple[Figure, list[Axes]]:
    """A figure with the study's title: a row a cell where there are two sides, else three panels a row."""
    columns = sides if sides > 1 else min(cells, 3)
    rows = math.ceil(sides * cells / columns)
    width = 8.0 if columns == 1 else 6.6 * columns
    made, grid = figure(rows, columns, width=width, height=5.0 * rows + 0.3, squeeze=False)
    axes = list(grid.flat)
    for unused in axes[sides * cells:]:
        unused.remove()
    title = textwrap.fill(run.study.title or run.study.name, int(8 * width))
    made.suptitle(title, x=0.012, ha="left", parse_math=False)
    return made, axes[: sides * cells]


# What stands on lines and beside points.


@style()
def label_lines(axes: Axes, lines: Sequence[Any] | None = None, labels: Sequence[object] | None = None) -> list[Any]:
    """Names at the ends of lines, in their colours, none on another: what a legend would say.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its lines drawn and its limits set.
    lines : sequence of matplotlib.lines.Line2D, optional
        Which; unless told, all that have a label.
    labels : sequence of str, optional
        Their names, as they are, without mathematics; unless told, the labels of the lines.

    Returns
    -------
    list of matplotlib.text.Text
        In the order of the lines. Names of lines that end at the right edge stand beside the axes.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure()
    >>> drawn = axes.plot([1, 2, 3], [1, 4, 9], label="costs $5") + axes.plot([1, 2, 3], [1, 4, 9.1], label="costs $6")
    >>> [text.get_text() for text in quartic.plots.label_lines(axes)]
    ['costs $5', 'costs $6']
    """
    if lines is None:
        lines = [line for line in axes.get_lines() if not str(line.get_label()).startswith("_")]
    placed = LineLabels(axes, lines, [line.get_label() for line in lines] if labels is None else labels)
    place_all(axes.figure, [placed])
    return placed.texts


@style()
def label_points(axes: Axes, x: Any, y: Any, names: Sequence[object], **options: Any) -> list[Any]:
    """Names beside points, off lines, points and other names.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its points and lines drawn and its limits set.
    x, y : array_like
        The points.
    names : sequence of str
        As they are, without mathematics. One for which there is no room is not shown.
    **options
        Of ``matplotlib.text.Text``, such as fontsize.

    Returns
    -------
    list of matplotlib.text.Text
        In the order of the points.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure()
    >>> dots = axes.scatter([1, 1.01], [1, 1])
    >>> len(quartic.plots.label_points(axes, [1, 1.01], [1, 1], ["AlexNet", "NASNet-A"]))
    2
    """
    return place_names(axes, x, y, names, **{"fontsize": 11, "color": "#444444", **options})


@style()
def mark(axes: Axes, x: float, y: float, text: str = "", *, interval: tuple[float, float] | None = None) -> None:
    """A ring about a place in a picture, with a few words: a crossing, say, and its interval.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where.
    x, y : float
        The place, in the numbers of the axes.
    text : str
        What it is; as it is, without mathematics.
    interval : (float, float), optional
        Of x, drawn as a whisker.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure()
    >>> quartic.plots.mark(axes, 1401, 0.25, "flexible overtakes", interval=(1363, 1433))
    """
    axes.plot([x], [y], marker="o", markersize=15, markerfacecolor="none", markeredgecolor="#111111", markeredgewidth=2,
              linestyle="none", label="_mark", zorder=5)
    if interval is not None:
        axes.plot(interval, [y, y], color="#111111", linewidth=2, marker="|", markersize=9, label="_interval", zorder=5)
    if text:
        shown = axes.annotate(text, (x, y), xytext=(0, 14), textcoords="offset points", ha="center", va="bottom",
                              fontsize=13, color="#111111", parse_math=False, zorder=6)
        halo(shown)


@style()
def slopes(axes: Axes, exponents: Sequence[float] = (2, 4), *, at: tuple[float, float] = (0.04, 0.34),
           decades: float = 1.0, root: bool = True) -> None:
    """Grey guides with the slopes of k^q on logarithmic axes of error by data or computing.

    Where performance k is one over the root of the error, k^q times the data or the computing is a slope of -2/q; where
    it is one over the error, -1/q.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its limits set.
    exponents : sequence of float
        The q.
    at : (float, float)
        Where they begin, in shares of the axes.
    decades : float
        How long they are, along the horizontal axis.
    root : bool
        Whether performance is one over the root of the error.

    Examples
    --------
    >>> import quartic
    >>> picture, axes = quartic.plots.figure()
    >>> axes.loglog([10, 1000], [1, 0.01])  # doctest: +ELLIPSIS
    [...]
    >>> quartic.plots.slopes(axes, [2, 4])
    >>> [text.get_text() for text in axes.texts]
    ['k²', 'k⁴']
    """
    x, y = axes.transData.inverted().transform(axes.transAxes.transform(at))
    for q in exponents:
        end = x * 10**decades, y * 10 ** (-(2 if root else 1) / q * decades)
        axes.plot([x, end[0]], [y, end[1]], color="#999999", linewidth=1.5, label="_slope", zorder=1, scalex=False,
                  scaley=False)
        axes.annotate(f"k{_raised(q)}", end, xytext=(3, 0), textcoords="offset points", va="center", fontsize=13,
                      color="#777777")


# Claims.


def _frame(found: Run | pandas.DataFrame) -> tuple[Any, str, str]:
    """Findings as a table, what a sample is made of, and a title."""
    if hasattr(found, "findings"):
        return found.findings, str(found.study._native.observations), found.study.title or found.study.name
    return found, "observations", ""


def _claimed(row: Any) -> tuple[float, float]:
    """What the claim allows."""
    if not math.isnan(row["expect"]):
        return row["expect"] - row["margin"], row["expect"] + row["margin"]
    if not math.isnan(row["at_least"]):
        return row["at_least"] - row["margin"], math.inf
    return -math.inf, row["at_most"] + row["margin"]


def _claim_extent(rows: Any, logarithmic: bool) -> tuple[float, float]:
    """Limits of an axis that hold all finite estimates, claims and intervals that are not absurdly wide."""
    sure = [value for _, row in rows.iterrows() for value in (row["estimate"], *_claimed(row)) if math.isfinite(value)]
    if logarithmic:
        sure = [value for value in sure if value > 0] or [0.1, 10.0]
        low, high = min(sure), max(sure)
        reach = max(math.log(high / low), 0.4)
        ends = [v for v in (*rows["low"], *rows["high"]) if v > 0 and abs(math.log(v / high)) < 3 * reach]
        return _range([*sure, *ends], 0.12)
    low, high = (min(sure), max(sure)) if sure else (0.0, 10.0)
    reach = max(high - low, 0.5)
    ends = [v for v in (*rows["low"], *rows["high"]) if low - reach < v < high + reach]
    low, high = min([low, *ends]), max([high, *ends])
    return low - 0.12 * (high - low), high + 0.12 * (high - low)


def _draw_claim(axes: Axes, row: Any, at: int) -> None:
    """Grey: what is claimed; the estimate and its interval; the verdict in words beside the axes."""
    colour, marker = VERDICTS.get(row["verdict"], VERDICTS["not_identified"])
    low, high = axes.get_xlim()
    claimed = np.clip(_claimed(row), low, high)
    axes.fill_betweenx([at - 0.36, at + 0.36], *claimed, color="#D8D8D8", linewidth=0, zorder=1)
    ends = [row["low"] if row["low"] == row["low"] else low, row["high"] if row["high"] == row["high"] else high]
    if math.isfinite(row["estimate"]):
        axes.plot(np.clip(ends, low, high), [at, at], color=colour, label="_interval", zorder=3)
        for end, arrow in zip(ends, "<>", strict=True):
            beyond = not low < end < high
            axes.plot([min(max(end, low), high)], [at], color=colour, marker=arrow if beyond else "|", markersize=10,
                      markeredgewidth=2, label="_end", clip_on=False, zorder=3)
        if low < row["estimate"] < high:
            axes.plot([row["estimate"]], [at], color=colour, marker=marker, markersize=10, label="_estimate", zorder=4)
    verdict = row["verdict"].replace("_", " ")
    words = f"{_interval_words(row['estimate'], row['low'], row['high'])}\n{verdict}"
    place = blended_transform_factory(axes.transAxes, axes.transData)
    write(axes, 1.02, at, words, transform=place, color=ink(colour), va="center", fontsize=13)


def _short(value: float) -> str:
    """Three digits, thousands in full."""
    if not math.isfinite(value):
        return "…"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _interval_words(estimate: float, low: float, high: float) -> str:
    if not math.isfinite(estimate):
        return "not estimated"
    return f"{_short(estimate)} [{_short(low)}, {_short(high)}]"


@style()
def findings(found: Run | pandas.DataFrame) -> Figure:
    """Every claim with what was measured: a forest plot, one panel for each kind of number.

    Parameters
    ----------
    found : Run or pandas.DataFrame
        A run, or some rows of its ``findings``.

    Returns
    -------
    matplotlib.figure.Figure
        A row a claim. Grey is what it allows, the mark with whiskers is the estimate with its interval; an arrow goes
        on beyond the picture. Green circles are supported, orange crosses rejected, grey diamonds not identified.

    Raises
    ------
    ValueError
        Where there are no claims.

    Examples
    --------
    >>> import quartic
    >>> run = quartic.run("figure2", effort="classroom", replicates=5)
    >>> picture = quartic.plots.findings(run.findings[run.findings["arm"] == "expert"])
    >>> picture.axes[0].get_xlabel()
    'normalised error that stays'
    """
    table, observations, title = _frame(found)
    if not len(table):
        raise ValueError("there are no findings to draw (the study claims nothing). Give it a [[claim]].")
    columns = list(table.columns)
    settings = columns[columns.index("cell") + 1:columns.index("says")]
    laws = list(dict.fromkeys(table["law"]))
    counts = [int((table["law"] == law).sum()) for law in laws]
    made, grid = figure(len(laws), 1, width=12.5, height=0.85 * sum(counts) + 0.95 * len(laws) + 0.5, squeeze=False,
                        gridspec_kw={"height_ratios": [count + 0.25 for count in counts]})
    for axes, law in zip(grid.flat, laws, strict=True):
        _draw_law(axes, table[table["law"] == law], law, observations, settings)
    if title:
        made.suptitle(textwrap.fill(title, 90), x=0.012, ha="left", parse_math=False)
    settle(made)
    return made


def _draw_law(axes: Axes, rows: Any, law: str, observations: str, settings: list[str]) -> None:
    label, logarithmic = LAWS.get(law, (law.replace("_", " "), False))
    axes.set_xlim(*_claim_extent(rows, logarithmic))
    label = label.replace("{observations}", observations)
    if logarithmic:
        log_axis(axes, "x", "plain", label)
    else:
        axes.set_xlabel(label, parse_math=False)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    for at, (_, row) in enumerate(rows.iterrows()):
        _draw_claim(axes, row, at)
    says = [", ".join([row["says"], *(f"{key} = {row[key]}" for key in settings)]) for _, row in rows.iterrows()]
    axes.set_yticks(range(len(rows)), [wrapped(text, 46) for text in says], fontsize=12, parse_math=False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


# Causes.


@style()
def waterfall(found: Run | dict[str, Any], ax: Axes | None = None) -> Figure:
    """From the true exponent to the published one, cause by cause.

    Parameters
    ----------
    found : Run or dict
        A run of a study with causes, or the ``causes`` of its ``findings_json``.
    ax : matplotlib.axes.Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib.figure.Figure
        Each bar adds one cause: its share of the exponent, with its interval. Pale: an interval that holds 0.

    Raises
    ------
    ValueError
        Where the study has no causes.

    Examples
    --------
    >>> import quartic
    >>> none, share = dict(estimate=4.0, low=3.9, high=4.1), dict(cause="floor", estimate=1.5, low=1.2, high=1.8)
    >>> picture = quartic.plots.waterfall(dict(base=none, shares=[share], total=dict(estimate=1.5, low=1.2, high=1.8)))
    >>> picture.axes[0].get_xlabel()
    'exponent of computing'
    """
    causes = found.findings_json.get("causes") if hasattr(found, "findings_json") else found
    if not causes:
        raise ValueError('there are no causes to draw (a study tells them in [causes]). Run one that does, such as '
                         '"four_to_nine".')
    bars = _bars(causes)
    made, axes = (ax.figure, ax) if ax is not None else figure(width=9.5, height=0.62 * len(bars) + 1.3)
    for at, bar in enumerate(bars):
        _draw_bar(axes, at, bar)
    axes.set_xlim(0, 1.05 * max(9.5, *(end for bar in bars for end in (bar.end, bar.high) if end < MOST_EXPONENT)))
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_yticks(range(len(bars)), [bar.name for bar in bars], parse_math=False)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("exponent of computing")
    for published in (4, 9):
        axes.axvline(published, color="#777777", linestyle=":", linewidth=1.5, zorder=0, label="_")
        axes.text(published, -0.7, f"k{_raised(published)}", ha="center", va="bottom", fontsize=13, color="#555555")
    settle(made)
    return made


@dataclass(frozen=True)
class _Bar:
    """Of a waterfall: from start to end, with the interval of the end."""

    name: str
    words: str
    start: float
    end: float
    low: float
    high: float


def _ends(number: dict[str, Any], base: float) -> list[float]:
    """Estimate, low and high, above the base."""
    return [base + (math.nan if number[key] is None else float(number[key])) for key in ("estimate", "low", "high")]


def _bars(causes: dict[str, Any]) -> list[_Bar]:
    base = _ends(causes["base"], 0.0)
    bars = [_Bar("none of them", _interval_words(*base), 0.0, *base)]
    for share in causes["shares"]:
        at = bars[-1].end
        end, low, high = _ends(share, at)
        words = f"{end - at:+.2f} [{low - at:+.2f}, {high - at:+.2f}]".replace("-", "−")
        bars.append(_Bar(str(share["cause"]).replace("_", " "), words, at, end, low, high))
    total = _ends(causes["total"], base[0])
    return [*bars, _Bar("all of them", _interval_words(*total), 0.0, *total)]


def _draw_bar(axes: Axes, at: int, bar: _Bar) -> None:
    unsure = bar.start > 0 and bar.low <= bar.start <= bar.high
    colour = "#777777" if bar.start == 0 else "#D55E00" if bar.end > bar.start else "#0072B2"
    axes.barh(at, bar.end - bar.start, 0.7, left=bar.start, color=colour, alpha=0.35 if unsure else 1.0, zorder=2)
    axes.plot([bar.low, bar.high], [at, at], color="#111111", linewidth=2, marker="|", markersize=9, label="_interval",
              zorder=3)
    place = blended_transform_factory(axes.transAxes, axes.transData)
    write(axes, 1.02, at, bar.words, transform=place, color=ink(colour), va="center", fontsize=13)


# Who wins where.


@style()
def winners(run: Run, setting: str | None = None, arms: Sequence[str] | None = None) -> Figure:
    """The arm with the least error at every size, for each value that a sweep gives a setting.

    Parameters
    ----------
    run : Run
        Of which the means over replicates are compared.
    setting : str, optional
        The key of the sweep that makes the rows, such as "world.candidates"; unless told, the first, if there is one.
        Cells that differ in other keys are averaged.
    arms : sequence of str, optional
        Who takes part; unless told, all.

    Returns
    -------
    matplotlib.figure.Figure
        A row a value; each arm has its colour, and its name where there is room.

    Raises
    ------
    ValueError
        For a setting that the study does not sweep, or an arm that there is not.

    Examples
    --------
    >>> import quartic
    >>> sweep = {"world.candidates": [100, 1000]}
    >>> run = quartic.run("figure2", effort="classroom", replicates=3, sizes=[50, 500], **sweep)
    >>> picture = quartic.plots.winners(run, arms=["expert", "regularised"])
    >>> [text.get_text() for text in picture.axes[0].texts]
    ['expert', 'regularised', 'expert', 'regularised']
    """
    chosen, keys = _chosen(arms, run.study.arms), list(run.study.settings)
    setting = setting if setting is not None else (keys[0] if keys else None)
    if setting is not None and setting not in keys:
        swept = ", ".join(keys) or "nothing"
        raise ValueError(f"the study does not sweep {setting!r} (it sweeps {swept}). Give one of these.")
    table = run.summary[run.summary["arm"].isin(chosen)]
    of_cells = run.study.settings[setting] if setting is not None else [""]
    values = list(dict.fromkeys(of_cells))
    made, axes = figure(width=9, height=1.7 + 0.62 * len(values))
    axes.set_xlim(*_range(run.study.sizes, 0.03))
    log_axis(axes, "x", label=str(run.study._native.observations))
    axes.set_ylim(-0.6, len(values) - 0.4)
    settle(made)
    for row, value in enumerate(values):
        cells = [cell for cell, of_cell in enumerate(of_cells) if of_cell == value]
        _draw_winners(axes, run, row, table[table["cell"].isin(cells)])
    axes.set_yticks(range(len(values)), [str(value) for value in values], parse_math=False)
    axes.set_ylabel(setting.split(".")[-1].replace("_", " ") if setting else "", parse_math=False)
    axes.grid(visible=False)
    axes.tick_params(axis="y", length=0)
    return made


def _draw_winners(axes: Axes, run: Run, row: int, table: Any) -> None:
    """One stretch for every run of sizes that one arm wins, from midway to midway on the logarithmic axis."""
    errors = table.groupby(["n", "arm"])["mean_error"].mean().unstack()
    best, sizes = list(errors.idxmin(axis=1)), errors.index.to_numpy(float)
    low, high = axes.get_xlim()
    ends = np.concatenate([[low], np.sqrt(sizes[1:] * sizes[:-1]), [high]])
    start = 0
    for stop in range(1, len(best) + 1):
        if stop < len(best) and best[stop] == best[start]:
            continue
        colour = COLOURS[run.study.arms.index(best[start]) % len(COLOURS)]
        axes.barh(row, ends[stop] - ends[start], 0.8, left=ends[start], color=colour, edgecolor="white", linewidth=1.5)
        text = write(axes, float(np.sqrt(ends[start] * ends[stop])), row, best[start], ha="center", va="center",
                     color=_letters_on(colour), fontsize=13)
        width = np.diff(axes.transData.transform([[ends[start], 0], [ends[stop], 0]])[:, 0])[0]
        if text.get_window_extent().width > 0.92 * width:
            text.remove()
        start = stop
    axes.set_xlim(low, high)


def _letters_on(colour: str) -> str:
    """White or nearly black, whichever is read better there."""
    return "white" if ink(colour, 3.8) == colour.lower() else "#111111"
