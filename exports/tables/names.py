"""Names of tables and columns that no reader trips over.

Kinds and attributes may come from foreign vocabularies, with any characters. Table names
are resource names of Data Package v1 (https://specs.frictionlessdata.io/data-resource/#name)
and file names everywhere; names of columns keep the letters of all scripts. Both are unique
whatever their case, as SQLite, DuckDB and Windows read them. What a name stood for is told
in the table's title and the column's description.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 48
"""Characters of a name before a number that makes it unique; PostgreSQL reads 63 bytes."""

_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
"""What Windows takes for a device, whatever the ending
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""


class Names:
    """Hands out names, none twice, whatever their case."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}

    def table(self, kind: str) -> str:
        """A name in snake_case of ASCII letters and digits: ``complaint_part``."""
        plain = unicodedata.normalize("NFKD", kind).encode("ascii", "ignore").decode().lower()
        name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_LONGEST].strip("_")
        if not name or name[0].isdigit() or name in _RESERVED or name.startswith("sqlite_"):
            name = f"kind_{name}".rstrip("_")
        return self._unique(name)

    def column(self, attribute: str) -> str:
        """The attribute's name with an underscore for all that is no letter and no digit."""
        plain = unicodedata.normalize("NFKC", attribute)
        name = re.sub(r"\W+", "_", plain)[:_LONGEST].strip("_")
        return self._unique(name or "attribute")

    def sheet(self, table: str, longest: int) -> str:
        """The name of a table's next sheet: ``link``, then ``link 2``."""
        return self._unique(table, " ", longest)

    def _unique(self, name: str, before: str = "_", longest: int = _LONGEST + 8) -> str:
        found, number = name[:longest], 2
        while found.casefold() in self._taken:
            ending = f"{before}{number}"
            found, number = name[: longest - len(ending)] + ending, number + 1
        self._taken.add(found.casefold())
        return found
