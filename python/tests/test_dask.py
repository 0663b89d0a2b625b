"""Studies on a Dask cluster."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import quartic
from quartic import Study


class Waiting:
    """The first fit of all waits to be killed, and says who it is."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def fit(self, X: Any, y: Any) -> Waiting:
        try:
            with open(Path(self.folder, "begun"), "x", encoding="ascii") as file:
                file.write(f"{os.getpid()}\n")
            time.sleep(60)
        except FileExistsError:
            pass
        self.mean = y.mean()
        return self

    def predict(self, X: Any) -> Any:
        return X[:, 0] * 0 + self.mean


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def test_shards_on_a_cluster_come_to_the_bytes_of_one_run(client: Client, small: Study, small_run: quartic.Run,
                                                         tmp_path: Path) -> None:
    run = quartic.map(small, client)
    assert run.records_csv == small_run.records_csv and run.findings_json == small_run.findings_json
    kept = quartic.map("figure2", client, shards=3, out=tmp_path / "run", replicates=3, sizes=small.sizes,
                       **{"arm.oracle.replicates": 8})
    assert kept.records_csv == small_run.records_csv
    assert quartic.open(tmp_path / "run").records_csv == small_run.records_csv


def kill_when_begun(folder: Path, killed: list[int]) -> None:
    begun = folder / "begun"
    while not begun.is_file() or not begun.read_text().endswith("\n"):
        time.sleep(0.05)
    killed.append(int(begun.read_text()))
    os.kill(killed[0], signal.SIGKILL)


def test_a_worker_that_is_killed_in_flight_changes_no_byte(client: Client, tmp_path: Path) -> None:
    study = Study("figure2", sizes=[20, 40], replicates=4).with_arm("waiting", Waiting(str(tmp_path)))
    workers = {pid for pid in client.run(os.getpid).values()}
    killed: list[int] = []
    killer = threading.Thread(target=kill_when_begun, args=(tmp_path, killed))
    killer.start()
    run = quartic.map(study, client, shards=4)
    killer.join()
    assert set(killed) < workers and os.getpid() not in killed
    assert not run.interrupted and run.failed == 0
    assert run.records_csv == quartic.run(study).records_csv


def test_a_study_that_is_refused_is_refused_before_anything_runs(client: Client) -> None:
    with pytest.raises(ValueError, match="adaptive"):
        quartic.map("figure2", client, replicates={"until": "se(log error) < 0.1", "between": [10, 80]})
    with pytest.raises(ValueError, match="shards is 0"):
        quartic.map("figure2", client, shards=0)
    with pytest.raises(TypeError, match="shards was given 1.5"):
        quartic.map("figure2", client, shards=1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="distributed.Client"):
        quartic.map("figure2", "tcp://nowhere")  # type: ignore[arg-type]
