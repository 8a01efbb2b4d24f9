"""Names that came through a program on their way: bytes read in the wrong encoding (GarcÃ­a),
escapes of HTML, of addresses and of source text (M&uuml;ller, Jos%C3%A9, Jos\\u00e9), tags."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

_MISREAD = re.compile("[ÂÃÄÅÎÏÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_QUOTED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.I)
_TAGS = re.compile(
    r"</?(?:b|i|u|s|p|em|strong|span|div|br|a|li|ul|td|tr|h\d|font|mark|small)(?:\s[^<>]*)?/?>",
    re.I,
)


def decoded(raw: str) -> str:
    """`raw` as it was before; as it is where it came through nothing."""
    if "%" in raw:
        raw = _QUOTED.sub(_unquoted, raw)
    if "\\" in raw:
        raw = _ESCAPED.sub(lambda found: chr(int(found[1] or found[2], 16)), raw)
    if "&" in raw and _ENTITY.search(raw):
        raw = html.unescape(raw)
    if "<" in raw:
        raw = _TAGS.sub(" ", raw)
    if not raw.isascii() and _MISREAD.search(raw):
        raw = _read_again(raw)
    return raw.replace("\N{REPLACEMENT CHARACTER}", "")


def _unquoted(found: re.Match[str]) -> str:
    plain = unquote(found[0], errors="replace")
    return found[0] if "\N{REPLACEMENT CHARACTER}" in plain else plain


def _read_again(text: str) -> str:
    """UTF-8 that was read as a Windows or Latin-1 page; once more where that was done twice."""
    for _ in range(2):
        for page in ("cp1252", "latin-1"):
            try:
                text = text.encode(page).decode("utf-8")
            except UnicodeError:
                continue
            break
        else:
            return text
    return text
