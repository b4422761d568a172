"""The desk of a real service: register tables in memory, the law, and the store's models.

A case is narrowed to its debtor's registers before the recipe runs; the recipe is the batch's own,
so the bytes are those of the batch.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

import polars as pl

from features.stamps import stamp_of
from law.catalogue import Measure, catalogue
from law.check import check_law
from law.judgement import Judgement
from models.bundle import Bundle
from models.champions import Step, open_proposal
from models.registry import Store as ModelStore
from registers.errors import ChoraError
from registers.extract import Registers, load_tables
from registers.outcomes import outstanding
from registers.snapshot import Snapshot, known_at, locate
from registers.tables import TABLES
from registers.texts import format_date
from registers.unknown import unknown_points
from serving.action_check import ActionAnswer, action_answer
from serving.desk import (
    WORKLIST_SCHEMA,
    CaseProfile,
    LawAnswer,
    LawGround,
    ModelFacts,
    Promoted,
    Proposed,
    Recommended,
)
from serving.documents import build_document, json_row
from serving.errors import (
    CaseUnknownThenError,
    NoModelError,
    NotFoundError,
    NotRecommendableError,
)
from serving.holdings import what_counts
from serving.reading import CASE
from serving.settings import Settings
from serving.wording import each, same

_NOT_SHOWN = {"debtors": ["sex"]}  # a protected attribute that no step of an officer's work needs


def load_desk(settings: Settings) -> "RegisterDesk":
    """The desk over the settings' tables; raises what `load_tables` and `check_law` raise."""
    if settings.tables is None:
        raise ValueError("The settings name no tables.")
    registers = load_tables(settings.tables)
    check_law(registers.legal_order.id)
    working_day = settings.working_day or registers.as_of
    if working_day is None:
        raise ValueError("The tables hold no row, so there is no day to work on.")
    return RegisterDesk(
        registers=registers,
        tables_folder=str(settings.tables.resolve()),
        models=ModelStore(settings.store),
        working_day=working_day,
        top=settings.top,
        version=settings.model,
    )


class RegisterDesk:
    """Answers for one working day; see `serving.desk.Desk`."""

    def __init__(
        self,
        registers: Registers,
        tables_folder: str,
        models: ModelStore,
        working_day: date,
        top: int = 3,
        version: str | None = None,
    ) -> None:
        self._registers = registers
        self._models = models
        self._version = version
        self._bundles: dict[str, Bundle] = {}
        self._cases = Snapshot(registers, working_day).table("cases")
        self._open_cases: pl.DataFrame | None = None
        self.tables_folder = tables_folder
        self.working_day = working_day
        self.top = top

    @property
    def legal_order(self) -> str:
        """The id of the tables' legal order."""
        return self._registers.legal_order.id

    @property
    def currency(self) -> str:
        """The currency of the tables' amounts."""
        return self._registers.legal_order.currency

    @property
    def source_hash(self) -> str:
        """The hash of the tables."""
        return self._registers.source_hash

    def measures(self) -> Mapping[str, Measure]:
        """The measure catalogue."""
        return catalogue(self.legal_order)

    # -- cases ----------------------------------------------------------------------------------

    def open_cases(self) -> pl.DataFrame:
        """Open money claims on the working day (built once)."""
        if self._open_cases is None:
            self._open_cases = self._build_open_cases()
        return self._open_cases

    def _build_open_cases(self) -> pl.DataFrame:
        questions = self._cases.select("case_id", as_of_date=pl.lit(self.working_day))
        points, _ = locate(self._registers, questions)
        owed = outstanding(self._registers, points)
        return (
            points.join(owed, on="point_id", how="left")
            .join(self._cases.drop("debtor_id"), on="case_id", how="left")
            .with_columns(days_open=(pl.col("as_of_date") - pl.col("opened_on")).dt.total_days())
            .select(pl.col(name).cast(kind) for name, kind in WORKLIST_SCHEMA.items())
            .sort("case_id")
        )

    def _case_row(self, case_id: str) -> dict[str, object] | None:
        rows = self._cases.filter(pl.col("case_id") == case_id).to_dicts()
        return rows[0] if rows else None

    def office_of(self, case_id: str) -> str | None:
        """The office of a case known on the working day."""
        row = self._case_row(case_id)
        return None if row is None else str(row["office"])

    def profile(self, case_id: str) -> CaseProfile | None:
        """What the registers say of the case and its debtor on the working day."""
        row = self._case_row(case_id)
        if row is None:
            return None
        registers, point = self._registers.for_case(case_id), self._point(row)
        frames = {name: self._known(registers, point, name) for name in TABLES}
        known = {
            name: [json_row(line) for line in rows.to_dicts()] for name, rows in frames.items()
        }
        stamps = {name: stamp_of(rows, name, self.working_day) for name, rows in frames.items()}
        debtors = known.pop("debtors")
        counts = what_counts(registers, point)
        owed = outstanding(registers, point)["outstanding_som"].to_list()
        return CaseProfile(
            case_id=case_id,
            office=str(row["office"]),
            as_of_date=self.working_day,
            outstanding_som=owed[0] if owed else None,
            case=json_row(row),
            debtor=debtors[0] if debtors else {},
            tables=known,
            freshness={name: stamp for name, stamp in stamps.items() if stamp is not None},
            holdings=counts.rows,
            amounts=counts.amounts,
            unknown_registers=self._unknown(registers, point),
        )

    def _point(self, row: Mapping[str, object]) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "point_id": [0],
                "case_id": [row["case_id"]],
                "debtor_id": [row["debtor_id"]],
                "as_of_date": [self.working_day],
            },
            schema_overrides={"point_id": pl.UInt32},
        )

    @staticmethod
    def _known(registers: Registers, point: pl.DataFrame, table: str) -> pl.DataFrame:
        rows = known_at(registers, point, table, by="debtor")
        return rows.drop("point_id", "as_of_date", *_NOT_SHOWN.get(table, []))

    @staticmethod
    def _unknown(registers: Registers, point: pl.DataFrame) -> dict[str, str]:
        """The registers of which not all is known of the debtor and the cases, and why."""
        found: dict[str, str] = {}
        for table in registers.legal_order.registers:
            why = unknown_points(registers, point, table, by="debtor", reads="history")["why"]
            if why.len():
                found[table] = str(why[0])
        return found

    # -- law and model --------------------------------------------------------------------------

    def judge(self, case_id: str, measure: str, on: date | None = None) -> LawAnswer:
        """The law's answer with all its grounds."""
        return self.judge_many(case_id, [measure], on)[0]

    def judge_many(
        self, case_id: str, measures: Sequence[str], on: date | None = None
    ) -> list[LawAnswer]:
        """The law's answers on several measures; the facts of the case are read once."""
        from law.judgement import check_measures

        day = self._day_of(case_id, on)
        own = self._registers.for_case(case_id)
        return [self._answer(one, day) for one in check_measures(own, case_id, measures, day)]

    def check(
        self,
        case_id: str,
        measure: str,
        on: date | None = None,
        stated: Mapping[str, bool | int | str] | None = None,
    ) -> ActionAnswer:
        """The law's answer on a proposed action, with warnings, remedy and stated facts."""
        from law.actions.check import check_action

        day = self._day_of(case_id, on)
        own = self._registers.for_case(case_id)
        checked = check_action(own, case_id, measure, day, stated)
        return action_answer(self._answer(checked.judgement, day), checked)

    def _day_of(self, case_id: str, on: date | None) -> date:
        """The day asked about; raises NotFoundError, CaseUnknownThenError."""
        if self._case_row(case_id) is None:
            raise NotFoundError(thing=CASE)
        day = on or self.working_day
        reported = self._registers.table("cases").filter(pl.col("case_id") == case_id)
        first = reported["reported_on"].min()
        if isinstance(first, date) and day < first:
            raise CaseUnknownThenError(first=each(lambda language: format_date(first, language)))
        return day

    def _answer(self, judgement: Judgement, day: date) -> LawAnswer:
        from law.engine import law_version

        grounds = [
            LawGround(
                rule=ground.rule,
                article=ground.article,
                reason_code=ground.reason_code,
                verdict=ground.verdict,
                facts=json_row(ground.facts),
                sentence=ground.sentence.as_dict(),
                remedy=None if ground.remedy is None else ground.remedy.as_dict(),
                confidence=ground.confidence,
            )
            for ground in judgement.grounds
        ]
        return LawAnswer(
            measure=judgement.measure,
            on=day,
            verdict=judgement.verdict,
            law_version=law_version(self.legal_order),
            grounds=grounds,
            confirmations=[texts.as_dict() for texts in judgement.confirmations],
        )

    def recommend(self, case_id: str) -> Recommended:
        """The recipe's answer for one case, as in the batch."""
        bundle = self._bundle()
        return recommend_one(self._registers, bundle, case_id, self.working_day, self.top)

    def warm(self) -> None:
        """Answer for one open case and forget it: the model's tables are made before anyone asks.

        What stands in the way (no model, a case that cannot be answered) is told where it is asked.
        """
        cases = self.open_cases()
        if cases.height:
            with suppress(ChoraError):
                self.recommend(str(cases["case_id"][0]))

    def _bundle(self) -> Bundle:
        """The model that answers now: a promotion counts from the next question on."""
        version = self._version or self._models.champion_version(self.legal_order)
        if version is None:
            candidates = self._models.versions(self.legal_order)
            if not candidates:
                raise NoModelError
            version = candidates[-1]
        if version not in self._bundles:
            self._bundles[version] = self._models.load(version)
        return self._bundles[version]

    def model_problem(self) -> str | None:
        """Why no model answers, or None."""
        try:
            self._bundle()
        except ChoraError as error:
            return str(error)
        return None

    def models(self) -> list[ModelFacts]:
        """The versions in the store for this legal order, newest first."""
        champion = self._models.champion_version(self.legal_order)
        return [
            self._model_facts(version, champion)
            for version in reversed(self._models.versions(self.legal_order))
        ]

    def _model_facts(self, version: str, champion: str | None) -> ModelFacts:
        folder = self._models.models / version
        described = json.loads((folder / "bundle.json").read_text())
        report = json.loads((folder / "report.json").read_text())
        trained_at = described.get("as_of")
        history = self._models.history()
        waits = open_proposal(history, self.legal_order)
        mine = waits is not None and waits.version == version
        return ModelFacts(
            version,
            self.legal_order,
            version == champion,
            trained_at,
            report,
            _promotions(history, version),
            Proposed(waits.on, waits.by, waits.reason) if waits is not None and mine else None,
        )


def _promotions(history: Sequence[Step], version: str) -> list[Promoted]:
    """The promotions of a version, the newest first, each with its proposal where there was one."""
    proposals = {one.n: one for one in history if one.kind == "proposed"}
    found = []
    for one in reversed(history):
        if one.version == version and one.makes_champion:
            its = proposals.get(one.of or 0)
            who, why = (None, None) if its is None else (its.by, its.reason)
            found.append(Promoted(one.on, one.bundle_hash, one.by, one.reason, who, why))
    return found


def recommend_one(
    registers: Registers, bundle: Bundle, case_id: str, on: date, top: int
) -> Recommended:
    """The recipe's answer for one case on one day.

    Raises:
        NotRecommendableError: the question was set aside, with the recipe's reason.
    """
    from features.frame import build_features
    from features.pairs import build_pairs
    from law.engine import law_version
    from law.facts import build_facts
    from pipelines.recommend import input_hashes, recommend

    own = registers.for_case(case_id)
    questions = pl.DataFrame({"case_id": [case_id], "as_of_date": [on]})
    answer = recommend(own, questions, bundle, top)
    if answer.set_aside.height:
        raise NotRecommendableError(reason=same(str(answer.set_aside["reason"][0])))
    rows = answer.recommendations.sort("rank").to_dicts()
    if rows:
        input_hash = str(rows[0]["input_hash"])
    else:  # no lawful measure, hence no row that carries the hash
        points, _ = locate(own, questions)
        facts = build_facts(own, points)
        pairs = build_pairs(own, points, facts)
        input_hash = input_hashes(build_features(own, points), pairs, facts)[0]
    return Recommended(
        document=build_document(answer, case_id, on),
        case_id=case_id,
        as_of_date=on,
        input_hash=input_hash,
        model_version=bundle.version,
        law_version=law_version(bundle.legal_order),
        abstained=bool(rows[0]["abstained"]) if rows else True,
        ranked=tuple(str(row["measure"]) for row in rows),
        best_expected_net_som=max((float(r["expected_net_som"]) for r in rows), default=None),
    )
