"""Reference numbers for measures, bootstrap, likes, error analysis and parameter search, by other people's code.

Writes tests/core/data/reference/evaluation.json. Needs numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, xgboost 3.2.0 and optuna 5.0.0;
where a library has no such function, the number comes from the definition, written out.
"""

import json
import pathlib

import numpy as np
import optuna
import xgboost
from scipy import optimize, stats
from sklearn import metrics

optuna.logging.set_verbosity(optuna.logging.ERROR)
random = np.random.default_rng(7)


def numbers(values):
    return [float(value) for value in np.asarray(values, dtype=float).ravel()]


def ratings():
    """Ratings and predictions with ties on both sides."""
    stars = random.integers(1, 11, 60) / 2
    predicted = np.round(stars * 0.5 + random.normal(1.5, 0.8, 60), 1)
    right = pairs = 0.0
    for i in range(60):
        for k in range(i):
            if stars[i] != stars[k]:
                pairs += 1
                product = (stars[i] - stars[k]) * (predicted[i] - predicted[k])
                right += 1.0 if product > 0 else 0.5 if product == 0 else 0.0
    return {
        "stars": numbers(stars),
        "predicted": numbers(predicted),
        "ranks": numbers(stats.rankdata(stars)),
        "spearman": float(stats.spearmanr(stars, predicted).statistic),
        "pairs": pairs,
        "right": right,
        "median": float(np.median(stars)),
        "quantiles": {str(at): float(np.quantile(predicted, at)) for at in (0.0, 0.025, 0.31, 0.5, 0.975, 1.0)},
    }


def classes():
    liked = random.integers(0, 2, 80)
    probability = np.clip(np.round(0.35 * liked + random.uniform(0, 0.65, 80), 2), 0, 1)
    bins = np.minimum((probability * 10).astype(int), 9)
    error = sum(
        (bins == b).sum() * abs(probability[bins == b].mean() - liked[bins == b].mean()) for b in range(10) if (bins == b).any()
    ) / len(liked)
    return {
        "liked": numbers(liked),
        "probability": numbers(probability),
        "auc": float(metrics.roc_auc_score(liked, probability)),
        "log_loss": float(metrics.log_loss(liked, np.clip(probability, 1e-15, 1 - 1e-15))),
        "brier": float(metrics.brier_score_loss(liked, probability)),
        "counts": [int((bins == b).sum()) for b in range(10)],
        "calibration_error": float(error),
    }


def split_mix(seed):
    """SplitMix64, as doubles in 0 … 1."""
    mask = (1 << 64) - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        value = state
        value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & mask
        value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & mask
        yield ((value ^ (value >> 31)) >> 11) * 2.0**-53


def bootstrap():
    count = random.integers(1, 30, 25)
    first = count * random.uniform(0.4, 0.9, 25)
    second = count * random.uniform(0.5, 1.0, 25)
    draw = split_mix(11)
    differences = []
    for _ in range(400):
        chosen = [int(next(draw) * 25) for _ in range(25)]
        total = count[chosen].sum()
        differences.append(np.sqrt(first[chosen].sum() / total) - np.sqrt(second[chosen].sum() / total))
    return {
        "first": numbers(first),
        "second": numbers(second),
        "count": numbers(count),
        "seed": 11,
        "resamples": 400,
        "value": float(np.sqrt(first.sum() / count.sum()) - np.sqrt(second.sum() / count.sum())),
        "low": float(np.percentile(differences, 2.5)),
        "high": float(np.percentile(differences, 97.5)),
    }


def report():
    """Two people with two splits each, and the measures over them."""
    splits = []
    for person in (0, 1):
        for _ in (0, 1):
            stars = random.integers(1, 11, 12) / 2
            splits.append(
                {
                    "person": person,
                    "stars": numbers(stars),
                    "train_mean": float(random.uniform(2.5, 3.5)),
                    "predicted": numbers(stars * 0.4 + random.normal(2, 0.6, 12)),
                }
            )

    def measures(some):
        stars = np.concatenate([s["stars"] for s in some])
        predicted = np.concatenate([s["predicted"] for s in some])
        means = np.concatenate([[s["train_mean"]] * len(s["stars"]) for s in some])
        return {
            "rmse": float(metrics.root_mean_squared_error(stars, predicted)),
            "mae": float(metrics.mean_absolute_error(stars, predicted)),
            "r2_train_mean": float(1 - ((stars - predicted) ** 2).sum() / ((stars - means) ** 2).sum()),
            "r2": float(metrics.r2_score(stars, predicted)),
            "spearman": float(stats.spearmanr(stars, predicted).statistic),
        }

    return {"splits": splits, "pooled": measures(splits), "people": [measures(splits[:2]), measures(splits[2:])]}


def discoveries():
    p = np.concatenate([random.uniform(0, 0.01, 5), random.uniform(0, 1, 20), [0.2, 0.2]])
    return {
        "p": numbers(p),
        "adjusted": numbers(stats.false_discovery_control(p)),
        "z": [0.0, 0.5, -1.96, 3.3, -6.0],
        "two_sided": numbers(2 * stats.norm.sf([0.0, 0.5, 1.96, 3.3, 6.0])),
    }


def platt():
    score = np.concatenate([random.normal(0.4, 0.5, 30), random.normal(-0.3, 0.5, 45)])
    liked = np.concatenate([np.ones(30), np.zeros(45)])
    target = np.where(liked > 0, 31 / 32, 1 / 47)

    def loss(at):
        z = at[0] * score + at[1]
        return np.sum(np.logaddexp(0, z) - target * z)

    fit = optimize.minimize(loss, [1.0, 0.0], method="BFGS", options={"gtol": 1e-10})
    return {"liked": numbers(liked), "score": numbers(score), "slope": float(fit.x[0]), "offset": float(fit.x[1])}


def songs(n):
    audio = np.round(random.normal([0.5, 120, -8], [0.2, 25, 3], (n, 3)), 3)
    audio[3, 1] = np.nan
    artist = random.integers(0, 9, n)
    taste = (audio[:, 0] - 0.5) * 4 + np.where(artist < 3, 0.8, -0.4) + random.normal(0, 0.7, n)
    return audio, artist, (taste > 0).astype(int)


def like_process():
    """The Gaussian process from its definition; leave-one-out by leaving out and fitting again."""
    audio, artist, liked = songs(50)
    train = np.arange(40)
    mean, sd = np.nanmean(audio[train], axis=0), np.nanstd(audio[train], axis=0)
    z = np.nan_to_num((audio - mean) / sd)
    distance = ((z[:, None] - z[None]) ** 2).sum(-1)
    kernel = 0.12 * np.exp(-distance / (2 * 2.5**2)) + 0.08 * (artist[:, None] == artist[None]) + 0.02 * z @ z.T + 0.05
    y = 2.0 * liked - 1

    def score(known, asked):
        weights = np.linalg.solve(kernel[np.ix_(known, known)] + 0.13 * np.eye(len(known)), y[known])
        return kernel[np.ix_(asked, known)] @ weights

    return {
        "audio": [[None if np.isnan(v) else float(v) for v in row] for row in audio],
        "artist": [int(a) for a in artist],
        "liked": numbers(liked),
        "train": 40,
        "scores": numbers(score(train, np.arange(40, 50))),
        "leave_one_out": numbers([score(np.delete(train, i), [i])[0] for i in train]),
    }


def logistic_trees():
    audio, _, liked = songs(120)
    # Few distinct values: cutting them into bins is then the same in every version.
    audio = np.round(audio / [0.05, 5, 1]) * [0.05, 5, 1]
    audio = audio.astype(np.float32).astype(float)
    booster = xgboost.train(
        {"objective": "binary:logistic", "max_depth": 3, "eta": 0.1, "min_child_weight": 1, "lambda": 2, "max_bin": 64,
         "tree_method": "hist", "base_score": 0.5, "nthread": 1},
        xgboost.DMatrix(audio, label=liked),
        num_boost_round=25,
    )
    return {
        "audio": [[None if np.isnan(v) else float(v) for v in row] for row in audio],
        "liked": numbers(liked),
        "margins": numbers(booster.predict(xgboost.DMatrix(audio), output_margin=True)),
    }


def error_groups():
    n = 90
    genres = random.integers(0, 3, n)
    decades = 1970 + 10 * random.integers(0, 4, n)
    predicted = random.uniform(2, 4.5, n)
    stars = predicted + random.normal(0, 0.5, n) + np.where(genres == 2, 0.8, 0.0)
    stars[5] = predicted[5] - 3.2
    deviations = random.uniform(0.4, 0.9, n)
    error = stars - predicted
    centred = error - error.mean()
    variance = error.var(ddof=1)
    groups, p = [], []
    for aspect, values in (("genre", genres), ("decade", decades)):
        for value in np.unique(values):
            own = centred[values == value]
            p.append(2 * stats.norm.sf(abs(own.mean()) / np.sqrt(variance / len(own) * (1 - len(own) / n))))
            mean, half = own.sum() / (len(own) + 5), stats.norm.ppf(0.975) * np.sqrt(variance / (len(own) + 5))
            groups.append(
                {"aspect": aspect, "value": f"Genre {value}" if aspect == "genre" else f"{value}s", "count": len(own),
                 "raw_mean": float(own.mean()), "mean": float(mean), "low": float(mean - half), "high": float(mean + half)}
            )
    for group, one, rate in zip(groups, p, stats.false_discovery_control(p)):
        group["p_value"], group["rate"] = float(one), float(rate)
    z = centred / deviations
    z = z / stats.median_abs_deviation(z, scale="normal")
    return {
        "genres": [int(g) for g in genres], "years": [int(d) + 4 for d in decades], "stars": numbers(stars),
        "predicted": numbers(predicted), "deviations": numbers(deviations), "mean": float(error.mean()), "groups": groups,
        "standardised": numbers(z), "slip_rates": numbers(stats.false_discovery_control(2 * stats.norm.sf(abs(z)))),
    }


def parzen():
    """A mixture of truncated normal distributions, each as wide as its farther neighbour is away, and a wide one in the middle."""
    points = np.array([0.93, 0.12, 0.4, 0.41, 0.7])
    means = np.sort(np.append(points, 0.5))
    edges = np.concatenate([[0], means, [1]])
    sd = np.clip(np.maximum(np.diff(edges)[:-1], np.diff(edges)[1:]), 1 / (len(means) + 1), 1)
    sd[means == 0.5] = 1
    at = np.array([0.0, 0.1, 0.405, 0.55, 0.97, 1.0])
    density = sum(stats.truncnorm.pdf(at, -m / s, (1 - m) / s, loc=m, scale=s) for m, s in zip(means, sd)) / len(means)
    return {"points": numbers(points), "at": numbers(at), "log_density": numbers(np.log(density))}


def branin(x, y):
    return (y - 5.1 / (4 * np.pi**2) * x**2 + 5 / np.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * np.pi)) * np.cos(x) + 10


def search():
    """What another implementation finds of Branin's function in 60 trials, 20 of them random."""
    best = []
    for seed in range(30):
        sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=20, n_ei_candidates=24)
        study = optuna.create_study(sampler=sampler)
        study.optimize(lambda trial: branin(trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15)), n_trials=60)
        best.append(study.best_value)
    return {"trials": 60, "median_best": float(np.median(best)), "minimum": float(branin(np.pi, 2.275))}


sections = {
    function.__name__: function()
    for function in (ratings, classes, bootstrap, report, discoveries, platt, like_process, logistic_trees, error_groups, parzen, search)
}
target = pathlib.Path(__file__).parents[1] / "data" / "reference" / "evaluation.json"
target.parent.mkdir(exist_ok=True)
target.write_text("{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in sections.items()) + "\n}\n")
