"""Users, people and bots alike, and the applications behind the bots."""

from __future__ import annotations

from dataclasses import dataclass, field

from .refusals import Json


@dataclass(eq=False, repr=False)
class User:
    id: int
    name: str
    is_bot: bool = False
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return self.name


@dataclass(eq=False, repr=False)
class Application:
    """A bot as its developer sees it: token, switches in the portal, commands.

    Docs: resources/application.
    """

    user: User
    owner: User
    token: str
    privileged_intents: int  # those switched on in the developer portal
    team: dict[User, str] = field(default_factory=dict)  # roles; empty: it is the owner's own
    commands: dict[int | None, list[Json]] = field(default_factory=dict)  # guild id or None

    @property
    def id(self) -> int:
        """An application and its bot share one id."""
        return self.user.id

    def __repr__(self) -> str:
        return self.user.name
