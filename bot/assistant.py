"""What Whence can do, in plain Python: Discord and the terminal are two ways of asking it. It
guesses, it takes corrections, and it learns; what may take a while is called off the event loop,
or gives a future."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.corrections.language_input import Labels
from bot.corrections.service import Corrections
from bot.database import BackgroundDatabase
from bot.retraining.service import Learning
from bot.servers import Servers
from bot.serving import Serving
from storage.agreement import Rule

if TYPE_CHECKING:
    from model.inference.answer import Answer
    from model.inference.explanation import Explanation


class Assistant:
    """`corrections` is what people ask of it after an answer, `learning` what admins do:
    retraining, versions; `servers` what each server has chosen. `rule` is what a correction must
    fulfil before it counts."""

    def __init__(
        self,
        serving: Serving,
        database: BackgroundDatabase,
        rule: Rule | None = None,
        retention_days: int = 30,
        learning: Learning | None = None,
        *,
        servers: Servers | None = None,
    ) -> None:
        rule = rule or Rule()
        self.servers = servers or Servers(database)
        self.corrections = Corrections(serving, database, rule, retention_days)
        self.learning = learning or Learning(serving, database, rule)
        self._serving = serving

    def load(self) -> None:
        """Loads the network in use, so that nobody has to wait for it. Raises NetworkError."""
        self._serving.load()

    @property
    def is_loaded(self) -> bool:
        return self._serving.is_loaded

    @property
    def labels(self) -> Labels:
        """The languages that the network in use tells apart."""
        return self._serving.predictor.among

    def labels_in(self, guild_id: int | None) -> Labels:
        """The same as a server has chosen among them."""
        return self._serving.predictor.only(self.servers.of(guild_id).languages).among

    def guess(self, names: Sequence[str], guild_id: int | None = None) -> list[Answer]:
        """An answer for each of `names` as people typed them, in their order; among the languages
        that the server has chosen."""
        languages = self.servers.of(guild_id).languages
        predictor = self._serving.predictor
        return (predictor.only(languages) if languages else predictor).top_many(names)

    def explain(self, name: str) -> Explanation:
        """The answer for one name, and how it came about."""
        from model.inference.explanation import explain  # noqa: PLC0415  (torch: seconds)

        return explain(self._serving.predictor, name)
