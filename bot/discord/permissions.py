"""Who may do what, in one place: Discord's word on a person -> admin, trusted, or neither. In the
terminal, whoever sits at it is the admin."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.corrections.values import Speaker
from bot.errors import RefusedError
from bot.messages import refusals
from bot.servers import Servers


@dataclass(frozen=True, slots=True)
class Permissions:
    """`admin_ids` are people, `trusted_roles` roles of any server; `servers` may have some of their
    own. Administrators of the home server are admins too; unless it is named, that is the only one
    that the bot is in. These are admins of the network; who may manage a server governs what is
    said in that one."""

    admin_ids: frozenset[int] = frozenset()
    trusted_roles: frozenset[int] = frozenset()
    home_guild_id: int | None = None
    servers: Servers | None = None

    async def require_admin(
        self, client: discord.Client, user: discord.User | discord.Member
    ) -> None:
        """Raises RefusedError for anybody but an admin, wherever they say it; of somebody who is
        not in the home server at the moment, Discord is asked."""
        if self.is_admin(client, user):
            return
        home = self._home(client)
        if home is None or (isinstance(user, discord.Member) and user.guild == home):
            raise RefusedError(refusals.ADMINS_ONLY)
        try:
            member = await home.fetch_member(user.id)
        except discord.HTTPException:
            raise RefusedError(refusals.ADMINS_ONLY) from None
        if not member.guild_permissions.administrator:
            raise RefusedError(refusals.ADMINS_ONLY)

    def is_admin(self, client: discord.Client, user: discord.User | discord.Member) -> bool:
        """The same as far as it can be told at once: an administrator of the home server is
        known as one in that server only."""
        if user.id in self.admin_ids or _is_owner(client, user):
            return True
        if not isinstance(user, discord.Member) or user.guild != self._home(client):
            return False
        return user.guild_permissions.administrator

    async def review_of(
        self, client: discord.Client, user: discord.User | discord.Member
    ) -> int | None:
        """Of which server somebody may review the votes where they say so; None: of all. Raises
        RefusedError."""
        try:
            await self.require_admin(client, user)
        except RefusedError:
            if not isinstance(user, discord.Member) or not manages(user):
                raise
            return user.guild.id
        return None

    def speaker(
        self,
        client: discord.Client,
        user: discord.User | discord.Member,
        channel_id: int,
        guild_id: int | None,
    ) -> Speaker:
        """Somebody where they speak, and what their word counts there."""
        return Speaker(
            user.id,
            user.name,
            channel_id,
            guild_id=guild_id,
            account_created=user.created_at,
            is_admin=self.is_admin(client, user),
            is_trusted=self.is_trusted(user),
        )

    def is_trusted(self, user: discord.User | discord.Member) -> bool:
        """Whether the person manages the server where they speak, or has a trusted role there."""
        if not isinstance(user, discord.Member):
            return False
        if self.trusted_roles:  # whoever runs the bot has said whose word counts, for all servers
            return any(role.id in self.trusted_roles for role in user.roles)
        own = self.servers.of(user.guild.id).trusted_roles if self.servers is not None else ()
        return manages(user) or any(role.id in own for role in user.roles)

    def _home(self, client: discord.Client) -> discord.Guild | None:
        if self.home_guild_id is not None:
            return client.get_guild(self.home_guild_id)
        return client.guilds[0] if len(client.guilds) == 1 else None


def manages(user: discord.User | discord.Member) -> bool:
    """Whether somebody may manage the server where they speak."""
    return isinstance(user, discord.Member) and user.guild_permissions.manage_guild


def _is_owner(client: discord.Client, user: discord.User | discord.Member) -> bool:
    """Of a team's application, those who may change it own it (Discord, "Teams")."""
    if (application := client.application) is None:
        return False
    if (team := application.team) is None:
        return application.owner.id == user.id
    roles = {discord.TeamMemberRole.admin, discord.TeamMemberRole.developer}
    return user.id == team.owner_id or any(
        member.id == user.id
        and member.role in roles
        and member.membership_state is discord.TeamMembershipState.accepted
        for member in team.members
    )
