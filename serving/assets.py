"""Copy the page's assets from node_modules into serving/static/vendor.

Run after ``npm ci --ignore-scripts`` as ``python -m serving.assets``. The vendor folder is
git-ignored and optional: without it the pages keep the project's own style sheet and work the same.

The style sheet of govuk-frontend is MIT, its typeface and crown are not ours to use: the font faces
are cut out, and each rule that names the typeface takes the font of ``app.css`` instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
STYLE_SHEET = "govuk-frontend.min.css"
MANIFEST = "manifest.json"
_FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")


class AssetsMissingError(Exception):
    """The npm packages are not installed, so there is nothing to copy."""

    exit_code = 1

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder.name}/govuk-frontend is not there. Run: npm ci --ignore-scripts. "
            "The pages work without it, in the plainer style of app.css."
        )


def without_foreign_font(css: str) -> str:
    """Return the style sheet without the licensed typeface, using the page's own font.

    >>> without_foreign_font("@font-face{src:url(/x)}a{font-family:GDS Transport,arial,sans-serif}")
    'a{font-family:var(--chora-font)}'
    """
    css = _SOURCE_MAP.sub("", _FONT_FACE.sub("", css))
    css = css.replace("GDS Transport,arial,sans-serif", "var(--chora-font)")
    return css.replace('"GDS Transport",arial,sans-serif', "var(--chora-font)")


def integrity_of(content: bytes) -> str:
    """Return the subresource-integrity value (sha384) of some bytes."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def copy_assets(node_modules: Path, vendor: Path) -> dict[str, str]:
    """Write the vendor folder and return file name -> integrity value.

    Raises AssetsMissingError where npm has not installed the packages.
    """
    package = node_modules / "govuk-frontend"
    source = package / "dist" / "govuk" / STYLE_SHEET
    if not source.is_file():
        raise AssetsMissingError(node_modules)
    vendor.mkdir(parents=True, exist_ok=True)
    css = without_foreign_font(source.read_text(encoding="utf-8")).encode()
    (vendor / STYLE_SHEET).write_bytes(css)
    for licence in sorted(package.glob("LICENSE*")):
        (vendor / f"govuk-frontend.{licence.name}").write_bytes(licence.read_bytes())
    manifest = {STYLE_SHEET: integrity_of(css)}
    (vendor / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


def load_manifest(vendor: Path) -> dict[str, str]:
    """Return file name -> integrity of the vendor files that are there (empty where none are)."""
    path = vendor / MANIFEST
    if not path.is_file():
        return {}
    listed: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {name: value for name, value in listed.items() if (vendor / name).is_file()}


def main() -> int:
    """Copy the assets and tell what was written; exit 1 with a sentence where npm was not run."""
    try:
        written = copy_assets(HERE.parent / "node_modules", HERE / "static" / "vendor")
    except AssetsMissingError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code
    sys.stdout.write(f"serving/static/vendor: {', '.join(written)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
