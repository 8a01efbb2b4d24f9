"""The REST server: who is asking, rate limits, refusals as Discord words them, and the routes.

Docs: reference (Authentication, Error Messages), topics/rate-limits.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from .accounts import Application
from .forms import LARGEST_REQUEST
from .refusals import RefusalError, not_allowed, not_found, unauthorized
from .world import World

BASE = "/api/v10"
APP: web.RequestKey[Application] = web.RequestKey("app", Application)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Call:
    """One request and how it ended; `refusal` is the body where it was refused."""

    method: str
    path: str
    status: int
    refusal: dict[str, Any] | None = None

    def __str__(self) -> str:
        said = f": {json.dumps(self.refusal)}" if self.refusal else ""
        return f"{self.method} {self.path} -> {self.status}{said}"


@dataclass
class Limit:
    """A rate limit laid on paths that contain `path`, for so many requests more."""

    method: str
    path: str
    retry_after: float
    times: int
    is_global: bool = False

    def strikes(self, request: web.Request) -> bool:
        if self.times <= 0 or self.method != request.method or self.path not in request.path:
            return False
        self.times -= 1
        return True


class Rest:
    """The aiohttp application; the endpoints are added to it by their own modules."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.calls: list[Call] = []
        self.limits: list[Limit] = []
        self.crashes: list[str] = []
        self.web = web.Application(middlewares=[self._answer], client_max_size=LARGEST_REQUEST)

    @property
    def refusals(self) -> list[Call]:
        return [call for call in self.calls if call.refusal is not None]

    def route(self, method: str, path: str, handler: Handler) -> None:
        self.web.router.add_route(method, BASE + path, handler)

    @web.middleware
    async def _answer(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(BASE + "/"):
            return await handler(request)
        response: web.StreamResponse
        refused = None
        try:
            response = self._limited(request) or await self._handled(request, handler)
        except RefusalError as refusal:
            refused = refusal.body
            response = reply(refused, status=refusal.status)
        except Exception:
            # This server's own fault: told at the end of the test. 501 is not tried again.
            self.crashes.append(traceback.format_exc())
            refused = {"message": "the loopback failed", "code": 0}
            response = reply(refused, status=501)
        path = request.path.removeprefix(BASE)
        self.calls.append(Call(request.method, path, response.status, refused))
        self.world.watch.changed()
        return response

    async def _handled(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not _is_open(request):
            request[APP] = self._app_of(request)
        try:
            return await handler(request)
        except web.HTTPNotFound:
            raise not_found() from None
        except web.HTTPMethodNotAllowed:
            raise not_allowed() from None

    def _app_of(self, request: web.Request) -> Application:
        """Docs: reference, Authentication: "Authorization: Bot TOKEN"."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        for app in self.world.applications.values():
            if kind == "Bot" and token == app.token:
                return app
        raise unauthorized()

    def _limited(self, request: web.Request) -> web.Response | None:
        """Docs: topics/rate-limits, Exceeding A Rate Limit."""
        for limit in self.limits:
            if limit.strikes(request):
                said = {
                    "message": "You are being rate limited.",
                    "retry_after": limit.retry_after,
                    "global": limit.is_global,
                }
                headers = {"Retry-After": str(limit.retry_after), "Via": "1.1 google"}
                headers["X-RateLimit-Scope"] = "global" if limit.is_global else "user"
                return reply(said, status=429, headers=headers)
        return None


def reply(
    body: Any = None, *, status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    """JSON with exactly `application/json` as its type, or 204 without a body."""
    if body is None:
        return web.Response(status=204, headers=headers)
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers=headers,
        content_type="application/json",
    )


def number(request: web.Request, name: str, otherwise: Callable[[], RefusalError]) -> int:
    """An id from the path, refused as unknown where it is none."""
    text = request.match_info[name]
    if not text.isdecimal():
        raise otherwise()
    return int(text)


def _is_open(request: web.Request) -> bool:
    """What needs no bot token: Get Gateway, and interactions, which carry a token of their own."""
    path = request.path.removeprefix(BASE)
    return path == "/gateway" or path.startswith(("/interactions/", "/webhooks/"))
