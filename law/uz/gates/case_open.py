"""G2 and G6: the case has been opened and is not over."""

import polars as pl

from law.condition import Condition
from law.words import words

# Art. 37-41: after the proceedings are ended or the document is returned nothing is enforced.
case_is_open = Condition(
    id="case_is_open",
    article="37",
    reason_code="case_closed",
    title=words(
        uz="Ijro ishi tugatilmagan",
        ru="Производство не окончено",
        en="The case is not closed",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: ijro ishi tugatilgan (37-modda).",
        ru="Эту меру применить нельзя: производство окончено (ст. 37).",
        en="This measure is not available: the case has been closed (Art. 37).",
    ),
    remedy=words(
        uz="Ijro ishi qayta tiklansa yoki hujjat qayta taqdim etilsa, chora koʻriladi (41¹-modda).",
        ru="Мера возможна после возобновления производства или нового предъявления документа "
        "(ст. 41¹).",
        en="The measure opens when the case is resumed or the document is presented again (Art. "
        "41¹).",
    ),
    # A closing ground may come without its day (see the table of cases): the case is closed.
    holds=pl.when(pl.col("opened_on").is_null())
    .then(None)
    .when(pl.col("closed_on").is_not_null())
    .then(pl.col("closed_on") > pl.col("as_of_date"))
    .otherwise(pl.col("closing").is_null()),
    facts=("opened_on", "closed_on", "closing"),
)

# Art. 44: measures need a decision that opens the proceedings.
proceedings_opened = Condition(
    id="proceedings_opened",
    article="44",
    reason_code="not_opened",
    title=words(
        uz="Ijro ishini qoʻzgʻatish toʻgʻrisida qaror bor",
        ru="Есть постановление о возбуждении производства",
        en="The proceedings have been opened",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: ijro ishi faqat {opened_on} kuni qoʻzgʻatiladi "
        "(44-modda).",
        ru="Эту меру применить нельзя: производство возбуждается только {opened_on} (ст. 44).",
        en="This measure is not available: the case is opened only on {opened_on} (Art. 44).",
    ),
    remedy=words(
        uz="Avval ijro ishini qoʻzgʻatish toʻgʻrisida qaror chiqaring (23, 44-moddalar).",
        ru="Сначала вынесите постановление о возбуждении производства (ст. 23, 44).",
        en="First decide to open the proceedings (Art. 23, 44).",
    ),
    holds=pl.col("opened_on") <= pl.col("as_of_date"),
    facts=("opened_on",),
)
