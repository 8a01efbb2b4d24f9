"""What a correction needs to be read and written together, in one transaction of the database's.
Whatever writes refuses before it has written anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import storage
from bot.corrections.values import (
    Corrected,
    Kept,
    Latest,
    OfButton,
    OfMessage,
    Speaker,
    Subject,
    TakenBack,
    These,
    Undecided,
    Where,
    key_of,
    tag,
)
from bot.errors import RefusedError
from bot.messages import refusals
from model.text.cleaning import reading_key
from storage.agreement import Judgement, Rule, judge
from storage.records import Vote, version_in_words

if TYPE_CHECKING:
    from model.inference.answer import Answer
    from storage.corrections import Undone
    from storage.database import Session
    from storage.guesses import Answered
    from storage.withdrawal import Lesson


def keep(session: Session, speaker: Speaker, named: Iterable[tuple[Subject, Answer]]) -> list[Kept]:
    """Keeps answers that were given at once, so that they can be corrected; with what people of
    the speaker's server say of them."""
    now = datetime.now(UTC)
    kept = []
    for subject, answer in named:
        answered = storage.guesses.Answered(
            person=speaker.person,
            name=subject.name,
            folded=subject.folded,
            languages=tuple((guess.language, guess.probability) for guess in answer.guesses),
            channel_id=speaker.channel_id,
            at=now,
            guild_id=speaker.guild_id,
        )
        said = storage.corrections.tally(
            session, subject.folded, speaker.guild_id, alone=speaker.id
        )
        kept.append(Kept(_subject(storage.guesses.remember(session, answered)), said))
    return kept


def subjects(session: Session, where: Where, speaker: Speaker) -> tuple[Subject, ...]:
    """The names of the answer that `where` points at. Raises RefusedError."""
    match where:
        case These(found):
            if not found:
                raise RefusedError(refusals.NOTHING_YET)
            return found
        case Latest():
            last = storage.guesses.latest(session, speaker.id, speaker.channel_id)
            if not last:
                raise RefusedError(refusals.NOTHING_YET)
            return tuple(map(_subject, last))
        case OfMessage(message_id, button):
            answer = storage.guesses.of_message(session, message_id)
            if answer is None and button is not None:  # that it was sent was not noted
                answer = _under(session, button)
            if answer is None:
                raise RefusedError(refusals.NO_ANSWER)
            return tuple(map(_subject, storage.guesses.alongside(session, answer)))
        case OfButton():
            answer = _under(session, where)
            if answer is None:
                raise RefusedError(refusals.NO_LONGER_KEPT)
            return (_subject(answer),)


def vote(
    session: Session,
    speaker: Speaker,
    where: Where,
    meant: Sequence[tuple[str, str]],
    *,
    rule: Rule,
    known: Collection[str],
) -> Corrected:
    """Makes it the speaker's vote. `meant` are the (folded name or "", language) that they may
    have meant, the best first; `known` the languages that the network in use knows. Raises
    RefusedError."""
    subject, language = _meant(subjects(session, where, speaker), meant)
    vote = Vote(
        person=speaker.person,
        folded=reading_key(subject.name) or subject.folded,
        name=subject.name,
        language=language,
        at=datetime.now(UTC),
        guild_id=speaker.guild_id,
        guess_id=subject.guess_id,
        is_admin=speaker.is_admin,
        is_trusted=speaker.is_trusted,
    )
    row = storage.people.remember(session, vote.person)  # held, so that it is read only once
    recorded = storage.corrections.record(session, vote)
    judgement = _judgement_on(session, vote, rule, known)
    is_first = row.noticed_at is None and storage.people.is_first_notice(session, vote.person)
    return Corrected(vote, judgement, recorded.replaced, recorded.is_changed, is_first)


def mine(
    session: Session, person_id: int, rule: Rule, known: Collection[str]
) -> list[tuple[Vote, Judgement]]:
    """What a person has said and what its name comes to, the last first."""
    judgements = {found.folded: found for found in _judgements(session, rule, known)}
    votes = storage.corrections.of_person(session, person_id)
    return [(vote, judgements[vote.folded]) for vote in votes]


def waiting(
    session: Session, rule: Rule, known: Collection[str], guild_id: int | None = None
) -> list[Judgement]:
    """The names that no admin has decided about and nothing has been learnt from: those that do
    not count as they stand before those that do, the oldest first. Of a server, those that have
    been voted on there, with these votes alone."""
    version = storage.checkpoints.pointer(session).version
    undecided: Sequence[Judgement] = storage.waiting.judgements(
        session, rule, known=known, version=version
    )
    if guild_id is not None:
        undecided = _of_server(session, undecided, guild_id)
    return sorted(undecided, key=lambda judgement: judgement.is_agreed)


def _of_server(session: Session, judgements: Sequence[Judgement], guild_id: int) -> list[Judgement]:
    """Without those that its admins have approved, or rejected in every language."""
    decided: dict[str, dict[str, bool]] = defaultdict(dict)
    names = {judgement.folded for judgement in judgements}
    for decision in storage.reviews.decisions(session, names):
        if decision.guild_id == guild_id:
            decided[decision.folded][decision.language] = decision.is_approved
    found = []
    for judgement in judgements:
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
) -> str:
    """An admin's word on a name that people have voted on, or that of a server's admin on the
    votes given there; returns the name. Raises RefusedError."""
    for folded, name in storage.corrections.said_to_be(session, language, guild_id):
        if key_of(folded) == key:
            word = storage.reviews.approve if is_approved else storage.reviews.reject
            word(session, admin.person, folded, language, guild_id=guild_id)
            return name
    raise RefusedError(refusals.NO_SUCH_NAME)


def forget(session: Session, person_id: int, rule: Rule, known: Collection[str]) -> TakenBack:
    """Deletes all that is kept of somebody, and no version that learnt from it goes on serving."""
    learnt = storage.withdrawal.learnt_of(session, storage.withdrawal.names_of(person_id))
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
    names = storage.withdrawal.names_of(person_id, guild_id)
    learnt = storage.withdrawal.learnt_of(session, names)
    votes = storage.corrections.undo_all(session, person_id, guild_id)
    return TakenBack(votes, _retreat(session, learnt, rule, known))


def undo(
    session: Session, person_id: int, rule: Rule, known: Collection[str]
) -> tuple[Undone | Undecided | None, str | None]:
    """Takes back what a person did last, a vote, or a decision as an admin; and no version that
    learnt from it goes on serving: then the second says which one does."""
    learnt = storage.withdrawal.learnt_of(session, storage.withdrawal.names_of(person_id))
    found = _undo(session, person_id)
    return found, _retreat(session, learnt, rule, known)


def _retreat(
    session: Session, learnt: dict[int, frozenset[Lesson]], rule: Rule, known: Collection[str]
) -> str | None:
    """What serves instead of a version that learnt what is no longer agreed, in words."""
    if not learnt:
        return None
    agreed = {
        (found.folded, found.language)
        for found in _judgements(session, rule, known)
        if found.is_agreed
    }
    pointer = storage.withdrawal.retreat(session, learnt, agreed)
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


def _meant(found: Sequence[Subject], meant: Sequence[tuple[str, str]]) -> tuple[Subject, str]:
    """Which name, and which language. Raises RefusedError."""
    for folded, language in meant:
        if not folded and len(found) > 1:
            raise RefusedError(refusals.SEVERAL)
        for subject in found:
            if folded in ("", subject.folded):
                return subject, language
    raise RefusedError(refusals.ANOTHER_NAME)


def _under(session: Session, button: OfButton) -> Answered | None:
    answer = storage.guesses.find(session, button.guess_id)
    return answer if answer is not None and tag(answer.folded) == button.tag else None


def _subject(answer: Answered) -> Subject:
    best = answer.languages[0][0] if answer.languages else None
    return Subject(answer.name, answer.folded, answer.id, best)


def _judgements(session: Session, rule: Rule, known: Collection[str]) -> tuple[Judgement, ...]:
    version = storage.checkpoints.pointer(session).version
    return storage.reviews.judgements(session, rule, known=known, version=version)


def _judgement_on(session: Session, vote: Vote, rule: Rule, known: Collection[str]) -> Judgement:
    """What the rule says of the name just voted on. It is asked about that name and the person's
    last votes only: about all there are would take too long for every vote."""
    most = max(rule.most_votes_per_hour, rule.most_unreviewed_per_person) + 1
    last = storage.corrections.of_person(session, vote.person.id, most)
    is_at_limit = len(last) > rule.most_unreviewed_per_person
    version = storage.checkpoints.pointer(session).version
    learnt_of = None if is_at_limit else [vote.folded]
    judgements = judge(
        dict.fromkeys([*storage.corrections.of_name(session, vote.folded), *last]),
        storage.reviews.decisions(session, [vote.folded]),
        rule=storage.servers.heard(session, rule),
        now=vote.at,
        learnt=storage.checkpoints.lessons(session, version, learnt_of),
        known=known,
    )
    return next(judgement for judgement in judgements if judgement.folded == vote.folded)
