"""Pictures of runs in one house style: names on the lines, theory dashed, axes in words.

Every function that draws a figure of its own returns it: a notebook shows it, ``figure.savefig("name.svg")`` keeps it.

>>> import quartic
>>> run = quartic.run("figure2", effort="classroom", replicates=5)
>>> figure = quartic.plots.error_curves(run, by="data")
>>> [axes.get_xlabel() for axes in figure.axes]
['observations']
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._claim_pictures import findings, waterfall, winners
from ._house import (
    COLOURS, HIGHEST_ERROR, MARKERS, MOST_CELLS, STYLE, chosen_arms, figure, log_axis, raised, span_of, style,
)
from ._labels import LineLabels, Numbers, halo, ink, place_all, place_names

if TYPE_CHECKING:
    import pandas

    from ._run import Run

__all__ = [
    "COLOURS", "MARKERS", "STYLE", "error_curves", "findings", "figure", "label_lines", "label_points", "log_axis",
    "mark", "slopes", "style", "waterfall", "winners",
]


def _sides(by: str) -> list[str]:
    sides = {"data": ["data"], "computing": ["computing"], "both": ["data", "computing"], "total": ["total"]}
    if by not in sides:
        raise ValueError(f'by is {by!r} (an error is drawn by "data", "computing", "both" or "total"). Give one of these.')
    return sides[by]


def _along(rows: pandas.DataFrame, side: str) -> Any:
    """Where rows of a summary stand on the horizontal axis."""
    if side == "computing":
        return rows["fit_flops"] + rows["tuning_flops"].fillna(0)
    return rows["n" if side == "data" else "total_flops"]


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
        x = _along(rows, side).to_numpy(float)
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


def _set_axes(axes: Axes, run: Run, side: str, cells: list[int], arms: list[str]) -> None:
    rows = run.summary[run.summary["cell"].isin(cells) & run.summary["arm"].isin(arms)]
    sizes = _along(rows, side)
    errors = np.minimum(np.concatenate([rows["mean_error"], rows["theory_error"]]), HIGHEST_ERROR)
    axes.set_xlim(*span_of(sizes, 0.04))
    axes.set_ylim(*span_of(errors, 0.06))
    labels = {"data": str(run.study._native.observations), "total": "floating-point operations with all uses"}
    label = labels.get(side, "floating-point operations")
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
    by : {"both", "data", "computing", "total"}
        What the horizontal axis is; "total" counts pre-training and all uses of a rule too.
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
    sides, chosen = _sides(by), chosen_arms(arms, run.study.arms)
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
        axes.annotate(f"k{raised(q)}", end, xytext=(3, 0), textcoords="offset points", va="center", fontsize=13,
                      color="#777777")


# Claims.
