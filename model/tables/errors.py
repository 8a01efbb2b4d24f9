"""What can go wrong with a table, as sentences."""

from __future__ import annotations


class TableError(Exception):
    """A table cannot be read or written; the message is a sentence saying why, and what to do."""
