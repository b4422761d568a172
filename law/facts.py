"""The frame of facts that rules read: one row per point, null where nothing is known.

What counts as known: the Bureau's own registers (cases, case_events, actions, payments), the
cadastre, the traffic police, the depositor database and the tax committee cover everybody, so no
row means none. A table that was not delivered means that nothing is known, and so does a row of the
debtor or case that was set aside: unknown is not nothing. Facts that no register
holds (`law.stated`) are null until somebody states them.
"""

import polars as pl

from law.case_facts.business import business_facts
from law.case_facts.case_file import case_file
from law.case_facts.claim import claim_facts
from law.case_facts.document import document_facts
from law.case_facts.history import history_facts
from law.case_facts.money import account_facts, income_facts
from law.case_facts.property import real_estate_facts, vehicle_facts
from law.case_facts.registers_unknown import unknown_registers
from law.case_facts.stays import stay_facts
from law.rules import deriver_of
from law.stated import stated_columns
from registers.extract import Registers


def build_facts(registers: Registers, points: pl.DataFrame) -> pl.DataFrame:
    """The facts of each point on its own day, sorted by point_id.

    Args:
        registers: validated registers; their legal order decides which amounts are worked out.
        points: point_id, case_id, debtor_id, as_of_date; optionally known_on, the last day whose
            reports may be used (as_of_date where it is missing).

    Returns:
        point_id, case_id, debtor_id, as_of_date and the named facts (see law/fact_names.yaml).
        Amounts are whole som; null means unknown. `unknown_registers` names the registers of
        which not all is known about the point (`law.case_facts.registers_unknown`).
    """
    file = case_file(registers, points)
    claims = claim_facts(file)
    facts = points.select("point_id", "case_id", "debtor_id", "as_of_date")
    for family in (
        claims,
        document_facts(file),
        stay_facts(file),
        history_facts(file),
        account_facts(file),
        income_facts(file),
        vehicle_facts(file),
        real_estate_facts(file, claims),
        business_facts(file),
    ):
        facts = facts.join(family, on="point_id", how="left")
    facts = facts.join(unknown_registers(file), on="point_id", how="left")
    return deriver_of(registers.legal_order.id)(stated_columns(facts)).sort("point_id")
