"""Which corrections count: one pure function on plain data.

1. An admin's word decides: a rejected language is out for that name, an approved one is agreed
   as soon as anybody has voted for it; an admin's own vote is an approval. The last word counts.
2. Votes of new accounts and floods are held back: they count neither for nor against until an
   admin approves them or, for accounts, until they are old enough.
3. Of the rest, a name is agreed when one language has enough votes, enough of them trusted, and
   at least two thirds of all. One unopposed vote is enough by default.
4. Of what nobody reviewed, a person teaches at most so many new names in one retraining; the
   oldest come first and the others wait for the next one.
5. Names of a language that the model does not know are kept apart until there are enough.
6. A server may ask for more of the votes that are given in it, and its admins decide about these:
   what they reject does not count, what they approve need not be more than everywhere. They cannot
   let through what holds back the votes of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto

from storage.records import Decision, Vote


@dataclass(frozen=True, slots=True)
class ServerRule:
    """What a server asks of the votes that are given in it."""

    votes_needed: int
    trusted_needed: int


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked of a correction before it counts; `of_servers` are those that ask for
    something else, by their ids, but for what is `fixed` for all of them."""

    votes_needed: int = 1
    trusted_needed: int = 0
    most_unreviewed_per_person: int = 20
    most_votes_per_hour: int = 60
    youngest_account: timedelta = timedelta(days=7)
    names_for_new_language: int | None = None  # None: no new languages
    fixed: frozenset[str] = field(default=frozenset(), compare=False)
    of_servers: Mapping[int, ServerRule] = field(default_factory=dict)


class Status(Enum):
    """What became of a name. `bot.messages.corrections` has the words."""

    AGREED = auto()
    REJECTED = auto()  # by an admin
    CONFLICT = auto()  # people disagree
    TOO_FEW = auto()  # votes
    UNTRUSTED = auto()  # it waits for a vote from a trusted role
    NEW_ACCOUNT = auto()  # held back
    FLOOD = auto()  # held back: too many votes within an hour
    OVER_LIMIT = auto()  # held back: that person teaches enough names this time
    NEW_LANGUAGE = auto()  # kept: the model does not know that language yet


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rule says about a name. `language` is the agreed one, else the one that leads;
    `votes` are all that stand, `counted` those that count for `language` and `opposed` how many
    count against it."""

    folded: str
    name: str
    language: str
    status: Status
    votes: tuple[Vote, ...]
    counted: tuple[Vote, ...] = ()
    opposed: int = 0
    is_reviewed: bool = False
    is_learnt: bool = False

    @property
    def is_agreed(self) -> bool:
        return self.status is Status.AGREED

    @property
    def is_waiting(self) -> bool:
        """Whether there is anything left to do about it."""
        return not self.is_learnt and self.status is not Status.REJECTED

    @property
    def languages(self) -> tuple[str, ...]:
        """What people say, the most of them first."""
        return tuple(dict(Counter(vote.language for vote in self.votes).most_common()))


def judge(
    votes: Iterable[Vote],
    decisions: Iterable[Decision] = (),
    *,
    rule: Rule,
    now: datetime,
    learnt: Collection[tuple[str, str]] = (),
    known: Collection[str] | None = None,
) -> tuple[Judgement, ...]:
    """A judgement on every name, the oldest vote first. `votes` are standing ones, at most one a
    person and name; `learnt` are the (folded, language) that the model in use has learnt;
    `known` the languages that it knows (None: all)."""
    votes = sorted(votes, key=lambda vote: (vote.at, vote.person.id, vote.folded))
    words = _words(votes, decisions)
    held = _held_back(votes, rule, now)
    by_name: dict[str, list[Vote]] = defaultdict(list)
    for vote in votes:
        by_name[vote.folded].append(vote)
    judgements = [_judgement(group, words, held, rule) for group in by_name.values()]
    judgements = [
        replace(v, is_learnt=True) if v.is_agreed and _lesson(v) in learnt else v
        for v in judgements
    ]
    of_known = [v for v in judgements if known is None or v.language in known]
    of_new = [v for v in judgements if known is not None and v.language not in known]
    # Each kind has a limit of its own, or else what is kept apart would use up the other's.
    apart = _keep_apart([*_limit(of_new, words, rule)], rule)
    limited = [*_limit(of_known, words, rule), *apart]
    return tuple(sorted(limited, key=lambda judgement: judgement.votes[0].at))


def _lesson(judgement: Judgement) -> tuple[str, str]:
    return judgement.folded, judgement.language


@dataclass(frozen=True, slots=True)
class _Words:
    """What admins have said last: those of the network by name and language; those of a server
    about the votes that were given in it."""

    of_network: dict[str, dict[str, Decision]]
    approved: set[Vote]
    rejected: set[Vote]

    def allow(self, vote: Vote) -> bool:
        """Whether nobody has rejected what the vote says."""
        word = self.of_network.get(vote.folded, {}).get(vote.language)
        return word.is_approved if word else not self.rejected or vote not in self.rejected


def _held_back(votes: Sequence[Vote], rule: Rule, now: datetime) -> dict[Vote, Status]:
    held: dict[Vote, Status] = {}
    times: dict[int, deque[datetime]] = defaultdict(deque)
    for vote in votes:
        if vote.is_admin:
            continue
        within_hour = times[vote.person.id]
        within_hour.append(vote.at)
        while within_hour[0] <= vote.at - timedelta(hours=1):
            within_hour.popleft()
        created = vote.person.account_created
        if len(within_hour) > rule.most_votes_per_hour:
            held[vote] = Status.FLOOD
        elif created is not None and now - created < rule.youngest_account:
            held[vote] = Status.NEW_ACCOUNT
    return held


def _words(votes: Sequence[Vote], decisions: Iterable[Decision]) -> _Words:
    of_servers: dict[tuple[int | None, str, str], bool] = {}
    last: dict[str, dict[str, Decision]] = defaultdict(dict)
    own = [Decision(v.folded, v.language, True, v.at) for v in votes if v.is_admin]
    for decision in sorted([*decisions, *own], key=lambda decision: decision.at):
        if decision.guild_id is None:
            last[decision.folded][decision.language] = decision
        else:
            place = (decision.guild_id, decision.folded, decision.language)
            of_servers[place] = decision.is_approved
    said = [
        (vote, of_servers.get((vote.guild_id, vote.folded, vote.language)))
        for vote in (votes if of_servers else ())
    ]
    return _Words(
        last,
        approved={vote for vote, is_approved in said if is_approved is True},
        rejected={vote for vote, is_approved in said if is_approved is False},
    )


def _judgement(
    votes: Sequence[Vote], words: _Words, held: dict[Vote, Status], rule: Rule
) -> Judgement:
    """What to do about one name, limits and unknown languages aside."""
    allowed = [vote for vote in votes if words.allow(vote)]
    if not allowed:
        return _about(votes, votes[0].language, Status.REJECTED)
    voted = {vote.language for vote in allowed}
    of_name = words.of_network.get(votes[0].folded, {}).values()
    approved = [word for word in of_name if word.is_approved and word.language in voted]
    if approved:
        language = max(approved, key=lambda word: word.at).language
        judgement = _about(votes, language, Status.AGREED, _for(language, allowed))
        return replace(judgement, is_reviewed=True)
    counted = [vote for vote in allowed if vote not in held]
    if not counted:
        return _about(votes, allowed[0].language, held[allowed[0]])
    language = _most_common([vote.language for vote in counted])
    supporters = _for(language, counted)
    opposed = len(counted) - len(supporters)
    status = _status(supporters, opposed, words, rule)
    found = _about(votes, language, status, supporters)
    return replace(found, opposed=opposed) if opposed else found


def _limit(judgements: Iterable[Judgement], words: _Words, rule: Rule) -> Iterator[Judgement]:
    """Hold back the names that are agreed only through people who teach enough already."""
    taught: Counter[int] = Counter()
    for judgement in judgements:
        if not judgement.is_agreed or judgement.is_reviewed or judgement.is_learnt:
            yield judgement
            continue
        able = tuple(
            vote
            for vote in judgement.counted
            if taught[vote.person.id] < rule.most_unreviewed_per_person
        )
        are_all = len(able) == len(judgement.counted)
        if are_all or (able and _status(able, judgement.opposed, words, rule) is Status.AGREED):
            taught.update([vote.person.id for vote in able])
            yield judgement if are_all else replace(judgement, counted=able)
        else:
            yield replace(judgement, status=Status.OVER_LIMIT)


def _keep_apart(judgements: Sequence[Judgement], rule: Rule) -> Iterator[Judgement]:
    """Let through the new languages that have enough agreed names."""
    names = Counter(judgement.language for judgement in judgements if judgement.is_agreed)
    for judgement in judgements:
        enough = rule.names_for_new_language
        is_enough = enough is not None and names[judgement.language] >= enough
        is_kept = judgement.is_agreed and not is_enough
        yield replace(judgement, status=Status.NEW_LANGUAGE) if is_kept else judgement


def _status(supporters: Sequence[Vote], opposed: int, words: _Words, rule: Rule) -> Status:
    """Of two thirds of all; then the votes of some server have to be enough by themselves, or those
    of all others together."""
    if 3 * len(supporters) < 2 * (len(supporters) + opposed):
        return Status.CONFLICT
    if not rule.of_servers:
        return _status_of(supporters, None, words, rule)
    groups: dict[int | None, list[Vote]] = defaultdict(list)
    for vote in supporters:
        groups[vote.guild_id if vote.guild_id in rule.of_servers else None].append(vote)
    found = {_status_of(group, server, words, rule) for server, group in groups.items()}
    return next(s for s in (Status.AGREED, Status.UNTRUSTED, Status.TOO_FEW) if s in found)


def _status_of(votes: Sequence[Vote], server: int | None, words: _Words, rule: Rule) -> Status:
    is_approved = bool(words.approved) and not words.approved.isdisjoint(votes)
    asked = rule if server is None or is_approved else rule.of_servers[server]
    if len(votes) < asked.votes_needed:
        return Status.TOO_FEW
    if asked.trusted_needed and sum(vote.is_trusted for vote in votes) < asked.trusted_needed:
        return Status.UNTRUSTED
    return Status.AGREED


def _for(language: str, votes: Iterable[Vote]) -> tuple[Vote, ...]:
    return tuple(vote for vote in votes if vote.language == language)


def _about(
    votes: Sequence[Vote], language: str, status: Status, counted: tuple[Vote, ...] = ()
) -> Judgement:
    about = counted or _for(language, votes)
    spellings = [vote.name for vote in about]
    return Judgement(
        votes[0].folded, _most_common(spellings), language, status, tuple(votes), counted
    )


def _most_common(words: Sequence[str]) -> str:
    """The first of those that are there most often."""
    return words[0] if len(words) == 1 else Counter(words).most_common(1)[0][0]
