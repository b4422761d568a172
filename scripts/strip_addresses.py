"""Take download addresses out of the locks: a version and a hash say all that is needed."""

import json
import sys
from pathlib import Path


def strip_package_lock(path: Path) -> None:
    """Remove `resolved` from every package of an npm lock."""
    lock = json.loads(path.read_text())
    for package in lock["packages"].values():
        package.pop("resolved", None)
    path.write_text(json.dumps(lock, indent=2) + "\n")


def strip_requirements(path: Path) -> None:
    """Remove index and find-links lines from a requirements file."""
    lines = path.read_text().splitlines()
    kept = [line for line in lines if not line.startswith(("--", "-i ", "-f ", "#"))]
    path.write_text("\n".join(kept) + "\n")


def main() -> None:
    """Strip each file that is named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name)
        (strip_package_lock if path.suffix == ".json" else strip_requirements)(path)


if __name__ == "__main__":
    main()
