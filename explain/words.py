"""Words that sentences need beside the catalogues: registers by their keepers, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from registers.register_names import AGENCIES as REGISTERS
from registers.texts import Texts

__all__ = ["NOT_REPORTED", "REGISTERS", "WHY_NONE", "YES_NO"]

NOT_REPORTED = Texts(
    uz_Latn="maʼlumot yoʻq", uz_Cyrl="маълумот йўқ", ru="нет сведений", en="not reported"
)

WHY_NONE: Mapping[str, Texts] = MappingProxyType(
    {
        "never_tried": Texts(
            uz_Latn="hali qoʻllanmagan",
            uz_Cyrl="ҳали қўлланмаган",
            ru="ещё не применялась",
            en="not taken yet",
        ),
        "no_property": Texts(
            uz_Latn="mol-mulkka qaratilmagan",
            uz_Cyrl="мол-мулкка қаратилмаган",
            ru="не обращена на имущество",
            en="touches no property",
        ),
    }
)
"""Why a fact of a measure has no number although its register is known."""

YES_NO: Mapping[bool, Texts] = MappingProxyType(
    {
        True: Texts(uz_Latn="ha", uz_Cyrl="ҳа", ru="да", en="yes"),
        False: Texts(uz_Latn="yoʻq", uz_Cyrl="йўқ", ru="нет", en="no"),
    }
)
