"""Reference numbers for the intervals, from independent implementations.

Run: python3 tests/parity/intervals_reference.py > tests/parity/intervals_reference.json
Needs the packages statsmodels, lifelines and scipy; the versions used are written into the file.

- Wilson: statsmodels.stats.proportion.proportion_confint(method="wilson")
- Ranks of order statistics: scipy.stats.binom
- Student's 97.5 % points: scipy.stats.t
- Kaplan-Meier and its log(-log) interval: lifelines.KaplanMeierFitter
"""
import json
import random
import warnings

import lifelines
import scipy
import scipy.stats
import statsmodels
from lifelines import KaplanMeierFitter
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")

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

versions = {"statsmodels": statsmodels.__version__, "lifelines": lifelines.__version__, "scipy": scipy.__version__}
everything = {"versions": versions, "wilson": wilson, "ranks": ranks, "student": student, "survival": survival}
print(json.dumps(everything, indent=1, sort_keys=True))
