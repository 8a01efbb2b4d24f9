"""What admins do about what people have said, and what people take back, in one transaction of the
database's. Whatever has learnt what is no longer agreed goes on serving no longer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import storage
from bot.corrections.values import Decided, Speaker, TakenBack, Undecided, key_of
from bot.errors import RefusedError
from bot.messages import refusals
from storage.agreement import Judgement, Rule
from storage.records import Vote, version_in_words

if TYPE_CHECKING:
    from storage.corrections import Undone
    from storage.database import Session
    from storage.unlearning import Lesson


def waiting(
    session: Session, rule: Rule, known: Collection[str], guild_id: int | None = None
) -> list[Judgement]:
    """The names that no admin has decided about and nothing has been learnt from: those that do
    not count as they stand before those that do, the oldest first. Of a server, those that have
    been voted on there, with these votes alone."""
    version = storage.versions.pointer(session).version
    undecided: Sequence[Judgement] = storage.review_queue.judgements(
        session, rule, known=known, version=version
    )
    if guild_id is not None:
        undecided = _of_server(session, undecided, guild_id)
    return sorted(undecided, key=lambda judgement: judgement.is_agreed)


def _of_server(session: Session, undecided: Sequence[Judgement], guild_id: int) -> list[Judgement]:
    """Without those that its admins have approved, or rejected in every language."""
    decided: dict[str, dict[str, bool]] = defaultdict(dict)
    names = {judgement.folded for judgement in undecided}
    for decision in storage.reviews.decisions(session, names):
        if decision.guild_id == guild_id:
            decided[decision.folded][decision.language] = decision.is_approved
    found = []
    for judgement in undecided:
        words = decided.get(judgement.folded, {})
        votes = tuple(vote for vote in judgement.votes if vote.guild_id == guild_id)
        if {vote.language for vote in votes} - words.keys() and not any(words.values()):
            found.append(replace(judgement, votes=votes))
    return found


def decide(
    session: Session,
    admin: Speaker,
    key: str,
    language: str,
    guild_id: int | None = None,
    *,
    is_approved: bool,
    rule: Rule,
    known: Collection[str],
) -> Decided:
    """An admin's word on a name that people have voted on, or that of a server's admin on the
    votes given there; where the network's admin takes back what was learnt, no version that did
    goes on serving. Raises RefusedError."""
    for folded, name in storage.corrections.said_to_be(session, language, guild_id):
        if key_of(folded) == key:
            is_of_network = guild_id is None
            learnt = storage.unlearning.learnt_of(session, [folded]) if is_of_network else {}
            storage.reviews.decide(
                session,
                admin.person,
                folded,
                language,
                is_approved=is_approved,
                guild_id=guild_id,
            )
            return Decided(name, _retreat(session, learnt, rule, known))
    raise RefusedError(refusals.NO_SUCH_NAME)


def left_out(session: Session, version: int | None) -> list[tuple[str, str, tuple[Vote, ...]]]:
    """Of what a version (None: the one in use) was to learn, and did not: the name, the language,
    and the votes for it, unless an admin has decided about it since."""
    version = storage.versions.pointer(session).version if version is None else version
    found = storage.versions.left_out(session, version) if version is not None else ()
    named = {folded for folded, _ in found}
    decisions = storage.reviews.decisions(session, named)
    decided = {(d.folded, d.language) for d in decisions if d.guild_id is None}
    told = []
    for folded, language in sorted({*found} - decided):
        votes = storage.corrections.of_name(session, folded)
        if said := tuple(vote for vote in votes if vote.language == language):
            told.append((said[0].name, language, said))
    return told


def reject_left_out(session: Session, admin: Speaker, version: int | None) -> int:
    """Rejects all of it; how many that were."""
    found = left_out(session, version)
    for _, language, votes in found:
        folded = votes[0].folded
        storage.reviews.decide(session, admin.person, folded, language, is_approved=False)
    return len(found)


def forget(session: Session, person_id: int, rule: Rule, known: Collection[str]) -> TakenBack:
    """Deletes all that is kept of somebody, and no version that learnt from it goes on serving."""
    learnt = storage.unlearning.learnt_of(session, storage.unlearning.names_of(person_id))
    votes = storage.people.forget(session, person_id)
    return TakenBack(votes, _retreat(session, learnt, rule, known))


def undo_all(
    session: Session,
    person_id: int,
    rule: Rule,
    known: Collection[str],
    guild_id: int | None = None,
) -> TakenBack:
    """Deletes all that somebody has said, anywhere or in a server, and no version that learnt from
    it goes on serving."""
    names = storage.unlearning.names_of(person_id, guild_id)
    learnt = storage.unlearning.learnt_of(session, names)
    votes = storage.corrections.undo_all(session, person_id, guild_id)
    return TakenBack(votes, _retreat(session, learnt, rule, known))


def undo(
    session: Session, person_id: int, rule: Rule, known: Collection[str]
) -> tuple[Undone | Undecided | None, str | None]:
    """Takes back what a person did last, a vote, or a decision as an admin; and no version that
    learnt from it goes on serving: then the second says which one does."""
    decision = storage.reviews.last(session, person_id)
    last = storage.corrections.of_person(session, person_id, 1)
    names = [done.folded for done in (decision, *last) if done is not None]
    learnt = storage.unlearning.learnt_of(session, names)
    found = _undo(session, person_id)
    return found, _retreat(session, learnt, rule, known)


def _retreat(
    session: Session, learnt: dict[int, frozenset[Lesson]], rule: Rule, known: Collection[str]
) -> str | None:
    """What serves instead of a version that learnt what is no longer agreed, in words."""
    if not learnt:
        return None
    names = {folded for lessons in learnt.values() for folded, _ in lessons}
    found = judgements(session, names, rule, known)
    agreed = {(one.folded, one.language) for one in found if one.is_agreed}
    pointer = storage.unlearning.retreat(session, learnt, agreed)
    return None if pointer is None else version_in_words(pointer.version)


def _undo(session: Session, person_id: int) -> Undone | Undecided | None:
    decision = storage.reviews.last(session, person_id)
    votes = storage.corrections.of_person(session, person_id, 1)
    if decision is None or (votes and votes[0].at > decision.at):
        return storage.corrections.undo(session, person_id)
    storage.reviews.withdraw(session, decision)
    spelt = storage.corrections.of_name(session, decision.folded)
    name = spelt[0].name if spelt else decision.folded
    return Undecided(name, decision.language, decision.is_approved)


def judgements(
    session: Session, names: Collection[str], rule: Rule, known: Collection[str]
) -> tuple[Judgement, ...]:
    """What the rule says of these (folded) names."""
    version = storage.versions.pointer(session).version
    return storage.review_queue.of_names(session, names, rule, known=known, version=version)
