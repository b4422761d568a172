"""What can go wrong between registers and a ranking, each with the sentence that people read."""

from __future__ import annotations

from pathlib import Path

from models.settings import MIN_DEBTORS, MIN_EXAMPLES
from registers.errors import (
    ChoraError,
    DataError,
    RetryableError,
    UserError,
    VerificationError,
)


class TooFewExamplesError(DataError):
    """Not enough decisions with a closed outcome window to learn from."""

    def __init__(self, n_examples: int, n_debtors: int, n_measures: int) -> None:
        super().__init__(
            f"Only {n_examples} past decisions on {n_debtors} debtors have a closed and reported "
            f"outcome window, and {n_measures} measures were taken often enough; at least "
            f"{MIN_EXAMPLES} decisions on {MIN_DEBTORS} debtors and one measure are needed. "
            "Use a later --as-of or a larger extract."
        )


class NoOutcomesError(DataError):
    """The payments are not there: nobody can tell what any measure brought in."""

    exit_code = 12

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The table payments is not there to learn from: {why}. What a measure brought in is "
            "told by the payments alone, and unknown is not nothing. Deliver the table anew and "
            "run: chora validate"
        )


class PropensityUnknownError(DataError):
    """The model knows recorded propensities only, and a decision has none."""

    def __init__(self, n_unknown: int) -> None:
        super().__init__(
            f"{n_unknown} decisions have no recorded propensity, and this model was trained where "
            "every propensity was recorded. Train a model on these tables: chora train"
        )


class BadPropensityError(DataError):
    """A recorded propensity is not the probability of something that happened."""

    def __init__(self, n_bad: int) -> None:
        super().__init__(
            f"{n_bad} decisions have a recorded propensity outside (0, 1]. It is the chance with "
            "which a rule or a lottery took the measure that was taken. Correct the register."
        )


class MissingOutcomesError(DataError):
    """A logged decision has no outcome, or the model has no expectation of it."""

    def __init__(self, n_missing: int, n: int) -> None:
        super().__init__(
            f"Of {n} logged decisions {n_missing} have no known outcome or no expectation to "
            "compare it with. Unknown is not nothing, so no value is estimated. Leave these "
            "decisions out, or deliver the payments of their cases."
        )


class EmptyLogError(DataError):
    """There is no logged decision to estimate a value from."""

    def __init__(self) -> None:
        super().__init__(
            "The log holds no decision, so no value can be estimated from it. Use a later extract "
            "or a wider selection of cases."
        )


class NotAPolicyError(DataError):
    """What should be valued is no choice among the measures of the log."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"This is no policy for the log: {why}. A policy names one measure for each decision, "
            "or chances of all measures that add up to one."
        )


class OneOutcomeError(DataError):
    """All outcomes are the same, so nothing tells one measure from another."""

    def __init__(self, n_examples: int, *, missing: bool) -> None:
        what = (
            "none has an outcome: no payment register was known"
            if missing
            else "all recovered the same share"
        )
        super().__init__(
            f"Of {n_examples} past decisions {what}. Nothing can be learned from them. "
            "Check the payments of the extract."
        )


class DebtorInTwoFoldsError(DataError):
    """A debtor stands on both sides of a split: what was learned would be judged on itself."""

    def __init__(self, n_debtors: int) -> None:
        super().__init__(
            f"{n_debtors} debtors stand in more than one fold. Folds must keep a debtor whole; "
            "nothing was trained."
        )


class DamagedRecordError(UserError):
    """The file that names the champions cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is damaged. Restore it and champions.jsonl beside it from one backup."
        )


class HistoryBrokenError(VerificationError):
    """The history of champions is not what people's steps wrote."""

    def __init__(self, path: Path, n: int) -> None:
        super().__init__(
            f"{path}: line {n} of the history of champions was changed, removed or put elsewhere. "
            "Nothing was added. Restore champions.jsonl and champions.json from one backup."
        )


class PromotionUnsignedError(UserError):
    """A promotion without a person or without a reason."""

    def __init__(self, option: str) -> None:
        what = "the person" if option == "--by" else "the reason in words"
        super().__init__(
            f"Name {what} with {option}; it stays in the history of champions. Nothing was changed."
        )


class OneWaitsError(UserError):
    """A second proposal while the first waits for an answer."""

    def __init__(self, version: str, by: str) -> None:
        super().__init__(
            f"{by} has proposed {version}, and nobody has answered yet. Confirm it "
            f"(chora confirm {version}) or refuse it (chora confirm {version} --refuse) first. "
            "Nothing was changed."
        )


class NothingProposedError(UserError):
    """A confirmation of a version that nobody proposed."""

    def __init__(self, version: str, waiting: str | None) -> None:
        what = "No proposal waits" if waiting is None else f"The proposal that waits is {waiting}"
        super().__init__(
            f"Nobody proposed {version}. {what}. One person proposes a version "
            f"(chora promote {version}), another confirms it. Nothing was changed."
        )


class OwnProposalError(UserError):
    """A person confirms what the same person proposed."""

    def __init__(self, version: str, by: str, proposer: str) -> None:
        super().__init__(
            f"{version} was proposed by {proposer}; {by} may be the same person, and nobody "
            "confirms their own proposal. Ask a colleague to read the report and to confirm. If "
            "you are two people, write both full names: refuse this proposal and propose it anew. "
            "Nothing was changed."
        )


class ProposedOtherwiseError(UserError):
    """The model that is confirmed is not the one that was proposed."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"The files of {version} are not those that were proposed. Refuse the proposal "
            f"(chora confirm {version} --refuse), look at what changed, and propose anew. "
            "Nothing was changed."
        )


class TrackingRefusedError(RetryableError):
    """MLflow's store did not take a promotion; what was sent is not repeated."""

    def __init__(self) -> None:
        super().__init__(
            "MLflow's store (mlflow.db) cannot be written now, so nothing was promoted. Check that "
            "no other program holds it and that its disk has room, then confirm again."
        )


class BundleFormatError(UserError):
    """A model folder was written by another version of the program."""

    def __init__(self, folder: Path, found: object, expected: object) -> None:
        super().__init__(
            f"{folder.name}: this model has {found}, this program reads {expected}. "
            "Train again with: chora train TABLES --as-of DATE --store STORE"
        )


class BundleDamagedError(UserError):
    """A file of a model is missing or was changed since it was trained."""

    def __init__(self, folder: Path, file: str) -> None:
        super().__init__(
            f"{folder.name}: the file {file} is missing or was changed after training. "
            "Restore the folder from a backup, or train again with: chora train"
        )


class UnknownModelError(UserError):
    """No model of that version is in the store."""

    def __init__(self, version: str, known: list[str]) -> None:
        have = ", ".join(known) if known else "none yet; run: chora train"
        super().__init__(f"No model {version} in this store. Models: {have}.")


class NoModelError(UserError):
    """The store holds no model for this legal order."""

    def __init__(self, legal_order: str) -> None:
        super().__init__(
            f"The store holds no model for the legal order {legal_order}. "
            "Run: chora train TABLES --as-of DATE --store STORE"
        )


class OtherLegalOrderError(UserError):
    """A model of one legal order was given the registers of another."""

    def __init__(self, model: str, registers: str) -> None:
        super().__init__(
            f"The model was trained under the legal order {model}, the registers belong to "
            f"{registers}. Choose a model of {registers} with --model."
        )


class GateFailedError(ChoraError):
    """A model may not be promoted: at least one gate failed."""

    exit_code = 13

    def __init__(self, version: str, failed: list[str]) -> None:
        super().__init__(
            f"Model {version} was not promoted: {'; '.join(failed)}. "
            "Read its report and train again; the champion stays as it is."
        )


class AttributionError(ChoraError):
    """Contributions do not add up to the score: an explanation would be false."""
