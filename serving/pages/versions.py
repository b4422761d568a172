"""The version that a form was read at, as it stands in a hidden field."""

from __future__ import annotations

import re

from serving.errors import VersionUnreadableError

_VERSION = re.compile(r"[1-9][0-9]{0,8}")


def find_version(text: str) -> int | None:
    """The version that a text says, or None.

    >>> find_version("12"), find_version("²"), find_version("9" * 5000)
    (12, None, None)
    """
    return int(text) if _VERSION.fullmatch(text) else None


def read_version(text: str) -> int | None:
    """The version of a form; None where it says none.

    Raises:
        VersionUnreadableError: it says something else, which must not pass as none.
    """
    version = find_version(text)
    if version is None and text:
        raise VersionUnreadableError
    return version
