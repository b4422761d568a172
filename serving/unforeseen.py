"""An error that nobody foresaw: answered in one sentence, logged by its place and never its words.

Starlette would answer such an error and then raise it again, and the server would log its whole
text, in which a driver or a library may repeat what a person typed. Here it ends: the log says the
class of the error and of those that led to it, and the lines of this program it came through.
"""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("chora.serving")
ROOT = Path(__file__).resolve().parents[1]
DEEPEST = 12  # lines of the program that are told, the last ones


class EndUnforeseen:
    """Answers what no handler knew; an answer that had begun is cut off, as it must be."""

    def __init__(self, app: ASGIApp, answer: Callable[[Request, Exception], Response]) -> None:
        self.app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; log and answer what comes back as an error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception as error:
            log.error("unforeseen_error %s", place_of(error))
            if has_begun:
                raise ConnectionAbortedError from None
            await self._answer(Request(scope), error)(scope, receive, send)


def place_of(error: BaseException) -> str:
    """Classes of an error and its causes, and the lines of this program that it came through."""
    classes: list[str] = []
    found: BaseException | None = error
    while found is not None and len(classes) < DEEPEST:
        classes.append(type(found).__name__)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{path}:{frame.lineno}" for frame in frames if (path := _own_path(frame.filename))]
    return f"{' < '.join(classes)} at {' '.join(lines[-DEEPEST:]) or 'no line of ours'}"


def _own_path(filename: str) -> Path | None:
    """The file below this program's folder; None for libraries, also those installed in it."""
    path = Path(filename)
    if "site-packages" in path.parts or not path.is_relative_to(ROOT):
        return None
    return path.relative_to(ROOT)
