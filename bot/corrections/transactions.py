"""What the bot writes into its memory and looks up in it: a session with the words of this
house. Every method that writes refuses before it has written anything."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.corrections.values import (
    Corrected,
    Kept,
    Latest,
    Mine,
    OfButton,
    OfMessage,
    Speaker,
    Subject,
    These,
    Undone,
    Voter,
    Waiting,
    Where,
    key_of,
    tag,
)
from bot.errors import RefusedError
from storage import checkpoints, corrections, guesses, people, reviews
from storage.agreement import Judgement, Rule, judge
from storage.records import Person, Vote

if TYPE_CHECKING:
    from storage.database import Session
NOTHING_YET = "There is nothing to correct yet: ask me about a name first."
NO_ANSWER = (
    "That message is none of my answers, or one that I no longer keep: reply to another one, or "
    "ask me again."
)
NO_LONGER_KEPT = "I no longer keep what I answered there; ask me again, then correct that."
SEVERAL = (
    "That answer has several names: say which one before the language, as in “Tanaka Japanese”."
)
ANOTHER_NAME = "The answer that this would correct has another name; ask me about yours first."
NO_SUCH_NAME = "Nobody has said anything about that name that waits for a decision."

Answered = tuple[str, str, Sequence[tuple[str, float]]]


class Ledger:
    """One transaction's view of the memory."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, speaker: Speaker, answers: Sequence[Answered]) -> list[Kept]:
        """Keeps answers, given at once, of name, folded name and languages with probabilities,
        so that they can be corrected; with what people of the speaker's server say of them."""
        now = datetime.now(UTC)
        kept = []
        for name, folded, languages in answers:
            guess = guesses.remember(
                self.session,
                _person(speaker),
                channel_id=speaker.channel_id,
                guild_id=speaker.guild_id,
                name=name,
                folded=folded,
                languages=languages,
                now=now,
            )
            kept.append(Kept(_subject(guess), self.said(folded, speaker.guild_id)))
        return kept

    def sent(self, guess_id: int, message_id: int) -> None:
        """Notes which message carries the answers that were kept with this one."""
        guesses.sent(self.session, guess_id, message_id)

    def forget_answers(self, days: int) -> int:
        """Deletes answers older than that; corrections stay."""
        return guesses.delete_older(self.session, days)

    def said(self, folded: str, guild_id: int | None) -> dict[str, int]:
        """How many people say which language of a name, most first: of a server, or all."""
        return corrections.tally(self.session, folded, guild_id)

    def subjects(self, where: Where, speaker: Speaker) -> tuple[Subject, ...]:
        """The names of the answer that `where` points at. Raises RefusedError."""
        match where:
            case These(subjects):
                if not subjects:
                    raise RefusedError(NOTHING_YET)
                return subjects
            case Latest():
                last = guesses.latest(self.session, speaker.id, speaker.channel_id)
                if not last:
                    raise RefusedError(NOTHING_YET)
                return tuple(map(_subject, last))
            case OfMessage(message_id, button):
                guess = guesses.of_message(self.session, message_id)
                if guess is None and button is not None:  # that it was sent was not noted
                    guess = self._under(button)
                if guess is None:
                    raise RefusedError(NO_ANSWER)
                return tuple(map(_subject, guesses.alongside(self.session, guess)))
            case OfButton():
                guess = self._under(where)
                if guess is None:
                    raise RefusedError(NO_LONGER_KEPT)
                return (_subject(guess),)

    def correct(
        self,
        speaker: Speaker,
        where: Where,
        readings: Sequence[tuple[str, str]],
        rule: Rule,
        known: Collection[str],
    ) -> Corrected:
        """Makes it the speaker's vote. `readings` are the (folded name or "", language) that
        they may have meant, the best first. Raises RefusedError."""
        subject, language = _meant(self.subjects(where, speaker), readings)
        person = _person(speaker)
        vote = Vote(
            person=person,
            folded=subject.folded,
            name=subject.name,
            language=language,
            at=datetime.now(UTC),
            guild_id=speaker.guild_id,
            guess_id=subject.guess_id,
            is_admin=speaker.is_admin,
            is_trusted=speaker.is_trusted,
        )
        teacher = people.remember(self.session, person)  # held, so that it is read only once
        recorded = corrections.record(self.session, vote)
        judgement = self._judgement_on(vote, rule, known)
        return Corrected(
            name=subject.name,
            language=language,
            counting=judgement.language,
            outcome=judgement.status.name,
            replaced=recorded.replaced,
            is_changed=recorded.is_changed,
            is_learnt=judgement.is_learnt,
            is_first=teacher.noticed_at is None and people.is_first_notice(self.session, person),
        )

    def undo(self, person_id: int) -> Undone | None:
        """Takes back a person's last vote; None where there is none."""
        undone = corrections.undo(self.session, person_id)
        if undone is None:
            return None
        return Undone(undone.vote.name, undone.vote.language, undone.restored)

    def mine(self, person_id: int, rule: Rule, known: Collection[str]) -> list[Mine]:
        """What a person has said, the last first."""
        judgements = {judgement.folded: judgement for judgement in self._judgements(rule, known)}
        return [
            _mine(vote, judgements[vote.folded])
            for vote in corrections.of_person(self.session, person_id)
        ]

    def forget(self, person_id: int) -> int:
        """Deletes all that hangs on a person; returns how many votes."""
        return people.forget(self.session, person_id)

    def waiting(self, rule: Rule, known: Collection[str]) -> list[Waiting]:
        """The names that no admin has decided about and nothing has been learnt from: those that
        do not count as they stand before those that do, the oldest first."""
        undecided = [
            judgement
            for judgement in self._judgements(rule, known)
            if judgement.is_waiting and not judgement.is_reviewed
        ]
        return [_waiting(judgement) for judgement in sorted(undecided, key=lambda v: v.is_agreed)]

    def decide(self, admin: Speaker, key: str, language: str, *, is_approved: bool) -> str:
        """An admin's word on a name that people have voted on; returns the name. Raises
        RefusedError."""
        for vote in corrections.standing(self.session):
            if key_of(vote.folded) == key and vote.language == language:
                decide = reviews.approve if is_approved else reviews.reject
                decide(self.session, _person(admin), vote.folded, language)
                return vote.name
        raise RefusedError(NO_SUCH_NAME)

    def undo_all(self, person_id: int) -> int:
        """Deletes every vote of a person; returns how many stood."""
        return corrections.undo_all(self.session, person_id)

    def _under(self, button: OfButton) -> guesses.Guess | None:
        guess = guesses.find(self.session, button.guess_id)
        return guess if guess is not None and tag(guess.folded) == button.tag else None

    def _judgements(self, rule: Rule, known: Collection[str]) -> tuple[Judgement, ...]:
        version = checkpoints.pointer(self.session).version
        return reviews.judgements(self.session, rule, known=known, version=version)

    def _judgement_on(self, vote: Vote, rule: Rule, known: Collection[str]) -> Judgement:
        """What the rule says of the name just voted on. It is asked about that name and the
        person's last votes only: about all there are would take too long for every vote."""
        most = max(rule.most_votes_per_hour, rule.most_unreviewed_per_person) + 1
        last = corrections.of_person(self.session, vote.person.id, most)
        is_at_limit = len(last) > rule.most_unreviewed_per_person
        version = checkpoints.pointer(self.session).version
        judgements = judge(
            dict.fromkeys([*corrections.of_name(self.session, vote.folded), *last]),
            reviews.decisions(self.session, vote.folded),
            rule=rule,
            now=vote.at,
            learnt=checkpoints.lessons(self.session, version, None if is_at_limit else vote.folded),
            known=known,
        )
        return next(judgement for judgement in judgements if judgement.folded == vote.folded)


def _meant(subjects: Sequence[Subject], readings: Sequence[tuple[str, str]]) -> tuple[Subject, str]:
    """Which name, and which language. Raises RefusedError."""
    for folded, language in readings:
        if not folded and len(subjects) > 1:
            raise RefusedError(SEVERAL)
        for subject in subjects:
            if folded in ("", subject.folded):
                return subject, language
    raise RefusedError(ANOTHER_NAME)


def _person(speaker: Speaker) -> Person:
    return Person(speaker.id, speaker.name, speaker.account_created)


def _subject(guess: guesses.Guess) -> Subject:
    best = guess.languages[0][0] if guess.languages else None
    return Subject(guess.name, guess.folded, guess.id, best)


def _mine(vote: Vote, judgement: Judgement) -> Mine:
    return Mine(
        name=vote.name,
        language=vote.language,
        counting=judgement.language,
        outcome=judgement.status.name,
        is_learnt=judgement.is_learnt,
        at=vote.at,
    )


def _waiting(judgement: Judgement) -> Waiting:
    voters = [
        Voter(vote.person.id, vote.person.name, vote.language, vote.is_admin, vote.is_trusted)
        for vote in judgement.votes
    ]
    return Waiting(
        key_of(judgement.folded),
        judgement.name,
        judgement.language,
        judgement.status.name,
        tuple(voters),
    )
