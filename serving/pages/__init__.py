"""The officer's, reviewer's and analyst's pages: server-rendered, usable without JavaScript.

`install_pages(app)` adds them to an application whose `state.service` is a `Service`.
"""

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from serving.pages import (
    analysis_page,
    case_page,
    decision_page,
    keeping_page,
    review_page,
    session_pages,
    worklist_page,
)
from serving.pages.error_pages import show_error
from serving.pages.rendering import STATIC
from serving.pages.text_forms import note_typed

router = APIRouter(include_in_schema=False, dependencies=[Depends(note_typed)])
for page in (
    session_pages,
    worklist_page,
    case_page,
    review_page,
    decision_page,
    keeping_page,
    analysis_page,
):
    router.include_router(page.router)


def install_pages(app: FastAPI) -> None:
    """Add the pages, their style sheets and their error pages."""
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.error_page = show_error


__all__ = ["install_pages", "router"]
