"""What Discord says when it refuses: a status, a code and a sentence, or a tree of form errors.

Codes and wording: docs topics/opcodes-and-status-codes, JSON Error Codes; how form errors nest:
docs reference, Error Messages. That page says that no list of the codes *inside* a form error
exists ("a complete list of errors is not feasible"); those here are the ones that Discord is seen
to give. Tests had better rely on 50035 and on the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


class RefusalError(Exception):
    """A request that Discord refuses, with the status and body of its answer."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code}: {message} {errors or ''}".strip())
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    @property
    def body(self) -> Json:
        body: Json = {"message": self.message, "code": self.code}
        return body | {"errors": self.errors} if self.errors else body


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a form: where it stands, Discord's code and sentence."""

    path: tuple[str | int, ...]
    code: str
    message: str

    def within(self, *path: str | int) -> Fault:
        return Fault((*path, *self.path), self.code, self.message)


def raise_for(faults: Iterable[Fault]) -> None:
    """Raises 50035 with every fault in its place in the tree; nothing where there is none."""
    errors: Json = {}
    for fault in faults:
        node = errors
        for step in fault.path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": fault.code, "message": fault.message})
    if errors:
        raise RefusalError(400, 50035, "Invalid Form Body", errors)


def unauthorized() -> RefusalError:
    return RefusalError(401, 0, "401: Unauthorized")


def not_found() -> RefusalError:
    return RefusalError(404, 0, "404: Not Found")


def not_allowed() -> RefusalError:
    return RefusalError(405, 0, "405: Method Not Allowed")


def unknown_channel() -> RefusalError:
    return RefusalError(404, 10003, "Unknown Channel")


def unknown_guild() -> RefusalError:
    return RefusalError(404, 10004, "Unknown Guild")


def unknown_member() -> RefusalError:
    return RefusalError(404, 10007, "Unknown Member")


def unknown_message() -> RefusalError:
    return RefusalError(404, 10008, "Unknown Message")


def unknown_user() -> RefusalError:
    return RefusalError(404, 10013, "Unknown User")


def unknown_webhook() -> RefusalError:
    return RefusalError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> RefusalError:
    return RefusalError(404, 10062, "Unknown interaction")


def already_acknowledged() -> RefusalError:
    return RefusalError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> RefusalError:
    return RefusalError(403, 50001, "Missing Access")


def not_the_author() -> RefusalError:
    return RefusalError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> RefusalError:
    return RefusalError(400, 50006, "Cannot send an empty message")


def cannot_message_user() -> RefusalError:
    return RefusalError(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> RefusalError:
    return RefusalError(403, 50013, "Missing Permissions")


def invalid_webhook_token() -> RefusalError:
    return RefusalError(401, 50027, "Invalid Webhook Token")


def cannot_reply_without_history() -> RefusalError:
    return RefusalError(403, 160002, "Cannot reply without permission to read message history")


def too_large() -> RefusalError:
    return RefusalError(413, 40005, "Request entity too large")


def invalid_form() -> RefusalError:
    return RefusalError(400, 50035, "Invalid Form Body")


def invalid_json() -> RefusalError:
    return RefusalError(400, 50109, "The request body contains invalid JSON.")
