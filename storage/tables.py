"""The tables. Every person's trace hangs on their row in `people`: deleting it deletes their
guesses and votes, and takes their id off all that stays."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.records import FOLDED_LENGTH, LANGUAGE_LENGTH, NAME_LENGTH, PREFIX_LENGTH


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone: kept in UTC, given back in UTC; one without is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} does not say its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# SQLite counts up only in a column that it calls INTEGER; it holds 64 bits all the same.
Counter = BigInteger().with_variant(Integer, "sqlite")

CountedId = Annotated[int, mapped_column(Counter, primary_key=True)]
PersonOrNobody = Annotated[
    int | None, mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
]
Folded = Annotated[str, mapped_column(String(FOLDED_LENGTH))]
NameText = Annotated[str, mapped_column(String(NAME_LENGTH))]
Language = Annotated[str, mapped_column(String(LANGUAGE_LENGTH))]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: BigInteger,
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class PersonRow(Base):
    """Somebody who asked or voted. `noticed_at`: when they were told what votes are for."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[NameText]
    account_created: Mapped[datetime | None]
    noticed_at: Mapped[datetime | None]


class GuessRow(Base):
    """An answer that was given, so that it can be corrected; deleted after a while."""

    __tablename__ = "guesses"
    # An id is never used twice: old messages carry it in their buttons.
    __table_args__ = (
        Index("ix_guesses_latest", "person_id", "channel_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    guild_id: Mapped[int | None]
    channel_id: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(unique=True)
    name: Mapped[NameText]
    folded: Mapped[Folded]
    guesses: Mapped[list[Any]]
    at: Mapped[datetime] = mapped_column(index=True)


class CorrectionRow(Base):
    """A vote. A person has one standing vote a name; those that it replaced stay for undoing."""

    __tablename__ = "corrections"
    __table_args__ = (
        Index(
            "uq_corrections_standing",
            "person_id",
            "folded",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[CountedId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    guess_id: Mapped[int | None] = mapped_column(
        Counter, ForeignKey("guesses.id", ondelete="SET NULL"), index=True
    )
    guild_id: Mapped[int | None]
    folded: Mapped[Folded] = mapped_column(index=True)
    name: Mapped[NameText]
    language: Mapped[Language]
    is_admin: Mapped[bool]
    is_trusted: Mapped[bool]
    at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    keyed: Mapped[int] = mapped_column(Integer, server_default="0")


class Review(Base):
    """What an admin decided about a language for a name; the last word counts."""

    __abstract__ = True

    folded: Mapped[Folded] = mapped_column(primary_key=True)
    language: Mapped[Language] = mapped_column(primary_key=True)
    is_approved: Mapped[bool]
    person_id: Mapped[PersonOrNobody]
    at: Mapped[datetime]


class ReviewRow(Review):
    """One of the network's admins."""

    __tablename__ = "reviews"


class ServerReviewRow(Review):
    """One of a server's admins, about the votes that were given in it."""

    __tablename__ = "server_reviews"
    __table_args__ = (Index("ix_server_reviews_folded", "folded"),)

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


REVIEWS: tuple[type[Review], ...] = (ReviewRow, ServerReviewRow)


class CheckpointRow(Base):
    """A promoted network: its bytes and how it came about. No parent: it grew from the one
    that ships. `corrections`: how many it learnt from."""

    __tablename__ = "checkpoints"

    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    parent: Mapped[int | None] = mapped_column(Integer, ForeignKey("checkpoints.version"))
    kind: Mapped[str] = mapped_column(String(20))
    blob: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    metrics: Mapped[dict[str, Any]]
    fingerprint: Mapped[str] = mapped_column(String(200))
    corrections: Mapped[int]
    person_id: Mapped[PersonOrNobody]
    at: Mapped[datetime]


class LessonRow(Base):
    """A correction that a checkpoint learnt from."""

    __tablename__ = "lessons"

    version: Mapped[int] = mapped_column(
        Integer, ForeignKey("checkpoints.version", ondelete="CASCADE"), primary_key=True
    )
    folded: Mapped[Folded] = mapped_column(primary_key=True, index=True)
    language: Mapped[Language]


class LeftOutRow(Base):
    """A correction that a checkpoint did not learn, since with it the gate refused."""

    __tablename__ = "left_out"

    version: Mapped[int] = mapped_column(
        Integer, ForeignKey("checkpoints.version", ondelete="CASCADE"), primary_key=True
    )
    folded: Mapped[Folded] = mapped_column(primary_key=True, index=True)
    language: Mapped[Language]


class ActiveCheckpointRow(Base):
    """The one row that says which checkpoint serves; no version: the one that ships.
    `changes` counts, so that who looks in now and then misses none."""

    __tablename__ = "active_checkpoint"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int | None] = mapped_column(Integer, ForeignKey("checkpoints.version"))
    changes: Mapped[int]
    person_id: Mapped[PersonOrNobody]
    at: Mapped[datetime]


class LeaseRow(Base):
    """The right to do something alone until `expires`. Every holder gets a higher `fence`."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(50), primary_key=True)
    fence: Mapped[int]
    holder: Mapped[str | None] = mapped_column(String(100))
    person_id: Mapped[PersonOrNobody]
    began: Mapped[datetime]
    expires: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(100))
    progress: Mapped[float] = mapped_column(Float)


class RetrainingNoticeRow(Base):
    """Who waits for a retraining's outcome (known by its fence), and where; `outcome` is what is
    to be told, once that is known."""

    __tablename__ = "retraining_notices"

    fence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    channel_id: Mapped[int]
    message_id: Mapped[int]
    person_id: Mapped[PersonOrNobody]
    outcome: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime]


class ServerRow(Base):
    """What a server's admins have chosen for it; nothing: as everywhere. `changes` counts, so that
    who looks in now and then misses none."""

    __tablename__ = "servers"

    guild_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channels: Mapped[list[Any]]
    prefix: Mapped[str | None] = mapped_column(String(PREFIX_LENGTH))
    has_buttons: Mapped[bool]
    pause: Mapped[int | None] = mapped_column(Integer)
    votes_needed: Mapped[int | None] = mapped_column(Integer)
    trusted_needed: Mapped[int | None] = mapped_column(Integer)
    trusted_roles: Mapped[list[Any]]
    languages: Mapped[list[Any]]
    words: Mapped[list[Any]]
    changes: Mapped[int]
    at: Mapped[datetime]
