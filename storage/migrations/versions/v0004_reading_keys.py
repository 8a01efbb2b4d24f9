"""How the key of a vote's name was made: votes that are there, and those from a file, get that of
what the network reads when the bot opens them (`storage.rekeying`)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    keyed = sa.Column("keyed", sa.Integer, nullable=False, server_default="0")
    op.add_column("corrections", keyed)
