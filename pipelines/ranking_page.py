"""The page of what a ranking is worth on invented nations: every figure computed, none typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Judged = Mapping[str, Any]


def build_page(judged: Mapping[str, Judged], debtors: int, looked_at: str) -> str:
    """The page in Markdown; `judged` by the name of the nation, in the order asked for.

    `looked_at` says what was looked at while the recipe was chosen.
    """
    names = list(judged)
    return "\n".join(
        [
            _head(names, debtors),
            "## What the ranking is worth\n",
            _worth(judged),
            "\n## Levels, intervals, abstention\n",
            _levels(judged),
            _slopes(judged),
            "\n## The bar\n",
            _bar(judged),
            "\n## Which ranker was chosen\n",
            _tournaments(judged),
            "\n## What was looked at while choosing\n",
            looked_at.strip(),
            "",
        ]
    )


def _head(names: Sequence[str], debtors: int) -> str:
    return f"""# What the ranking is worth on invented nations

Written by `chora results ranking`; no figure on this page is typed by hand.

Nations: {", ".join(names)}, of {debtors:,} debtors each. The scale runs from the officers' own
choices (0) to the best that the registers allow (1); by the share of each debt, then by som. What
no register shows sets a ceiling below 1: the best is chosen with hidden traits known.
**Invented nations say how well a method finds a known truth, and nothing of cases in Uzbekistan.**
"""


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(r) for r in rows)]
    return "\n".join(f"| {line} |" for line in lines) + "\n"


def _pair(values: Sequence[float]) -> str:
    return f"{values[0]:.2f} · {values[1]:.2f}"


def _worth(judged: Mapping[str, Judged]) -> str:
    kinds = list(dict.fromkeys(k for j in judged.values() for k in j["learners"]))
    rows = []
    for name, j in judged.items():
        learners = [_pair(j["learners"][k]) if k in j["learners"] else "–" for k in kinds]
        shown, expected, money = (_pair(j[k]) for k in ("shown", "best_expected", "money_first"))
        rows.append([name, money, *learners, f"{j['chosen']}: {expected}", shown])
    both = [
        [float(np.mean([j[k][i] for j in judged.values()])) for i in (0, 1)]
        for k in ("money_first", "best_expected", "shown")
    ]
    means = []
    for k in kinds:
        found = [j["learners"][k] for j in judged.values() if k in j["learners"]]
        means.append(_pair([float(np.mean([v[i] for v in found])) for i in (0, 1)]))
    rows.append(["mean", _pair(both[0]), *means, _pair(both[1]), _pair(both[2])])
    head = ["nation", "money first", *kinds, "chosen, by expected value", "as shown"]
    return _table(head, rows)


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
    return _table(head, rows)


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
    return f"\n{intro}\n" + _table(["measure", *judged], rows)


def _bar(judged: Mapping[str, Judged]) -> str:
    """A1-A5 and A7 of the bar: pass, or the figure that falls short."""
    rows = []
    for name, j in judged.items():
        share, constant = j["best_expected"][0], j["learners"]["constant"][0]
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
                _mark(share >= 0.98 * constant, f"{share:.2f} against {constant:.2f}"),
                _mark(min(j["shown"]) >= 0, f"{min(j['shown']):.2f}"),
                _mark(inside == len(slopes), f"{inside} of {len(slopes)} measures"),
                _mark(a4, f"{cover:.2f}, {abstain['share']:.0%} abstain, {halved:.2f} left"),
                _mark(saved >= 0.3, f"{saved:.0%} less"),
                _mark(kept >= 0.85, f"{kept:.2f}"),
            ]
        )
    head = [
        "nation", "A1 (half: the constant order)", "A2 never below officers",
        "A3 slope per measure",
        "A4 intervals and abstention", "A5 intrusiveness at equal recovery", "A7 rule card keeps",
    ]  # fmt: skip
    note = (
        "\nA1 is set against the constant order only: no nation is invented with choices that are "
        "not confounded.\n"
    )
    return _table(head, rows) + note


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
    return _table(head, rows)
