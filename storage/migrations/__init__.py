"""The steps from an empty database to today's tables, one file a version.

A new one: `alembic revision --autogenerate` is not needed for a table or two; write the next
file beside the others, raise HEAD, and keep a test's file of the version before."""

HEAD = "0006"
LOCATION = "storage:migrations"
