"""The folder of a harvest: a file for each decision, named after its address, and a manifest.

``education/school-transport/21-012-067.html`` holds the page as it was received. Beside the
categories, the hidden folder ``.faultlines`` has the manifest, the address of the site, earlier
versions (``versions/PLACE/SHA256.html``) and pages on their way in (``incoming``). What is
noted is on disk first; a process that is killed anywhere leaves no file that is not whole, and
:meth:`Archive.recover` finishes what it had begun.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Self

from graph.harvest.answer import Answer
from graph.harvest.clock import stamp
from graph.harvest.listing import check_decision
from graph.harvest.manifest import Manifest, unreadable
from graph.harvest.page import Page, Received
from graph.harvest.refusal import Redesigned, Unusable
from graph.harvest.site import Site
from graph.sources.harvested import HIDDEN, SITE
from graph.sources.raw import fingerprint

ENDING = ".html"


class Archive:
    """One folder, locked while it is open; a context manager.

    Raises :class:`~graph.harvest.refusal.Unusable` when the folder is of another site.
    """

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder = folder
        self._hidden = folder / HIDDEN
        self._incoming = self._hidden / "incoming"
        self.asked = self._hidden / "asked"
        """A file whose time is that of the last request."""
        known = self._hidden / SITE
        if known.exists() and (held := known.read_text(encoding="utf-8").strip()) != site.base:
            raise Unusable(str(folder), f"it holds decisions of {held}", "give another folder")
        self._incoming.mkdir(parents=True, exist_ok=True)
        self.manifest = Manifest(self._hidden / "manifest.sqlite")
        try:
            if not known.exists():
                self._write(known, f"{site.base}\n".encode())
            self.recover()
        except sqlite3.Error as error:
            self.manifest.close()
            raise unreadable(self._hidden / "manifest.sqlite", error) from error
        except BaseException:
            self.manifest.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.manifest.close()

    def path(self, place: str) -> Path:
        """Where the page of a place stands."""
        return self.folder / f"{place}{ENDING}"

    def holds(self, page: Page) -> bool:
        """Whether the file of a page is what was received."""
        return page.sha256 is not None and _holds(self.path(page.place), page.sha256)

    def recover(self) -> None:
        """Finish what a process that was killed had begun."""
        for page in self.manifest.waiting():
            arrived = self._arrived(page.place)
            if _holds(arrived, page.sha256) or _holds(self.path(page.place), page.sha256):
                self._put(page)
            else:
                self.manifest.drop(page.place)
        for gone in self.manifest.gone():
            self.path(gone.place).unlink(missing_ok=True)
        for left in self._incoming.iterdir():
            left.unlink()

    def keep(self, place: str, answer: Answer, now: str) -> bool:
        """Put a page in its place, and what stood there among the versions.

        Returns whether it is new or other than what was held.
        """
        sha256 = fingerprint(answer.body)
        before = self.manifest.page(place)
        same = before is not None and before.state == "held" and before.sha256 == sha256
        page = Received(place, now, len(answer.body), sha256, answer.etag, answer.last_modified)
        if before is None or not (same and self.holds(before)):
            self._write(self._arrived(place), answer.body)
            self.manifest.receive(page)
            self._put(page)
        else:
            self.manifest.hold(page)
        return not same

    def take_over(self, page: Page) -> bool:
        """Hold the file that stands where a page belongs that was never received.

        Returns whether there is one, with a decision in it: as when the manifest was lost.
        """
        path = self.path(page.place)
        try:
            data, time = path.read_bytes(), stamp(path.stat().st_mtime)
            check_decision(data, str(path), page.place)
        except (FileNotFoundError, Redesigned):
            return False
        self.manifest.hold(Received(page.place, time, len(data), fingerprint(data), None, None))
        return True

    def bury(self, harvest: int, page: Page, status: int, now: str) -> None:
        """Take the page of a decision that is gone out of the folder; its version is kept."""
        if page.sha256:
            self._keep_version(page.place, page.sha256)
        self.manifest.bury(harvest, page, status, now)
        self.path(page.place).unlink(missing_ok=True)

    def _put(self, page: Received) -> None:
        """Put a page that has arrived in its place; done twice, it has the effect of once."""
        before = self.manifest.page(page.place)
        if before and before.state == "held" and before.sha256 not in (None, page.sha256):
            self._keep_version(page.place, str(before.sha256))
        arrived, target = self._arrived(page.place), self.path(page.place)
        if arrived.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            arrived.replace(target)
            _sync_folder(target.parent)
        self.manifest.hold(page)

    def _keep_version(self, place: str, sha256: str) -> None:
        """Keep the page that stands in a place, when it is the one noted."""
        kept = self._hidden / "versions" / place / f"{sha256}{ENDING}"
        if kept.exists() or not _holds(self.path(place), sha256):
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(self.path(place), kept)
        except OSError:  # no hard links here
            part = kept.with_suffix(".part")
            shutil.copyfile(self.path(place), part)
            part.replace(kept)

    def _arrived(self, place: str) -> Path:
        return self._incoming / f"{fingerprint(place.encode())}{ENDING}"

    def _write(self, path: Path, data: bytes) -> None:
        """A file that is on disk whole, or not there."""
        part = path.with_suffix(".part")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)


def site_of(folder: Path) -> Site:
    """The site whose decisions a folder holds."""
    return Site.of((folder / HIDDEN / SITE).read_text(encoding="utf-8").strip())


def exists(folder: Path) -> bool:
    """Whether a folder has a manifest."""
    return (folder / HIDDEN / "manifest.sqlite").is_file()


def _holds(path: Path, sha256: str) -> bool:
    try:
        return fingerprint(path.read_bytes()) == sha256
    except OSError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
