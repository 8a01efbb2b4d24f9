"""What waits for an admin, and what becomes of some names: found by a query, so that what has been
learnt or decided, by and by nearly everything, is neither read nor judged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from storage import corrections, reviews, servers, tables, versions
from storage.agreement import Judgement, Rule, judge
from storage.connection.batches import batches
from storage.records import Vote

MANY = 5000  # names, from which on reading everything takes less time than looking them up


def judgements(
    session: Session,
    rule: Rule,
    *,
    known: Collection[str] | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> tuple[Judgement, ...]:
    """What the rule says of the names that wait, the oldest first: those that no admin has decided
    about, and of which nothing has been learnt that everybody says. As in `reviews.judgements`."""
    names = {*session.scalars(_names(version))}
    return tuple(
        judgement
        for judgement in _judged(session, names, rule, known=known, version=version, now=now)
        if judgement.folded in names and judgement.is_waiting and not judgement.is_reviewed
    )


def of_names(
    session: Session,
    names: Collection[str],
    rule: Rule,
    *,
    known: Collection[str] | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> tuple[Judgement, ...]:
    """What the rule says of certain (folded) names, the oldest first, as in `reviews.judgements`.
    What else waits is read, too: how much of that a person may have said counts."""
    concerned = {*session.scalars(_names(version)), *names}
    found = _judged(session, concerned, rule, known=known, version=version, now=now)
    return tuple(judgement for judgement in found if judgement.folded in {*names})


def _judged(
    session: Session,
    names: AbstractSet[str],
    rule: Rule,
    *,
    known: Collection[str] | None,
    version: int | None,
    now: datetime | None,
) -> tuple[Judgement, ...]:
    """These names, and some of those that have to do with them."""
    votes = _votes(session, names, rule)
    concerned = {vote.folded for vote in votes} if len(names) <= MANY else None
    return judge(
        votes,
        reviews.decisions(session, concerned),
        rule=servers.heard(session, rule),
        now=now or datetime.now(UTC),
        learnt=versions.lessons(session, version, concerned),
        known=known,
    )


def _votes(session: Session, names: AbstractSet[str], rule: Rule) -> Sequence[Vote]:
    """What is needed to judge them."""
    if len(names) > MANY:
        return corrections.standing(session)
    votes = corrections.of_names(session, names)
    others = _names_of_busy(session, votes, rule) - names
    return votes + corrections.of_names(session, others)


def _names_of_busy(session: Session, votes: Collection[Vote], rule: Rule) -> set[str]:
    """All that has been voted on by those among the voters who may have given too many votes within
    an hour, which only the others can tell."""
    row = tables.CorrectionRow
    many = (
        select(row.person_id)
        .where(row.replaced_at.is_(None))
        .group_by(row.person_id)
        .having(func.count() > rule.most_votes_per_hour)
    )
    busy = {vote.person.id for vote in votes}.intersection(session.scalars(many))
    said = select(row.folded).where(row.replaced_at.is_(None))
    return {
        folded
        for batch in batches(busy)
        for folded in session.scalars(said.where(row.person_id.in_(batch)))
    }


def _names(version: int | None) -> Select[str]:
    """The folded names that may wait: not all votes on them are rejected, none of them has been
    approved, and what was learnt is not what all of them say."""
    vote, other = tables.CorrectionRow, aliased(tables.CorrectionRow)
    review, lesson = tables.ReviewRow, tables.LessonRow

    def is_on(which: type[tables.CorrectionRow]) -> ColumnElement[bool]:
        return (review.folded == which.folded) & (review.language == which.language)

    stands = other.replaced_at.is_(None)
    is_rejected = exists().where(is_on(vote), review.is_approved.is_(False))
    is_approved = exists().where(
        other.folded == vote.folded,
        stands,
        exists().where(is_on(other), review.is_approved)
        | (other.is_admin & ~exists().where(is_on(other))),
    )
    is_learnt = exists().where(
        lesson.version == version,
        lesson.folded == vote.folded,
        ~exists().where(other.folded == lesson.folded, stands, other.language != lesson.language),
    )
    return (
        select(vote.folded)
        .where(vote.replaced_at.is_(None))
        .where(or_(vote.is_admin, ~is_rejected), ~is_approved, ~is_learnt)
        .distinct()
    )
