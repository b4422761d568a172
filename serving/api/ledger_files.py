"""The ledger's public files in C2SP form, for auditors and witnesses: no personal data in them."""

from pathlib import Path as FilePath

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from ledger.tiles import parse_path
from serving.dependencies import ServiceNow

router = APIRouter(prefix="/ledger", tags=["ledger"])
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_NEVER = {"Cache-Control": "no-cache"}


@router.get("/checkpoint")
def get_checkpoint(service: ServiceNow) -> Response:
    """The signed size and root (C2SP tlog-checkpoint)."""
    return _file(service.settings.ledger_folder / "checkpoint", "text/plain", _NEVER)


@router.get("/key.pub")
def get_key(service: ServiceNow) -> Response:
    """The public key of the checkpoint's signature (C2SP signed-note verifier key)."""
    return _file(service.settings.ledger_folder / "key.pub", "text/plain", _NEVER)


@router.get("/tile/{path:path}")
def get_tile(service: ServiceNow, path: str) -> Response:
    """A tile of hashes, or a bundle of entries under entries/ (C2SP tlog-tiles)."""
    tile = parse_path(f"tile/{path}")
    if tile is None:
        raise HTTPException(404)
    return _file(service.settings.ledger_folder / tile.path, "application/octet-stream", _FOREVER)


def _file(path: FilePath, media_type: str, headers: dict[str, str]) -> Response:
    if not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, media_type=media_type, headers=headers)
