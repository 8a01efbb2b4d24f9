"""What a correction needs to be read and written together, in one transaction of the database's.
Whatever writes refuses before it has written anything."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import storage
from bot.corrections import reviewing
from bot.corrections.values import (
    Corrected,
    Kept,
    Latest,
    OfButton,
    OfMessage,
    Speaker,
    Subject,
    These,
    Where,
    tag,
)
from bot.errors import RefusedError
from bot.messages import refusals
from model.text.cleaning import reading_key
from storage.agreement import Judgement, Rule, judge
from storage.records import Vote

if TYPE_CHECKING:
    from model.inference.answer import Answer
    from storage.database import Session
    from storage.guesses import Answered


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
        kept.append(Kept(subject_in(storage.guesses.remember(session, answered)), said))
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
            return tuple(map(subject_in, last))
        case OfMessage(message_id, button):
            answer = storage.guesses.of_message(session, message_id)
            if answer is None and button is not None:  # that it was sent was not noted
                answer = _under(session, button)
            if answer is None:
                raise RefusedError(refusals.NO_ANSWER)
            return tuple(map(subject_in, storage.guesses.alongside(session, answer)))
        case OfButton():
            answer = _under(session, where)
            if answer is None:
                raise RefusedError(refusals.NO_LONGER_KEPT)
            return (subject_in(answer),)


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
    votes = storage.corrections.of_person(session, person_id)
    names = {vote.folded for vote in votes}
    found = reviewing.judgements(session, names, rule, known)
    judgements = {judgement.folded: judgement for judgement in found}
    return [(vote, judgements[vote.folded]) for vote in votes]


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


def subject_in(answer: Answered) -> Subject:
    """The name in an answer that was kept."""
    best = answer.languages[0][0] if answer.languages else None
    return Subject(answer.name, answer.folded, answer.id, best)


def _judgement_on(session: Session, vote: Vote, rule: Rule, known: Collection[str]) -> Judgement:
    """What the rule says of the name just voted on. It is asked about that name and the person's
    last votes only: about all there are would take too long for every vote."""
    most = max(rule.most_votes_per_hour, rule.most_unreviewed_per_person) + 1
    last = storage.corrections.of_person(session, vote.person.id, most)
    is_at_limit = len(last) > rule.most_unreviewed_per_person
    version = storage.versions.pointer(session).version
    learnt_of = None if is_at_limit else [vote.folded]
    judgements = judge(
        dict.fromkeys([*storage.corrections.of_name(session, vote.folded), *last]),
        storage.reviews.decisions(session, [vote.folded]),
        rule=storage.servers.heard(session, rule),
        now=vote.at,
        learnt=storage.versions.lessons(session, version, learnt_of),
        known=known,
    )
    return next(judgement for judgement in judgements if judgement.folded == vote.folded)
