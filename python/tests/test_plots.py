"""Pictures, drawn without a display: names on lines, theory dashed, letters that can be read."""

from __future__ import annotations

import io
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from scipy import stats

import quartic
from quartic import _labels, plots

matplotlib.use("Agg")

WORLD = {"kind": "sparse_linear", "candidates": 40, "relevant": 5}
ODD_NAMES = ["_hidden", "an arm with a rather long name that goes on and on", "x_1"]


@pytest.fixture(scope="module")
def run() -> quartic.Run:
    return quartic.run("figure2", effort="classroom", replicates=4, progress=False)


@pytest.fixture(scope="module")
def sweep() -> quartic.Run:
    settings = {"world.candidates": [30, 100], "arm.oracle.replicates": 4}
    return quartic.run("figure2", effort="classroom", replicates=4, sizes=[20, 60, 200, 600], progress=False, **settings)


@pytest.fixture(scope="module")
def odd() -> quartic.Run:
    arms = [{"name": name, "model": "least_squares", "expert": {"correct": k + 2}}
            for k, name in enumerate(ODD_NAMES)]
    claim = {"says": "It costs $5, and $6 later", "arm": ODD_NAMES[0], "law": "plateau", "expect": 0.6}
    study = {"title": "What $5 buys, and $6", "observations": "patients", "sizes": [20, 40, 80], "replicates": 3,
             "world": WORLD, "arm": arms, "claim": [claim]}
    return quartic.run(study, progress=False)


def texts_of(figure: Figure) -> list[Text]:
    figure.draw_without_rendering()
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]


def names_on(axes: Axes) -> list[Text]:
    return [text for text in axes.texts if text.get_text()]


def dashed(axes: Axes) -> list[Line2D]:
    return [line for line in axes.get_lines() if line.get_linestyle() == "--"]


def assert_apart(texts: list[Text]) -> None:
    boxes = [text.get_window_extent() for text in texts]
    for k, box in enumerate(boxes):
        for other, text in zip(boxes[k + 1:], texts[k + 1:], strict=True):
            assert not box.overlaps(other), (texts[k].get_text(), text.get_text())


def bytes_of(figure: Figure) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


@pytest.mark.parametrize("by", ["data", "computing", "both", "total"])
def test_every_arm_has_its_name_and_no_name_lies_on_another(run: quartic.Run, by: str) -> None:
    figure = plots.error_curves(run, by=by)
    for axes in figure.axes:
        assert [text.get_text() for text in names_on(axes)] == ["oracle", "expert", "flexible", "regularised *"]
        assert axes.get_legend() is None
    figure.draw_without_rendering()
    assert_apart([text for axes in figure.axes for text in names_on(axes)])


def test_names_stand_inside_the_figure(run: quartic.Run) -> None:
    figure = plots.error_curves(run)
    for text in texts_of(figure):
        assert _labels.contains(figure.bbox.padded(1), text.get_window_extent()), text.get_text()


def test_names_are_kept_apart_where_lines_end_together() -> None:
    figure, axes = plots.figure()
    for k in range(9):
        axes.plot([1, 10, 100], [1, 2, 3 + 0.001 * k], label=f"line {k}")
    plots.label_lines(axes)
    figure.draw_without_rendering()
    assert_apart(names_on(axes))


def test_theory_is_dashed_and_lies_where_the_summary_has_it(run: quartic.Run) -> None:
    axes = plots.error_curves(run, by="data", arms=["oracle"]).axes[0]
    (line,) = dashed(axes)
    rows = run.summary[run.summary["arm"] == "oracle"]
    np.testing.assert_array_equal(line.get_xdata(), rows["n"])
    np.testing.assert_array_equal(line.get_ydata(), rows["theory_error"])


def test_without_theory_and_bands_there_are_neither(run: quartic.Run) -> None:
    axes = plots.error_curves(run, by="data", theory=False, bands=False).axes[0]
    assert not dashed(axes)
    assert not axes.collections


def test_bands_are_student_intervals_on_the_scale_of_logarithms(run: quartic.Run) -> None:
    axes = plots.error_curves(run, by="data", arms=["regularised"]).axes[0]
    rows = run.summary[run.summary["arm"] == "regularised"]
    factor = np.exp(stats.t.ppf(0.975, 3) * rows["mean_error_se"] / rows["mean_error"])
    corners = axes.collections[0].get_paths()[0].vertices
    for n, mean, spread in zip(rows["n"], rows["mean_error"], factor, strict=True):
        heights = corners[corners[:, 0] == n, 1]
        assert heights.min() == pytest.approx(mean / spread, rel=1e-9)
        assert heights.max() == pytest.approx(mean * spread, rel=1e-9)


def test_letters_can_be_read_from_the_back_of_a_class(run: quartic.Run) -> None:
    for figure in (plots.error_curves(run, by="data"), plots.winners(run), plots.findings(run)):
        for text in texts_of(figure):
            assert text.get_fontsize() >= 12, text.get_text()


def test_letters_stand_out_from_white() -> None:
    for colour in plots.COLOURS:
        light = np.asarray(matplotlib.colors.to_rgb(_labels.ink(colour)))
        assert 1.05 / (_labels._luminance(light) + 0.05) >= 4


def test_axes_are_in_words(odd: quartic.Run) -> None:
    figure = plots.error_curves(odd)
    assert [axes.get_xlabel() for axes in figure.axes] == ["patients", "floating-point operations"]
    assert {axes.get_ylabel() for axes in figure.axes} == {"normalised error"}


def test_titles_names_and_claims_are_shown_as_they_are(odd: quartic.Run) -> None:
    figure = plots.error_curves(odd, by="data")
    shown = {text.get_text().replace("\n", " ") for text in texts_of(figure)}
    assert {*ODD_NAMES, "What $5 buys, and $6"} <= shown
    for drawn in (figure, plots.findings(odd)):
        for text in texts_of(drawn):
            assert "$" not in text.get_text() or not text.get_parse_math(), text.get_text()


def test_labels_of_lines_and_points_are_shown_as_they_are() -> None:
    figure, axes = plots.figure()
    (line,) = axes.plot([1, 2], [1, 2])
    texts = plots.label_lines(axes, [line], ["$5 and $6"]) + plots.label_points(axes, [1.5], [1.8], ["$x^2$"])
    assert [text.get_text() for text in texts] == ["$5 and $6", "$x^2$"]
    assert not any(text.get_parse_math() for text in texts)


def test_numbers_on_axes_are_round_and_in_full(run: quartic.Run) -> None:
    axes = plots.error_curves(run, by="data").axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["10", "30", "100", "300", "1,000", "3,000"]
    axes = plots.error_curves(run, by="computing").axes[0]
    assert "10⁶" in [text.get_text() for text in axes.get_xticklabels()]


def test_a_sweep_has_a_panel_a_cell_with_its_settings(sweep: quartic.Run) -> None:
    figure = plots.error_curves(sweep, by="data")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["world.candidates = 30", "world.candidates = 100"]
    assert len({axes.get_ylim() for axes in figure.axes}) == 1
    figure = plots.error_curves(sweep, by="data", cells=1)
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["world.candidates = 100"]


def test_it_draws_where_it_is_told(run: quartic.Run) -> None:
    figure, (left, right) = plots.figure(1, 2, width=12)
    assert plots.error_curves(run, by="data", ax=right) is figure
    assert not left.get_lines()
    assert right.get_xlabel() == "observations"


def test_an_arm_keeps_its_colour_whoever_is_drawn(run: quartic.Run) -> None:
    axes = plots.error_curves(run, by="data", arms=["flexible"]).axes[0]
    assert axes.get_lines()[0].get_color() == plots.COLOURS[run.study.arms.index("flexible")]


@pytest.mark.parametrize(("options", "problem"), [
    ({"by": "time"}, "by is 'time'"),
    ({"arms": ["nobody"]}, "there is no arm 'nobody'"),
    ({"cells": 7}, "there is no cell 7"),
])
def test_what_there_is_not_is_refused(run: quartic.Run, options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        plots.error_curves(run, **options)


def test_one_axes_takes_one_panel(run: quartic.Run) -> None:
    _, axes = plots.figure()
    with pytest.raises(ValueError, match="one axes was given for several panels"):
        plots.error_curves(run, ax=axes)


def test_pictures_are_the_same_to_the_last_byte(run: quartic.Run) -> None:
    assert bytes_of(plots.error_curves(run)) == bytes_of(plots.error_curves(run))


def test_the_style_ends_with_its_block() -> None:
    before = matplotlib.rcParams["lines.linewidth"]
    with plots.style():
        assert matplotlib.rcParams["lines.linewidth"] == 2.5
    assert matplotlib.rcParams["lines.linewidth"] == before


def test_a_notebook_shows_a_picture_that_is_the_value_of_a_cell(run: quartic.Run) -> None:
    assert plots.error_curves(run, by="data")._repr_png_().startswith(b"\x89PNG")


def test_findings_have_a_row_a_claim_with_its_verdict_in_words(run: quartic.Run) -> None:
    figure = plots.findings(run)
    rows = [label.get_text().replace("\n", " ") for axes in figure.axes for label in axes.get_yticklabels()]
    assert sorted(rows) == sorted(run.findings["says"])
    verdicts = [text.get_text().split("\n")[-1] for axes in figure.axes for text in axes.texts]
    assert sorted(verdicts) == sorted(verdict.replace("_", " ") for verdict in run.findings["verdict"])
    figure.draw_without_rendering()
    assert_apart([text for axes in figure.axes for text in [*axes.texts, *axes.get_yticklabels()]])


def test_findings_say_which_cell_of_a_sweep_they_are_of(sweep: quartic.Run) -> None:
    figure = plots.findings(sweep.findings[sweep.findings["law"] == "plateau"])
    rows = [label.get_text().replace("\n", " ") for label in figure.axes[0].get_yticklabels()]
    assert [row.rsplit(", ", 1)[1] for row in rows] == ["world.candidates = 30", "world.candidates = 100"]


def test_findings_draw_intervals_without_an_end(run: quartic.Run) -> None:
    table = run.findings.iloc[:2].copy()
    table["low"], table["high"] = [-np.inf, np.nan], [np.inf, np.nan]
    table.loc[table.index[1], "estimate"] = np.nan
    words = [text.get_text() for text in plots.findings(table).axes[0].texts]
    assert words[0].startswith(f"{table['estimate'].iloc[0]:.3g} [")
    assert words[1].startswith("not estimated")


def test_a_study_without_claims_has_no_findings_to_draw() -> None:
    arms = {"oracle": {"model": "least_squares", "expert": {"correct": 5}}}
    bare = quartic.run({"sizes": [20, 40], "replicates": 2, "world": WORLD, "arm": arms}, progress=False)
    with pytest.raises(ValueError, match="no findings to draw"):
        plots.findings(bare)
    with pytest.raises(ValueError, match="no causes to draw"):
        plots.waterfall(bare)


def test_a_waterfall_ends_where_its_shares_add_up_to() -> None:
    shares = [{"cause": "floor", "estimate": 1.0, "low": 0.5, "high": 1.5},
              {"cause": "few_sizes", "estimate": -0.5, "low": -1.5, "high": 0.5}]
    causes = {"base": {"estimate": 4.0, "low": 3.9, "high": 4.1}, "shares": shares,
              "total": {"estimate": 0.5, "low": -0.5, "high": 1.5}}
    axes = plots.waterfall(causes).axes[0]
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in axes.patches]
    assert bars == [(0.0, 4.0), (4.0, 5.0), (5.0, 4.5), (0.0, 4.5)]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["none of them", "floor", "few sizes", "all of them"]
    assert [bar.get_alpha() for bar in axes.patches] == [1.0, 1.0, 0.35, 1.0]


def test_winners_have_the_least_error(sweep: quartic.Run) -> None:
    axes = plots.winners(sweep, "world.candidates", arms=["expert", "regularised"]).axes[0]
    summary = sweep.summary
    for row, candidates in enumerate([30, 100]):
        table = summary[(summary["world.candidates"] == candidates) & summary["arm"].isin(["expert", "regularised"])]
        best = table.loc[table.groupby("n")["mean_error"].idxmin()].set_index("n")["arm"]
        stretches = [bar for bar in axes.patches if round(bar.get_y() + 0.4) == row]
        for n, arm in best.items():
            (bar,) = [bar for bar in stretches if bar.get_x() <= n < bar.get_x() + bar.get_width()]
            colour = matplotlib.colors.to_hex(bar.get_facecolor())
            assert colour == plots.COLOURS[sweep.study.arms.index(arm)].lower()


def test_winners_know_pools_that_grow() -> None:
    arms = {"told": {"model": "least_squares", "expert": {"correct": 5}}, "flexible": {"model": "least_squares"}}
    pools = {"kind": "sparse_linear", "relevant": 5, "support": "first", "candidates": [20, "n"]}
    run = quartic.run({"sizes": [40, 80], "replicates": 3, "world": pools, "arm": arms}, progress=False)
    axes = plots.winners(run).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["20", "n"]
    assert [text.get_text() for text in axes.texts] == ["told", "told"]


def test_winners_refuse_what_is_not_swept(run: quartic.Run) -> None:
    with pytest.raises(ValueError, match="does not sweep 'world.noise'"):
        plots.winners(run, "world.noise")


def test_names_of_points_keep_off_points_and_each_other() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(1, 9, (2, 15))
    figure, axes = plots.figure()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    axes.plot(x, y, "o")
    texts = plots.label_points(axes, x, y, [f"system {k}" for k in range(15)])
    figure.draw_without_rendering()
    assert all(text.get_visible() for text in texts)
    assert_apart(texts)
    for point in axes.transData.transform(np.column_stack([x, y])):
        assert not any(text.get_window_extent().contains(*point) for text in texts)


def test_slopes_are_those_of_k_to_the_q() -> None:
    figure, axes = plots.figure()
    axes.set(xscale="log", yscale="log", xlim=(1, 1e4), ylim=(1e-4, 1))
    plots.slopes(axes, [2, 4])
    for line, q in zip(axes.get_lines(), [2, 4], strict=True):
        (x0, x1), (y0, y1) = np.log(line.get_xdata()), np.log(line.get_ydata())
        assert (y1 - y0) / (x1 - x0) == pytest.approx(-2 / q)


def test_labels_are_spread_as_little_as_can_be() -> None:
    rng = np.random.default_rng(2)
    for _ in range(200):
        count = rng.integers(1, 9)
        wanted, heights = rng.uniform(0, 100, count), rng.uniform(5, 12, count)
        centres = _labels.spread(list(wanted), list(heights), 0, 100)
        order = np.argsort(wanted, kind="stable")
        gaps = np.diff(centres[order]) - (heights[order][1:] + heights[order][:-1]) / 2
        assert np.all(gaps > -1e-9)
        assert np.all(centres - heights / 2 > -1e-9)
        assert np.all(centres + heights / 2 < 100 + 1e-9)
        free = np.diff(wanted[order]) >= (heights[order][1:] + heights[order][:-1]) / 2
        if free.all() and np.all(wanted >= heights / 2) and np.all(wanted <= 100 - heights / 2):
            np.testing.assert_allclose(centres, wanted)
