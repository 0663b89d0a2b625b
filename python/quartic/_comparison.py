"""Two runs held against each other."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._kinds import Kinds
from ._run import File, Run, _html_table, _program, folder_of

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Comparison:
    """What two runs have in common, and where they differ; printed, it is what the program prints.

    Attributes
    ----------
    errors : pandas.DataFrame
        One row an arm and size that both have: means of both, their difference with its 95 % interval over the
        replicates that both have.
    claims : pandas.DataFrame
        One row a claim of the same words: estimates, intervals and verdicts of both.
    text : str
        All of it in words.
    """

    errors: pandas.DataFrame
    claims: pandas.DataFrame
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _html_table(self.errors) + _html_table(self.claims)


def compare(first: Run | File, second: Run | File) -> Comparison:
    """What two runs of one study, or of two, have in common and where they differ.

    Parameters
    ----------
    first, second : Run or path
        Runs, or their folders.

    Returns
    -------
    Comparison
        Tables, and the text that ``quartic compare`` prints.

    Examples
    --------
    >>> import quartic
    >>> runs = [quartic.run("figure2", effort="classroom", replicates=3, seed=seed) for seed in (1, 2)]
    >>> quartic.compare(*runs).errors.columns.to_list()
    ['arm', 'n', 'replicates', 'mean_a', 'mean_b', 'difference', 'low', 'high']
    """
    import tempfile

    import pandas as pd

    runs = [one for one in (first, second) if isinstance(one, Run)]
    kinds = Kinds({name: model for run in runs for name, model in run.study.models.items()},
                   {name: world for run in runs for name, world in run.study.worlds.items()})
    with tempfile.TemporaryDirectory() as work:
        folders = []
        for letter, one in zip("AB", (first, second)):
            if isinstance(one, Run):
                folders.append(os.path.join(work, letter, one.study.name))
                one.save(folders[-1])
            else:
                folders.append(folder_of(one, "a run"))
        text = _program(["compare", *folders], kinds)
        found = json.loads(_program(["compare", *folders, "--json"], kinds))
        for letter in "AB":
            text = text.replace(os.path.join(work, letter, ""), "")
    errors, claims = (pd.DataFrame([_flat(row) for row in found[part]]) for part in ("errors", "claims"))
    return Comparison(errors, claims, text)


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a comparison with the settings, and what each run says, as columns."""
    of_both = {name: value for name, value in row.items() if name not in ("settings", "a", "b")}
    of_each = {f"{name}_{run}": value for run in "ab" for name, value in row.get(run, {}).items()}
    return {**row["settings"], **of_both, **of_each}
