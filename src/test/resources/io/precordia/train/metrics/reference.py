"""Independent reference values of the metrics (numpy and scipy; nothing of this project).

    python3 reference.py > reference.json

AUROC by scipy's Mann-Whitney U, average precision by the sum over thresholds on sorted arrays, sensitivity at a
specificity by trying every threshold, ECE by numpy.digitize, ranks by averaging over explicit orders of the ties.
"""
import itertools
import json

import numpy as np
from scipy import stats


def auroc(s, y):
    return stats.mannwhitneyu(s[y], s[~y], method="asymptotic").statistic / (y.sum() * (~y).sum())


def average_precision(s, y):
    area, before = 0.0, 0.0
    for t in np.unique(s)[::-1]:
        chosen = s >= t
        recall = (chosen & y).sum() / y.sum()
        area += (recall - before) * (chosen & y).sum() / chosen.sum()
        before = recall
    return area


def sensitivity(s, y, specificity):
    best = 0.0
    for t in np.append(np.unique(s), np.inf):
        if (s[~y] < t).mean() >= specificity - 1e-12:
            best = max(best, (s[y] >= t).mean())
    return best


def reliability(p, y, bins):
    which = np.clip(np.digitize(p, np.linspace(0, 1, bins + 1)) - 1, 0, bins - 1)
    out = []
    for b in range(bins):
        here = which == b
        out.append([int(here.sum()), float(p[here].mean()) if here.any() else None,
                    float(y[here].mean()) if here.any() else None])
    ece = sum(n / len(p) * abs(m - o) for n, m, o in out if n)
    return out, ece


def precision_at(s, y, k):
    """Mean over random orders of the ties, exactly: the tie at the border is drawn without replacement."""
    border = np.sort(s)[::-1][k - 1]
    above, tie = s > border, s == border
    return (y[above].sum() + (k - above.sum()) * y[tie].mean()) / k


def ranks(scores):
    """Recall at 1, 5, 10 and reciprocal rank of the diagonal, averaged over every order of tied items."""
    out = {"r1": 0.0, "r5": 0.0, "r10": 0.0, "mrr": 0.0}
    for i, row in enumerate(scores):
        better = (row > row[i]).sum()
        tied = [j for j in range(len(row)) if row[j] == row[i]]
        places = [order.index(i) + 1 for order in itertools.permutations(tied)]
        places = better + np.array(places)
        for k in (1, 5, 10):
            out[f"r{k}"] += (places <= k).mean() / len(scores)
        out["mrr"] += (1 / places).mean() / len(scores)
    return out


rng = np.random.default_rng(20261125)
cases = []
for n, levels, share in [(40, 8, 0.3), (200, 1000, 0.1), (200, 20, 0.5), (75, 3, 0.2)]:
    y = rng.random(n) < share
    s = np.round((rng.normal(size=n) + 0.8 * y) * levels / 4) / levels
    p = np.round(1 / (1 + np.exp(-3 * s)), 6)
    bins, ece = reliability(p, y, 10)
    cases.append({"scores": s.tolist(), "positive": y.tolist(), "probabilities": p.tolist(), "auroc": auroc(s, y),
                  "averagePrecision": average_precision(s, y), "sensitivity95": sensitivity(s, y, 0.95),
                  "precision10": precision_at(s, y, 10), "bins": bins, "ece": ece})
vectors = rng.normal(size=(60, 4))
scores = np.round(vectors @ (vectors + 1.5 * rng.normal(size=vectors.shape)).T, 1)
# records of patients, and the interval of their mean by scipy's own bootstrap over the patients' sums and counts
patients = rng.integers(0, 40, size=120)
values = rng.normal(size=40)[patients] + 0.3 * rng.normal(size=120)
groups = [values[patients == g] for g in np.unique(patients)]
sums, counts = np.array([g.sum() for g in groups]), np.array([len(g) for g in groups])
interval = stats.bootstrap((sums, counts), lambda a, b, axis=-1: a.sum(axis=axis) / b.sum(axis=axis), paired=True,
                           n_resamples=200_000, batch=5000, method="percentile", rng=rng).confidence_interval
print(json.dumps({"cases": cases, "retrieval": {"scores": scores.tolist(), **ranks(scores)},
                  "clusters": {"patients": patients.tolist(), "values": values.tolist(), "mean": values.mean(),
                               "low": interval.low, "high": interval.high}}))
