"""Mediation, postponement, deferral or instalments (Art. 32, 33, 34(4), 36).

None of them compels: they are open in the simplified procedure and before the voluntary term ends.
The measure is open where the officer can do something without a court: postpone the actions, or
suspend them for a first mediation.
"""

import polars as pl

from law.condition import Condition, Confirmation, MeasureRules
from law.parameters import parameter
from law.uz.gates import FOR_ALL, pledge_or_not_bankrupt
from law.uz.measures.shared import debt_or_act_remains
from law.words import words

# "koʻpi bilan ikki marta" (Art. 33); mediation once (Art. 34, 36).
_may_postpone = pl.col("n_postponements") < parameter("postponement_times")
_first_mediation = pl.col("n_mediations") < parameter("mediation_times")
_may_mediate = _first_mediation & pl.col("claimant_asks_mediation")

# Art. 33: actions are postponed for up to ten days, at most twice. Art. 34, 36: a first mediation
# at the claimant's request suspends for up to fifteen days.
postponement_or_mediation_left = Condition(
    id="postponement_or_mediation_left",
    article="33",
    reason_code="no_postponement_or_mediation_left",
    title=words(
        uz="Ijro harakatlarini qoldirish yoki mediatsiya imkoni qolgan",
        ru="Ещё можно отложить действия или провести медиацию",
        en="A postponement or a mediation is still open",
    ),
    broken=words(
        uz="Davlat ijrochisi buni oʻzi hal qila olmaydi: ijro harakatlari ikki marta qoldirilgan "
        "(33-modda), mediatsiya esa oʻtkazilgan yoki undiruvchi uni soʻramagan (34, 36-moddalar).",
        ru="Исполнитель сам этого сделать не вправе: действия отложены уже дважды (ст. 33), а "
        "медиация проведена или взыскатель о ней не просит (ст. 34, 36).",
        en="The officer cannot grant this: the actions were postponed twice already (Art. 33), "
        "and a mediation was held or the claimant does not ask for one (Art. 34, 36).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: ijro harakatlari {n_postponements} marta qoldirilgan, mediatsiya "
        "{n_mediations} marta oʻtkazilgan. Mediatsiya soʻralishini undiruvchi biladi (33, "
        "36-moddalar).",
        ru="Сказать нельзя: отложений было {n_postponements}, медиаций {n_mediations}. Просит ли "
        "взыскатель о медиации, знает он сам (ст. 33, 36).",
        en="This cannot be told: postponements so far: {n_postponements}, mediations: "
        "{n_mediations}. Only the claimant knows whether mediation is asked for (Art. 33, 36).",
    ),
    remedy=words(
        uz="Kechiktirish uchun hujjatni bergan sud yoki organga murojaat qiling; mediatsiya hali "
        "oʻtkazilmagan boʻlsa, uni undiruvchidan soʻrang (32, 36-moddalar).",
        ru="Обратитесь об отсрочке в суд или орган, выдавший документ; если медиации ещё не было, "
        "спросите о ней взыскателя (ст. 32, 36).",
        en="Apply to the court or body that issued the document for a deferral; if there was no "
        "mediation yet, ask the claimant about one (Art. 32, 36).",
    ),
    holds=_may_postpone | _may_mediate,
    facts=("n_postponements", "n_mediations", "claimant_asks_mediation"),
    parameters=("mediation_days", "mediation_times", "postponement_days", "postponement_times"),
)

ten_days = Confirmation(
    id="ten_days",
    article="33",
    text=words(
        uz="Ijro harakatlari har safar koʻpi bilan 10 kunga, jami ikki martagacha qoldiriladi "
        "(33-modda).",
        ru="Действия откладываются каждый раз не более чем на 10 дней и не более двух раз "
        "(ст. 33).",
        en="The actions are postponed for at most 10 days at a time, at most twice (Art. 33).",
    ),
    when=_may_postpone,
)
mediation_once = Confirmation(
    id="mediation_once",
    article="36",
    text=words(
        uz="Mediatsiya faqat undiruvchi soʻrasa, bir marta va koʻpi bilan 15 kunga "
        "(34, 36-moddalar).",
        ru="Медиация только по просьбе взыскателя, один раз и не более чем на 15 дней "
        "(ст. 34, 36).",
        en="Mediation only at the claimant's request, once, for at most 15 days (Art. 34, 36).",
    ),
    when=_first_mediation & pl.col("claimant_asks_mediation").fill_null(True),
)
court_grants_deferral = Confirmation(
    id="court_grants_deferral",
    article="32",
    text=words(
        uz="Kechiktirish va boʻlib-boʻlib toʻlashga faqat hujjatni bergan sud yoki organ ruxsat "
        "beradi; davlat ijrochisi ariza berishi mumkin (32-modda).",
        ru="Отсрочку и рассрочку предоставляет только суд или орган, выдавший документ; "
        "исполнитель может подать заявление (ст. 32).",
        en="Only the court or body that issued the document grants a deferral or instalments; "
        "the officer may apply for them (Art. 32).",
    ),
    when=pl.lit(True),
)
not_for_the_pledgor = Confirmation(
    id="not_for_the_pledgor",
    article="33, PF-63 of 29.04.2023",
    text=words(
        uz="Garov predmeti boʻyicha harakatlar garovga qoʻyuvchining iltimosi bilan qoldirilmaydi "
        "(2023-yil 29-apreldagi PF-63-son; ikkilamchi manba).",
        ru="Действия с предметом залога по просьбе залогодателя не откладываются (УП-63 от "
        "29.04.2023; вторичный источник).",
        en="Actions on the pledge are not postponed at the pledgor's request (PF-63 of "
        "29.04.2023; secondary source).",
    ),
    when=pl.col("secured") & (pl.col("as_of_date") >= pl.date(2024, 1, 1)),
)

RULES = MeasureRules(
    (*FOR_ALL, pledge_or_not_bankrupt, debt_or_act_remains, postponement_or_mediation_left),
    (ten_days, mediation_once, court_grants_deferral, not_for_the_pledgor),
)
