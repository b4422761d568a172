"""Files and folders for their owner alone, whatever the umask says."""

import os
import stat
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600
OF_OTHERS = 0o077


def make_private_folder(path: Path) -> None:
    """Make the folder, if it is not there, for its owner alone; an existing one stays as it is."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(FOLDER_MODE, exist_ok=True)
    path.chmod(FOLDER_MODE)


def make_private_file(path: Path) -> None:
    """Make an empty file, if there is none, that its owner alone can read and write."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    except FileExistsError:
        return
    os.fchmod(handle, FILE_MODE)
    os.close(handle)


def tighten(path: Path) -> bool:
    """Take from others what they could do with a file or folder; whether they could do anything."""
    if path.is_symlink() or not path.exists():
        return False
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & OF_OTHERS:
        return False
    path.chmod(mode & ~OF_OTHERS)
    return True
