"""G1: the document was presented within its term."""

import polars as pl

from law.condition import Condition
from law.words import words

COURT_DOCUMENTS: tuple[str, ...] = (
    "court_writ",
    "court_order",
    "criminal_fine",
    "arbitration_award",
    "mediation_agreement",
)

_in_time = pl.col("presented_on") <= pl.col("presentation_until")
_restorable = pl.col("document_kind").is_in(COURT_DOCUMENTS)

# Art. 27: terms by kind of document; periodic payments at any time. Art. 28: interruption. Art. 29:
# only a court restores a missed term, and only for its writs and orders; no register tells it.
presented_in_time = Condition(
    id="presented_in_time",
    article="27",
    reason_code="presented_late",
    title=words(
        uz="Hujjat oʻz muddatida taqdim etilgan",
        ru="Документ предъявлен в срок",
        en="The document was presented in time",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: hujjat {presented_on} kuni taqdim etilgan, muddat esa "
        "{presentation_until} kuni tugagan (27-modda); bunday hujjat muddati tiklanmaydi "
        "(29-modda).",
        ru="Эту меру применить нельзя: документ предъявлен {presented_on}, а срок истёк "
        "{presentation_until} (ст. 27); для такого документа срок не восстанавливается (ст. 29).",
        en="This measure is not available: the document was presented on {presented_on}, after its "
        "term had ended on {presentation_until} (Art. 27); the term of such a document cannot be "
        "restored (Art. 29).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: hujjat {presented_on} kuni taqdim etilgan, muddat esa "
        "{presentation_until} kuni tugagan. Muddat uzilganini yoki tiklanganini hujjatni bergan "
        "sud biladi (27–29-moddalar).",
        ru="Сказать нельзя: документ предъявлен {presented_on}, а срок истёк {presentation_until}. "
        "Был ли срок прерван или восстановлен, знает суд, выдавший документ (ст. 27–29).",
        en="This cannot be told: the document was presented on {presented_on}, its term ended on "
        "{presentation_until}. The court that issued the document knows whether the term was "
        "interrupted or restored (Art. 27-29).",
    ),
    remedy=words(
        uz="Hujjatni qaytaring yoki muddat uzilganini isbotlang; sud faqat oʻz hujjati muddatini "
        "tiklaydi (28, 29-moddalar).",
        ru="Верните документ или докажите перерыв срока; суд восстанавливает срок только своих "
        "документов (ст. 28, 29).",
        en="Return the document or prove an interruption of its term; a court restores only the "
        "term of its own documents (Art. 28, 29).",
    ),
    holds=pl.when(pl.col("periodic"))
    .then(True)
    .when(_in_time)
    .then(True)
    # Payments or cases that nobody can read may have interrupted the term (Art. 28).
    .when(pl.col("is_interruption_known").is_null())
    .then(pl.when(_restorable & pl.col("term_restored")).then(True))
    .when(_restorable)
    .then(pl.col("term_restored"))
    .otherwise(_in_time),
    facts=(
        "document_kind",
        "periodic",
        "presented_on",
        "presentation_until",
        "is_interruption_known",
        "term_restored",
        "interrupted_on",
    ),
    parameters=(
        "presentation_court_months",
        "presentation_award_months",
        "presentation_notary_months",
        "presentation_labour_months",
        "presentation_administrative_months",
    ),
)
