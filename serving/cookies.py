"""The session cookie: not readable by scripts, not sent from other sites."""

from fastapi import Response

from serving.security.sessions import KNOWN_AFTER_END
from serving.settings import Settings


def set_session_cookie(response: Response, settings: Settings, token: str) -> None:
    """Hand the session id to the browser until a day after the session's longest end.

    An ended session opens nothing; its id tells for whom to put by what was being typed.
    """
    response.set_cookie(
        settings.cookie_name,
        token,
        max_age=int((settings.session_longest + KNOWN_AFTER_END).total_seconds()),
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )


def clear_session_cookie(response: Response, settings: Settings) -> None:
    """Take the session id from the browser and clear what it may have kept."""
    response.delete_cookie(
        settings.cookie_name,
        path="/",
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
