"""Warnings on measures that no rule of Law 258-II refuses: unfounded first, then late."""

from law.actions.findings import Finding
from law.uz.findings import late, lighter, proportion, repeated

FINDINGS: tuple[Finding, ...] = (
    *repeated.FINDINGS,
    *lighter.FINDINGS,
    *proportion.FINDINGS,
    *late.FINDINGS,
)
