"""What Whence keeps of people, how long and what for, as it tells them."""

from __future__ import annotations


def told(retention_days: int, prefix: str) -> list[str]:
    """A paragraph a line. docs/operators.md says the same to operators."""
    return [
        "I keep the names you ask me about, with my answer, your id and name, the channel and the "
        f"server, for {_days(retention_days)}, so that you can correct me; nobody trains anything "
        "on them. Nothing else that you write is kept.",
        "I keep what you correct, with your id, name and the age of your account, until you take "
        f"it back. Only that is used to teach my network. {prefix}mycorrections shows it, "
        f"{prefix}undo takes back the last one.",
        f"{prefix}forgetme deletes all of it at once. A network that was taught with it no longer "
        "answers, and may keep what it learnt until the next full retraining, which starts without "
        "it.",
        "A guess is about the spelling of a name, never about a person.",
    ]


def _days(count: int) -> str:
    return "a day" if count == 1 else f"{count:,} days"
