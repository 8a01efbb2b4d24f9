"""What each server's admins have chosen for it, and what they decided about its votes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "servers",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("channels", sa.JSON, nullable=False),
        sa.Column("prefix", sa.String(10)),
        sa.Column("has_buttons", sa.Boolean, nullable=False),
        sa.Column("pause", sa.Integer),
        sa.Column("votes_needed", sa.Integer),
        sa.Column("trusted_needed", sa.Integer),
        sa.Column("trusted_roles", sa.JSON, nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
        sa.Column("changes", sa.BigInteger, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_servers"),
    )
    op.create_table(
        "server_reviews",
        sa.Column("guild_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("is_approved", sa.Boolean, nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "folded", "language", name="pk_server_reviews"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_server_reviews_person_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_server_reviews_folded", "server_reviews", ["folded"])
    op.create_index("ix_server_reviews_person_id", "server_reviews", ["person_id"])
