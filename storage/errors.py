"""All that storage can refuse: one tree, each error one sentence that a person can act on.

StorageError
├── DatabaseError               the database cannot be used
│   ├── BadAddress              its URL makes no sense
│   ├── DriverMissing           the package that talks to it is not installed
│   ├── DatabaseMissing         there is none, and none was to be made
│   ├── DatabaseUnreachable     the file cannot be opened, the server does not answer
│   ├── DatabaseLocked          somebody else has been writing for too long
│   ├── DatabaseFull            the disk is full
│   ├── DatabaseReadOnly
│   ├── DatabaseDamaged
│   ├── NotADatabase
│   ├── NewerSchema             a newer Whence wrote it
│   └── DatabaseRefused         anything else, in the driver's words
├── InvalidText                 no database would take that text or number
├── VersionError
│   ├── VersionMissing       there is no such version
│   ├── VersionDamaged       its bytes are not those that were stored
│   └── VersionSuperseded    another one was put into use meanwhile
├── LeaseLost                   somebody else has taken over
└── BackupRefused
"""

# Their names say what is the matter; that they are errors stands in the tree.
# ruff: noqa: N818

from __future__ import annotations


class StorageError(Exception):
    """Something was not read or not written; the message says what, and what to do."""


class DatabaseError(StorageError): ...


class BadAddress(DatabaseError): ...


class DriverMissing(DatabaseError): ...


class DatabaseMissing(DatabaseError): ...


class DatabaseUnreachable(DatabaseError): ...


class DatabaseLocked(DatabaseError): ...


class DatabaseFull(DatabaseError): ...


class DatabaseReadOnly(DatabaseError): ...


class DatabaseDamaged(DatabaseError): ...


class NotADatabase(DatabaseError): ...


class NewerSchema(DatabaseError): ...


class DatabaseRefused(DatabaseError): ...


class InvalidText(StorageError): ...


class VersionError(StorageError): ...


class VersionMissing(VersionError): ...


class VersionDamaged(VersionError): ...


class VersionSuperseded(VersionError): ...


class LeaseLost(StorageError): ...


class BackupRefused(StorageError): ...
