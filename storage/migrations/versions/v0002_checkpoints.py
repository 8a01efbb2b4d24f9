"""Promoted checkpoints, the one in use, what each learnt from, and the lease of a retraining."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def _person(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return sa.Column("person_id", sa.BigInteger), sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=f"fk_{table}_person_id", ondelete="SET NULL"
    )


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("parent", sa.Integer),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("blob", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("metrics", sa.JSON, nullable=False),
        sa.Column("fingerprint", sa.String(200), nullable=False),
        sa.Column("corrections", sa.BigInteger, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_checkpoints"),
        sa.ForeignKeyConstraint(["parent"], ["checkpoints.version"], name="fk_checkpoints_parent"),
        *_person("checkpoints"),
    )
    op.create_table(
        "lessons",
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("folded", sa.String(255), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("version", "folded", name="pk_lessons"),
        sa.ForeignKeyConstraint(
            ["version"], ["checkpoints.version"], name="fk_lessons_version", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_lessons_folded", "lessons", ["folded"])
    op.create_table(
        "active_checkpoint",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer),
        sa.Column("changes", sa.BigInteger, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_active_checkpoint"),
        sa.CheckConstraint("id = 1", name=op.f("ck_active_checkpoint_one_row")),
        sa.ForeignKeyConstraint(
            ["version"], ["checkpoints.version"], name="fk_active_checkpoint_version"
        ),
        *_person("active_checkpoint"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.String(100)),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("expires", MOMENT, nullable=False),
        sa.Column("stage", sa.String(100), nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
        *_person("leases"),
    )
    for table in ("checkpoints", "active_checkpoint", "leases"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
