"""Where names stand beside lines and points, so that none lies on another."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

GAP = 9.0  # points between a label and what it names
COLUMN = 1.02  # where labels beside the axes begin, in widths of the axes


def wrapped(text: object, width: int) -> str:
    """The text in lines of about so many letters."""
    return "\n".join(textwrap.wrap(str(text), width, break_on_hyphens=False)) or str(text)


def write(axes: Axes, x: float, y: float, text: str, **options: Any) -> Text:
    """A text of matplotlib that is shown as it is: a "$" in it is a dollar."""
    return axes.text(x, y, text, parse_math=False, **options)


def ink(colour: Any, contrast: float = 4.0) -> str:
    """The colour, darkened until letters of it can be read on white."""
    rgb = np.array(to_rgb(colour))
    while 1.05 / (_luminance(rgb) + 0.05) < contrast:
        rgb = rgb * 0.95
    return str(to_hex(rgb))


def _luminance(rgb: Numbers) -> float:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> Numbers:
    """Centres as near to the wanted ones as is possible without overlap, between low and high.

    Parameters
    ----------
    wanted, heights : sequence of float
        Of the labels, in one unit.
    low, high : float
        Where labels may stand; where all of them are higher than that, they go on below low.

    Returns
    -------
    numpy.ndarray
        The centres, in the order of `wanted`.

    Examples
    --------
    >>> spread([5, 5, 9], [2, 2, 2], 0, 10).tolist()
    [4.0, 6.0, 9.0]
    """
    order = np.argsort(np.asarray(wanted, dtype=float), kind="stable")
    want, tall = np.asarray(wanted, dtype=float)[order], np.asarray(heights, dtype=float)[order]
    offset = np.concatenate([[0.0], np.cumsum((tall[1:] + tall[:-1]) / 2)])
    first = _nondecreasing(want - offset)
    first = np.minimum(np.maximum(first, low + tall[0] / 2), high - tall[-1] / 2 - offset[-1])
    centres = np.empty(len(order))
    centres[order] = first + offset
    return centres


def _nondecreasing(values: Numbers) -> Numbers:
    """The nearest nondecreasing numbers (pool adjacent violators)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        total, count = float(value), 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    return np.repeat([total / count for total, count in pools], [count for _, count in pools])


class Obstacles:
    """What labels keep off: lines, as points on them, and other labels, as boxes; pixels."""

    def __init__(self) -> None:
        self._points = np.empty((0, 2))
        self._boxes: list[Bbox] = []

    def copy(self) -> Obstacles:
        """The same, to which more can be added."""
        made = Obstacles()
        made._points, made._boxes = self._points, list(self._boxes)
        return made

    def add_line(self, points: Numbers) -> None:
        """A line by points along it."""
        self._points = np.concatenate([self._points, points])

    def add_box(self, box: Bbox) -> None:
        """A label, or something else that is not to be covered."""
        self._boxes.append(box)

    def meet(self, box: Bbox) -> bool:
        """Whether anything lies in the box."""
        return _any_inside(self._points, box) or self.meet_box(box)

    def meet_box(self, box: Bbox) -> bool:
        """Whether another box lies in the box, whatever lines do."""
        return any(box.overlaps(other) for other in self._boxes)

    def crossed_by(self, points: Numbers) -> bool:
        """Whether a thin line through these points covers a label."""
        return any(_any_inside(points, box) for box in self._boxes)


def _any_inside(points: Numbers, box: Bbox) -> bool:
    return bool(np.any(np.all((points > box.min) & (points < box.max), axis=1)))


def pixels(axes: Axes, x: Any, y: Any) -> Numbers:
    """Points of data in pixels; NaN where they cannot be drawn."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shown = axes.transData.transform(np.column_stack([np.asarray(x, float), np.asarray(y, float)]))
    shown[~np.isfinite(shown).all(axis=1)] = np.nan
    return np.asarray(shown)


def along(axes: Axes, line: Any, step: float = 3.0) -> Numbers:
    """Points along the part of a line that is inside the axes, some three pixels apart, in its order."""
    vertices, box = pixels(axes, line.get_xdata(), line.get_ydata()), axes.bbox
    pairs = [] if line.get_linestyle() == "None" else zip(vertices[:-1], vertices[1:], strict=True)
    stretches = [stretch for start, end in pairs if (stretch := _inside(start, end, box)) is not None]
    if not stretches:
        return np.asarray(vertices[np.all((vertices >= box.min) & (vertices <= box.max), axis=1)])
    counts = [int(np.hypot(*(end - start)) / step) + 2 for start, end in stretches]
    return np.concatenate([np.linspace(*ends, count) for ends, count in zip(stretches, counts, strict=True)])


def _inside(start: Numbers, end: Numbers, box: Bbox) -> tuple[Numbers, Numbers] | None:
    """The stretch of a segment within the box, if there is one (Liang and Barsky 1984)."""
    way = end - start
    if not np.isfinite(way).all():
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = (box.min - start) / way, (box.max - start) / way
    still = (way == 0) & (start >= box.min) & (start <= box.max)
    low = max(0.0, float(np.max(np.where(still, -np.inf, np.fmin(first, second)))))
    high = min(1.0, float(np.min(np.where(still, np.inf, np.fmax(first, second)))))
    return (start + low * way, start + high * way) if low <= high else None


def settle(figure: Figure) -> None:
    """Lets the figure find its layout, so that pixels are where they will be."""
    figure.draw_without_rendering()


def halo(text: Text) -> None:
    """White about the letters, so that they can be read where a thin line passes."""
    text.set_path_effects([withStroke(linewidth=3, foreground="white")])


def boxes_about(point: Numbers, size: Numbers, gap: float) -> list[Bbox]:
    """Places for a box of this size beside a point, the best first: right, above, below, left, and between."""
    width, height = size
    corners = [
        (gap, -height / 2), (gap, gap / 2), (gap, -height - gap / 2), (-width / 2, gap), (-width / 2, -height - gap),
        (-width - gap, -height / 2), (-width - gap, gap / 2), (-width - gap, -height - gap / 2),
    ]
    return [Bbox.from_bounds(point[0] + left, point[1] + bottom, width, height) for left, bottom in corners]


def contains(outer: Bbox, inner: Bbox) -> bool:
    """Whether the one box lies within the other."""
    return bool(np.all(inner.min >= outer.min) and np.all(inner.max <= outer.max))


class LineLabels:
    """The names of lines of one axes: at the ends of the lines inside, where there is room, else beside the axes."""

    def __init__(self, axes: Axes, lines: Sequence[Any], labels: Sequence[object]) -> None:
        self._axes, self._lines = axes, list(lines)
        self._names = [wrapped(label, 24) for label in labels]
        self.texts = [
            write(axes, COLUMN, 0.5, name, transform=axes.transAxes, color=ink(line.get_color()), va="center",
                  linespacing=1.05)
            for line, name in zip(lines, self._names, strict=True)
        ]
        self._leaders: list[Any] = []

    def place(self) -> None:
        """Finds the places, in the layout that the figure has now."""
        drawn = self._drawn()
        ends = [along(self._axes, line) for line in self._lines]
        for text, name, points in zip(self.texts, self._names, ends, strict=True):
            text.set_text(name if len(points) else name + "\n(beyond the picture)")
        beside = [self._ends_at_the_edge(points) for points in ends]
        while not self._try(ends, beside, drawn):
            pass

    def _try(self, ends: list[Numbers], beside: list[bool], drawn: Obstacles) -> bool:
        """Places labels beside the axes, then the others; whether these have room. One that has none is put beside."""
        self._stack([(text, points) for text, points, out in zip(self.texts, ends, beside, strict=True) if out])
        obstacles = drawn.copy()
        for text, out in zip(self.texts, beside, strict=True):
            if out:
                obstacles.add_box(text.get_window_extent())
        for k, (text, points) in enumerate(zip(self.texts, ends, strict=True)):
            if not beside[k] and not self._settled(text, points, obstacles):
                beside[k] = True
                return False
        return True

    def _drawn(self) -> Obstacles:
        obstacles = Obstacles()
        for line in self._axes.get_lines():
            obstacles.add_line(along(self._axes, line))
        for text in self._axes.texts:
            if text not in self.texts and text.get_text():
                obstacles.add_box(text.get_window_extent())
        return obstacles

    def _ends_at_the_edge(self, points: Numbers) -> bool:
        box = self._axes.bbox
        return not len(points) or bool(points[-1, 0] > box.x1 - 0.1 * box.width)

    def _settled(self, text: Text, points: Numbers, obstacles: Obstacles) -> bool:
        """Puts the text beside a point of its line, its end first, if there is room; it may stick out to the right."""
        extent, gap = text.get_window_extent(), GAP * self._axes.figure.dpi / 72
        size, within = np.array([extent.width, extent.height]), self._axes.bbox
        within = Bbox.from_extents(within.x0, within.y0, within.x1 + extent.width, within.y1)
        for distance in (gap, 2 * gap):
            for point in points[::-4]:
                for box in boxes_about(point, size, distance):
                    if contains(within, box) and not obstacles.meet(box):
                        self._put(text, box.x0, box.y0, "bottom")
                        halo(text)
                        obstacles.add_box(box)
                        return True
        return False

    def _put(self, text: Text, x: float, y: float, alignment: str) -> None:
        """The left edge of the text at these pixels, kept in shares of the axes."""
        box = self._axes.bbox
        text.set(x=(x - box.x0) / box.width, y=(y - box.y0) / box.height, va=alignment)

    def _stack(self, column: Sequence[tuple[Text, Numbers]]) -> None:
        """Labels beside the axes, one below the other, each as near to the end of its line as can be."""
        for leader in self._leaders:
            leader.remove()
        self._leaders = []
        if not column:
            return
        box = self._axes.bbox
        wanted = [ends[-1, 1] if len(ends) else box.y1 for _, ends in column]
        heights = [text.get_window_extent().height + 4 for text, _ in column]
        for (text, ends), centre in zip(column, spread(wanted, heights, box.y0, box.y1), strict=True):
            self._put(text, box.x0 + COLUMN * box.width, centre, "center")
            if len(ends):
                self._lead(text, ends[-1], centre)

    def _lead(self, text: Text, end: Numbers, centre: float) -> None:
        """A thin line from the end to the label, where it does not stand beside it."""
        near = end[0] > self._axes.bbox.x0 + 0.95 * self._axes.bbox.width
        if near and abs(end[1] - centre) < text.get_fontsize() * self._axes.figure.dpi / 72 / 2:
            return
        start = self._axes.transAxes.inverted().transform(end)
        leader = Line2D([start[0], COLUMN - 0.004], [start[1], text.get_position()[1]], transform=self._axes.transAxes,
                        color=text.get_color(), linewidth=0.9, clip_on=False)
        self._axes.add_artist(leader)
        self._leaders.append(leader)


def place_all(figure: Figure, labels: Sequence[LineLabels]) -> None:
    """Labels of all axes of a figure: where they stand decides how wide the axes are, and the other way round."""
    for _ in range(2):
        settle(figure)
        for one in labels:
            one.place()


def place_names(axes: Axes, x: Any, y: Any, names: Sequence[object], **options: Any) -> list[Text]:
    """Names beside points, off points, lines and names: those that have room close by first, then with thin lines."""
    texts = [write(axes, 0.5, 0.5, str(name), transform=axes.transAxes, **options) for name in names]
    settle(axes.figure)
    points, obstacles, radius = pixels(axes, x, y), Obstacles(), GAP * axes.figure.dpi / 72
    for line in axes.get_lines():
        obstacles.add_line(along(axes, line))
    for point in points[np.isfinite(points).all(axis=1)]:
        obstacles.add_box(Bbox.from_bounds(*(point - radius), 2 * radius, 2 * radius))
    waiting = list(zip(points, texts, strict=True))
    for taken, farthest in ((obstacles.meet, 1.1), (obstacles.meet_box, 2.6), (obstacles.meet_box, 20.0)):
        waiting = [(point, text) for point, text in waiting
                   if not _named(axes, point, text, obstacles, taken, radius * farthest)]
    for _, text in waiting:
        text.set_visible(False)
    return texts


def _named(axes: Axes, point: Numbers, text: Text, obstacles: Obstacles, taken: Callable[[Bbox], bool],
           farthest: float) -> bool:
    """Puts the name as near to its point as it can stand, if it can."""
    extent, box, radius = text.get_window_extent(), axes.bbox, GAP * axes.figure.dpi / 72
    size = np.array([extent.width, extent.height])
    for distance in np.arange(1.1 * radius, farthest + 1, radius / 2):
        for place in _around(point, size, distance):
            nearest = np.clip(point, place.min, place.max)
            way = np.linspace(point + (nearest - point) * 1.5 * radius / distance, nearest, 40)
            if contains(box, place) and not taken(place) and not obstacles.crossed_by(way):
                text.set(x=(place.x0 - box.x0) / box.width, y=(place.y0 - box.y0) / box.height, va="bottom")
                obstacles.add_box(place)
                halo(text)
                if distance > 1.2 * radius:
                    ends = axes.transAxes.inverted().transform([point, nearest])
                    lead = Line2D(*ends.T, transform=axes.transAxes, color="#999999", linewidth=0.8, zorder=0.5)
                    axes.add_artist(lead)
                return True
    return False


def _around(point: Numbers, size: Numbers, distance: float) -> list[Bbox]:
    """Boxes of this size about a point, in 24 directions: the nearest place of each is so far away."""
    boxes = boxes_about(point, size, distance)
    for angle in np.arange(24) * np.pi / 12:
        edge = point + distance * np.array([np.cos(angle), np.sin(angle)])
        corner = edge - size * np.array([(1 - np.sign(round(np.cos(angle), 9))) / 2, (1 - np.sin(angle)) / 2])
        boxes.append(Bbox.from_bounds(*corner, *size))
    return boxes
