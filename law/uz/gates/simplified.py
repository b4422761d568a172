"""G12: in the simplified procedure only money on accounts and income may be reached."""

import polars as pl

from law.condition import Condition
from law.words import words

# Art. 43²: no other measures and no travel ban in the simplified procedure.
ordinary_procedure = Condition(
    id="ordinary_procedure",
    article="43²",
    reason_code="simplified_procedure",
    title=words(
        uz="Ish umumiy tartibda yuritilmoqda",
        ru="Производство ведётся в общем порядке",
        en="The case is in the ordinary procedure",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: ish soddalashtirilgan tartibda. Unda faqat "
        "hisobvaraqdagi pul va daromadga undiruv qaratiladi (43²-modda).",
        ru="Эту меру применить нельзя: производство упрощённое. В нём доступны только деньги на "
        "счетах и доходы (ст. 43²).",
        en="This measure is not available: the case is in the simplified procedure, which reaches "
        "only money on accounts and income (Art. 43²).",
    ),
    remedy=words(
        uz="Hisobvaraqdagi pul yoki daromaddan undiring; bu chora ish umumiy tartibga "
        "oʻtkazilgandan keyin koʻriladi (43¹-modda).",
        ru="Обратите взыскание на деньги на счетах или доходы; эта мера возможна после перехода к "
        "общему порядку (ст. 43¹).",
        en="Levy money on accounts or income; this measure opens once the case is in the ordinary "
        "procedure (Art. 43¹).",
    ),
    holds=pl.col("procedure") != "simplified",
    facts=("procedure",),
)
