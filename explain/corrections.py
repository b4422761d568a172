"""Parts of an expected amount that are no fact of the debtor: their names, words and heading."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from features.catalogue import feature
from models.parts import EFFECT_CALIBRATION, SHARE_LIMITS
from registers.texts import Texts

THEME: Final = "corrections"
"""The heading of their total beside the themes of the facts."""

LABELS: Final[Mapping[str, Texts]] = MappingProxyType(
    {
        EFFECT_CALIBRATION: Texts(
            uz_Latn="taʼsirni oʻtgan ishlarga moslash",
            uz_Cyrl="таъсирни ўтган ишларга мослаш",
            ru="поправка эффекта по прошлым делам",
            en="effect set to past cases",
        ),
        SHARE_LIMITS: Texts(
            uz_Latn="undiruv chegaralari: noldan qarzning hammasigacha",
            uz_Cyrl="ундирув чегаралари: нолдан қарзнинг ҳаммасигача",
            ru="пределы взыскания: от нуля до всего долга",
            en="limits of recovery: from nothing to all that is owed",
        ),
    }
)


def part_label(name: str) -> Texts:
    """What a contribution is called: the label of its fact, or of the correction.

    Raises:
        UnknownFeatureError: Neither has that name.

    >>> part_label("share_limits").en
    'limits of recovery: from nothing to all that is owed'
    >>> part_label("n_vehicles").en
    'number of vehicles'
    """
    return LABELS[name] if name in LABELS else feature(name).label
