"""The conclusion of a decision: the measure with its amount, its refusal, or what to find out."""

from collections.abc import Mapping

from law.catalogue import Measure
from law.fact_names import FACTS
from law.judgement import Ground, Judgement
from law.uz import decision_words as said
from law.uz.decision_reasons import REFUSED, cited, lower_first, shown_grounds, spoken
from registers.texts import Texts

# Art. 47(11): measures on money and property reach as far as the document and the fee need.
WITH_AMOUNT: tuple[str, ...] = (
    "bank_account_levy",
    "account_attachment",
    "receivables_levy",
    "wage_income_withholding",
    "registration_ban",
    "movable_attachment",
    "vehicle_seizure_sale",
    "movable_sale",
    "real_estate_sale",
    "pledge_enforcement",
)
ON_ACCOUNTS: tuple[str, ...] = ("bank_account_levy", "account_attachment")


def conclusion_of(
    judgement: Judgement, measure: Measure, case: Mapping[str, object], currency: str
) -> tuple[Texts, ...]:
    """What is decided, in one or more sentences; without a conclusion where nobody can tell."""
    if judgement.verdict == "lawful":
        return _apply(judgement, measure, case, currency)
    named = {"measure": measure.names, "cited": cited([judgement.decisive.article])}
    if judgement.verdict in REFUSED:
        refusal = said.REFUSE.format(**named, why=said.WHY[judgement.verdict])
        return (refusal, *_remedies(judgement.decisive))
    grounds = shown_grounds(judgement)
    articles = cited(ground.article for ground in grounds)
    first = said.FIND_OUT.format(measure=measure.names, cited=articles)
    return tuple(dict.fromkeys((first, *(_missing(ground) for ground in grounds))))


def _apply(
    judgement: Judgement, measure: Measure, case: Mapping[str, object], currency: str
) -> tuple[Texts, ...]:
    values = {
        **judgement.amounts,
        "article": measure.main_article,
        "debtor_id": case["debtor_id"],
        "measure": measure.names,
    }
    riders = [said.APPLY, *_riders(judgement, measure, case)]
    return tuple(spoken(sentence, values, currency) for sentence in riders)


def _riders(judgement: Judgement, measure: Measure, case: Mapping[str, object]) -> list[Texts]:
    """What belongs to the measure: how far it goes, what stays untouched, who approves it."""
    amounts = judgement.amounts
    outstanding = amounts.get("outstanding_som") or 0
    is_money = measure.id in WITH_AMOUNT and case["claim_kind"] != "non_property"
    is_wage = measure.id == "wage_income_withholding"
    covers = amounts.get("coverable_som")
    told = {
        said.AMOUNT: is_money and outstanding > 0,
        said.COVERABLE: is_money
        and not is_wage
        and covers is not None
        and 0 < covers < outstanding,
        said.PROTECTED: measure.id in ON_ACCOUNTS
        and (amounts.get("protected_amount_som") or 0) > 0,
        said.WITHHOLDABLE: is_wage and amounts.get("withholdable_som") is not None,
        said.LIFT_BAN: measure.id == "travel_ban",
        said.SENIOR: measure.needs_senior,
    }
    return [sentence for sentence, applies in told.items() if applies]


def _remedies(ground: Ground) -> list[Texts]:
    if ground.remedy is None:
        return []
    return [said.REMEDY.format(remedy=lower_first(ground.remedy))]


def _missing(ground: Ground) -> Texts:
    """What is to be found out and who knows it; the remedy where no fact has a name for it."""
    name = FACTS.get(ground.reason_code.removeprefix("unknown_"))
    if name is not None:
        return said.MISSING.format(label=_capital(name.label), known_by=name.known_by)
    return ground.remedy or ground.sentence


def _capital(label: Texts) -> Texts:
    return Texts(*(text[:1].upper() + text[1:] for text in label.as_dict().values()))
