"""What a hobbyist's Python does with one person's ratings, step by step what tests/bench/pipeline.cpp does.

    pipeline.py ITEMS RATINGS     does it once and says "done"; then the work without the reading once more for each line of standard input,
                                  answered with its seconds

Members with predictions out of fold (linear, ridge, Gaussian process), trees on two margins with predictions out of fold, a non-negative
stack, an interval from its errors, predictions for every item, and SHAP values for the first fifty.
"""

import csv
import sys
import time

import numpy as np
import shap
import xgboost as xgb
from scipy.optimize import nnls
from sklearn.feature_extraction import DictVectorizer
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.preprocessing import StandardScaler

FOLDS = 5
EXPLAINED = 50
ROUNDS = 80
PARAMETERS = {"max_depth": 3, "eta": 0.05, "min_child_weight": 5, "lambda": 10, "max_bin": 64, "tree_method": "hist", "nthread": 1,
              "base_score": 0}


def read(items_file, ratings_file):
    with open(items_file, encoding="utf-8", newline="") as file:
        items = list(csv.DictReader(file))
    with open(ratings_file, encoding="utf-8", newline="") as file:
        ratings = {row["item_id"]: float(row["rating"]) for row in csv.DictReader(file)}
    return items, ratings


def facts(item):
    named = {"year": float(item["year"]), "length": float(item["length"]), "votes": np.log10(1 + float(item["community_votes"])),
             "language=" + item["language"]: 1.0}
    for column in ("genres", "creators", "cast", "keywords"):
        named.update({f"{column}={one}": 1.0 for one in item[column].split("|") if one})
    return named


def out_of_fold(make, x, y, folds):
    predicted = np.empty_like(y)
    for train, test in folds:
        predicted[test] = make().fit(x[train], y[train]).predict(x[test])
    return predicted


def trees(x, y, margin):
    return xgb.train(PARAMETERS, xgb.DMatrix(x, label=y, base_margin=margin), ROUNDS)


def work(items, ratings):
    x = StandardScaler().fit_transform(DictVectorizer(sparse=False).fit_transform([facts(item) for item in items]))
    community = np.array([float(item["community_rating"]) / 2 for item in items])
    rated = np.array([i for i, item in enumerate(items) if item["item_id"] in ratings])
    y = np.array([ratings[items[i]["item_id"]] for i in rated]) - community[rated]
    offset = y.mean()
    y = y - offset
    few = x[:, :3]
    folds = list(KFold(FOLDS, shuffle=True, random_state=1).split(rated))
    kernel = ConstantKernel(0.2, "fixed") * RBF(5.0, "fixed") + ConstantKernel(0.01, "fixed") * DotProduct(1.0, "fixed")
    members = [
        (few, LinearRegression),
        (x, lambda: Ridge(alpha=100)),
        (x, lambda: GaussianProcessRegressor(kernel=kernel, alpha=0.5, optimizer=None)),
    ]
    left_out, everywhere = [], []
    for columns, make in members:
        left_out.append(out_of_fold(make, columns[rated], y, folds))
        everywhere.append(make().fit(columns[rated], y).predict(columns))
    forests = []
    for base in (1, 2):
        predicted = np.empty_like(y)
        for train, test in folds:
            model = trees(x[rated][train], y[train], left_out[base][train])
            predicted[test] = model.predict(xgb.DMatrix(x[rated][test], base_margin=left_out[base][test]))
        model = trees(x[rated], y, left_out[base])
        forests.append(model)
        left_out.append(predicted)
        everywhere.append(model.predict(xgb.DMatrix(x, base_margin=everywhere[base])))
    weights, _ = nnls(np.stack(left_out, axis=1), y)
    width = np.quantile(np.abs(y - np.stack(left_out, axis=1) @ weights), 0.8)
    predictions = community + offset + np.stack(everywhere, axis=1) @ weights
    reasons = [shap.TreeExplainer(model).shap_values(x[:EXPLAINED]) for model in forests]
    return len(predictions) + sum(map(len, reasons)) + width


if __name__ == "__main__":
    data = read(*sys.argv[1:3])
    work(*data)
    print("done", flush=True)
    for _ in sys.stdin:
        begin = time.perf_counter()
        work(*data)
        print(time.perf_counter() - begin, flush=True)
