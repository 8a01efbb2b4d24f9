"""The server's parts put together: started, addressed, troubled, stopped."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from aiohttp import web

from .accounts import Application
from .command_endpoints import CommandEndpoints
from .composing import Composer
from .directory_endpoints import DirectoryEndpoints
from .gateway import Gateway
from .intents import PRIVILEGED
from .interaction_endpoints import InteractionEndpoints
from .message_endpoints import MessageEndpoints
from .rest import BASE, Limit, Rest
from .world import World


class Host:
    """One server on 127.0.0.1 with one application, called `name`.

    `privileged_intents`: what is switched on in the application's portal. `heartbeat_interval`,
    `answer_within` (to acknowledge an interaction) and `token_life` (of an interaction) are
    Discord's own seconds; `shards` is how many it recommends. `patience` is how long a test waits
    for anything, `start_patience` for a bot to come online (a process has to import its
    libraries first).
    """

    def __init__(
        self,
        *,
        name: str = "Whence",
        privileged_intents: int = PRIVILEGED,
        heartbeat_interval: float = 41.25,
        answer_within: float = 3.0,
        token_life: float = 900.0,
        shards: int = 1,
        patience: float = 5.0,
        start_patience: float = 30.0,
    ) -> None:
        self.patience = patience
        self.start_patience = start_patience
        self.origin = ""
        self.world = World()
        self.gateway = Gateway(self.world, heartbeat_interval, shards)
        self.rest = Rest(self.world)
        self.composer = Composer(self.world)
        messages = MessageEndpoints(self.world, self.composer, self.rest)
        DirectoryEndpoints(self.world, self.gateway, messages, self.rest)
        CommandEndpoints(self.world, self.rest)
        self.interactions = InteractionEndpoints(
            self.world,
            self.composer,
            self.rest,
            answer_within=answer_within,
            token_life=token_life,
        )
        for path in ("/", "/gateway"):
            self.rest.web.router.add_get(path, self.gateway.serve)
        self.owner = self.world.new_user("Olive Owner")
        self.app = self.world.new_application(name, self.owner, privileged_intents)

    @classmethod
    @asynccontextmanager
    async def start(cls, *, port: int = 0, **knobs: Any) -> AsyncIterator[Self]:
        """Serves until the block is left; `knobs` are the constructor's. Port 0: a free one."""
        host = cls(**knobs)
        runner = web.AppRunner(host.rest.web, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        address, bound = runner.addresses[0][:2]
        host.origin = host.composer.origin = f"http://{address}:{bound}"
        host.gateway.url = f"ws://{address}:{bound}/"
        try:
            yield host
        finally:
            host.interactions.close()
            await host.gateway.close()
            await runner.cleanup()
        assert not host.rest.crashes, f"the loopback itself failed: {host.rest.crashes[0]}"

    @property
    def api(self) -> str:
        return self.origin + BASE

    @property
    def gateway_url(self) -> str:
        return self.gateway.url

    @property
    def token(self) -> str:
        return self.app.token

    @property
    def environment(self) -> dict[str, str]:
        """What `python -m bot` needs in its environment to log in here, and to answer people who
        are as fast as tests are."""
        unhurried = {"PERSON_BURST": "0", "CHANNEL_BURST": "0"}
        return {"DISCORD_TOKEN": self.token, "DISCORD_API_BASE_URL": self.api} | unhurried

    def drop_connections(self) -> None:
        """Cuts the gateway connections as a broken network would; sessions can be resumed."""
        self.gateway.drop()

    def ask_to_reconnect(self) -> None:
        """Opcode 7, as Discord does when it moves a connection to another host."""
        self.gateway.ask_to_reconnect()

    def invalidate_sessions(self, app: Application | None = None) -> None:
        """Cuts the connections and forgets the sessions: RESUME gets INVALID_SESSION."""
        self.gateway.drop()
        self.gateway.forget_sessions(app or self.app)

    def limit_rate(
        self,
        method: str,
        path: str,
        *,
        retry_after: float,
        times: int = 1,
        is_global: bool = False,
    ) -> None:
        """Answers the next requests whose path contains `path` with 429."""
        self.rest.limits.append(Limit(method, path, retry_after, times, is_global))
