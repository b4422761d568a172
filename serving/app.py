"""Putting the service together from its settings."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ledger.signing import Ed25519Signer
from serving.accounts import NewAccount
from serving.api import cases, decisions, health, law, ledger_files, session
from serving.case_addresses import CaseNumbersInPaths
from serving.counting import CountRequests
from serving.demo import switch_demo_off, switch_demo_on
from serving.desk import Desk
from serving.lineages import remember_lineage
from serving.pages import install_pages
from serving.problems import answer_unforeseen, install_problems
from serving.recording import Publisher
from serving.security.headers import SecurityHeaders
from serving.security.sign_in import SignInLimiter
from serving.service import Service
from serving.settings import Settings
from serving.store.migrate import create_store
from serving.store.privacy import tighten_keys
from serving.unforeseen import EndUnforeseen

log = logging.getLogger("chora.serving")
API_ROOT = "/api/v1"
DESCRIPTION = (
    "Decision support for compulsory enforcement: the program recommends and estimates; "
    "an officer proposes and another person decides. Sign in with POST /api/v1/session and send "
    "its csrf_token as X-CSRF-Token with every change."
)


def build_service(settings: Settings, desk: Desk | None = None) -> Service:
    """The parts of the service: store (moved forward if needed), ledger, registers and model.

    Raises:
        DataError: a store of another version, unusable tables.
        OtherTablesError: the tables were changed after they were validated.
        LedgerError: the ledger's files are not those of this store.
    """
    store = create_store(settings.store)
    tighten_keys(settings.ledger_key.parent)
    signer = Ed25519Signer.load_or_create(settings.ledger_key)
    publisher = Publisher(store, settings.ledger_folder, signer)
    publisher.publish()  # catches up where the service was stopped between commit and publication
    if desk is None and settings.tables is not None:
        from serving.register_desk import load_desk  # brings the models' libraries: seconds

        desk = load_desk(settings)
    if desk is not None and remember_lineage(store, desk, settings.clock()) is None:
        log.warning("tables_without_lineage")
    demo: tuple[NewAccount, ...] = ()
    if settings.is_demo:
        demo = switch_demo_on(store, settings.clock(), _offices(desk))
    else:
        switch_demo_off(store, settings.clock())
    limiter = SignInLimiter(settings.failed_sign_ins, settings.sign_in_pause)
    return Service(settings, store, publisher, desk, limiter, demo_accounts=demo)


def _offices(desk: Desk | None) -> list[str]:
    return [] if desk is None else desk.open_cases().get_column("office").unique().sort().to_list()


def create_app(settings: Settings, desk: Desk | None = None) -> FastAPI:
    """The application; `desk` replaces registers, law and model where a test brings its own."""
    service = build_service(settings, desk)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        service.store.close()

    app = FastAPI(
        title="Chora",
        version="1",
        description=DESCRIPTION,
        openapi_url=f"{API_ROOT}/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.service = service
    install_problems(app)
    _add_routes(app)
    app.add_middleware(EndUnforeseen, answer=answer_unforeseen)
    app.add_middleware(CaseNumbersInPaths, routes=app)
    app.add_middleware(CountRequests, metrics=service.metrics)
    app.add_middleware(SecurityHeaders, is_https=settings.is_https)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))
    return app


def _add_routes(app: FastAPI) -> None:
    for group in (session, cases, decisions, law, health):
        app.include_router(group.router, prefix=API_ROOT)
    app.include_router(health.router, include_in_schema=False)
    app.include_router(ledger_files.router)
    install_pages(app)
