"""What can make an explanation untrue, each with its sentence. All of them stop the answer."""

from __future__ import annotations

from registers.errors import UserError, VerificationError


class AdditivityError(VerificationError):
    """Base and contributions do not give the expected value: the explanation would be false."""

    def __init__(self, measure: str, difference: float, n_rows: int) -> None:
        super().__init__(
            f"The contributions of {n_rows} ranked measures do not add up to the expected value "
            f"(first: {measure}, off by {difference:.3g}). No explanation was written. "
            "Train the model again, and report this if it comes back."
        )


class MisalignedAttributionError(VerificationError):
    """The attribution does not belong to the ranked measures, row by row."""

    def __init__(self, n_ranked: int, shape: tuple[int, ...], n_features: int) -> None:
        super().__init__(
            f"{n_ranked} ranked measures with {n_features} named parts need contributions of "
            f"shape ({n_ranked}, {n_features}), but got {shape}. No explanation was written."
        )


class MisplacedContributionError(VerificationError):
    """A fact got more than the model can give it: the contributions are not its own."""

    def __init__(self, measure: str, feature: str, n_rows: int) -> None:
        super().__init__(
            f"In {n_rows} ranked measures a fact contributes more than the model's trees can give "
            f"it (first: {feature} for {measure}), so contributions stand beside facts that are "
            "not theirs. No explanation was written. Report this."
        )


class OtherRefitsError(VerificationError):
    """The refits that test a contribution are not those that it is the mean of."""

    def __init__(self, measure: str, feature: str, n_rows: int) -> None:
        super().__init__(
            f"In {n_rows} ranked measures the refits of the model do not average to what a fact "
            f"contributes (first: {feature} for {measure}), so nobody could tell whether the fact "
            "stands. No explanation was written. Report this."
        )


class UnlabelledFeatureError(VerificationError):
    """The model used a fact that the catalogue of features does not describe."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"The catalogue of features has no label for {', '.join(names)}, so nobody could be "
            "told what it means. Train the model again with this version of the program."
        )


class ProtectedReasonError(VerificationError):
    """The model used a protected attribute, which may not be a reason."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"The model uses {', '.join(names)}, which is protected and may not be a reason for "
            "a measure. Do not use this model."
        )


class MissingFactsError(VerificationError):
    """A ranked case has no row in the feature frame, so its reasons cannot be told."""

    def __init__(self, n_points: int) -> None:
        super().__init__(
            f"{n_points} ranked cases have no row in the feature frame, so their reasons cannot "
            "be told. Build the features of the same questions again."
        )


class PicturesUnavailableError(UserError):
    """A package that draws pictures is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(
            f"Pictures need the package {package}, which is not installed. "
            "Install the project with its development tools: make test sets them up."
        )
