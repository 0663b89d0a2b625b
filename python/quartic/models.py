"""Every model of the catalogue as a scikit-learn estimator, and experts who see some columns only.

>>> from quartic import models, worlds
>>> truth = worlds.sparse_linear(candidates=50, relevant=3).draw(seed=1)
>>> X, y = truth.rows(0, 200)
>>> model = models.lasso().fit(X, y)
>>> bool(truth.excess_risk(model) < 0.1)
True

Names and options are those of studies: ``study.with_arm("mine", models.lasso(penalty=0.1))`` makes an arm of one.
Models that can learn numbers or classes are regressors under their name, and classifiers as NAME_classifier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import _estimator_base as _base
from . import _native
from ._catalogue import Option, docstring, entry, missing, option_entry, options_of, refuse_unknown, with_signature
from ._classifiers import Classifier, Probabilities, Sparse, Weighed
from ._estimators import KINDS, Cost, Report
from ._expert import Expert
from ._regressors import Regressor, Squares

# Weights scale the rows of these exactly.
_WEIGHABLE = ("least_squares", "ridge", "lasso")
# Models that learn numbers too, but whose answer is a side: their scores have no unit.
_SIDES = ("perceptron", "rule_list")
# Models that begin with what other tasks taught, which worlds have, and fit(X, y) cannot be given: arms of studies.
_TRANSFERS = ("fine_tuned", "fine_tuned_network", "meta_learned", "shared_subspace")
# What scikit-learn's check_estimator is told: votes of high and low columns cannot tell three clusters of two columns
# apart, and convolutions ask for columns that it has not.
_TAGS: Mapping[str, Mapping[str, Any]] = {
    "rule_list": {"poor_score": True}, "convnet": {"X_types": ["square pictures"]},
}

_EXAMPLES = {
    "regressor": """\
>>> from quartic import models, worlds
>>> X, y = worlds.sparse_linear(candidates=16, relevant=3).draw(seed=1).rows(0, 100)
>>> model = models.NAME().fit(X, y)
>>> model.predict(X[:5]).shape, model.report_.status
((5,), 'converged')""",
    "classifier": """\
>>> from quartic import models, worlds
>>> X, y = worlds.logistic(candidates=16, relevant=3).draw(seed=1).rows(0, 100)
>>> model = models.NAME().fit(X, y)
>>> model.predict(X[:5]).shape, model.classes_.tolist()
((5,), [0, 1])""",
    "transfer": """\
>>> from quartic import models
>>> models.NAME(random_state=3)  # for an arm of a study whose world has source tasks
NAME(random_state=3)""",
}


def _description(kind: Mapping[str, Any], name: str, options: Sequence[Option], base: type) -> str:
    classifies = issubclass(base, Classifier)
    shape = "(n_rules, n_features)" if classifies else "(n_features,)"
    attributes = [
        entry("coef_", f"numpy.ndarray of shape {shape}", "Of linear rules; others have none."),
        entry("intercept_", "numpy.ndarray of shape (n_rules,)" if classifies else "float", "Likewise."),
        entry("classes_", "numpy.ndarray", "The classes, ascending.") if classifies else "",
        entry("cost_", "Cost", "The bill: `fit_flops`, `tuning_flops`, `pretraining_flops`, `cpu_seconds`."),
        entry("report_", "Report", "How the fit ended: `status`, `iterations`, `certificate`, `message`."),
        entry("n_features_in_", "int", "How many columns it was fitted on."),
        entry("feature_names_in_", "numpy.ndarray", "Their names, of a data frame."),
    ]
    weight = entry("class_weight", 'dict, "balanced" or None, default=None',
                   "What the weights of rows of each class are multiplied by; classes that it does not name, by 1. By "
                   '"balanced" by one over the number of its rows.')
    seed = entry("random_state", "int, numpy.random.Generator or RandomState, optional",
                 "The seed of whatever is drawn; without one always the same.")
    several = "More than two classes have one rule each, against all others." if classifies else ""
    intercept = ""
    if any(option.name == "intercept" and option.default is False for option in options):
        intercept = ("As in studies, whose columns have mean zero, no intercept is fitted unless it is asked for: data "
                     "of one's own often need intercept=True.")
    order = ""
    if issubclass(base, Squares) and any(option.name == "folds" for option in options):
        order = ("Before folds are cut, rows are put in an order that their numbers alone decide, so that the estimate "
                 "does not depend on how they came. In a study they are folded as they come.")
    transfers = kind["name"] in _TRANSFERS
    sort = "transfer" if transfers else "classifier" if classifies else "regressor"
    example = _EXAMPLES[sort].replace("NAME", name)
    source = ""
    if transfers:
        source = ("It begins with the rows of source tasks, which worlds may have and X and y cannot tell: fit "
                  "refuses, and it serves as an arm of a study.")
    return docstring(kind["summary"], f'The model "{kind["name"]}" of studies. {several}'.strip(), source, intercept,
                     order,
                     Parameters=[*map(option_entry, options), *([weight] if issubclass(base, Weighed) else []), seed],
                     Attributes=filter(None, attributes), Examples=[example])


def _make(kind: Mapping[str, Any], name: str, base: type, fixed: Mapping[str, Any]) -> type:
    """The class of one model."""
    options = tuple(option for option in options_of(kind) if option.name not in fixed)
    weight = {"class_weight": None} if issubclass(base, Weighed) else {}
    defaults: dict[str, Any] = {**{option.name: option.default for option in options}, **weight, "random_state": None}

    def __init__(self: Any, **given: Any) -> None:
        refuse_unknown(name, given, list(defaults))
        for one, default in defaults.items():
            setattr(self, one, given.get(one, default))

    mixin = _base.ClassifierMixin if issubclass(base, Classifier) else _base.RegressorMixin
    mixins = [_base.MultiOutputMixin, mixin] if base is Squares else [mixin]
    if mixin is _base.ClassifierMixin and _native.Model(KINDS, kind["name"], dict(fixed)).is_linear:
        mixins.insert(0, Sparse)
    return type(name, (base, *mixins, _base.BaseEstimator), {
        "__doc__": _description(kind, name, options, base), "__module__": __name__, "__qualname__": name,
        "__init__": with_signature(__init__, defaults, ["self"]), "_kind": kind["name"], "_options": options,
        "_fixed": fixed, "_tags": _TAGS.get(kind["name"], {}),
    })


def _classes() -> dict[str, type]:
    """Every model of the catalogue, by its name."""
    made: dict[str, type] = {}
    for kind in KINDS.models():
        name = kind["name"]
        words = {option.name: [word for word, _ in option.words] for option in options_of(kind)}
        if _native.Model(KINDS, name, {}).reads_classes:
            made[name] = _make(kind, name, Weighed if name == "logistic_regression" else Probabilities, {})
        elif name in _SIDES:
            made[name] = _make(kind, name, Classifier, {})
        else:
            made[name] = _make(kind, name, Squares if name in _WEIGHABLE else Regressor, {})
        if "logistic" in words.get("loss", []):
            made[name + "_classifier"] = _make(kind, name + "_classifier", Probabilities, {"loss": "logistic"})
    return made


_CLASSES = _classes()
globals().update(_CLASSES)


expert: type = type("expert", (Expert, _base.BaseEstimator),
                    {"__doc__": Expert.__doc__, "__module__": __name__, "__qualname__": "expert"})

__all__ = [*_CLASSES, "expert", "Cost", "Report"]


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> Any:
    raise missing("model", name, __all__, __name__)
