"""Words that sentences need beside the catalogues: registers by their keepers, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from registers.register_names import AGENCIES as REGISTERS
from registers.texts import Texts

__all__ = ["NOT_REPORTED", "REGISTERS", "YES_NO"]

NOT_REPORTED = Texts(
    uz_Latn="maʼlumot yoʻq", uz_Cyrl="маълумот йўқ", ru="нет сведений", en="not reported"
)

YES_NO: Mapping[bool, Texts] = MappingProxyType(
    {
        True: Texts(uz_Latn="ha", uz_Cyrl="ҳа", ru="да", en="yes"),
        False: Texts(uz_Latn="yoʻq", uz_Cyrl="йўқ", ru="нет", en="no"),
    }
)
