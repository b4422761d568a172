"""Who is signed in, as facts that rules can be asked about."""

from dataclasses import dataclass

from serving.states import Role
from serving.store.models import Account

EVERY_OFFICE = "*"


@dataclass(frozen=True)
class Person:
    """The person behind a request: the account's facts, without its password."""

    account_id: str
    username: str
    person_id: str
    display_name: str
    role: Role
    offices: tuple[str, ...]
    is_senior: bool
    language: str

    def has_office(self, office: str) -> bool:
        """Whether the person has a right for the office."""
        return EVERY_OFFICE in self.offices or office in self.offices


def person_of(account: Account) -> Person:
    """The person of an account row."""
    return Person(
        account_id=account.id,
        username=account.username,
        person_id=account.person_id,
        display_name=account.display_name,
        role=Role(account.role),
        offices=tuple(account.offices),
        is_senior=account.is_senior,
        language=account.language,
    )
