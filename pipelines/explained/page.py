"""The page of what explanations are worth: every figure computed, none typed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from pipelines.tables_of_pages import markdown_table

Judged = Mapping[str, Mapping[str, Any]]
FLIPPED, BY_CHANCE, LASTING, DRIVERS = 0.90, 0.20, 0.90, 0.95
NAMED, OF_DEBTOR, MOST_MS = 0.90, 0.70, 50.0

HEAD: Final = """# What the explanations are worth

Written by `chora results explanations`; no figure on this page is typed by hand. Invented nations:
they say how a method behaves where the truth is known, and nothing of cases in Uzbekistan.
"""


def build_page(judged: Judged, drivers: Mapping[str, Any]) -> str:
    """The page in Markdown; `judged` by the name of the nation, in the order asked for."""
    return "\n".join(
        [
            HEAD,
            "## The bar\n",
            _bar(judged, drivers),
            "\n## What the reasons speak of\n",
            _counts(judged),
            "\n## Reasons taken out, and a second model\n",
            _tests(judged),
            "\n## The driver, not the risk\n",
            _drivers(drivers),
            "\n## Can a planted mistake be found?\n",
            _planted(judged),
            "\n## Three cases, as they are told\n",
            _cases(next(iter(judged.values()))),
        ]
    )


def _cases(nation: Mapping[str, Any]) -> str:
    """The first choices of a few cases of the first nation, word for word, in every language."""
    told = []
    for number, case in enumerate(nation["cases"], 1):
        told.append(f"### Case {number}\n")
        for language, said in case.items():
            beside = f" ({said['other']})" if said["other"] else ""
            told.append(f"**{language}: {said['measure']}**{beside}\n")
            told += [f"- {sentence}" for sentence in said["sentences"]]
            told.append("")
    return "\n".join(told)


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.0f} %"


def _bar(judged: Judged, drivers: Mapping[str, Any]) -> str:
    """Each bar with the figure of the worst nation."""

    def worst(of: list[float], most: bool = False) -> float:
        known = [v for v in of if not math.isnan(v)]
        return (max if most else min)(known) if known else float("nan")

    every = list(judged.values())
    named = worst([_share(j["counts"]["n_named"], j["counts"]["n"]) for j in every])
    debtor = worst([j["counts"]["about_debtor"] for j in every])
    error = worst([j["additivity"] for j in every], most=True)
    flipped = worst([j["neutralised"]["shown"] for j in every])
    chance = worst([j["neutralised"]["random"] for j in every], most=True)
    lasting = worst([j["refit"]["same_sign"] for j in every])
    slow = worst([j["one_case"]["p95"] for j in every], most=True)
    same = all(j["same_bytes"] for j in every)
    rows: list[tuple[str, str, str, bool]] = [
        ("first choices that name a fact", _percent(named), f"≥ {_percent(NAMED)}", named >= NAMED),
        (
            "told facts about the debtor, not the procedure",
            _percent(debtor),
            f"≥ {_percent(OF_DEBTOR)}",
            debtor >= OF_DEBTOR,
        ),
        ("B1 largest error of the sum", f"{error:.1e}", "< 1e-9", error < 1e-9),
        ("B1 the same bytes again and alone", "yes" if same else "no", "yes", same),
        (
            "B2 near-calls that flip or tie without the shown reasons",
            _percent(flipped),
            f"≥ {_percent(FLIPPED)}",
            flipped >= FLIPPED,
        ),
        (
            "B2 … without others",
            _percent(chance),
            f"≤ {_percent(BY_CHANCE)}",
            chance <= BY_CHANCE,
        ),
        (
            "B3 reasons with the same direction in a second model",
            _percent(lasting),
            f"≥ {_percent(LASTING)}",
            lasting >= LASTING,
        ),
        (
            "B5 worlds whose first reason is the driver",
            _percent(drivers["worlds_driver"]),
            f"≥ {_percent(DRIVERS)}",
            drivers["worlds_driver"] >= DRIVERS,
        ),
        ("B8 one case, 95 % quantile", f"{slow:.0f} ms", f"< {MOST_MS:.0f} ms", slow < MOST_MS),
    ]
    cells = [[what, found, ask, "passes" if ok else "falls short"] for what, found, ask, ok in rows]
    return markdown_table(["bar", "worst nation", "asked", "verdict"], cells)


def _share(some: float, of: float) -> float:
    return some / of if of else float("nan")


def _counts(judged: Judged) -> str:
    rows = []
    for name, j in judged.items():
        c = j["counts"]
        themes = ", ".join(f"{theme.replace('_', ' ')} {n}" for theme, n in c["themes"].items())
        rows.append(
            [
                name,
                j["ranker"],
                f"{c['n']:,}",
                f"{c['n_named']:,} ({_percent(_share(c['n_named'], c['n']))})",
                _percent(c["about_debtor"]),
                f"{c['unstable']:,}",
                f"{c['abstained']:,}",
                themes or "–",
            ]
        )
    head = [
        "nation", "ranker", "first choices", "that name a fact", "facts about the debtor",
        "order not sure", "abstained", "told facts by theme",
    ]  # fmt: skip
    return markdown_table(head, rows) + (
        "\nFacts of the theme *claim* (document, days, amounts of the case) are the procedure; all "
        "others are the debtor's.\n"
    )


def _tests(judged: Judged) -> str:
    rows = []
    for name, j in judged.items():
        n, r = j["neutralised"], j["refit"]
        rows.append(
            [
                name,
                f"{n['n']:,}",
                f"{_percent(n['shown'])} ± {_percent(1.96 * n['shown_se'])}",
                f"{_percent(n['random'])} ± {_percent(1.96 * n['random_se'])}",
                f"{r['n']:,}",
                _percent(r["same_sign"]),
                _percent(r["among_largest"]),
                f"{j['one_case']['median']:.0f} · {j['one_case']['p95']:.0f}",
            ]
        )
    head = [
        "nation", "near-calls", "end without the shown reasons", "end without others",
        "first three reasons", "same direction", "among the four largest",
        "ms a case, median · p95",
    ]  # fmt: skip
    return markdown_table(head, rows) + (
        "\nA near-call's first measure leads by 1 to 5 % of the debt and names a fact for itself. "
        "A fact is taken out by giving it the values of twenty other cases. The second model is "
        "learned without a tenth of the debtors and with other draws.\n"
    )


def _drivers(found: Mapping[str, Any]) -> str:
    return (
        f"{found['n_worlds']} worlds, in each of which one fact sets the risk and another which of "
        f"two measures brings more. Of {found['n_asked']:,} first choices {found['n']:,} name a "
        f"fact; the first is the driver in {_percent(found['driver'])}, the risk in "
        f"{_percent(found['risk'])}. In {_percent(found['worlds_driver'])} of the worlds it is the "
        "driver in most of them.\n"
    )


def _planted(judged: Judged) -> str:
    rows = []
    for name, j in judged.items():
        p = j["planted"]
        cells = [name, f"{p['n']:,}", f"{p['n_mistakes']:,}"]
        if "auc" in p:
            gains = [f"{g[0]:+.2f} ({g[1]:+.2f} to {g[2]:+.2f})" for g in p["gain"].values()]
            rows.append([*cells, f"{p['auc']['score']:.2f}", *gains])
        else:
            rows.append([*cells, "too few", "–", "–"])
    head = ["nation", "cases", "mistakes", "score alone: AUC", "with reasons", "with their values"]
    return markdown_table(head, rows) + (
        "\nOne register of half of the cases is that of a namesake; a mistake is one that costs at "
        "least 1 % of the debt. A learner that stands in for an officer must tell them from honest "
        "cases, by the true facts that an officer knows and the ranking's figures, then with the "
        "reasons, then with how far a stated value lies from the officer's own. Differences of the "
        "area under the ROC curve with 90 % bootstrap intervals.\n"
    )
