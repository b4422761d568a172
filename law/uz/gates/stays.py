"""G4 and G5: suspension, deferral, postponement, mediation, guarantee deposit, treatment."""

import polars as pl

from law.condition import Condition
from law.parameters import parameter
from law.words import words

_TODAY = pl.col("as_of_date")

# Art. 38: no measures while the proceedings are suspended.
not_suspended = Condition(
    id="not_suspended",
    article="38",
    reason_code="suspended",
    title=words(
        uz="Ijro ishi toʻxtatilmagan",
        ru="Производство не приостановлено",
        en="The proceedings are not suspended",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: ijro ishi {suspended_since} kunidan toʻxtatilgan "
        "(38-modda).",
        ru="Эту меру применить нельзя: производство приостановлено с {suspended_since} (ст. 38).",
        en="This measure is not available: the proceedings have been suspended since "
        "{suspended_since} (Art. 38).",
    ),
    remedy=words(
        uz="Ish tiklangunicha kuting (38-modda).",
        ru="Дождитесь возобновления производства (ст. 38).",
        en="Wait until the proceedings are resumed (Art. 38).",
    ),
    holds=~pl.col("is_suspended"),
    facts=("is_suspended", "suspended_since"),
)

# Art. 32: no enforcement during a deferral.
not_deferred = Condition(
    id="not_deferred",
    article="32",
    reason_code="deferred",
    title=words(
        uz="Ijro kechiktirilmagan", ru="Отсрочка не предоставлена", en="No deferral is in force"
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: {deferred_since} kunidan ijro kechiktirilgan yoki "
        "boʻlib-boʻlib toʻlash belgilangan (32-modda).",
        ru="Эту меру применить нельзя: с {deferred_since} действует отсрочка или рассрочка "
        "(ст. 32).",
        en="This measure is not available: a deferral or instalments have been in force since "
        "{deferred_since} (Art. 32).",
    ),
    remedy=words(
        uz="Kechiktirish muddati tugashini yoki sud uni bekor qilishini kuting (32-modda).",
        ru="Дождитесь конца отсрочки или её отмены судом (ст. 32).",
        en="Wait until the deferral ends or the court lifts it (Art. 32).",
    ),
    holds=~pl.col("is_deferred"),
    facts=("is_deferred", "deferred_since"),
)

# Art. 33: actions may be postponed for up to ten days, at most twice.
not_postponed = Condition(
    id="not_postponed",
    article="33",
    reason_code="postponed",
    title=words(
        uz="Ijro harakatlari qoldirilmagan",
        ru="Исполнительные действия не отложены",
        en="The actions are not postponed",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: ijro harakatlari {postponed_since} kunidan qoldirilgan "
        "(33-modda).",
        ru="Эту меру применить нельзя: исполнительные действия отложены с {postponed_since} "
        "(ст. 33).",
        en="This measure is not available: the enforcement actions have been postponed since "
        "{postponed_since} (Art. 33).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: ijro harakatlari {postponed_since} kunidan qoldirilgan deb qayd "
        "etilgan, ular esa oʻn kundan ortiqqa qoldirilmaydi. Tugaganini ishni yurituvchi ijrochi "
        "biladi (33-modda).",
        ru="Сказать нельзя: действия отмечены отложенными с {postponed_since}, а больше чем на "
        "десять дней их не откладывают. Закончилось ли отложение, знает исполнитель (ст. 33).",
        en="This cannot be told: the actions are recorded as postponed since {postponed_since}, "
        "and ten days are the most. The officer of the case knows whether it has ended (Art. 33).",
    ),
    remedy=words(
        uz="Qoldirilgan muddat tugashini kuting; tugagan boʻlsa, tugaganini qayd eting (33-modda).",
        ru="Дождитесь конца отложения; если оно закончилось, отметьте это (ст. 33).",
        en="Wait until the postponement ends; if it has ended, record its end (Art. 33).",
    ),
    # One that has gone on for more than its ten days: its end may only be missing in the register.
    holds=pl.when(pl.col("is_postponed") & (pl.col("postponed_at_most_until") < _TODAY))
    .then(None)
    .otherwise(~pl.col("is_postponed")),
    facts=("is_postponed", "postponed_since", "postponed_at_most_until"),
    parameters=("postponement_days",),
    missing="end_of_the_stay",
)

# Art. 34, 36, 38: a first mediation suspends for up to fifteen days.
not_in_mediation = Condition(
    id="not_in_mediation",
    article="34",
    reason_code="in_mediation",
    title=words(uz="Mediatsiya ketmayapti", ru="Медиация не идёт", en="No mediation is going on"),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: {mediation_since} kunidan mediatsiya ketmoqda va ijro "
        "ishi "
        "toʻxtatilgan (34, 38-moddalar).",
        ru="Эту меру применить нельзя: с {mediation_since} идёт медиация, производство "
        "приостановлено (ст. 34, 38).",
        en="This measure is not available: a mediation has been going on since {mediation_since} "
        "and suspends the proceedings (Art. 34, 38).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: mediatsiya {mediation_since} kunidan ketmoqda deb qayd etilgan, u "
        "esa 15 kundan oshmaydi. Tugaganini ishni yurituvchi ijrochi biladi (34, 36-moddalar).",
        ru="Сказать нельзя: медиация отмечена идущей с {mediation_since}, а длится она не более 15 "
        "дней. Закончилась ли она, знает исполнитель (ст. 34, 36).",
        en="This cannot be told: the mediation is recorded as going on since {mediation_since}, "
        "and 15 days are the most. The officer of the case knows whether it has ended (Art. 34, "
        "36).",
    ),
    remedy=words(
        uz="Mediatsiya tugashini kuting: u 15 kundan oshmaydi; tugagan boʻlsa, qayd eting "
        "(36-modda).",
        ru="Дождитесь конца медиации: она длится не более 15 дней; если закончилась, отметьте это "
        "(ст. 36).",
        en="Wait until the mediation ends: it lasts 15 days at most; if it has ended, record its "
        "end (Art. 36).",
    ),
    holds=pl.when(pl.col("is_mediation") & (pl.col("mediation_at_most_until") < _TODAY))
    .then(None)
    .otherwise(~pl.col("is_mediation")),
    facts=("is_mediation", "mediation_since", "mediation_at_most_until"),
    parameters=("mediation_days",),
    missing="end_of_the_stay",
)

# Art. 33¹, 34: a guarantee deposit suspends and lifts restrictions; not for periodic payments.
no_guarantee_deposit = Condition(
    id="no_guarantee_deposit",
    article="33¹",
    reason_code="guarantee_deposit",
    title=words(
        uz="Kafolat depoziti qoʻyilmagan",
        ru="Гарантийный депозит не внесён",
        en="No guarantee deposit was placed",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdor {deposit_since} kuni kafolat depozitini qoʻygan "
        "(33¹, 34-moddalar).",
        ru="Эту меру применить нельзя: должник внёс гарантийный депозит {deposit_since} "
        "(ст. 33¹, 34).",
        en="This measure is not available: the debtor placed a guarantee deposit on "
        "{deposit_since} (Art. 33¹, 34).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdor {deposit_since} kuni depozit qoʻygan, uning {as_of_date} kuni "
        "ijroni toʻxtatgani esa qayd etilmagan: qoida 2025-yil 19-avgustdan qayd etilgan "
        "(OʻRQ-1082; 33¹-modda).",
        ru="Сказать нельзя: должник внёс депозит {deposit_since}, но приостанавливал ли он "
        "исполнение {as_of_date}, не записано: правило записано с 19 августа 2025 г. (OʻRQ-1082; "
        "ст. 33¹).",
        en="This cannot be told: the debtor placed a deposit on {deposit_since}, but whether it "
        "stayed the case on {as_of_date} is not recorded: the rule is recorded from 19 August 2025 "
        "(OʻRQ-1082; Art. 33¹).",
    ),
    remedy=words(
        uz="Shikoyat hal qilinishini kuting: depozit shungacha turadi (33¹-modda).",
        ru="Дождитесь решения по жалобе: до него депозит действует (ст. 33¹).",
        en="Wait for the decision on the complaint: until then the deposit stands (Art. 33¹).",
    ),
    # Before OʻRQ-1082 nothing is recorded of what such a deposit did.
    holds=pl.when(parameter("guarantee_deposit").is_not_null())
    .then(~pl.col("is_guarantee_deposit") | pl.col("periodic"))
    .when(~pl.col("is_guarantee_deposit"))
    .then(True),
    facts=("as_of_date", "is_guarantee_deposit", "deposit_since", "periodic"),
    # The day from which the deposit exists matters only where one was placed.
    inferred_where=pl.col("is_guarantee_deposit"),
    missing="law_of_that_day",
)

# Art. 35: in-patient treatment is a ground on which the officer may suspend; somebody must decide.
no_treatment = Condition(
    id="no_treatment",
    article="35",
    reason_code="in_patient_treatment",
    title=words(
        uz="Qarzdor statsionar davolanmayapti",
        ru="Должник не на стационарном лечении",
        en="The debtor is not in hospital",
    ),
    broken=words(
        uz="Bu chorani qoʻllab boʻlmaydi: qarzdor {treatment_since} kunidan statsionar "
        "davolanmoqda "
        "(35-modda).",
        ru="Эту меру применить нельзя: должник на стационарном лечении с {treatment_since} "
        "(ст. 35).",
        en="This measure is not available: the debtor has been in hospital since {treatment_since} "
        "(Art. 35).",
    ),
    unknown=words(
        uz="Aytib boʻlmaydi: qarzdor {treatment_since} kunidan statsionar davolanmoqda, ishni "
        "toʻxtatish yoki toʻxtatmaslik haqidagi qaror qayd etilmagan (35-modda).",
        ru="Сказать нельзя: должник на стационарном лечении с {treatment_since}, а решение о "
        "приостановлении или об отказе в нём не отмечено (ст. 35).",
        en="This cannot be told: the debtor has been in hospital since {treatment_since}, and no "
        "decision on whether to suspend the case is recorded (Art. 35).",
    ),
    remedy=words(
        uz="Ishni toʻxtatish yoki toʻxtatmaslik haqida qaror qabul qiling (35-modda).",
        ru="Решите, приостанавливать ли производство (ст. 35).",
        en="Decide whether to suspend the case (Art. 35).",
    ),
    holds=pl.when(pl.col("is_in_patient_treatment"))
    .then(pl.col("suspension_refused"))
    .otherwise(~pl.col("is_in_patient_treatment")),
    facts=("is_in_patient_treatment", "treatment_since", "suspension_refused"),
)
