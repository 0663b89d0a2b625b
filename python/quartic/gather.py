"""What the groups of a class found, in one picture: `python -m quartic.gather DIR... --out FILE`.

Each group runs the same study with a seed of its own, so that their worlds are independent. Folders of the program and
of ``quartic.run(..., out=...)`` are read alike, those with arms of Python too.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import _native

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["picture", "pooled", "seed_from", "table"]

#: Laws of which groups are averaged by their logarithms: an estimate of twice, and one of half, are as far off.
RATIOS = ("crossing", "compute_multiple", "error_multiple")

ALL = "all groups"

Folders = Sequence[str | os.PathLike[str]]
Numbers = npt.NDArray[np.float64]


def seed_from(word: str) -> int:
    """The seed that ``--seed-from`` of the program makes of a word: a name for a group is a seed of its own.

    Parameters
    ----------
    word : str
        Any; its bytes in UTF-8 are hashed.

    Returns
    -------
    int
        The 32-bit FNV-1a hash: s = 2166136261, then s = (s xor byte) 16777619 mod 2^32 for each byte.

    Examples
    --------
    >>> seed_from("Group 1")
    2727130447
    """
    return _native.seed_from(word)


@dataclass(frozen=True)
class _Group:
    """What one folder holds."""

    name: str
    seed: int
    observations: str
    world: dict[str, Any]
    findings: list[dict[str, Any]]
    summary: pandas.DataFrame


def _read_group(folder: str | os.PathLike[str]) -> _Group:
    import pandas as pd

    path = os.path.abspath(os.fspath(folder))

    def text(name: str) -> str:
        try:
            with open(os.path.join(path, name), encoding="utf-8") as file:
                return file.read()
        except OSError as error:
            raise ValueError(
                f"{os.fspath(folder)} has no {name} ({error.strerror}). Give folders of runs that have ended."
            ) from None

    study = tomllib.loads(text("study.toml"))
    return _Group(
        name=os.path.basename(path),
        seed=int(study["seed"]),
        observations=str(study.get("observations", "observations")),
        world=study["world"],
        findings=json.loads(text("findings.json"))["findings"],
        summary=pd.read_csv(os.path.join(path, "summary.csv"), dtype={"arm": str}, keep_default_na=False,
                            na_values=[""]),
    )


def _read(folders: Folders) -> list[_Group]:
    if isinstance(folders, (str, os.PathLike)):
        folders = [folders]
    groups = [_read_group(folder) for folder in folders]
    if not groups:
        raise ValueError("no folder was given (a picture has one group or more). Give the folders of their runs.")
    for number, group in enumerate(groups):
        for earlier in groups[:number]:
            _require_another(earlier, group)
    return groups


def _require_another(one: _Group, other: _Group) -> None:
    """The same world, drawn anew."""
    if one.seed == other.seed:
        raise ValueError(
            f"{one.name} and {other.name} have the same seed, {one.seed} (their worlds are the same, and would count "
            "twice). Leave one of them out, or run it with a seed of its own."
        )
    if one.world != other.world:
        raise ValueError(
            f"{one.name} and {other.name} have different worlds (what they found is not comparable). Give runs of "
            "one study."
        )


def _chosen(group: _Group, claim: str | None, cell: int) -> dict[str, Any]:
    """The finding on this claim; unless told, the first on a crossing, or else the first."""
    findings = [finding for finding in group.findings if finding["cell"] == cell]
    if claim is not None:
        found = [finding for finding in findings if finding["says"] == claim]
    else:
        found = [finding for finding in findings if finding["law"] == "crossing"] or findings
    if not found:
        which = "no finding" if claim is None else f'no finding "{claim}"'
        says = "; ".join(finding["says"] for finding in findings) or "none"
        raise ValueError(f"{group.name} has {which} in cell {cell} (it has: {says}). Name one of these.")
    return found[0]


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)


def pooled(estimates: Sequence[float], *, ratios: bool = True, confidence: float = 0.95) -> tuple[float, float, float]:
    """The mean over groups, with Student's interval.

    Groups have seeds of their own, so that their estimates scatter as much as one of them is uncertain. That scatter is
    all that is used: intervals of single groups, which rest on few replicates, have no part in it.

    Parameters
    ----------
    estimates : sequence of float, shape (groups,)
        One a group. NaN, of a group that has none, is left out.
    ratios : bool
        Average logarithms: the geometric mean.
    confidence : float
        Of the interval.

    Returns
    -------
    (float, float, float)
        Mean, and the ends m -+ t s/sqrt(g) of its interval, with g the groups that have an estimate and t of g - 1
        degrees of freedom. NaN for what g is too small for.

    Raises
    ------
    ValueError
        Where ratios are not above 0.

    Examples
    --------
    >>> [round(number) for number in pooled([50, 100, 200])]
    [100, 18, 559]
    """
    values = np.asarray(estimates, dtype=float)
    values = values[np.isfinite(values)]
    if ratios and (values <= 0).any():
        raise ValueError("an estimate is not above 0 (it has no logarithm). Set ratios=False.")
    if not len(values):
        return float("nan"), float("nan"), float("nan")
    scale = np.log(values) if ratios else values
    half = float("nan")
    if len(values) > 1:
        from scipy.special import stdtrit

        half = stdtrit(len(values) - 1, (1 + confidence) / 2) * scale.std(ddof=1) / np.sqrt(len(values))
    ends = scale.mean() + np.array([0.0, -half, half])
    mean, low, high = (np.exp(ends) if ratios else ends).tolist()
    return mean, low, high


def table(folders: Folders, *, claim: str | None = None, cell: int = 0, together: bool = True) -> pandas.DataFrame:
    """What each group measured of one claim, and all of them together.

    Parameters
    ----------
    folders : sequence of paths
        One a group, of runs that have ended; of one world, with different seeds.
    claim : str, optional
        What it says; unless told, the first on a crossing, or else the first.
    cell : int
        Of a sweep, the cell.
    together : bool
        Whether groups measured the same, so that their mean means something; not so where each has an arm of its own.

    Returns
    -------
    pandas.DataFrame
        One row a group: group, seed, estimate, low, high, verdict; together a last one, "all groups": that of
        ``pooled``, its seed -1 and its verdict empty.

    Raises
    ------
    ValueError
        For folders that hold no finished run, for different worlds, equal seeds, and a claim that a group lacks.

    Examples
    --------
    >>> import quartic, tempfile
    >>> with tempfile.TemporaryDirectory() as work:
    ...     folders = [f"{work}/{name}" for name in ("Group 1", "Group 2")]
    ...     for folder in folders:
    ...         seed = seed_from(folder[-7:])
    ...         _ = quartic.run("figure2", effort="classroom", seed=seed, replicates=3, out=folder)
    ...     found = table(folders)
    >>> found["group"].tolist()
    ['Group 1', 'Group 2', 'all groups']
    """
    return _table(_read(folders), claim, cell, together)


def _table(groups: list[_Group], claim: str | None, cell: int, together: bool) -> pandas.DataFrame:
    import pandas as pd

    found = [_chosen(group, claim, cell) for group in groups]
    rows = [
        {"group": group.name, "seed": group.seed, "estimate": _number(one["estimate"]), "low": _number(one["low"]),
         "high": _number(one["high"]), "verdict": one["verdict"]}
        for group, one in zip(groups, found, strict=True)
    ]
    if together:
        mean, low, high = pooled([row["estimate"] for row in rows], ratios=found[0]["law"] in RATIOS,
                                 confidence=found[0]["confidence"])
        rows.append({"group": ALL, "seed": -1, "estimate": mean, "low": low, "high": high, "verdict": ""})
    return pd.DataFrame(rows)


def picture(folders: Folders, *, claim: str | None = None, cell: int = 0, together: bool = True) -> Figure:
    """What all groups found: the curves that a claim is about, and its estimate by group.

    Parameters
    ----------
    folders : sequence of paths
        One a group, of runs that have ended; of one world, with different seeds.
    claim : str, optional
        What it says; unless told, the first on a crossing, or else the first.
    cell : int
        Of a sweep, the cell.
    together : bool
        Whether groups measured the same, so that their mean means something; not so where each has an arm of its own.

    Returns
    -------
    matplotlib.figure.Figure
        Left: the error of the claim's arm, and of the arm it is compared with: a thin line a group, a thick one for
        their geometric mean. Right: each group's estimate with its interval; below, that of all of them (``pooled``).
        Not together: nothing of all of them, and the curves of the arm it is compared with bear the groups' names.

    Raises
    ------
    ValueError
        As ``table``.

    Examples
    --------
    >>> import quartic, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = quartic.run("figure2", effort="classroom", replicates=3, out=folder + "/Anna", progress=False)
    ...     shown = picture([folder + "/Anna"])
    >>> [label.get_text() for label in shown.axes[1].get_yticklabels()]
    ['Anna', 'all groups']
    """
    from . import plots

    groups = _read(folders)
    found, finding = _table(groups, claim, cell, together), _chosen(groups[0], claim, cell)
    against = finding["against"]
    arms = [finding["arm"], *([against["arm"]] if against and against["arm"] != finding["arm"] else [])]
    figure, (left, right) = plots.figure(1, 2, width=15.0, height=max(5.6, 2.6 + 0.42 * len(found)))
    with plots.style():
        figure.suptitle(finding["says"], x=0.012, ha="left", parse_math=False)
        left.set_title("thin: a group; thick: all of them" if together else "each group's curve")
        right.set_title(f"estimates, and their {100 * finding['confidence']:g} % intervals")
        _draw_estimates(right, found, finding["law"], groups[0].observations)
        _draw_curves(left, groups, arms, cell, together)
    return figure


def _curve(group: _Group, arm: str, cell: int) -> pandas.Series[float]:
    """Mean errors by size."""
    rows = group.summary[(group.summary["cell"] == cell) & (group.summary["arm"] == arm)]
    return rows.set_index("n")["mean_error"].rename(group.name)


def _draw_curves(axes: Axes, groups: list[_Group], arms: list[str], cell: int, together: bool) -> None:
    from . import plots

    lines, errors, sizes = [], [], []
    for number, arm in enumerate(arms):
        curves = [_curve(group, arm, cell) for group in groups]
        named = not together and arm == arms[-1]
        drawn = [_draw_curve(axes, curve, plots.COLOURS[number], named) for curve in curves]
        mean = np.exp(sum(np.log(curve) for curve in curves) / len(curves)).dropna()
        lines += drawn if named else axes.plot(mean.index, mean, color=plots.COLOURS[number], linewidth=3.5, label=arm)
        errors += [min(error, 10.0) for curve in curves for error in curve]
        sizes += list(mean.index)
    axes.set_xlim(min(sizes) / 1.1, max(sizes) * 1.1)
    axes.set_ylim(min(errors) / 1.2, max(errors) * 1.2)
    plots.log_axis(axes, "x", label=groups[0].observations)
    plots.log_axis(axes, "y", label="normalised error")
    plots.label_lines(axes, lines)


def _draw_curve(axes: Axes, curve: pandas.Series[float], colour: str, named: bool) -> Any:
    """A group's: thin, or one that is to bear its name."""
    width, alpha, label = (2.0, 1.0, f"{curve.name}") if named else (1.0, 0.5, f"_{curve.name}")
    return axes.plot(curve.index, curve, color=colour, linewidth=width, alpha=alpha, label=label)[0]


def _draw_estimates(axes: Axes, found: pandas.DataFrame, law: str, observations: str) -> None:
    from . import _house, plots

    label, logarithmic = _house.LAWS.get(law, (law.replace("_", " "), False))
    axes.set_xlim(*_limits(found[["estimate", "low", "high"]].to_numpy(), logarithmic))
    if (found["group"] == ALL).any():
        axes.axhline(len(found) - 1.5, color="#BBBBBB", linewidth=1)
    for at, (_, row) in enumerate(found.iterrows()):
        _draw_estimate(axes, row, at)
    axes.set_yticks(range(len(found)), found["group"], parse_math=False)
    axes.set_ylim(len(found) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    label = label.replace("{observations}", observations)
    if logarithmic:
        plots.log_axis(axes, "x", label=label)
    else:
        axes.set_xlabel(label)


def _limits(rows: Numbers, logarithmic: bool) -> tuple[float, float]:
    """All estimates, and of intervals what is not absurdly far from them: three times as far as these are apart."""
    rows = rows[np.isfinite(rows[:, 0])]
    if not len(rows):
        return (1.0, 10.0) if logarithmic else (0.0, 1.0)
    if logarithmic:
        with np.errstate(divide="ignore"):
            with np.errstate(divide="ignore", invalid="ignore"):  # an end below 0 is not drawn
                rows = np.log(rows)
    low, high = rows[:, 0].min(), rows[:, 0].max()
    reach = 3 * max(high - low, 0.4 if logarithmic else 0.1)
    ends = np.clip(rows[np.isfinite(rows)], low - reach, high + reach)
    margin = 0.06 * (ends.max() - ends.min())
    first, last = float(ends.min() - margin), float(ends.max() + margin)
    return (math.exp(first), math.exp(last)) if logarithmic else (first, last)


def _draw_estimate(axes: Axes, row: Any, at: int) -> None:
    from . import plots

    last = row["group"] == ALL
    colour = "#111111" if last else plots.COLOURS[0]
    if not np.isfinite(row["estimate"]):
        axes.text(0.5, at, "none among these sizes", transform=axes.get_yaxis_transform(), ha="center", va="center",
                  color="#777777")
        return
    if np.isfinite([row["low"], row["high"]]).all():
        axes.plot([row["low"], row["high"]], [at, at], color=colour, linewidth=3.5 if last else 2, label="_interval")
    axes.plot([row["estimate"]], [at], marker="D" if last else "o", markersize=11 if last else 8, color=colour,
              label="_estimate")
    if last:
        axes.annotate(f"{_three(row['estimate'])} ({_three(row['low'])} to {_three(row['high'])})",
                      (row["estimate"], at), xytext=(0, 10), textcoords="offset points", ha="center", va="bottom")


def _three(number: float) -> str:
    """A number with three digits, thousands in full."""
    if not np.isfinite(number):
        return "unknown"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


def main(words: Sequence[str] | None = None) -> int:
    """The command: draws the picture, prints the table.

    Parameters
    ----------
    words : sequence of str, optional
        Of the command line.

    Returns
    -------
    int
        0; 2 where folders or words are refused.

    Examples
    --------
    >>> main(["no such folder"])
    2
    """
    parser = argparse.ArgumentParser(prog="python3 -m quartic.gather", description="One picture of all groups' runs.")
    parser.add_argument("folders", nargs="+", metavar="DIR", help="a group's run, that has ended")
    parser.add_argument("-o", "--out", default="gathered.png", metavar="FILE",
                        help=".png, .svg or .pdf (default: %(default)s)")
    parser.add_argument("--claim", metavar="TEXT", help="what it says (default: the first on a crossing)")
    parser.add_argument("--apart", action="store_true", help="a contest: each group has an arm of its own")
    given = parser.parse_args(words)
    asked = {"claim": given.claim, "together": not given.apart}
    try:
        picture(given.folders, **asked).savefig(given.out)
        print(table(given.folders, **asked).to_string(index=False, float_format=_three))
    except ValueError as error:
        print(f"quartic.gather: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
