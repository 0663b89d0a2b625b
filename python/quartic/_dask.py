"""Shards of a study on a Dask cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ._run import File, Run, merge, run
from ._study import Study, as_study

if TYPE_CHECKING:
    from distributed import Client

_store = "run.sqlite"


def map(source: Any, client: Client, *, shards: int | None = None, out: File | None = None, **options: Any) -> Run:
    """Runs a study on the workers of a Dask client, to the same bytes as a run on one machine.

    Each task is a shard, which runs on one thread of its worker and comes back as the store of its fits. Tasks of a
    worker that dies run again on another.

    Parameters
    ----------
    source : Study, or whatever it takes
        The study. Workers have to know the classes of its Python models and worlds.
    client : distributed.Client
        Of the cluster.
    shards : int, optional
        Into how many parts the study is cut; unless told, four for every thread of the cluster.
    out : path, optional
        A folder for the results, as ``run`` leaves it. Without, everything is in memory.
    **options
        Of ``Study``.

    Returns
    -------
    Run
        Of all shards.

    Raises
    ------
    ValueError
        For a study with adaptive replicates, which has no shards.
    TypeError
        For a client that is none.

    Examples
    --------
    >>> import quartic
    >>> from distributed import Client
    >>> with Client(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as client:
    ...     run = quartic.map("figure2", client, shards=2, effort="classroom", replicates=2, sizes=[20, 40])
    >>> run.interrupted
    False
    """
    import tempfile

    study = as_study(source, **options)
    count = _count_of_shards(study, client, shards)
    whole = study.as_it_runs()
    cluster: Any = client
    futures = [cluster.submit(_store_of_shard, whole, (number, count), pure=False) for number in range(1, count + 1)]
    with tempfile.TemporaryDirectory() as work:
        try:
            folders = [_unpacked(Path(work, str(number)), future.result()) for number, future in enumerate(futures)]
        finally:
            cluster.cancel(futures)
        return merge(Path(work, "all") if out is None else out, folders, study)


def _count_of_shards(study: Study, client: Any, shards: int | None) -> int:
    if not hasattr(client, "submit") or not hasattr(client, "nthreads"):
        raise TypeError(f"client was given {client!r} (it is a distributed.Client). Give one.")
    if study._native.adaptive:
        raise ValueError("the study has adaptive replicates (what runs next depends on all fits before, so that it has "
                         "no shards). Give replicates a number, or run it on one machine.")
    if shards is None:
        threads: int = sum(client.nthreads().values())
        return max(1, 4 * threads)
    if isinstance(shards, bool) or not isinstance(shards, int):
        raise TypeError(f"shards was given {shards!r} (it is how many parts are run). Give a whole number.")
    if not 1 <= shards <= 1000000:
        raise ValueError(f"shards is {shards} (a study is cut into 1 to 1000000 parts). Give such a number.")
    return shards


def _store_of_shard(study: Study, shard: tuple[int, int]) -> bytes:
    """On a worker: the store that a shard leaves."""
    import tempfile

    with tempfile.TemporaryDirectory() as work:
        run(study, out=Path(work, "run"), threads=1, shard=shard, progress=False)
        return Path(work, "run", _store).read_bytes()


def _unpacked(folder: Path, store: bytes) -> Path:
    folder.mkdir()
    (folder / _store).write_bytes(store)
    return folder
