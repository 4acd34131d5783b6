"""The version of the software, kept in one place: ``pyproject.toml`` reads it from here.

It is part of every record's provenance; a build reads a decision again when the version
that read it has changed.
"""

VERSION = "0.1.0"
