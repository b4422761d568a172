# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # What the registers say, and what the ranking is worth
#
# A story for analysts, in four parts: what the agencies handed over; what officers' past choices
# recovered, counted naively and then fairly; what the program's ranking is worth on those same
# decisions; and how one recommendation explains itself.
#
# It reads a folder that `chora validate` wrote and a store with a trained model, and writes its
# pictures into the store. Nothing here changes a register, a model or a decision. To run it on
# other data, set `CHORA_TABLES` and `CHORA_STORE`; `make demo SERVE=0` prepares the defaults.

# %%
from __future__ import annotations

import json
import os
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from matplotlib.figure import Figure

from explain.corrections import part_label
from explain.pictures import draw_global_pictures
from features.catalogue import FEATURES, SOURCE_TABLES, THEMES
from features.catalogue import feature as catalogue_entry
from features.frame import build_features
from law.catalogue import catalogue
from models.examples import build_examples
from models.policy_value import clustered_se
from models.registry import Store, choose_model
from models.tournament import clusters_of
from pipelines.evaluate import evaluate_logged, honest_scores
from pipelines.recommend import recommend
from registers.extract import load_tables
from registers.snapshot import Snapshot, locate
from registers.texts import format_amount, format_date

TABLES = Path(os.environ.get("CHORA_TABLES", "demo/tables"))
STORE = Path(os.environ.get("CHORA_STORE", "demo/store"))
PICTURES = STORE / "pictures"
MOST_CASES = 2_000

INK, QUIET, BLUE, ORANGE = "#1f2933", "#9aa5b1", "#1f5fa8", "#c4571b"


def keep(figure: Figure, name: str) -> Figure:
    """Writes a picture into the store and hands it back, so that a notebook shows it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURES / f"{name}.png", dpi=130, metadata={"Software": None})
    return figure


def canvas(width: float, height: float, title: str) -> tuple[Figure, Any]:
    """A figure with one quiet pair of axes and a title that says what is seen."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, loc="left", color=INK, fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


registers = load_tables(TABLES)
assert registers.as_of is not None, "The tables hold no row at all."
AS_OF = registers.as_of
ORDER = registers.legal_order
MEASURES = catalogue(ORDER.id)
print(f"Legal order: {ORDER.id}. Newest row reported on {format_date(AS_OF, 'en')}.")


# %% [markdown]
# ## 1. What was handed over
#
# Every row that was read is either accepted, accepted after a stated repair, or set aside with
# its reason in the quarantine: the counts must add up. A register that is absent stays absent:
# the facts that need it are unknown, never zero.

# %%
report = json.loads((TABLES / "report.json").read_text(encoding="utf-8"))["tables"]
counts = pl.DataFrame(
    [
        {"table": name, **{k: t[k] for k in ("read", "accepted", "repaired", "set_aside")}}
        for name, t in report.items()
    ]
)
assert (counts["read"] == counts["accepted"] + counts["set_aside"]).all()
total, aside = int(counts["read"].sum()), int(counts["set_aside"].sum())
print(f"{total} rows read, {aside} set aside ({aside / max(total, 1):.2%}).")
print(counts)

# %% [markdown]
# How fresh is each register? An answer can be no fresher than the rows behind it. The bar shows
# how long ago the newest row of a typical debtor was reported; the share says for how many open
# cases the register knows anything at all.

# %%
cases = Snapshot(registers, AS_OF).table("cases")
asked = cases.select("case_id", pl.lit(AS_OF).alias("as_of_date"))
points, not_open = locate(registers, asked)
n_open = points.height
points = points.sample(min(MOST_CASES, n_open), seed=1).sort("point_id")
facts = build_features(registers, points)
print(f"{n_open} open money claims; this story looks at {facts.height} of them.")

fresh = pl.DataFrame(
    [
        {
            "register": table,
            "known": 1 - facts[f"known_on_{table}"].null_count() / max(facts.height, 1),
            "age": (pl.Series([AS_OF]) - facts[f"known_on_{table}"].drop_nulls())
            .dt.total_days()
            .median(),
        }
        for table in SOURCE_TABLES
    ],
    schema={"register": pl.String, "known": pl.Float64, "age": pl.Float64},
).sort("age", "register", descending=True, nulls_last=False)

figure, axes = canvas(8, 4.6, "Age of the newest row of a typical debtor, days")
ages = fresh["age"].fill_null(0.0).to_list()
axes.barh(fresh["register"].to_list(), ages, color=BLUE, height=0.6)
for place, (age, known) in enumerate(zip(ages, fresh["known"].to_list(), strict=True)):
    text = f"  {age:.0f} days, known for {known:.0%}" if known else "  nothing known"
    axes.text(age, place, text, va="center", fontsize=8, color=INK)
axes.set_xlim(0, max([*ages, 1.0]) * 1.35)
axes.tick_params(axis="y", length=0)
keep(figure, "1_freshness")

# %% [markdown]
# What is missing? A fact that is unknown for most debtors can hardly carry a reason. Each dot is a
# fact; facts stand under the heading that the officer's page shows.

# %%
missing = pl.DataFrame(
    {
        "feature": [f.name for f in FEATURES],
        "label": [f.label.en for f in FEATURES],
        "theme": [f.theme for f in FEATURES],
        "missing": [facts[f.name].null_count() / max(facts.height, 1) for f in FEATURES],
    }
)
themes = [theme for theme in THEMES if theme in missing["theme"]]
figure, axes = canvas(8, 3.6, "Share of open cases for which a fact is unknown")
for place, theme in enumerate(reversed(themes)):
    shares = missing.filter(pl.col("theme") == theme)["missing"].to_numpy()
    spread = np.linspace(-0.22, 0.22, len(shares))
    axes.scatter(shares, place + spread, s=22, color=BLUE, alpha=0.7, linewidths=0)
axes.set_yticks(range(len(themes)), [THEMES[t].en for t in reversed(themes)])
axes.set_xlim(-0.02, 1.02)
axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
axes.grid(axis="x", color="#e4e7eb")
print(missing.sort("missing", "feature", descending=[True, False]).head(10))
keep(figure, "2_missing_facts")

# %% [markdown]
# How large are the claims? They span many orders of magnitude, so the scale is logarithmic: a few
# large claims hold most of the money, and every average of money below leans on them. That is why
# each figure comes with an interval.

# %%
owed = facts.select("claim_kind", "outstanding_som").filter(pl.col("outstanding_som") > 0)
size = owed.with_columns(size=(pl.col("outstanding_som") / ORDER.minor_units))
figure, axes = canvas(8, 3.4, f"Amount still due on open cases, {ORDER.currency} (log scale)")
logs = np.log10(size["size"].to_numpy())
if len(logs):
    axes.hist(logs, bins=40, color=BLUE)
    middle = float(np.median(logs))
    axes.axvline(middle, color=ORANGE, lw=1.5)
    axes.text(middle, axes.get_ylim()[1] * 0.95, "  median", color=ORANGE, va="top", fontsize=9)
    axes.set_xticks(range(int(np.floor(logs.min())), int(np.ceil(logs.max())) + 1))
axes.xaxis.set_major_formatter(lambda power, _: f"$10^{{{power:g}}}$")
axes.set_ylabel("cases")
largest = size.sort("size", descending=True)["size"]
top = float(largest.head(max(1, size.height // 20)).sum()) / max(float(largest.sum()), 1.0)
print(f"The largest 5 % of the claims hold {top:.0%} of the money that is due.")
keep(figure, "3_claim_sizes")

# %% [markdown]
# ## 2. What officers' choices recovered
#
# The log is not an experiment. Officers choose by what they see: heavier measures go to harder
# debtors. So the plain average after a measure mixes what the measure did with whom it was used
# on. The program asks another question: had *every* case in which the measure was lawful received
# it, how much more would have been recovered than under usual practice? It answers with doubly
# robust (AIPW) scores, which hold if either the model of the officers' choices or the model of
# the outcomes is right, each fitted without the debtor in question.

# %%
bundle, which = choose_model(Store(STORE), ORDER.id, None)
print(which)
known_by = max(AS_OF, bundle.as_of)  # windows may close after the last row was reported
examples = build_examples(registers, known_by, ranked=bundle.measures)
scores, rates = honest_scores(examples, bundle)
groups = clusters_of(examples)
print(f"{len(examples)} past decisions with a closed window; left out: {examples.left_out}")

rows = []
for a, measure in enumerate(examples.measures):
    taken, lawful = examples.arm == a, examples.lawful[:, a]
    effect = scores.gamma[lawful, a] - scores.usual[lawful]
    rows.append(
        {
            "measure": measure,
            "n_taken": int(taken.sum()),
            "naive": float(examples.rate[taken].mean() - examples.rate.mean()),
            "adjusted": float(effect.mean()),
            "se": clustered_se(effect, groups[lawful]),
            "usual_share": float(scores.usual[taken].mean()),
        }
    )
effects = pl.DataFrame(rows).sort("adjusted")
print(effects)

figure, axes = canvas(8.6, 0.55 * effects.height + 1.6, "Recovered share, against usual practice")
names = [MEASURES[m].names.en for m in effects["measure"]]
places = np.arange(effects.height)
adjusted, naive = effects["adjusted"].to_numpy(), effects["naive"].to_numpy()
error = 1.96 * effects["se"].to_numpy()
axes.axvline(0, color=QUIET, lw=1)
axes.hlines(places, naive, adjusted, color="#cbd2d9", lw=2, zorder=1)
axes.scatter(naive, places, color=ORANGE, s=42, zorder=3, label="plain average after the measure")
axes.errorbar(
    adjusted,
    places,
    xerr=error,
    fmt="o",
    color=BLUE,
    ms=7,
    capsize=3,
    label="adjusted (AIPW), 95 % interval",
)
axes.set_yticks(
    places, [f"{name} (n = {n})" for name, n in zip(names, effects["n_taken"], strict=True)]
)
axes.xaxis.set_major_formatter(lambda share, _: f"{share:+.0%}")
axes.legend(loc="upper center", bbox_to_anchor=(0.3, -0.12), frameon=False, fontsize=8, ncols=2)
keep(figure, "4_naive_and_adjusted")

# %% [markdown]
# Where the two marks of a measure lie far apart, the plain average would have misled: the column
# `usual_share` shows how much officers' cases of that measure would have paid anyway. Where an
# interval crosses zero, the data do not tell whether the measure does better than usual practice.

# %% [markdown]
# ## 3. What the ranking is worth
#
# Now the ranking itself, on the same past decisions, judged by models that have not seen the
# debtor: what would a decision have brought on average, net of the measure's cost, had the first
# measure of the ranking been taken? *As shown* is the order that the officer sees, in which the
# less intrusive of measures that the data cannot tell apart comes first; *highest expected* ignores
# intrusiveness. The officers' own value is simply what happened.

# %%
evaluation = evaluate_logged(registers, bundle)
values = evaluation["values"]
lines = [
    ("officers, as it happened", values["officers"]),
    ("ranking as shown", values["as_shown"]["dr"]),
    ("ranking, highest expected", values["best_expected"]["dr"]),
]
figure, axes = canvas(8, 2.6, f"Net recovery per past decision, {ORDER.currency}, 95 % intervals")
for place, (name, v) in enumerate(reversed(lines)):
    middle, low, high = (v[k] / ORDER.minor_units for k in ("value", "low", "high"))
    color = INK if name.startswith("officers") else BLUE
    axes.plot([low, high], [place, place], color=color, lw=2)
    axes.plot([middle], [place], "o", color=color, ms=8)
    axes.text(middle, place + 0.16, f"{middle:,.0f}", ha="center", fontsize=8, color=color)
axes.set_yticks(range(len(lines)), [name for name, _ in reversed(lines)])
axes.set_ylim(-0.5, len(lines) - 0.3)
axes.xaxis.set_major_formatter(lambda amount, _: f"{amount:,.0f}")
axes.grid(axis="x", color="#e4e7eb")
keep(figure, "5_policy_values")

# %%
gain = values["as_shown"]["gain_over_officers"]
low, high = gain["value"] - 1.96 * gain["se"], gain["value"] + 1.96 * gain["se"]
verdict = "is above" if low > 0 else "is below" if high < 0 else "cannot be told from"
amount = format_amount(round(gain["value"]), "en", ORDER.currency)
print(f"The ranking as shown {verdict} the officers' practice: {amount} per decision,")
print(
    f"95 % interval {format_amount(round(low), 'en', ORDER.currency)}"
    f" to {format_amount(round(high), 'en', ORDER.currency)}."
)
dr = values["as_shown"]["dr"]
print(f"The estimate leans on an effective {dr['effective_n']:.0f} decisions of {len(examples)}.")
tournament = bundle.report["tournament"]
print(f"Ranker: {tournament['chosen']}. {tournament['reason']}")

# %% [markdown]
# The facts that move the model's expectations, over the open cases. These are drivers of what is
# *recovered* under usual practice, hence of the amounts shown, not of the choice between
# measures: a fact that raises the amount for every measure alike favours none.

# %%
usual = bundle.fold_nuisances[0].usual
x = bundle.design.encoder.matrix(facts)
labels = [catalogue_entry(name).label.en for name in bundle.design.encoder.columns]
bar, beeswarm = draw_global_pictures(usual.booster, x, labels, PICTURES, "6_usual_practice")
print(f"Pictures: {bar.name}, {beeswarm.name}")

# %% [markdown]
# ## 4. One recommendation explains itself
#
# The contributions of the facts add up to the expected amount of the first measure. The sentences
# below it are what the officer reads: why this measure rather than the next one.

# %%
questions = points.select("case_id", "as_of_date").head(300)
answer = recommend(registers, questions, bundle)
told = answer.explanations.filter(pl.col("rank") == 1, pl.col("contrast_to").is_not_null())
n_facts = (
    pl.col("reasons")
    .list.eval(pl.element().struct.field("reason_code").str.contains("favours", literal=True))
    .list.sum()
)
told = told.sort(n_facts, "case_id", descending=[True, False])
assert told.height, "No case of the sample has two lawful measures to compare."
record = told.row(0, named=True)

# %%
N_SHOWN = 8
parts = sorted(record["contributions"], key=lambda c: -abs(c["contribution_som"]))
shown, rest = parts[:N_SHOWN], parts[N_SHOWN:]
steps = [(part_label(c["feature"]).en, c["contribution_som"]) for c in shown]
steps.append(("other parts together", sum(c["contribution_som"] for c in rest)))
starts = np.cumsum([record["base_som"], *(s for _, s in steps)]) / ORDER.minor_units
name = MEASURES[record["measure"]].names.en
figure, axes = canvas(8.6, 4.4, f"{name}: from the model's base to the expected net recovery")
n_steps = len(steps)
axes.barh([n_steps], [starts[0]], color=QUIET, height=0.6)
for place, (_, step) in enumerate(steps):
    left, width = starts[place], step / ORDER.minor_units
    color = BLUE if step > 0 else ORANGE
    axes.barh([n_steps - 1 - place], [width], left=left, color=color, height=0.6)
axes.barh([-1], [starts[-1]], color=INK, height=0.6)
amounts = [starts[0], *(s / ORDER.minor_units for _, s in steps), starts[-1]]
ends = [starts[0], *(max(a, b) for a, b in pairwise(starts)), starts[-1]]
for place, (end, value) in enumerate(zip(ends, amounts, strict=True)):
    sign = "" if place in (0, len(amounts) - 1) else "+" if value > 0 else ""
    axes.text(max(end, 0), n_steps - place, f"  {sign}{value:,.0f}", va="center", fontsize=8)
axes.set_yticks(
    range(n_steps, -2, -1),
    ["before any fact is known", *(label for label, _ in steps), "expected net recovery"],
)
axes.axvline(0, color=QUIET, lw=1)
axes.margins(x=0.16)
axes.xaxis.set_major_formatter(lambda amount, _: f"{amount:,.0f}")
axes.set_xlabel(ORDER.currency)
keep(figure, "7_one_explanation")

# %%
print(f"{name}, compared with: {MEASURES[record['contrast_to']].names.en}")
for language in ("en", "uz_Latn"):
    for reason in record["reasons"]:
        print(f"  {reason[language]}")
    if record["other_factors"]:
        print(f"  {record['other_factors'][language]}")
if record["unstable"]:
    print("The data cannot tell the first measures of this case apart: the order may change.")

# %% [markdown]
# ## What this does and does not say
#
# - The value of the ranking is an estimate from choices that officers made. It assumes that what
#   drove those choices is in the registers. If officers acted on something that no register
#   holds, the figures are off by an amount that these data cannot show.
# - A measure that officers hardly ever chose where it was lawful cannot be judged from their log:
#   the program says so case by case (abstention) instead of guessing.
# - An explanation tells how the model came to its figure, not that the debtor's facts cause the
#   recovery. A person decides, with what the registers cannot see: illness, dependants, a
#   dispute, a payment made yesterday.
