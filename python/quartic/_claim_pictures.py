"""Pictures of what a run found: claims, the waterfall of causes, who wins where."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

from ._house import COLOURS, LAWS, MOST_EXPONENT, VERDICTS, chosen_arms, figure, log_axis, raised, span_of, style
from ._labels import ink, settle, wrapped, write

if TYPE_CHECKING:
    import pandas

    from ._run import Run

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
        return span_of([*sure, *ends], 0.12)
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
        axes.text(published, -0.7, f"k{raised(published)}", ha="center", va="bottom", fontsize=13, color="#555555")
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
    chosen, keys = chosen_arms(arms, run.study.arms), list(run.study.settings)
    setting = setting if setting is not None else (keys[0] if keys else None)
    if setting is not None and setting not in keys:
        swept = ", ".join(keys) or "nothing"
        raise ValueError(f"the study does not sweep {setting!r} (it sweeps {swept}). Give one of these.")
    table = run.summary[run.summary["arm"].isin(chosen)]
    of_cells = run.study.settings[setting] if setting is not None else [""]
    values = list(dict.fromkeys(of_cells))
    made, axes = figure(width=9, height=1.7 + 0.62 * len(values))
    axes.set_xlim(*span_of(run.study.sizes, 0.03))
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
