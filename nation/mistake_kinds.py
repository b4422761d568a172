"""The kinds of planted mistakes: a short code each, and what the law says of it."""

from __future__ import annotations

from dataclasses import dataclass

NO_MISTAKE = -1


@dataclass(frozen=True)
class Kind:
    """A kind of mistake: its short code, and what the law says of it."""

    code: str
    label: str


KINDS = (
    Kind("before_term", "unlawful"),
    Kind("simplified_procedure", "unlawful"),
    Kind("simplified_utility", "unlawful"),
    Kind("during_stay", "unlawful"),
    Kind("money_suffices", "unlawful"),
    Kind("property_suffices", "unlawful"),
    Kind("lighter_property_first", "unlawful"),
    Kind("only_home", "unlawful"),
    Kind("travel_floor", "unlawful"),
    Kind("travel_no_court", "unlawful"),
    Kind("travel_of_entity", "unlawful"),
    Kind("wage_of_entity", "unlawful"),
    Kind("nothing_attached", "unlawful"),
    Kind("pledge_of_others", "unlawful"),
    Kind("no_pledge", "unlawful"),
    Kind("act_for_money", "unlawful"),
    Kind("no_postponement_left", "unlawful"),
    Kind("entry_without_query", "unlawful"),
    Kind("no_money", "unfounded"),
    Kind("no_income", "unfounded"),
    Kind("nothing_to_ban", "unfounded"),
    Kind("no_vehicle", "unfounded"),
    Kind("no_real_estate", "unfounded"),
    Kind("no_account", "unfounded"),
    Kind("no_receivables", "unfounded"),
    Kind("already_in_force", "unfounded"),
    Kind("repeated", "unfounded"),
    Kind("income_suffices", "unfounded"),
    Kind("out_of_proportion", "unfounded"),
)
CODES = tuple(kind.code for kind in KINDS)
LABELS = tuple(kind.label for kind in KINDS)
NUMBER = {code: number for number, code in enumerate(CODES)}
STAY, POSTPONED, ENTRY_UNASKED = (
    NUMBER[code] for code in ("during_stay", "no_postponement_left", "entry_without_query")
)
