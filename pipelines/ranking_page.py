"""The page of what a ranking is worth on invented nations: every figure computed, none typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from pipelines.tables_of_pages import markdown_table
from pipelines.variants import VARIANTS

Judged = Mapping[str, Any]
PEERS: Final = {"econml": "EconML's DR-learner", "unconfounded": "un-confounded"}


def build_page(judged: Mapping[str, Judged], debtors: int, looked_at: str) -> str:
    """The page in Markdown; `judged` by the name of the nation, in the order asked for.

    `looked_at` says what was looked at while the recipe was chosen.
    """
    return "\n".join(
        [
            _head(judged, debtors),
            "## What the ranking is worth\n",
            _worth(judged),
            "\n## In som\n",
            _som(judged),
            "\n## Levels, intervals, abstention\n",
            _levels(judged),
            _slopes(judged),
            "\n## The bar\n",
            _bar(judged),
            "\n## Which ranker was chosen\n",
            _tournaments(judged),
            "\n## Each part taken back alone\n",
            _ablation(judged),
            "\n## What was looked at while choosing\n",
            looked_at.strip(),
            "",
        ]
    )


def _head(judged: Mapping[str, Judged], debtors: int) -> str:
    names = [f"{name} ({j['world']})" for name, j in judged.items()]
    return f"""# What the ranking is worth on invented nations

Written by `chora results ranking`; no figure on this page is typed by hand.

Nations, of {debtors:,} debtors each: {"; ".join(names)}.
Some banks are late in all of them. The scale runs from the officers' own choices (0) to the best
that the registers allow (1); by the share of each debt, then by som. What no register shows sets
a ceiling below 1: the best is chosen with hidden traits known.
**Invented nations say how well a method finds a known truth, and nothing of cases in Uzbekistan.**
"""


def _pair(values: Sequence[float]) -> str:
    return f"{values[0]:.2f} · {values[1]:.2f}"


def _worth(judged: Mapping[str, Judged]) -> str:
    kinds = list(dict.fromkeys(k for j in judged.values() for k in j["learners"]))
    rows = []
    for name, j in judged.items():
        learners = [_pair(j["learners"][k]) if k in j["learners"] else "–" for k in kinds]
        shown, expected, money = (_pair(j[k]) for k in ("shown", "best_expected", "money_first"))
        peers = [_pair(j[key]) if key in j else "–" for key in PEERS]
        rows.append([name, money, *learners, *peers, f"{j['chosen']}: {expected}", shown])
    both = [
        [float(np.mean([j[k][i] for j in judged.values()])) for i in (0, 1)]
        for k in ("money_first", "best_expected", "shown")
    ]
    means = []
    for k in kinds:
        found = [j["learners"][k] for j in judged.values() if k in j["learners"]]
        means.append(_pair([float(np.mean([v[i] for v in found])) for i in (0, 1)]))
    for key in PEERS:
        found = [j[key] for j in judged.values() if key in j]
        means.append(
            _pair([float(np.mean([v[i] for v in found])) for i in (0, 1)]) if found else "–"
        )
    rows.append(["mean", _pair(both[0]), *means, _pair(both[1]), _pair(both[2])])
    head = [
        "nation", "money first", *kinds, *PEERS.values(), "chosen, by expected value", "as shown",
    ]  # fmt: skip
    return markdown_table(head, rows) + (
        "\nEach learner is the mean of its fold rankers, before levels. EconML's DR-learner reads "
        "the same covariates on the same folds, but only measures taken a hundred times or more. "
        "The un-confounded peer is this recipe on the same nation with every choice drawn by lot.\n"
    )


def _som(judged: Mapping[str, Judged]) -> str:
    """Mean true net recovery per case: the two ends of the scale, and what is between."""
    rows = []
    for name, j in judged.items():
        way = j["best"] - j["officers"]
        values = [j["officers"] + x[1] * way for x in (j["money_first"], j["shown"])]
        cells = [f"{v:,.0f}" for v in (j["officers"], *values, j["best"])]
        rows.append([name, f"{j['n']:,}", *cells])
    head = ["nation", "cases", "officers", "money first", "the ranking as shown", "true optimum"]
    return markdown_table(head, rows)


def _ablation(judged: Mapping[str, Judged]) -> str:
    """Of each variant: by expected value and as shown, slope and coverage, means over nations."""
    done = {name: j["ablation"] for name, j in judged.items() if "ablation" in j}
    if not done:
        return "On no nation.\n"
    rows = []
    for variant, told in VARIANTS.items():
        found = [a[variant] for a in done.values() if variant in a]
        if not found:
            continue
        cells = [" ".join(f"{f['expected'][0]:.2f}" for f in found)]
        for key in ("expected", "shown"):
            both = [f[key] for f in found if key in f]
            mean = [float(np.mean([v[i] for v in both])) for i in (0, 1)] if both else None
            cells.append("–" if mean is None else f"{mean[0]:.3f} · {mean[1]:.3f}")
        for key in ("slope", "slope_som", "ece", "coverage"):
            one = [f[key] for f in found if key in f]
            cells.append(f"{float(np.mean(one)):.3f}" if one else "–")
        rows.append([told, *cells])
    head = [
        "taken back", "by share, each nation", "mean by expected value", "mean as shown",
        "slope of shares", "slope of som", "ECE", "intervals hold",
    ]  # fmt: skip
    intro = f"On nations {', '.join(done)}; everything else stays as it is.\n"
    return f"{intro}\n" + markdown_table(head, rows)


def _levels(judged: Mapping[str, Judged]) -> str:
    rows = []
    for name, j in judged.items():
        levels, cover, abstain = j["levels"], j["coverage"], j["abstention"]
        rows.append(
            [
                name,
                f"{j['ndcg']:.3f}",
                f"{levels['share']:.2f} · {levels['som']:.2f}",
                f"{levels['ece']:.3f}",
                f"{cover['all']:.3f}",
                " ".join(f"{c:.2f}" for c in cover["sizes"]),
                f"{abstain['share']:.1%}",
                f"{abstain['regret']:.3f} → {abstain['regret_of_others']:.3f}",
                f"{j['hidden']['hidden']:.3f} ({j['hidden']['n_pairs']} pairs: "
                f"{j['hidden']['found']:.3f})",
            ]
        )
    head = [
        "nation", "NDCG@3", "slope, share · som", "ECE", "90 % intervals hold",
        "by fifths of the debt", "abstains", "regret of all → of the others", "hidden share",
    ]  # fmt: skip
    return markdown_table(head, rows)


def _slopes(judged: Mapping[str, Judged]) -> str:
    measures = sorted({m for j in judged.values() for m in j["levels"]["measures"]})
    rows = []
    for m in measures:
        cells = []
        for j in judged.values():
            found = j["levels"]["measures"].get(m)
            cover = j["coverage"]["measures"].get(m, float("nan"))
            cells.append("–" if found is None else f"{found['som']:.2f} · {cover:.2f}")
        rows.append([m, *cells])
    intro = "Slope of the true on the expected net amount, and how many intervals hold it:\n"
    return f"\n{intro}\n" + markdown_table(["measure", *judged], rows)


def _bar(judged: Mapping[str, Judged]) -> str:
    """A1-A5 and A7 of the bar: pass, or the figure that falls short."""
    rows = []
    for name, j in judged.items():
        share, peer = j["best_expected"][0], j["learners"]["constant"][0]
        if "unconfounded" in j:
            peer = max(peer, j["unconfounded"][0])
        slopes = [v["som"] for v in j["levels"]["measures"].values()]
        inside = sum(0.9 <= s <= 1.1 for s in slopes)
        abstain, light = j["abstention"], j["intrusiveness"]
        halved = abstain["regret_of_others"] / max(abstain["regret"], 1e-12)
        cover = j["coverage"]["all"]
        a4 = 0.88 <= cover <= 0.92 and abstain["share"] <= 0.25 and halved <= 0.5
        saved = 1.0 - light["least"] / light["officers"]
        card = j["learners"].get("rule_card")
        kept = float("nan") if card is None else card[0] / share
        rows.append(
            [
                name,
                _mark(share >= 0.98 * peer, f"{share:.2f} against {peer:.2f}"),
                _mark(min(j["shown"]) >= 0, f"{min(j['shown']):.2f}"),
                _mark(inside == len(slopes), f"{inside} of {len(slopes)} measures"),
                _mark(a4, f"{cover:.2f}, {abstain['share']:.0%} abstain, {halved:.2f} left"),
                _mark(saved >= 0.3, f"{saved:.0%} less"),
                _mark(kept >= 0.85, f"{kept:.2f}"),
            ]
        )
    head = [
        "nation", "A1 within 2 % of the best peer", "A2 never below officers",
        "A3 slope per measure",
        "A4 intervals and abstention", "A5 intrusiveness at equal recovery", "A7 rule card keeps",
    ]  # fmt: skip
    note = (
        "\nA1 is set against the constant order and the same recipe on un-confounded choices, by "
        "share of the way. A7 sets the rule card against the chosen ranker.\n"
    )
    return markdown_table(head, rows) + note


def _mark(passed: bool, figure: str) -> str:
    return f"pass ({figure})" if passed else f"**{figure}**"


def _tournaments(judged: Mapping[str, Judged]) -> str:
    rows = []
    for name, j in judged.items():
        losses = "; ".join(
            f"{k} {loss:.4f} ({behind:+.4f} ± {se:.4f})"
            for k, (loss, behind, se) in j["losses"].items()
        )
        rows.append([name, str(j["n_examples"]), j["chosen"], losses, f"{j['power']:.4f}"])
    head = ["nation", "decisions", "chosen", "loss out of fold (behind the best)", "power"]
    return markdown_table(head, rows)
