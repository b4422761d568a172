"""The grounds of a decision on a measure: the seven parts that Art. 86 of Law 258-II asks for.

1. Date and place. 2. The officer. 3. The case. 4. The issue considered. 5. The reasons, with the
laws relied on. 6. The conclusion. 7. The procedure and the term of appeal (Art. 86¹).

The text is a draft in four languages, made of a verdict and the row of the case. A person checks
it, changes or refuses it, and decides (OʻRQ-1115; OʻRQ-547, Art. 23). It names nobody: officer,
debtor and claimant are the pseudonyms of the registers, the place is the code of the office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from law.catalogue import find_measure
from law.confidence import CONFIDENCES, Confidence, weakest
from law.judgement import Judgement
from law.parameters import find_parameter
from law.uz import decision_words as said
from law.uz.deadlines import appeal_until
from law.uz.decision_conclusion import conclusion_of
from law.uz.decision_reasons import cited, reasons_of, shown_grounds, spoken
from law.uz.errors import NoFormOfDecisionError
from registers.texts import Texts

# The columns of the table of cases that the parts of a decision name.
CASE_FIELDS: tuple[str, ...] = (
    "case_id",
    "debtor_id",
    "claimant_id",
    "document_kind",
    "document_on",
    "presented_on",
    "opened_on",
    "claim_kind",
    "claim_som",
    "fee_som",
    "office",
    "officer_id",
)


@dataclass(frozen=True)
class Part:
    """One of the seven parts: its number and id, a heading, one sentence or more."""

    number: int
    id: str
    heading: Texts
    items: tuple[Texts, ...]

    def lines(self, language: str) -> list[str]:
        """The sentences; numbered (5.1, 5.2 …) where there are several."""
        said_here = [item.in_language(language) for item in self.items]
        if len(said_here) == 1:
            return said_here
        return [f"{self.number}.{n}. {line}" for n, line in enumerate(said_here, start=1)]


@dataclass(frozen=True)
class DecisionGrounds:
    """A draft decision on one measure in one case, part by part.

    Attributes:
        parts: the seven parts in the order of Art. 86.
        before_signing: what a person must confirm first.
        notes: how sure the record of the law is, and that a person decides.
        confidence: the weakest that the decision leans on.
        appeal_until: the last day to complain if notice is given on `notified_on`; None outside
            the calendar.
    """

    case_id: str
    measure: str
    verdict: str
    decided_on: date
    notified_on: date
    appeal_until: date | None
    confidence: Confidence
    parts: tuple[Part, ...]
    before_signing: tuple[Texts, ...]
    notes: tuple[Texts, ...]

    def as_text(self, language: str) -> str:
        """The draft as plain text, its parts numbered; KeyError for an unknown language."""
        blocks = [said.TITLE.in_language(language)]
        for part in self.parts:
            heading = f"{part.number}. {part.heading.in_language(language)}"
            blocks.append("\n".join([heading, *part.lines(language)]))
        endings = ((said.BEFORE_SIGNING, self.before_signing), (said.NOTES, self.notes))
        for title, items in endings:
            if items:
                lines = [f"- {item.in_language(language)}" for item in items]
                blocks.append("\n".join([title.in_language(language), *lines]))
        return "\n\n".join(blocks) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """The draft as plain values: days as ISO texts, every text in four languages."""
        until = self.appeal_until
        return {
            "case_id": self.case_id,
            "measure": self.measure,
            "verdict": self.verdict,
            "decided_on": self.decided_on.isoformat(),
            "notified_on": self.notified_on.isoformat(),
            "appeal_until": until.isoformat() if until else None,
            "confidence": self.confidence,
            "title": said.TITLE.as_dict(),
            "parts": [
                {
                    "number": part.number,
                    "id": part.id,
                    "heading": part.heading.as_dict(),
                    "items": [item.as_dict() for item in part.items],
                }
                for part in self.parts
            ],
            "before_signing": [item.as_dict() for item in self.before_signing],
            "notes": [item.as_dict() for item in self.notes],
        }


def decision_grounds(
    judgement: Judgement,
    case: Mapping[str, object],
    *,
    decided_on: date,
    office: str | None = None,
    officer_id: str | None = None,
    notified_on: date | None = None,
    legal_order_id: str = "uz",
    currency: str = "UZS",
) -> DecisionGrounds:
    """The draft of a decision, from a verdict and the row of its case.

    Args:
        judgement: what `check_measure` answered for this case and day.
        case: the row of `cases` known that day (CASE_FIELDS).
        decided_on: the day of the decision.
        office, officer_id: who decides where; those of the case where not given.
        notified_on: the day of notice, from which the appeal runs; decided_on where not given.
        legal_order_id: Art. 86 is Uzbek law; NoFormOfDecisionError for any other.
        currency: of the amounts.
    """
    if legal_order_id != "uz":
        raise NoFormOfDecisionError(legal_order_id)
    measure = find_measure(judgement.measure, legal_order_id)
    noticed = notified_on or decided_on
    until = last_day_to_appeal(noticed)
    facts = {
        **{name: case[name] for name in CASE_FIELDS},
        "outstanding_som": judgement.amounts.get("outstanding_som"),
        "office": office or case["office"],
        "officer_id": officer_id or case["officer_id"],
        "decided_on": decided_on,
        "measure": measure.names,
    }
    items = {
        "date_and_place": (said.DATE_AND_PLACE,),
        "officer": (said.OFFICER,),
        "case": (said.CASE, said.PARTIES, _claim(case)),
        "issue": (said.ISSUE,),
        "reasons": reasons_of(judgement, measure, currency),
        "conclusion": conclusion_of(judgement, measure, case, currency),
        "appeal": _appeal(decided_on, noticed, until),
    }
    filled = {"date_and_place", "officer", "case", "issue"}
    parts = tuple(
        Part(
            number,
            name,
            said.HEADINGS[name],
            tuple(spoken(s, facts, currency) for s in texts) if name in filled else texts,
        )
        for number, (name, texts) in enumerate(items.items(), start=1)
    )
    return DecisionGrounds(
        case_id=str(case["case_id"]),
        measure=measure.id,
        verdict=judgement.verdict,
        decided_on=decided_on,
        notified_on=noticed,
        appeal_until=until,
        confidence=_confidence(judgement),
        parts=parts,
        before_signing=judgement.confirmations if judgement.verdict == "lawful" else (),
        notes=(*_weaker(judgement), said.A_PERSON_DECIDES),
    )


def last_day_to_appeal(notified_on: date) -> date | None:
    """Art. 86¹: the last day to complain of a decision of which notice was given on that day.

    The term is that of the law of the day of notice; None outside the record or the calendar.

    >>> last_day_to_appeal(date(2026, 11, 10))  # the tenth day is a Friday
    datetime.date(2026, 11, 20)
    >>> last_day_to_appeal(date(2026, 11, 11))  # a Saturday: the Monday after it
    datetime.date(2026, 11, 23)
    """
    day = pl.DataFrame({"as_of_date": [notified_on]})
    last: date | None = day.select(appeal_until("as_of_date").alias("until")).item()
    return last


def _claim(case: Mapping[str, object]) -> Texts:
    return said.CLAIM_WITHOUT_MONEY if case["claim_kind"] == "non_property" else said.CLAIM


def _appeal(decided_on: date, notified_on: date, until: date | None) -> tuple[Texts, ...]:
    """Art. 86¹ and 22¹ as they stood on the day of the decision."""
    term = find_parameter("appeal_term_days").on(decided_on)
    is_administrative = find_parameter("administrative_court_complaint").on(decided_on) is not None
    court = said.ADMINISTRATIVE_COURT if is_administrative else said.COURT
    route = said.APPEAL.format(days=term.value, court=court) if term else said.APPEAL_UNKNOWN
    has_cabinet = find_parameter("cabinet_notice").on(decided_on) is not None
    notice = said.NOTICE.format(cabinet=said.CABINET if has_cabinet else said.NO_CABINET)
    if until is None:
        return (route, notice)
    last = spoken(said.LAST_DAY, {"notified_on": notified_on, "appeal_until": until})
    return (route, last, notice)


def _confidence(judgement: Judgement) -> Confidence:
    if judgement.verdict == "lawful":
        return judgement.decisive.confidence
    return weakest(*(ground.confidence for ground in shown_grounds(judgement)))


def _weaker(judgement: Judgement) -> Sequence[Texts]:
    """What is not read in the Law: one sentence for each confidence, with the articles."""
    by_confidence = {
        name: [g.article for g in shown_grounds(judgement) if g.confidence == name]
        for name in CONFIDENCES[1:]
    }
    return [
        said.WEAKER[name].format(cited=cited(articles))
        for name, articles in by_confidence.items()
        if articles
    ]
