"""What can go wrong with features, one class per situation."""

from __future__ import annotations

from registers.errors import ChoraError, DataError, UserError


class FeatureDefinitionError(ChoraError):
    """A feature of the catalogue contradicts itself."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Feature {name} is defined wrongly: {problem}. Correct the catalogue.")


class UnknownFeatureError(UserError):
    """Somebody asks for a feature that the catalogue does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no feature {name}. docs/reference/features.md lists all features."
        )


class PointColumnsError(DataError):
    """The points handed over lack a column."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(
            f"The points lack {', '.join(missing)}. Build them with registers.snapshot.locate."
        )


class StaleReferenceError(ChoraError):
    """The generated page does not say what the catalogue says."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not current. Run: python -m features.document")
