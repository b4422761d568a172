"""Counts for the operator, without a trace of persons: routes as templates, never as paths."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """The counters of one service, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "chora_requests",
            "Requests answered, by route template, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "chora_request_seconds",
            "Seconds from request to answer, by route template.",
            ("route",),
            registry=self.registry,
        )
        self.transitions = Counter(
            "chora_transitions",
            "Changes of state recorded, by action.",
            ("action",),
            registry=self.registry,
        )
        self.ledger_entries = Gauge(
            "chora_ledger_entries", "Entries in the published ledger.", registry=self.registry
        )
        self.ledger_problem: str | None = None

    def text(self) -> bytes:
        """All counters in Prometheus' text format."""
        return generate_latest(self.registry)
