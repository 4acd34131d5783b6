"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from exports.exporter import ExportError

_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
"""Temporary files and folders are private; what is exported is for others to read."""


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Make the file at ``path`` from what ``write`` writes, or leave things as they were.

    Writes to a temporary name in the same folder, then renames. Raises
    :class:`ExportError` when the folder does not exist or cannot be written, and when there
    is a folder of that name.
    """
    if path.is_dir():
        raise ExportError(str(path), "there is a folder of this name", "name a file in it")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _closed(path, "file", error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(_FILE_MODE)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole_text(path: Path, text: str) -> None:
    """:func:`write_whole` of a text, as UTF-8."""
    write_whole(path, lambda out: out.writelines((text.encode(),)))


def write_whole_folder(path: Path, write: Callable[[Path], None], *, marker: str) -> None:
    """Make the folder at ``path`` from what ``write`` puts into it, or leave things as they were.

    An earlier folder is replaced when it holds a file called ``marker``, which every export
    of the kind has, and no file with an ending that the new one does not use, or nothing.
    Raises :class:`ExportError` when it holds something else, and when nothing can be made
    there.
    """
    if path.is_dir():
        if any(path.iterdir()) and not (path / marker).is_file():
            reason = f"the folder holds something else (there is no {marker} in it)"
            raise ExportError(str(path), reason, "name a new folder")
    elif path.is_symlink() and not path.exists():
        raise ExportError(str(path), "it is a link that leads nowhere", "name a new folder")
    elif path.exists():
        raise ExportError(str(path), "there is a file of this name", "name a new folder")
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise _closed(path, "folder", error) from error
    try:
        made = temporary / "new"
        made.mkdir()
        write(made)
        for each in made.rglob("*"):
            each.chmod(_FOLDER_MODE if each.is_dir() else _FILE_MODE)
        made.chmod(_FOLDER_MODE)
        if path.exists():
            _refuse_foreign(path, made)
            path.replace(temporary / "old")  # a folder that is not empty cannot be renamed over
        made.replace(path)
    finally:
        if (temporary / "old").exists() and not path.exists():
            (temporary / "old").replace(path)
        shutil.rmtree(temporary, ignore_errors=True)


def _refuse_foreign(earlier: Path, made: Path) -> None:
    """Raise :class:`ExportError` naming a file that no export can have put there."""
    names = {each.relative_to(made) for each in made.rglob("*")}
    endings = {name.suffix for name in names}
    for each in sorted(earlier.rglob("*")):
        name = each.relative_to(earlier)
        if name not in names and not each.is_dir() and name.suffix not in endings:
            reason = f"the folder holds something else ({name.as_posix()})"
            raise ExportError(str(earlier), reason, "move it away, or name a new folder")


def _closed(path: Path, kind: str, error: OSError) -> ExportError:
    return ExportError(
        str(path),
        f"no {kind} can be made there ({error.strerror})",
        "name one in a folder that is there and that you may write to",
    )
