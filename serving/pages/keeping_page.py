"""A page with text in another language or with another measure ticked, and the text still there.

Buttons of such a page send the whole form here, so that nothing has to be kept in an address or in
the browser; the page that comes back holds the text.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from serving.drafts import drop_drafts, keep_draft
from serving.grounds import check_length
from serving.pages.asking import FormSentNow, Text
from serving.pages.comeback import AGAIN, earlier_told
from serving.pages.rendering import Asked, is_language
from serving.pages.session_pages import home_of
from serving.pages.text_forms import SWITCH, page_of, text_form_at, typed_of

router = APIRouter()


@router.post(SWITCH)
def post_language(asked: FormSentNow, choose: Text = "", again: Text = "") -> Response:
    """The page of the form, with all that was typed; `choose` is a card's measure.

    Raises:
        ServiceError: the text cannot be kept; the page that says so shows it.
    """
    service, typed = asked.service, typed_of(asked.request)
    if typed is None:
        return RedirectResponse(home_of(asked.person), 303)
    fields = {**typed.fields, **({"measure": choose} if choose else {})}
    told = earlier_told(asked, typed.form) if again else ()
    account = asked.person.account_id
    if not keep_draft(service.store, account, typed.form, fields, service.now(), told):
        check_length(typed.text)
    return RedirectResponse(_address(asked, typed.form), 303)


def _address(asked: Asked, form: str) -> str:
    lang = asked.request.query_params.get("lang", "")
    return f"{page_of(form)}?{AGAIN}=1" + (f"&lang={lang}" if is_language(lang) else "")


@router.post("/drafts/discarded")
def post_discarded(asked: FormSentNow, form: Text = "") -> Response:
    """Throw a kept text away; the page of its form, without it."""
    if text_form_at(form) is None:
        return RedirectResponse(home_of(asked.person), 303)
    drop_drafts(asked.service.store, asked.person.account_id, (form,))
    return RedirectResponse(page_of(form), 303)
