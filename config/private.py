"""Files and folders that hold personal data, for the owner of the service alone.

The modes are set on what is there already too: an installation of before gets narrower when it
starts. What is not ours to change (a folder of another user) is left as it is.
"""

import contextlib
import os
from pathlib import Path


def private_folder(path: Path) -> None:
    """Make the folder with mode 0700, or give it that mode."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _narrow(path, 0o700)


def private_file(path: Path) -> None:
    """Make the empty file with mode 0600, or give it that mode.

    SQLite takes an empty file for an empty database, and gives the files beside it (-wal, -shm)
    the mode of the database.
    """
    if not path.parent.is_dir():
        return  # SQLite will say so, in better words
    with contextlib.suppress(FileExistsError, PermissionError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _narrow(path, 0o600)


def _narrow(path: Path, mode: int) -> None:
    with contextlib.suppress(PermissionError):
        if path.stat().st_mode & 0o077:
            path.chmod(mode)
