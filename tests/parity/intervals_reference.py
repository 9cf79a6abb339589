"""Reference numbers for the intervals, from independent implementations.

Run: python3 tests/parity/intervals_reference.py > tests/parity/intervals_reference.json
Needs the packages statsmodels, lifelines and scipy; the versions used are written into the file.

- Wilson: statsmodels.stats.proportion.proportion_confint(method="wilson")
- Ranks of order statistics: scipy.stats.binom
- Student's 97.5 % points: scipy.stats.t
- Kaplan-Meier and its log(-log) interval: lifelines.KaplanMeierFitter
- Clopper and Pearson's limits: scipy.stats.binomtest; Garwood's: scipy.stats.chi2
- Two shares: statsmodels' confint_proportions_2indep (newcomb, log) and proportions_ztest
- Standardised difference: of one stratum half the width of statsmodels' agresti-caffo; of several, that put together by its
  weights, which is what a sum of independent parts has
- Mantel and Haenszel: statsmodels.stats.contingency_tables.StratifiedTable
- McNemar: statsmodels.stats.contingency_tables.mcnemar; Holm: statsmodels.stats.multitest.multipletests
- Cases needed: by the formula of Fleiss, Levin and Paik with scipy's quantiles
- Block lengths: by Politis and White 2004 with the correction of Patton, Politis and White 2009, autocovariances from
  statsmodels. (`arch.bootstrap.optimal_block_length` has the same formula, but looks for the first negligible lag one earlier.)
- Bootstraps: blocks and clusters written out one index after the other and put together by numpy, with the published SplitMix64;
  Hesterberg's percentiles from scipy's quantiles
"""
import json
import math
import random
import warnings

import lifelines
import numpy as np
import scipy
import scipy.stats
import statsmodels
from lifelines import KaplanMeierFitter
from statsmodels.stats.contingency_tables import StratifiedTable, mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest
from statsmodels.tsa.stattools import acovf

warnings.simplefilter("ignore")


def half_of_agresti_caffo(a, m, b, n):
    """Half the width alone: its centre is that of the adjusted shares, ours that of the shares as they are."""
    low, high = confint_proportions_2indep(a, m, b, n, compare="diff", method="agresti-caffo")
    return float(high - low) / 2


wilson = []
for hits, n in [(0, 19), (1, 19), (5, 10), (12, 19), (19, 19), (3, 7), (450, 795), (1, 4650), (4649, 4650)]:
    low, high = proportion_confint(hits, n, alpha=0.05, method="wilson")
    wilson.append({"hits": hits, "n": n, "low": float(low), "high": float(high)})

ranks = []
for n, at in [(5, 0.5), (6, 0.5), (19, 0.5), (19, 0.25), (74, 0.25), (200, 0.9), (1000, 0.1), (30, 0.1)]:
    below = scipy.stats.binom(n, at).cdf
    low = max((r for r in range(1, n + 1) if below(r - 1) <= 0.025), default=None)
    high = min((r for r in range(1, n + 1) if below(r - 1) >= 0.975), default=None)
    both = low is not None and high is not None
    ranks.append({"n": n, "at": at, "low": low if both else None, "high": high if both else None})

student = [{"freedom": v, "point": float(scipy.stats.t(v).ppf(0.975))} for v in (1, 2, 5, 10, 11, 18, 39, 200)]

survival = []
for seed, people in [(1, 19), (2, 60), (3, 200)]:
    draw = random.Random(seed)
    stays = []
    for _ in range(people):
        # Rounded to half a second, so that there are ties.
        stay, watched = draw.expovariate(1 / 30), draw.expovariate(1 / 60)
        stays.append([round(min(stay, watched) * 2) / 2, stay <= watched])
    fit = KaplanMeierFitter(alpha=0.05).fit([s for s, _ in stays], [e for _, e in stays])
    band = fit.confidence_interval_survival_function_
    points = []
    for seconds in (5, 10, 20, 30, 60):
        last = max(t for t in fit.survival_function_.index if t <= seconds)
        if any(s > seconds for s, _ in stays) and 0 < fit.survival_function_.loc[last].iloc[0] < 1:
            low, high = band.loc[last]
            share = float(fit.survival_function_.loc[last].iloc[0])
            points.append({"seconds": seconds, "share": share, "low": float(low), "high": float(high)})
    survival.append({"stays": stays, "points": points, "median": float(fit.median_survival_time_)})

exact = []
for hits, n, error in [(7, 20, 0.025), (300, 1000, 0.025), (0, 20, 0.05), (59, 59, 0.05), (1, 400, 0.0125), (12, 19, 0.005)]:
    found = scipy.stats.binomtest(hits, n).proportion_ci(1 - 2 * error, method="exact")
    exact.append({"hits": hits, "n": n, "error": error, "low": float(found.low), "high": float(found.high)})

garwood = []
for events, error in [(0, 0.025), (1, 0.025), (7, 0.05), (250, 0.005)]:
    low = scipy.stats.chi2(2 * events).ppf(error) / 2 if events else 0.0
    garwood.append({"events": events, "error": error, "low": float(low), "high": float(scipy.stats.chi2(2 * events + 2).isf(error) / 2)})

pairs = []
for a, m, b, n in [(56, 70, 48, 80), (1614, 2357, 1288, 1822), (3, 10, 9, 12), (0, 15, 4, 20), (40, 40, 33, 40)]:
    row = {"a": a, "m": m, "b": b, "n": n}
    row["newcombe"] = [float(x) for x in confint_proportions_2indep(a, m, b, n, compare="diff", method="newcomb")]
    row["ratio"] = [float(x) for x in confint_proportions_2indep(a, m, b, n, compare="ratio", method="log")] if a and b else None
    row["equality"] = float(proportions_ztest([a, b], [m, n])[1])
    row["agresti_caffo"] = half_of_agresti_caffo(a, m, b, n)
    p, q = a / m, b / n
    z, power, mean = scipy.stats.norm.ppf(0.975), scipy.stats.norm.ppf(0.8), (p + q) / 2
    root = z * (2 * mean * (1 - mean)) ** 0.5 + power * (p * (1 - p) + q * (1 - q)) ** 0.5
    row["cases_needed"] = math.ceil((root / (p - q)) ** 2)
    pairs.append(row)

stratified = []
for strata in [
    [(4, 5, 2, 5)],
    [(40, 200, 10, 50), (30, 50, 160, 200)],
    [(2, 3, 1, 2), (3, 4, 2, 4), (1, 2, 0, 2), (2, 2, 1, 3)],
    [(12, 30, 20, 33), (5, 9, 4, 11), (100, 260, 90, 170)],
]:
    tables = [[[a, m - a], [b, n - b]] for a, m, b, n in strata]
    both = StratifiedTable(np.array(tables).transpose(1, 2, 0).astype(float))
    low, high = both.oddsratio_pooled_confint()
    cases = sum(m + n for _, m, _, n in strata)
    reach = sum(((m + n) / cases * half_of_agresti_caffo(a, m, b, n)) ** 2 for a, m, b, n in strata) ** 0.5
    stratified.append({
        "strata": strata, "odds_ratio": float(both.oddsratio_pooled), "low": float(low), "high": float(high),
        "p": float(both.test_null_odds(correction=False).pvalue),
        "one": sum((m + n) / cases * a / m for a, m, _, n in strata),
        "other": sum((m + n) / cases * b / n for _, m, b, n in strata),
        "reach": reach,
    })

paired = [{"a": a, "b": b, "p": float(mcnemar([[0, a], [b, 0]], exact=True).pvalue)} for a, b in [(1, 5), (4, 4), (30, 12), (0, 9)]]

together = []
for p_values in [[0.03, 0.01, 0.04, 0.02], [0.2, 0.009, 0.001, 0.024, 0.012, 0.02], [0.9, 0.8]]:
    reject, adjusted, _, _ = multipletests(p_values, alpha=0.05, method="holm")
    together.append({"p": p_values, "rejected": [bool(r) for r in reject], "adjusted": [float(x) for x in adjusted]})

tails = [
    {"error": e, "freedom": v, "normal": float(scipy.stats.norm.isf(e)), "student": float(scipy.stats.t(v).isf(e))}
    for e, v in [(0.025, 1), (0.05, 7), (0.0125, 30), (1e-6, 12), (0.3, 5), (0.025, 4000)]
]



def series(n, factor, width):
    """What was counted in each of n chunks: noise of quadratic residues, added up over as many neighbours as `width` says."""
    noise = [(t * t * factor + 11 * t) % 101 for t in range(n + width)]
    return [sum(noise[t:t + width]) for t in range(n)]


def frames_of(n):
    return [20 + t % 3 for t in range(n)]


def block_length(values):
    """4 times the best length, a quarter of the series at most."""
    n = len(values)
    run = max(5, math.ceil(math.log10(n) ** 0.5))
    longest = min(math.ceil(n ** 0.5) + run, n - 1)
    covariance = acovf(values, adjusted=False, fft=False, nlag=longest)
    negligible = [abs(c / covariance[0]) < 2 * (math.log10(n) / n) ** 0.5 for c in covariance] + [True] * run
    first = next((m for m in range(longest + 1) if all(negligible[m + 1:m + run + 1])), longest)
    window = min(2 * max(first, 1), longest)
    lags = np.arange(-window, window + 1)
    flat = np.minimum(1.0, 2 * (1 - np.abs(lags) / window))
    slope = float(np.sum(flat * np.abs(lags) * covariance[np.abs(lags)]))
    spectrum = float(np.sum(flat * covariance[np.abs(lags)]))
    most = math.ceil(min(3 * n ** 0.5, n / 3))
    best = min((2 * slope ** 2 / (4 / 3 * spectrum ** 2)) ** (1 / 3) * n ** (1 / 3), most) if spectrum > 0 else most
    return min(max(math.ceil(4 * best), 1), n // 4)


def drawn(stream, counter, below):
    """The counter-th number of a stream by SplitMix64, brought below a bound."""
    z = 0x7673612D61756469 + stream * 0xD1B54A32D192ED03 + (counter + 1) * 0x9E3779B97F4A7C15
    z %= 2 ** 64
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % 2 ** 64
    z = (z ^ z >> 27) * 0x94D049BB133111EB % 2 ** 64
    return (z ^ z >> 31) * below >> 64


def expanded(values, units):
    """Hesterberg's percentiles of sorted replicates."""
    tail = scipy.stats.norm.sf((units / (units - 1)) ** 0.5 * scipy.stats.t(units - 1).isf(0.025))
    low = math.floor(tail * len(values))
    values = sorted(values)
    return {"low": float(values[low]), "high": float(values[-1 - low])}


blocks = []
for n, factor, width in [(8, 37, 1), (20, 37, 3), (60, 37, 1), (150, 53, 2), (150, 29, 3), (400, 37, 1), (400, 53, 3), (400, 29, 5), (900, 37, 4), (900, 53, 12)]:
    values = np.array(series(n, factor, width)) / np.array(frames_of(n))
    blocks.append({"n": n, "factor": factor, "width": width, "blocks": block_length(values)})

over_time = []
for n, factor, width, block, stream in [(8, 37, 1, 1, 3), (8, 37, 2, 3, 5), (40, 53, 3, 6, 100), (41, 29, 2, 7, 9)]:
    sums, frames = np.array(series(n, factor, width), float), np.array(frames_of(n), float)
    pieces = math.ceil(n / block)
    means = []
    for replicate in range(2000):
        starts = [drawn(stream, replicate * pieces + piece, n) for piece in range(pieces)]
        chosen = np.array([(start + k) % n for start in starts for k in range(block)])[:n]
        means.append(sums[chosen].sum() / frames[chosen].sum())
    row = {"n": n, "factor": factor, "width": width, "block": block, "stream": stream}
    over_time.append(row | expanded(means, pieces) | {"frames": math.floor(block * frames.mean() + 0.5)})

over_clusters = []
for n, factor, stream in [(2, 37, 8), (12, 53, 21)]:
    hits, cases = np.array(series(n, factor, 1), float), np.array([101 + 7 * t for t in range(n)], float)
    shares = []
    for replicate in range(2000):
        chosen = [drawn(stream, replicate * n + index, n) for index in range(n)]
        shares.append(hits[chosen].sum() / cases[chosen].sum())
    over_clusters.append({"n": n, "factor": factor, "stream": stream} | expanded(shares, n))

versions = {"statsmodels": statsmodels.__version__, "lifelines": lifelines.__version__, "scipy": scipy.__version__}
everything = {"versions": versions, "wilson": wilson, "ranks": ranks, "student": student, "survival": survival,
              "exact": exact, "garwood": garwood, "pairs": pairs, "stratified": stratified, "paired": paired,
              "together": together, "tails": tails, "blocks": blocks, "over_time": over_time, "over_clusters": over_clusters}
print(json.dumps(everything, indent=1, sort_keys=True))
