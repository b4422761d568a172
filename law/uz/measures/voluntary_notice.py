"""Notice to perform voluntarily (Art. 22¹, 23, 43¹): open as soon as the case is, and never barred.

A second notice after the term is not forbidden anywhere in the edition read: it informs (Art. 22¹)
and takes nothing; it gives no new term.
"""

import polars as pl

from law.condition import Confirmation, MeasureRules
from law.uz.gates import FOR_ALL
from law.uz.gates.voluntary_term import IS_OVER
from law.uz.measures.shared import debt_or_act_remains, term_longer_than_the_law
from law.words import words

second_notice = Confirmation(
    id="second_notice",
    article="22¹",
    text=words(
        uz="Ixtiyoriy ijro muddati tugagan: yangi xabarnoma yangi muddat bermaydi (23-modda).",
        ru="Срок добровольного исполнения истёк: новое уведомление нового срока не даёт (ст. 23).",
        en="The voluntary term is over: another notice gives no new term (Art. 23).",
    ),
    when=IS_OVER.fill_null(False) & pl.col("served_on").is_not_null(),
)

RULES = MeasureRules((*FOR_ALL, debt_or_act_remains), (second_notice, term_longer_than_the_law))
