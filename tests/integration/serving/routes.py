"""Every address that the running application answers, flattened out of its routers and mounts."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts

API = "/api/v1/"


@dataclass(frozen=True)
class Address:
    """One method at one path; a mount answers every method."""

    method: str
    path: str
    name: str
    route: RouteContext

    @property
    def family(self) -> str:
        """API or pages: a name stands once in each."""
        return "api" if self.path.startswith(API) else "pages"


def addresses(app: FastAPI) -> Iterator[Address]:
    """Each method of each route, in the order in which they are asked."""
    for found in iter_route_contexts(app.routes):
        path = found.path_format or found.path or ""
        for method in sorted(found.methods or {"*"}):
            yield Address(method, path, found.name or "", found)
