"""Runs: what a study came to, as tables, arrays, pictures and files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _native
from ._inputs import sound_text
from ._kinds import Kinds
from ._study import Study, _Recipe, as_study, count_of_bytes, count_of_threads

if TYPE_CHECKING:
    import pandas
    import xarray
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

File = str | os.PathLike[str]

STATUSES = ["converged", "iteration_limit", "diverged", "separated", "failed"]

_finding_columns = [
    "says", "arm", "law", "average", "against", "expect", "at_least", "at_most", "margin", "estimate", "low", "high",
    "verdict", "reason", "in_words",
]


class Run:
    """A finished run. Made by ``quartic.run`` and ``quartic.open``; immutable.

    Attributes
    ----------
    study : Study
        What ran.

    Examples
    --------
    >>> import quartic
    >>> run = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40])
    >>> run.records[["arm", "n", "replicate", "normalised_error"]].shape
    (2012, 4)
    >>> run.cube.shape
    (1, 4, 2, 1000, 12)
    """

    def __init__(self, native: Any, study: Study) -> None:
        self._native = native
        self.study = study
        self._columns: dict[str, Any] | None = None

    # Tables.

    @property
    def records(self) -> pandas.DataFrame:
        """One row a fit, in study order: the columns of records.csv, and what the sweep sets in the fit's cell.

        Beside them the error that theory expects, the CPU seconds of fits that shared no work, and of worlds of classes
        auc, log_loss and brier. Counts that were not measured are -1, numbers NaN. Every call makes a frame of its own,
        whose numbers are shared, not copied, and read-only.
        """
        import pandas as pd

        if self._columns is None:
            self._columns = self._make_columns()
        return pd.DataFrame(self._columns, copy=False)

    def _make_columns(self) -> dict[str, Any]:
        import pandas as pd

        columns: dict[str, Any] = dict(self._native.columns)
        columns["arm"] = pd.Categorical.from_codes(columns["arm"], categories=self._native.arms)
        columns["status"] = pd.Categorical.from_codes(columns["status"], categories=STATUSES)
        first = {name: columns.pop(name) for name in ("cell", "arm", "n", "replicate")}
        settings = {key: _setting_array(values)[first["cell"]] for key, values in self.study.settings.items()}
        if not self._native.has_classes:
            for name in ("auc", "log_loss", "brier"):
                del columns[name]
        return {**first, **settings, **columns, "message": self._native.messages}

    @property
    def summary(self) -> pandas.DataFrame:
        """One row a cell, arm and size: averages over replicates, as summary.csv has them."""
        import io

        import pandas as pd

        return pd.read_csv(io.StringIO(self._native.summary_csv), dtype={"arm": str}, keep_default_na=False,
                           na_values=[""], float_precision="round_trip")

    @property
    def findings(self) -> pandas.DataFrame:
        """One row a claim and cell: what it says, what was measured with its interval, and the verdict."""
        import pandas as pd

        rows = [_row_of_finding(found) for found in self.findings_json["findings"]]
        return pd.DataFrame(rows, columns=["cell", *self.study.settings, *_finding_columns])

    @property
    def findings_json(self) -> dict[str, Any]:
        """All that findings.json has."""
        return dict(json.loads(self._native.findings_json))

    @property
    def timings(self) -> pandas.DataFrame:
        """CPU seconds of every fit that shared no work, by cell, arm, n and replicate."""
        return self.records[["cell", "arm", "n", "replicate", *self.study.settings, "cpu_seconds"]]

    # Bytes and arrays.

    @property
    def records_csv(self) -> bytes:
        """The bytes of records.csv, those that the program writes."""
        return bytes(self._native.records_csv)

    @property
    def cube(self) -> NDArray[np.float64]:
        """Every measurement: cell x arm x size x replicate x measure; shared memory, read-only.

        NaN where nothing was measured. `measures` names the last axis.
        """
        cube: NDArray[np.float64] = self._native.cube
        return cube

    @property
    def measures(self) -> list[str]:
        """What the last axis of `cube` is."""
        return list(self._native.measures)

    def to_xarray(self) -> xarray.DataArray:
        """The cube with named axes; the numbers are shared.

        Returns
        -------
        xarray.DataArray
            Axes cell, arm, n, replicate, measure; settings of a sweep are coordinates of cell.

        Examples
        --------
        >>> import quartic
        >>> run = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40])
        >>> float(run.to_xarray().sel(arm="expert", n=40, measure="parameters").mean())
        10.0
        """
        import xarray as xr

        cube = self.cube
        coordinates: dict[str, Any] = {
            "cell": np.arange(cube.shape[0]), "arm": self._native.arms, "n": self.study.sizes,
            "replicate": np.arange(cube.shape[3]), "measure": self.measures,
        }
        for key, values in self.study.settings.items():
            coordinates[key] = ("cell", _setting_array(values))
        return xr.DataArray(cube, dims=["cell", "arm", "n", "replicate", "measure"], coords=coordinates,
                            name=self.study.name)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The records as an Arrow C stream: ``pyarrow.table(run)``, ``polars.from_arrow(run)``, DuckDB. Not copied."""
        return self._native.arrow_stream()

    # Pictures and pages.

    def plot(self, **options: Any) -> Figure:
        """Error by data and by computing, with bands and theory: ``quartic.plots.error_curves``.

        Parameters
        ----------
        **options
            Of ``quartic.plots.error_curves``.

        Returns
        -------
        matplotlib.figure.Figure
            With labels on its lines.

        Examples
        --------
        >>> import quartic
        >>> run = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40])
        >>> run.plot().savefig("/dev/null", format="svg")
        """
        from . import plots

        return plots.error_curves(self, **options)

    def save(self, folder: File) -> None:
        """Writes the folder that the program would have left: every verb of it, and ``quartic.open``, read it.

        Parameters
        ----------
        folder : path
            New, empty, or of the same study.

        Raises
        ------
        ValueError
            For a folder that holds something else.

        Examples
        --------
        >>> import quartic, tempfile
        >>> run = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40])
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     run.save(folder)
        ...     quartic.open(folder).records_csv == run.records_csv
        True
        """
        self._native.save(folder_of(folder, "folder"))

    def report(self, path: File | None = None) -> str:
        """The report as one page of HTML: errors, findings, computing, pictures.

        Parameters
        ----------
        path : path, optional
            Where to write it, too.

        Returns
        -------
        str
            The page.

        Examples
        --------
        >>> import quartic
        >>> run = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40])
        >>> "</html>" in run.report()
        True
        """
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as work:
            folder, page = os.path.join(work, self.study.name), os.path.join(work, "page.html")
            self.save(folder)
            _program(["report", folder, "--out", page], self.study._kinds)
            text = Path(page).read_text(encoding="utf-8")
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    @property
    def interrupted(self) -> bool:
        """Whether fits are missing, of a run that was stopped or of shards that were not merged."""
        return bool(self._native.interrupted)

    @property
    def failed(self) -> int:
        """How many fits failed."""
        return int(self._native.failed)

    @property
    def wall_seconds(self) -> float:
        """How long it took."""
        return float(self._native.wall_seconds)

    @property
    def cpu_seconds(self) -> float:
        """How long all its threads computed."""
        return float(self._native.cpu_seconds)

    def __len__(self) -> int:
        return int(self._native.rows)

    def __repr__(self) -> str:
        return f"Run({self.study.name!r}, {len(self)} fits, {self.failed} failed, {self.wall_seconds:.1f} s)"

    def _repr_html_(self) -> str:
        import html

        shown = self.findings[[*self.study.settings, "says", "estimate", "low", "high", "verdict"]]
        findings = _html_table(shown) if len(shown) else ""
        return f"<h4>{html.escape(self.study.title)}</h4><p>{html.escape(repr(self))}</p>{findings}"


def _setting_array(values: Sequence[Any]) -> NDArray[Any]:
    """What a sweep sets in each cell: numbers where all are numbers, or not set; else as they are."""
    if all(value is None or isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
        return np.array([np.nan if value is None else value for value in values])
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _row_of_finding(found: Mapping[str, Any]) -> dict[str, Any]:
    against = found["against"] or {}
    row = {"cell": found["cell"], **found["settings"], **{name: found.get(name) for name in _finding_columns}}
    for name in ("expect", "at_least", "at_most", "margin", "estimate", "low", "high"):
        row[name] = np.nan if row[name] is None else float(row[name])
    row["against"] = f"{against['arm']} at {against['n']}" if "n" in against else against.get("arm")
    return row


def _html_table(frame: pandas.DataFrame) -> str:
    page: str = frame.to_html(index=False, float_format=lambda number: f"{number:.3g}", border=0, escape=True)
    return page


def _program(words: Sequence[str], kinds: Kinds | None = None) -> str:
    """What a verb of the program prints; where it refuses, ValueError, or OSError of the machine, with its message."""
    status, out, err = _native.program(list(words), _native.Kinds() if kinds is None else kinds.native)
    if status in (2, 3):
        message = err.decode().removeprefix("quartic: ").strip()
        raise ValueError(message) if status == 2 else OSError(message)
    return str(out.decode())


def _progress(show: bool | None) -> tuple[Callable[[int, int, float], None] | None, Callable[[], None]]:
    """What is called while a run goes on, and when it has ended: a bar of tqdm where it is installed."""
    on_terminal, in_notebook = sys.stderr is not None and sys.stderr.isatty(), "ipykernel" in sys.modules
    if show is False or (show is None and not on_terminal and not in_notebook):
        return None, lambda: None
    try:
        if in_notebook:
            import ipywidgets  # noqa: F401  # without, a bar would be text that stays on the page
            from tqdm.notebook import tqdm
        else:
            from tqdm import tqdm
    except ImportError:
        return None, lambda: None
    bar = tqdm(total=0, unit="fit", leave=False)

    def tell(done: int, total: int, share: float) -> None:
        bar.total, bar.n = total, done
        if share == share:  # NaN: nobody knows yet
            bar.set_postfix_str(f"{share:.0%} of the computing", refresh=False)
        bar.refresh()

    return tell, bar.close


def run(
    source: Any = None,
    /,
    *,
    out: File | None = None,
    extend: bool = False,
    threads: int = 0,
    memory: float = 0.0,
    shard: tuple[int, int] = (1, 1),
    progress: bool | None = None,
    **options: Any,
) -> Run:
    """Runs a study: draws its worlds, trains its arms at every size and replicate, judges its claims.

    Parameters
    ----------
    source : Study, or whatever it takes
        The study.
    out : path, optional
        A folder for the results, as the program leaves it. Fits are kept there as they end: the same call goes on
        from there after whatever ended it, to the same bits. Without, everything is in memory.
    extend : bool
        Let the folder hold another study, whose fits are kept.
    threads : int
        Cores; 0 for all. Results do not depend on it.
    memory : float
        Bytes that the process may take; 0 for three quarters of the machine's.
    shard : (int, int)
        The i-th of N parts, counted from 1; ``merge`` puts the folders together.
    progress : bool, optional
        A bar of tqdm; unless told, in terminals and notebooks.
    **options
        Of ``Study``: effort, seed, models, worlds, and settings by dotted keys.

    Returns
    -------
    Run
        Records, findings, averages.

    Raises
    ------
    ValueError
        For a study that the program would refuse, with the same text.
    OSError
        Where the machine fails, such as a full disk; finished fits are kept in `out`.
    KeyboardInterrupt
        On Ctrl-C, within half a second; finished fits are kept in `out`.

    Examples
    --------
    >>> import quartic
    >>> run = quartic.run("figure2", effort="classroom", replicates=3, **{"world.noise": [1, 2]})
    >>> list(run.findings["world.noise"].unique())
    [1, 2]
    """
    study = as_study(source, **options)
    folder, part = "" if out is None else folder_of(out, "out"), _part(shard)
    cores, limit = count_of_threads(threads), count_of_bytes(memory)
    tell, end = _progress(progress)
    try:
        native = _native.run(study._native, folder, bool(extend), cores, limit, *part, tell)
    finally:
        end()
    return Run(native, study)


def folder_of(path: File, name: str) -> str:
    """The path of a folder as text."""
    try:
        folder = sound_text(os.fsdecode(path), name)
    except TypeError:
        raise TypeError(f"{name} was given {path!r} (it is the path of a folder). Give one.") from None
    if not folder:
        raise ValueError(f'{name} is "" (it is the path of a folder). Give one.')
    return folder


def _part(shard: Any) -> tuple[int, int]:
    if not isinstance(shard, (tuple, list)) or len(shard) != 2 or not all(type(number) is int for number in shard):
        raise TypeError(f"shard was given {shard!r} (a shard is one of N parts, counted from 1). Give (i, N), such as "
                        "(2, 8).")
    if not 1 <= shard[0] <= shard[1] <= 1000000:
        raise ValueError(f"{shard!r} is no shard (a shard is one of N parts, counted from 1). Give (i, N), such as "
                         "(2, 8).")
    return shard[0], shard[1]


def open(folder: File, *, models: Mapping[str, Any] | None = None, worlds: Mapping[str, Any] | None = None) -> Run:
    """The run of a folder, without running anything.

    Parameters
    ----------
    folder : path
        That ``quartic run`` or ``run(..., out=...)`` left; a run may still write there.
    models, worlds : mapping, optional
        Python objects that its study names: ``models=study.models``.

    Returns
    -------
    Run
        `interrupted` where fits are missing.

    Raises
    ------
    ValueError
        Where there is no run, or a damaged one.

    Examples
    --------
    >>> import quartic, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     ran = quartic.run("figure2", effort="classroom", replicates=2, sizes=[20, 40], out=folder)
    ...     quartic.open(folder).study.name
    'figure2'
    """
    kinds = Kinds(models or {}, worlds or {})
    native = _native.open(folder_of(folder, "folder"), kinds.native)
    return Run(native, Study._made(_Recipe(native.study.text, native.study.name + ".toml"), kinds))


def merge(out: File, folders: Sequence[File], source: Any = None, /, **options: Any) -> Run:
    """Puts the folders of shards together, to the bits of one run of the whole study.

    Parameters
    ----------
    out : path
        The folder for all.
    folders : sequence of paths
        Of the shards, in any order.
    source : Study, or whatever it takes
        The study of all of them.
    **options
        Of ``Study``.

    Returns
    -------
    Run
        `interrupted` where fits are missing.

    Raises
    ------
    ValueError
        Where a folder has no run, or one of another study.

    Examples
    --------
    >>> import quartic, tempfile
    >>> study = quartic.Study("figure2", effort="classroom", replicates=2, sizes=[20, 40])
    >>> with tempfile.TemporaryDirectory() as work:
    ...     for number in (1, 2):
    ...         part = quartic.run(study, out=f"{work}/{number}", shard=(number, 2))
    ...     quartic.merge(f"{work}/all", [f"{work}/1", f"{work}/2"], study).interrupted
    False
    """
    if isinstance(folders, (str, os.PathLike)):
        raise TypeError(f"folders was given {folders!r} (it is a list of paths). Write [{folders!r}].")
    study = as_study(source, **options)
    return Run(_native.merge(study._native, [folder_of(folder, "folders") for folder in folders], folder_of(out, "out")), study)
