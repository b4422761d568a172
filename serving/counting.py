"""Counts each request under its route's template, so that no path ever enters a metric."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.metrics import Metrics


class CountRequests:
    """Counts answers and their seconds; an address without a route counts as `unrouted`."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and count its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500
        begun = perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        finally:
            route = template_of(scope)
            self.metrics.requests.labels(route, _method(scope), str(status)).inc()
            self.metrics.seconds.labels(route).observe(perf_counter() - begun)


def template_of(scope: Scope) -> str:
    """The template of the route that answered, such as /api/v1/cases/{case_id}."""
    return str(getattr(scope.get("route"), "path_format", "unrouted"))


def _method(scope: Scope) -> str:
    method = str(scope["method"])
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "other"
