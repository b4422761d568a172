"""A desk over invented cases with all that a page can show: the walk needs no trained model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from explain.reasons import Reason
from explain.sentences import Narrator
from features.catalogue import feature
from features.freshness import Stamp
from law.catalogue import Measure, catalogue
from ledger.canonical import canonical_json
from registers.legal_orders import legal_order
from registers.texts import LANGUAGES, Texts
from serving.action_check import ActionAnswer
from serving.desk import WORKLIST_SCHEMA, CaseProfile, LawAnswer, LawGround, ModelFacts, Recommended
from serving.errors import NotRecommendableError

DAY = date(2026, 5, 1)
KINDS = ("bank_credit", "utility", "tax", "alimony", "administrative_fine", "damage_property")
N_CASES = 57
ABSTAINS, NOTHING_LAWFUL, SET_ASIDE = "0000107-26", "0000108-26", "0000109-26"

REFUSED = MappingProxyType(
    {
        "wage_income_withholding": Texts(
            "Ish haqidan ushlab qolish bu ish boʻyicha mumkin emas: talab (1\u00a0850\u00a0000 "
            "soʻm) eng kam ish haqidan (1\u00a0271\u00a0000 soʻm) yuqori va mol-mulk topilgan.",
            "Иш ҳақидан ушлаб қолиш бу иш бўйича мумкин эмас: талаб (1\u00a0850\u00a0000 сўм) энг "
            "кам иш ҳақидан (1\u00a0271\u00a0000 сўм) юқори ва мол-мулк топилган.",
            "Удержание из заработной платы по этому делу недоступно: требование "
            "(1\u00a0850\u00a0000 сум) выше минимальной зарплаты (1\u00a0271\u00a0000 сум), и "
            "имущество найдено.",
            "Withholding from wages is not open for this case: the claim "
            "(1\u00a0850\u00a0000 soʻm) is above the minimum wage (1\u00a0271\u00a0000 soʻm) and "
            "property was found.",
        ),
        "real_estate_sale": Texts(
            "Yagona turar joyni sotib boʻlmaydi: qarzdor oilasi bilan shu yerda yashaydi.",
            "Ягона турар жойни сотиб бўлмайди: қарздор оиласи билан шу ерда яшайди.",
            "Единственное жильё продать нельзя: должник живёт в нём с семьёй.",
            "The only home cannot be sold: the debtor lives there with the family.",
        ),
    }
)
UNTOLD = Texts(
    "Sud qarori borligi reyestrlardan koʻrinmaydi, shuning uchun aniqlab boʻlmaydi.",
    "Суд қарори борлиги реестрлардан кўринмайди, шунинг учун аниқлаб бўлмайди.",
    "Из реестров не видно, есть ли судебный акт, поэтому установить нельзя.",
    "The registers do not show whether there is a court act, so this cannot be told.",
)
ALLOWED = Texts(
    "Ixtiyoriy ijro muddati oʻtgan, toʻxtatish yoki kechiktirish yoʻq.",
    "Ихтиёрий ижро муддати ўтган, тўхтатиш ёки кечиктириш йўқ.",
    "Срок добровольного исполнения истёк, приостановления и отсрочки нет.",
    "The voluntary term is over, and nothing is suspended or deferred.",
)
# What no register holds and a person makes sure of, by measure.
CONFIRMATIONS = MappingProxyType(
    {
        "vehicle_seizure_sale": (
            Texts(
                "Avtomobil qarzdorning yagona daromad manbai emas.",
                "Автомобиль қарздорнинг ягона даромад манбаи эмас.",
                "Автомобиль не единственный источник дохода должника.",
                "The vehicle is not the debtor's only source of income.",
            ),
            Texts(
                "Xolislar ishtirok etadi.",
                "Холислар иштирок этади.",
                "Понятые присутствуют.",
                "Witnesses take part.",
            ),
        ),
        "registration_ban": (
            Texts(
                "Taqiq uchinchi shaxsga zarar yetkazmaydi.",
                "Тақиқ учинчи шахсга зарар етказмайди.",
                "Запрет не вредит третьему лицу.",
                "The ban harms no third person.",
            ),
        ),
    }
)
# measure, expected, low, high, in the best set
RANKED = (
    ("bank_account_levy", 4_310_000.0, 3_650_000.0, 4_980_000.0, True),
    ("vehicle_seizure_sale", 4_480_000.0, 2_900_000.0, 6_120_000.0, True),
    ("registration_ban", 1_240_000.0, 610_000.0, 1_870_000.0, False),
)
# fact, value, what it adds, the day to which it refers, that of its report, older than usual
FACTS = (
    (
        "account_balance_som",
        707_000.0,
        1_420_000.0,
        date(2026, 3, 31),
        date(2026, 4, 10),
        False,
    ),
    ("n_measures", 2.0, -310_000.0, date(2026, 2, 3), date(2026, 2, 3), False),
    (
        "obligations_outstanding_som",
        18_400_000.0,
        -120_000.0,
        date(2025, 11, 30),
        date(2025, 12, 14),
        True,
    ),
)


def case_ids() -> list[str]:
    """The case numbers of the invented office."""
    return [f"{100 + n:07d}-26" for n in range(N_CASES)]


@dataclass
class InventedDesk:
    """Fifty-seven cases; verdicts can be changed in the middle of a walk."""

    verdicts: dict[tuple[str, str], str] = field(default_factory=dict)
    legal_order: str = "uz"
    currency: str = "UZS"
    working_day: date = DAY
    source_hash: str = "5" * 64
    tables_folder: str = "tables"
    top: int = 3
    paid_som: int = 0  # what came in on each case since the first day

    def measures(self) -> Mapping[str, Measure]:
        return catalogue("uz")

    def open_cases(self) -> pl.DataFrame:
        rows = [
            {
                "case_id": case_id,
                "debtor_id": f"d{n}",
                "office": "1726-Yunusobod" if n % 5 else "1703-Andijon",
                "officer_id": "o1",
                "claim_kind": KINDS[n % len(KINDS)],
                "claimant_kind": "bank",
                "procedure": "ordinary",
                "opened_on": DAY - timedelta(days=20 + 7 * n),
                "days_open": 20 + 7 * n,
                "outstanding_som": 1_850_000 + 977_000 * ((n * 37) % 23) - self.paid_som,
            }
            for n, case_id in enumerate(case_ids())
        ]
        return pl.DataFrame(rows, schema=dict(WORKLIST_SCHEMA))

    def office_of(self, case_id: str) -> str | None:
        found = self.open_cases().filter(pl.col("case_id") == case_id)["office"].to_list()
        return found[0] if found else None

    def profile(self, case_id: str) -> CaseProfile | None:
        found = self.open_cases().filter(pl.col("case_id") == case_id).to_dicts()
        if not found:
            return None
        row = found[0]
        return CaseProfile(
            case_id=case_id,
            office=row["office"],
            as_of_date=DAY,
            outstanding_som=row["outstanding_som"],
            case=case_row(row),
            debtor={"kind": "individual", "status": "active", "district": "1726269"},
            tables=tables_of(case_id),
            freshness=FRESHNESS,
            holdings=holdings_of(case_id),
            amounts=AMOUNTS,
        )

    def recommend(self, case_id: str) -> Recommended:
        if case_id == SET_ASIDE:
            raise NotRecommendableError(reason=Texts(*(["The case is not an open claim."] * 4)))
        document = document_of(case_id)
        ranked = document["recommendations"]
        assert isinstance(ranked, list)
        return Recommended(
            document=canonical_json(document),
            case_id=case_id,
            as_of_date=DAY,
            input_hash="1" * 64,
            model_version="uz-3",
            law_version="9f2c41d07a88b3e1",
            abstained=bool(document["abstained"]),
            ranked=tuple(row["measure"] for row in ranked),
            best_expected_net_som=ranked[0]["expected_net_som"] if ranked else None,
        )

    def judge(self, case_id: str, measure: str, on: date | None = None) -> LawAnswer:
        verdict, sentence = "lawful", ALLOWED
        if measure in REFUSED:
            verdict, sentence = "unlawful", REFUSED[measure]
        elif measure == "travel_ban":
            verdict, sentence = "cannot_tell", UNTOLD
        verdict = self.verdicts.get((case_id, measure), verdict)
        ground = LawGround("voluntary_term", "45", "code", verdict, {}, sentence.as_dict())
        told = [texts.as_dict() for texts in CONFIRMATIONS.get(measure, ())]
        return LawAnswer(measure, on or DAY, verdict, "9f2c41d07a88b3e1", [ground], told)

    def judge_many(
        self, case_id: str, measures: Sequence[str], on: date | None = None
    ) -> list[LawAnswer]:
        return [self.judge(case_id, measure, on) for measure in measures]

    def check(
        self,
        case_id: str,
        measure: str,
        on: date | None = None,
        stated: Mapping[str, bool | int | str] | None = None,
    ) -> ActionAnswer:
        law = self.judge(case_id, measure, on)
        return ActionAnswer(
            law.measure,
            law.on,
            law.verdict,
            law.law_version,
            law.grounds,
            stated=dict(stated or {}),
        )

    def models(self) -> list[ModelFacts]:
        return [
            ModelFacts("uz-4", "uz", False, "2026-04-28", report(gain=-20_000, is_good=False)),
            ModelFacts("uz-3", "uz", True, "2026-03-30", report(gain=118_000, is_good=True)),
        ]

    def model_problem(self) -> str | None:
        return None


def case_row(row: Mapping[str, object]) -> dict[str, object]:
    """The case as the register tells it."""
    opened = row["opened_on"]
    assert isinstance(opened, date)
    return {
        "case_id": row["case_id"],
        "claim_kind": row["claim_kind"],
        "claimant_kind": row["claimant_kind"],
        "document_kind": "court_order",
        "document_on": (opened - timedelta(days=30)).isoformat(),
        "opened_on": opened.isoformat(),
        "served_on": None,
        "voluntary_until": (opened + timedelta(days=15)).isoformat(),
        "procedure": "ordinary",
        "claim_som": 2_350_000,
        "fee_som": 117_500,
        "periodic": False,
        "secured": False,
        "closed_on": None,
    }


# What `features.freshness.stamp_of` says of the rows below.
FRESHNESS = {
    "incomes": Stamp(date(2026, 3, 31), date(2026, 4, 10)),
    "accounts": Stamp(date(2026, 3, 31), date(2026, 4, 10)),
    "real_estate": Stamp(date(2025, 10, 2), date(2025, 10, 2)),
    "vehicles": Stamp(date(2026, 2, 20), date(2026, 2, 20)),
    "obligations": Stamp(date(2025, 11, 30), date(2025, 12, 14), is_stale=True),
    "households": Stamp(date(2026, 3, 31), date(2026, 4, 10)),
}


def tables_of(case_id: str) -> dict[str, list[dict[str, object]]]:
    """The debtor's registers."""
    reported = {"reported_on": "2026-04-10"}
    action = {"case_id": case_id, "cancelled_as": None}
    return {
        "cases": [
            {"case_id": case_id, "closed_on": None},
            {"case_id": "0000907-25", "closed_on": "2025-11-03"},
        ],
        "incomes": [
            {"month": f"2026-{m:02d}-01", "kind": "wage", "gross_som": 4_200_000, **reported}
            for m in (1, 2, 3)
        ],
        "accounts": [
            {"month": "2026-03-01", "balance_som": 612_000, "blocked_som": 0, **reported},
            {"month": "2026-03-01", "balance_som": 95_000, "blocked_som": 40_000, **reported},
        ],
        "real_estate": [
            {
                "kind": "apartment",
                "area_m2": 54.0,
                "share": 0.5,
                "cadastral_som": 322_000_000,
                "residence": True,
                "encumbrance": "none",
                "disposed_on": None,
                "reported_on": "2025-10-02",
            }
        ],
        "vehicles": [
            {
                "kind": "car",
                "model_year": 2014,
                "assessed_som": 61_000_000,
                "pledged": False,
                "disposed_on": None,
                "reported_on": "2026-02-20",
            }
        ],
        "obligations": [
            {
                "month": "2025-11-01",
                "outstanding_som": 18_400_000,
                "monthly_due_som": 1_150_000,
                "days_past_due": 64,
                "reported_on": "2025-12-14",
            }
        ],
        "households": [
            {
                "month": "2026-03-01",
                "members": 5,
                "minors": 2,
                "disabled": 0,
                "social_register": False,
                **reported,
            }
        ],
        "businesses": [],
        "actions": [
            {
                **action,
                "measure": "voluntary_notice",
                "decided_on": "2026-01-12",
                "result": "partly",
            },
            {
                **action,
                "measure": "registry_asset_query",
                "decided_on": "2026-02-03",
                "result": "effective",
            },
        ],
        "payments": [
            {
                "case_id": case_id,
                "paid_on": f"2026-{m:02d}-17",
                "amount_som": 200_000,
                "source": "voluntary",
            }
            for m in (1, 2, 3)
        ],
        "appeals": [
            {"case_id": case_id, "filed_on": "2026-02-20", "filed_by": "debtor", "result": None}
        ],
        "case_events": [
            {
                "case_id": case_id,
                "kind": "postponed",
                "starts_on": "2026-02-25",
                "ends_on": "2026-03-05",
            }
        ],
    }


# What `serving.holdings.what_counts` says of the rows above; one bank is half a year late.
AMOUNTS: dict[str, int | None] = {
    "n_accounts": 3,
    "n_stale_accounts": 1,
    "account_free_som": 667_000,
    "protected_amount_som": 635_500,
    "leviable_balance_som": 31_500,
    "leviable_income_som": 3_696_000,
}
_COUNTS: dict[str, object] = {"is_current": True, "is_stale": False, "is_fresh": True}
_OLD: dict[str, object] = {"is_current": False, "is_stale": True, "is_fresh": False}
_OWNED: dict[str, object] = {"is_owned": True, "is_encumbered": False}


def holdings_of(case_id: str) -> dict[str, list[dict[str, object]]]:
    """What the debtor has and owes, with what of it counts."""
    tables = tables_of(case_id)
    late = {"bank_id": "Q0000014", "month": "2025-09-01", "balance_som": 8_400_000}
    [object_], [vehicle], [loan] = (tables[n] for n in ("real_estate", "vehicles", "obligations"))
    return {
        "incomes": [{**tables["incomes"][-1], **_COUNTS}],
        "accounts": [*({**row, **_COUNTS} for row in tables["accounts"]), {**late, **_OLD}],
        "real_estate": [{**object_, **_OWNED, "is_part": True, "value_som": 161_000_000}],
        "vehicles": [{**vehicle, **_OWNED, "is_part": False, "value_som": 61_000_000}],
        "obligations": [{**loan, **_COUNTS}],
        "businesses": [],
    }


def document_of(case_id: str) -> dict[str, object]:
    """The recipe's document in the form of `serving.documents`."""
    ranked = [] if case_id == NOTHING_LAWFUL else [ranked_row(n, case_id) for n in range(3)]
    return {
        "schema": "chora-recommendation/1",
        "case_id": case_id,
        "as_of_date": DAY.isoformat(),
        "abstained": case_id in (ABSTAINS, NOTHING_LAWFUL),
        "abstain_reason": {ABSTAINS: "nothing_known", NOTHING_LAWFUL: "no_lawful_measure"}.get(
            case_id
        ),
        "recommendations": ranked,
        "excluded": [
            excluded_row("wage_income_withholding", "unlawful", "64"),
            excluded_row("real_estate_sale", "unlawful", "52"),
            excluded_row("travel_ban", "cannot_tell", "42¹"),
        ],
        "explanations": [explanation_row(n) for n in range(len(ranked))],
    }


def ranked_row(n: int, case_id: str) -> dict[str, object]:
    measure, expected, low, high, is_best = RANKED[n]
    return {
        "rank": n + 1,
        "measure": measure,
        "expected_net_som": expected,
        "low_som": low,
        "high_som": high,
        "recovery_rate": expected / 8_000_000,
        "p_any": 0.83 - 0.2 * n,
        "expected_own_som": (2_100_000.0, 4_000_000.0, None)[n],
        "reach_som": (2_500_000.0, 9_000_000.0, None)[n],
        "expected_without_som": 120_000.0,
        "days_to_payment": 41.6 + n,
        "n_tried": (2.0, 0.0, None)[n],
        "days_since_tried": (70.0, None, None)[n],
        "tried_result": ("partly", "never_tried", None)[n],
        "intrusiveness": catalogue("uz")[measure].intrusiveness,
        "in_best_set": is_best,
        "estimated_facts": ["account_balance_som"] if case_id == ABSTAINS else [],
        "model_version": "uz-3",
        "law_version": "9f2c41d07a88b3e1",
        "input_hash": "1" * 64,
    }


def excluded_row(measure: str, verdict: str, article: str) -> dict[str, object]:
    return {
        "measure": measure,
        "verdict": verdict,
        "rule": "rule",
        "article": article,
        "reason_code": "code",
        "facts": "{}",
    }


def explanation_row(n: int) -> dict[str, object]:
    other = RANKED[n + 1][0] if n + 1 < len(RANKED) else None
    return {
        "measure": RANKED[n][0],
        "rank": n + 1,
        "contrast_to": other,
        "reasons": [
            reason(name, som, told(name, value, som, of, known, is_old=is_old))
            for name, value, som, of, known, is_old in FACTS
        ],
        "contributions": [
            {
                "feature": name,
                "value": str(int(value)),
                "unit": feature(name).unit,
                "source_table": feature(name).tables[0],
                "observed_on": of.isoformat(),
                "known_on": known.isoformat(),
                "is_stale": is_old,
                "contribution_som": som,
            }
            for name, value, som, of, known, is_old in FACTS
        ],
        "other_factors": reason("other_factors", 90_000.0, _OTHERS) | {"feature": None},
        "base_som": 3_000_000.0,
        "theme_totals": [
            {"theme": "income", "contribution_som": 1_250_000.0},
            {"theme": "assets", "contribution_som": -740_000.0},
            {"theme": "corrections", "contribution_som": -1_000.0},
        ],
        "counterfactual": None,
        "unstable": n < 2,
    }


def reason(code: str, som: float, texts: Texts) -> dict[str, object]:
    return {"reason_code": code, "feature": code, "contribution_som": som, **texts.as_dict()}


def told(name: str, value: float, som: float, of: date, known: date, *, is_old: bool) -> Texts:
    """The program's own sentence about a fact."""
    narrator = Narrator({name: feature(name)}, catalogue("uz"), legal_order("uz"))
    fact = Reason("fact", som, None, name, value, known, observed_on=of, is_stale=is_old)
    return narrator.tell(fact)


_OTHERS = Texts(
    "Boshqa faktlar birgalikda: +90\u00a0000 soʻm.",
    "Бошқа фактлар биргаликда: +90\u00a0000 сўм.",
    "Прочие факты вместе: +90\u00a0000 сум.",
    "Other facts together: +90\u00a0000 soʻm.",
)
assert set(LANGUAGES) == set(_OTHERS.as_dict())


def report(gain: float, *, is_good: bool) -> dict[str, object]:
    """A training's report as `models.report.build_report` writes it."""

    def value(som: float, width: float) -> dict[str, object]:
        return {
            "value": som,
            "se": width / 2,
            "low": som - width,
            "high": som + width,
            "effective_n": 1240.4,
        }

    sentence = "calibration slope 0.97 (standard error 0.06); must lie within 0.2 of 1"
    return {
        "examples": {"n": 18_220, "n_debtors": 11_904},
        "values": {
            "officers": value(1_310_000.0, 52_000.0),
            "chosen": {
                "dr": value(1_310_000.0 + gain, 61_000.0),
                "snips": value(1_290_000.0 + gain, 88_000.0),
            },
            "gain_over_officers": {"value": gain, "se": 21_000.0},
        },
        "calibration": {"pooled": {"slope": 0.97, "se": 0.06}},
        "overlap": {"trimmed_share": 0.013},
        "tournament": {
            "chosen": "dr_learner",
            "reason": "It has the lowest out-of-fold loss of those that may be chosen.",
            "entries": [
                {"kind": "constant", "value": value(1_352_000.0, 50_000.0)},
                {"kind": "dr_learner", "value": value(1_428_000.0, 61_000.0)},
            ],
        },
        "gates": [
            {"name": "enough_examples", "passed": True, "sentence": "18220 past decisions"},
            {"name": "not_below_officers", "passed": is_good, "sentence": "gain over the officers"},
            {"name": "calibrated", "passed": True, "sentence": sentence},
        ],
    }
