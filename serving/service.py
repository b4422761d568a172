"""The service's parts under one name, handed to every page and route."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from ledger.errors import LedgerError
from serving.accounts import NewAccount
from serving.desk import Desk
from serving.errors import NoTablesError
from serving.metrics import Metrics
from serving.recording import Publisher
from serving.security.sign_in import SignInLimiter
from serving.settings import Settings
from serving.store.database import Store
from serving.store.errors import StoreUnavailableError
from serving.wording import clock_time

log = logging.getLogger("chora.serving")


@dataclass
class Service:
    """Settings, store, desk and publisher of one running service.

    `desk` is None where the service was started without register tables; `require_desk` says so.
    """

    settings: Settings
    store: Store
    publisher: Publisher
    desk: Desk | None
    limiter: SignInLimiter
    metrics: Metrics = field(default_factory=Metrics)
    demo_accounts: tuple[NewAccount, ...] = ()  # those that work now, with public passwords

    def require_desk(self) -> Desk:
        """The desk, or `NoTablesError`."""
        if self.desk is None:
            raise NoTablesError
        return self.desk

    def now(self) -> datetime:
        """The present instant."""
        return self.settings.clock()

    def local_time(self, instant: datetime) -> str:
        """An instant as the office's clock shows it, such as 14:02."""
        zone = timezone(timedelta(hours=self.settings.time_zone_hours))
        return clock_time(instant.astimezone(zone))

    def publish(self) -> None:
        """Bring the ledger's files up to the store; a failure leaves the committed decisions valid.

        The entries are in the database already, so nothing is lost: the next publication or start
        catches up, and `readyz` tells until then.
        """
        try:
            checkpoint = self.publisher.publish()
        except (LedgerError, StoreUnavailableError, OSError) as error:
            self.metrics.ledger_problem = str(error) or type(error).__name__
            log.error("ledger_not_published", extra={"error_class": type(error).__name__})
        else:
            self.metrics.ledger_problem = None
            self.metrics.ledger_entries.set(checkpoint.size)
