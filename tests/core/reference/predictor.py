#!/usr/bin/env python3
"""Writes tests/core/data/predictor/reference.json: what independent implementations say of small made-up problems.

Run it with any Python 3.9 or newer; it makes itself a virtual environment in the cache with the packages of python_packages.py.
The numbers are kept in the repository, so the tests need none of this.
"""

import json
import math
import os
import pathlib
import subprocess
import sys

from python_packages import environment

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "data" / "predictor" / "reference.json"


def inside_environment():
    """Runs this script again in its own environment, made when it is not there."""
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"))
    folder = cache / "media-hub" / "reference-venv"
    if pathlib.Path(sys.prefix) == folder:
        return
    sys.exit(subprocess.run([environment(folder), __file__]).returncode)


inside_environment()

import numpy as np  # noqa: E402
import shap  # noqa: E402
import xgboost as xgb  # noqa: E402
from scipy.optimize import nnls  # noqa: E402
from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: E402
from sklearn.gaussian_process.kernels import RBF  # noqa: E402
from sklearn.linear_model import Ridge  # noqa: E402

random = np.random.default_rng(20)


def rounded(values):
    return np.round(np.asarray(values, dtype=float), 12).tolist()


def gaussian_process():
    """scikit-learn's regressor with a fixed squared exponential; leave-one-out by refitting it without each point."""
    noise = 0.2
    x = rounded(random.uniform(0, 3, (25, 2)))
    y = rounded(np.sin(np.array(x)[:, 0]) + random.normal(0, 0.3, 25))
    new = rounded(random.uniform(0, 3, (6, 2)))

    def fit(points, values):
        return GaussianProcessRegressor(kernel=RBF(1.0, "fixed"), alpha=noise, optimizer=None).fit(points, values)

    mean, deviation = fit(x, y).predict(new, return_std=True)
    left_out, left_out_variance = [], []
    for i in range(len(y)):
        rest = [k for k in range(len(y)) if k != i]
        one, spread = fit(np.array(x)[rest], np.array(y)[rest]).predict([x[i]], return_std=True)
        left_out.append(one[0])
        left_out_variance.append(spread[0] ** 2 + noise)
    return {"noise": noise, "x": x, "y": y, "new": new, "mean": rounded(mean), "variance": rounded(deviation**2),
            "left_out": rounded(left_out), "left_out_variance": rounded(left_out_variance)}


def ridge():
    """scikit-learn's ridge, one penalty for all columns after each is scaled by the root of its prior variance."""
    variances = [0.255, 0.148, 0.081, 0.038, 0.008, 0.3]
    noise = 0.725
    x = random.normal(0, 1, (30, 6))
    x[:, 0] = 1
    x[:, 5] = random.integers(0, 2, 30)
    y = random.normal(0, 1, 30)
    scaled = x * np.sqrt(variances)
    model = Ridge(alpha=noise, fit_intercept=False).fit(scaled, y)
    left_out = []
    for i in range(30):
        rest = [k for k in range(30) if k != i]
        left_out.append(Ridge(alpha=noise, fit_intercept=False).fit(scaled[rest], y[rest]).predict(scaled[[i]])[0])
    return {"x": rounded(x), "y": rounded(y), "weights": rounded(model.coef_ * np.sqrt(variances)), "left_out": rounded(left_out)}


def stack():
    """Non-negative least squares (Lawson and Hanson) with the penalty as further rows."""
    y = random.normal(0, 1, 60)
    members = [y + random.normal(0, spread, 60) for spread in (0.7, 0.6, 0.9, 1.5)]
    differences = np.stack([one - members[0] for one in members[1:]], axis=1)
    penalised = np.vstack([differences, math.sqrt(3) * np.eye(3)])
    weights, _ = nnls(penalised, np.concatenate([y - members[0], np.zeros(3)]))
    weights = weights / max(1, weights.sum())
    return {"y": rounded(y), "left_out": [rounded(one) for one in members], "shares": rounded([1 - weights.sum(), *weights])}


def trees():
    """XGBoost from Python with a margin to start from, its SHAP values, and those of the package shap.

    Fewer different values than bins, so that where versions of XGBoost put their cuts does not matter.
    """
    x = np.round(random.normal(0, 1, (80, 4)), 1).astype(np.float32)
    x[random.uniform(size=x.shape) < 0.1] = np.nan
    y = np.round(np.nan_to_num(x[:, 0]) * 0.5 + np.nan_to_num(x[:, 1] * x[:, 2]) * 0.3 + random.normal(0, 0.2, 80), 3)
    margin = np.round(random.normal(0, 0.2, 80), 3)
    data = xgb.DMatrix(x, label=y, base_margin=margin)
    parameters = {"max_depth": 3, "eta": 0.05, "min_child_weight": 5, "lambda": 10, "max_bin": 64, "base_score": 0, "tree_method": "hist",
                  "objective": "reg:squarederror", "nthread": 1}
    model = xgb.train(parameters, data, 80)
    rows = x[:10]
    plain = model.predict(xgb.DMatrix(rows, base_margin=np.zeros(10)), output_margin=True)
    contributions = model.predict(xgb.DMatrix(rows), pred_contribs=True)
    interactions = model.predict(xgb.DMatrix(rows[:3]), pred_interactions=True)
    explainer = shap.TreeExplainer(model)
    assert np.allclose(explainer.shap_values(rows), contributions[:, :-1], atol=1e-4)
    as_list = [[None if np.isnan(value) else round(float(value), 2) for value in row] for row in x]
    return {"x": as_list, "y": rounded(y), "margin": rounded(margin), "predicted": rounded(plain), "contributions": rounded(contributions),
            "interactions": rounded(interactions)}


def kernels():
    """Covariances of the Gaussian process over made-up works, from the formulas of the kernels, in NumPy."""
    count = 8
    c2 = np.round(random.normal(0, 0.8, count), 3)
    votes = np.round(random.normal(0, 1, count), 3)
    years = random.integers(1950, 2026, count)
    length = np.round(random.normal(0, 1, count), 3)
    unknown = np.zeros(count)
    unknown[2] = unknown[5] = 1
    c2[2] = c2[5] = 0
    film = np.array([1, 1, 0, 1, 0, 0, 1, 0])
    families = {}
    for name, size, most in (("genres", 5, 3), ("creators", 4, 2), ("cast", 6, 3), ("language", 2, 1), ("companies", 4, 2)):
        families[name] = [sorted(random.choice(size, random.integers(0, most + 1), replace=False).tolist()) for _ in range(count)]

    def cosine(sets):
        k = np.zeros((count, count))
        for i in range(count):
            for j in range(count):
                if sets[i] and sets[j]:
                    k[i, j] = len(set(sets[i]) & set(sets[j])) / math.sqrt(len(sets[i]) * len(sets[j]))
        return k

    yr = np.clip((years - 2000) / 20, -3, 2)
    square = lambda a: (a[:, None] - a[None, :]) ** 2  # noqa: E731
    outside = np.outer(1 - film, 1 - film)
    k = 0.20 + 0.0775 * np.outer(c2, c2) + 0.021 * np.outer(votes, votes) + 0.003 * np.outer(yr, yr) + 0.005 * np.outer(length, length)
    k += 0.17 * np.outer(unknown, unknown) + 0.014 * (film[:, None] == film[None, :])
    genres = cosine(families["genres"])
    k += 0.017 * genres + (0.08 + 0.074 * outside) * cosine(families["creators"]) + 0.007 * cosine(families["cast"])
    k += 0.0095 * cosine(families["language"]) + 0.007 * cosine(families["companies"])
    k += 0.032 * np.exp(-square(yr) / 0.5) + 0.012 * np.exp(-square(c2) / 2 - square(votes) / 2)
    k += 0.115 * np.exp(-(1 - genres) / 0.5 - square(yr) / 2 - square(votes) / 4 - square(c2) / 4)
    return {"c2": rounded(c2), "votes": rounded(votes), "year": years.tolist(), "length": rounded(length), "unknown": unknown.tolist(),
            "film": film.tolist(), **families, "k": rounded(k)}


def main():
    reference = {"gaussian_process": gaussian_process(), "ridge": ridge(), "stack": stack(), "trees": trees(), "kernels": kernels()}
    TARGET.write_text(json.dumps(reference, separators=(",", ":")) + "\n")
    print(f"wrote {TARGET} ({TARGET.stat().st_size} bytes)")


main()
