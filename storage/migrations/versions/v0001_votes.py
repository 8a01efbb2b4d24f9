"""Guesses, votes on them, and what admins decide."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
STANDING = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("account_created", MOMENT),
        sa.Column("noticed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "guesses",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("guesses", sa.JSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guesses"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_guesses_person_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("message_id", name="uq_guesses_message_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_guesses_latest", "guesses", ["person_id", "channel_id", "id"])
    op.create_index("ix_guesses_at", "guesses", ["at"])
    op.create_table(
        "corrections",
        sa.Column("id", COUNTER, nullable=False),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("guess_id", COUNTER),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("is_admin", sa.Boolean, nullable=False),
        sa.Column("is_trusted", sa.Boolean, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_corrections_person_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guess_id"], ["guesses.id"], name="fk_corrections_guess_id", ondelete="SET NULL"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_corrections_standing",
        "corrections",
        ["person_id", "folded"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index("ix_corrections_person_id", "corrections", ["person_id"])
    op.create_index("ix_corrections_guess_id", "corrections", ["guess_id"])
    op.create_index("ix_corrections_folded", "corrections", ["folded"])
    op.create_table(
        "reviews",
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("is_approved", sa.Boolean, nullable=False),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("folded", "language", name="pk_reviews"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_reviews_person_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_reviews_person_id", "reviews", ["person_id"])
