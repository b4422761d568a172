"""Words for units and themes in four languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from features.catalogue.feature import Theme, Unit
from registers.texts import Texts

UNITS: Final[Mapping[Unit, Texts]] = {
    "som": Texts(uz_Latn="soʻm", uz_Cyrl="сўм", ru="сум", en="soʻm"),
    "days": Texts(uz_Latn="kun", uz_Cyrl="кун", ru="дн.", en="days"),
    "months": Texts(uz_Latn="oy", uz_Cyrl="ой", ru="мес.", en="months"),
    "years": Texts(uz_Latn="yil", uz_Cyrl="йил", ru="г.", en="years"),
    "share": Texts(uz_Latn="ulush", uz_Cyrl="улуш", ru="доля", en="share"),
    "count": Texts(uz_Latn="ta", uz_Cyrl="та", ru="шт.", en="pcs"),
    "yes/no": Texts(uz_Latn="ha/yoʻq", uz_Cyrl="ҳа/йўқ", ru="да/нет", en="yes/no"),
    "kind": Texts(uz_Latn="tur", uz_Cyrl="тур", ru="вид", en="kind"),
}

THEMES: Final[Mapping[Theme, Texts]] = {
    "income": Texts(uz_Latn="daromad", uz_Cyrl="даромад", ru="доходы", en="income"),
    "assets": Texts(uz_Latn="mol-mulk", uz_Cyrl="мол-мулк", ru="имущество", en="assets"),
    "payment_behaviour": Texts(
        uz_Latn="toʻlov intizomi",
        uz_Cyrl="тўлов интизоми",
        ru="платёжное поведение",
        en="payment behaviour",
    ),
    "earlier_measures": Texts(
        uz_Latn="avvalgi choralar",
        uz_Cyrl="аввалги чоралар",
        ru="прежние меры",
        en="earlier measures",
    ),
    "protection": Texts(uz_Latn="himoya", uz_Cyrl="ҳимоя", ru="защита", en="protection"),
    "claim": Texts(uz_Latn="talab", uz_Cyrl="талаб", ru="требование", en="claim"),
    "audit": Texts(uz_Latn="audit", uz_Cyrl="аудит", ru="аудит", en="audit"),
}
