"""A part of the sources, read on any machine: files of a location in, N-Quads and Parquet out.

Locations are those of fsspec (https://filesystem-spec.readthedocs.io): a path, ``s3://...``,
``abfs://...`` and so on. What a partition gives stands in two files of the location that it is
written to: the statements as N-Quads, which any store loads, and the ledger's part as Parquet.
The same sources give the same bytes, so a partition that is read twice because a machine was
lost does no harm.
"""

from __future__ import annotations

import json
import posixpath
import socket
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.addition import Addition
from graph.batch import Batch, read_batch
from graph.entry import NAMES, Entry
from graph.errors import StoreError
from graph.facts import Fact
from graph.full_text import Words
from graph.sources.harvested import HIDDEN, SITE, fetched_from, site
from graph.sources.raw import RawDocument, Unreadable
from graph.sources.saved import parts_of_pages
from graph.sources.source import Known, printable, read_stream, root, shown
from graph.version import VERSION

BYTES = 5_000_000
"""Source bytes of a partition: some seconds of reading."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file in a location."""

    name: str
    """As :class:`graph.sources.raw.RawDocument` has it."""
    address: str
    """As fsspec opens it."""
    root: str
    size: int
    """Bytes."""
    site: str | None = None
    """Address of the site whose decisions the location holds, when it is such a one."""


@dataclass(frozen=True, slots=True)
class Partition:
    """What became of some files."""

    documents: tuple[RawDocument | Unreadable, ...]
    """Every decision found, without its text, and every file that could not be read, in order."""
    rejected: tuple[Unreadable, ...]
    """Documents that are no decisions."""
    address: str
    """Where what was read stands, to which ``.nq`` and ``.parquet`` are added; "" for nothing."""


def source_files(location: str) -> Iterator[SourceFile | Unreadable]:
    """The files of a location by name; hidden ones and parts of saved pages are skipped."""
    from fsspec.core import url_to_fs

    given, name = root(location), shown(location)
    try:
        system, path = url_to_fs(location)
        found: list[dict[str, Any]] = sorted(
            system.find(path, detail=True).values(), key=lambda one: str(one["name"])
        )
        single = system.isfile(path)
    except (OSError, ValueError, ImportError) as error:
        advice = "check the address, and that what fsspec needs for it is installed"
        yield Unreadable(name, f"cannot be opened ({error})", advice, given)
        return
    if not single:
        inside_of = {posixpath.relpath(one["name"], path): one for one in found}
        parts = parts_of_pages(inside_of)
        found = [
            one
            for inside, one in inside_of.items()
            if not _is_hidden(inside) and inside not in parts
        ]
    if not found:
        yield Unreadable(name, "there are no files", "check the address", given)
        return
    try:
        harvested = None if single else site(system.cat_file(posixpath.join(path, HIDDEN, SITE)))
    except OSError:
        harvested = None
    for one in found:
        inside = posixpath.relpath(one["name"], path)
        address = system.unstrip_protocol(one["name"])
        size = one["size"] or 0
        yield SourceFile(name if single else printable(inside), address, given, size, harvested)


def _is_hidden(inside: str) -> bool:
    return any(step.startswith(".") for step in inside.split("/"))


def partitions(files: Iterable[SourceFile]) -> Iterator[list[SourceFile]]:
    """Files in order, in groups of about :data:`BYTES`."""
    group: list[SourceFile] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if size >= BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def read_partition(
    files: Sequence[SourceFile],
    known: Collection[tuple[str, str]],
    version: str,
    address: str,
) -> Partition:
    """What is in ``files``, of which (name, hash) pairs that are ``known`` are not read.

    Two files are written, ``address`` with ``.nq`` and with ``.parquet`` at the end, unless
    nothing is to be read. Raises :class:`~graph.errors.StoreError` where another version of this
    software is to read them.
    """
    if version != VERSION:
        reason = f"this worker has version {VERSION}, the build has {version}"
        raise StoreError(socket.gethostname(), reason, "install the same version on both")
    found: list[RawDocument | Unreadable] = []
    unread: list[RawDocument] = []
    for file in files:
        for one in _opened(file, known):
            if isinstance(one, RawDocument) and (one.name, one.sha256) not in known:
                unread.append(one)
            found.append(replace(one, text="") if isinstance(one, RawDocument) else one)
    if not unread:
        return Partition(tuple(found), (), "")
    with TemporaryDirectory() as folder:
        batch = read_batch(unread, version, Path(folder) / "quads.nq")
        _write(address, batch)
    return Partition(tuple(found), batch.rejected, address)


def fetched(address: str, quads: Path) -> Batch:
    """What a partition gave, its statements in the file ``quads``.

    Raises :class:`~graph.errors.StoreError` when it is no longer there.
    """
    import pyarrow.parquet as pq
    from fsspec.core import open as open_file
    from fsspec.core import url_to_fs

    try:
        system, path = url_to_fs(f"{address}.nq")
        system.get_file(path, str(quads))
        with open_file(f"{address}.parquet", "rb") as stream:
            rows = pq.read_table(stream).to_pylist()
    except OSError as error:
        reason = f"a part of what was read cannot be had again ({error})"
        raise StoreError(
            address, reason, "see that the workers' location stays readable"
        ) from error
    return Batch(tuple(map(_addition, rows)), (), quads)


def _opened(file: SourceFile, known: Known) -> Iterator[RawDocument | Unreadable]:
    from fsspec.core import open as open_file

    try:
        with open_file(file.address, "rb") as stream:
            for one in read_stream(file.name, stream, posixpath.splitext(file.name)[1], known):
                yield fetched_from(file.site, file.name, replace(one, root=file.root))
    except OSError as error:
        advice = "check that the workers may read it"
        yield Unreadable(file.name, f"cannot be opened ({error})", advice, file.root)


def _write(address: str, batch: Batch) -> None:
    """Both files of a partition, the Parquet last: where it stands, the other is whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from fsspec.core import open as open_file
    from fsspec.core import url_to_fs

    system, path = url_to_fs(f"{address}.nq")
    system.makedirs(posixpath.dirname(path), exist_ok=True)
    system.put_file(str(batch.quads), path)
    table = pa.Table.from_pylist([_row(each) for each in batch.additions], _schema())
    with open_file(f"{address}.parquet", "wb") as stream:
        pq.write_table(table, stream, compression="zstd")


def _schema() -> Any:
    import pyarrow as pa

    texts = (*NAMES, "facts", "named", "text", "counts", "gaps")
    return pa.schema([(name, pa.string()) for name in texts])


def _row(added: Addition) -> dict[str, str | None]:
    return {
        **dict(zip(NAMES, added.entry.values(), strict=True)),
        "facts": json.dumps(added.facts),
        "named": added.words.named,
        "text": added.words.text,
        "counts": json.dumps(added.counts),
        "gaps": json.dumps(added.gaps),
    }


def _addition(row: dict[str, str]) -> Addition:
    return Addition(
        entry=Entry(*(row[name] for name in NAMES)),
        facts=tuple(Fact(*values) for values in json.loads(row["facts"])),
        words=Words(row["named"], row["text"]),
        counts=json.loads(row["counts"]),
        gaps=json.loads(row["gaps"]),
    )
