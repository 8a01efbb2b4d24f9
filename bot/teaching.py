"""What the operator asks of a correction before it counts, as `storage.agreement` takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.agreement import Rule


@dataclass(frozen=True, slots=True)
class Teaching:
    """See `.env.example`, which has a line for each."""

    votes_needed: int = 1
    trusted_votes_needed: int = 0
    max_unreviewed_per_person: int = 20
    max_votes_per_hour: int = 60
    min_account_age_days: int = 7
    allow_new_languages: bool = False
    min_names_for_language: int = 30

    def rule(self) -> Rule:
        """The rule by which a vote counts."""
        from storage.agreement import Rule  # noqa: PLC0415  (imports SQLAlchemy: half a second)

        return Rule(
            votes_needed=self.votes_needed,
            trusted_needed=self.trusted_votes_needed,
            most_unreviewed_per_person=self.max_unreviewed_per_person,
            most_votes_per_hour=self.max_votes_per_hour,
            youngest_account=timedelta(days=self.min_account_age_days),
            names_for_new_language=(
                self.min_names_for_language if self.allow_new_languages else None
            ),
        )
