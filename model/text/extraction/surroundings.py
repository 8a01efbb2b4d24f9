"""What people type round a name (my name is Rodrigo; Tanaka, please; rodrigo@example.com), taken
off it. Where nothing would be left, the text stays as it was typed."""

from __future__ import annotations

import re
from functools import cache

from model.text.extraction import mentions, phrases, titles

_ROLES = frozenset(
    """info admin administrator contact support help sales hello hi mail email noreply no reply not
    donotreply office webmaster postmaster team jobs hr press media billing service newsletter
    abuse root test user you me someone name""".split()  # noqa: SIM905  (reads better)
)

_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?([\w.+'-]+)@(?:[\w-]+\.)+[a-z]{2,}[>)\]]?", re.I)
_PRONOUNS = re.compile(
    r"[(\[{|/·•-]?\s*\b(?:he|she|they|it|xe|ze|any|él|ella|elle|elles|il|iel|er|sie|lui|"
    r"lei|hij|zij|on|ona|ele|ela"
    r"|он|она|han|hon|hen|hun|hän|wij|nosotros)\s*[/|]\s*[^\W\d_]+(?:\s*/\s*[^\W\d_]+)*\s*[)\]}]?"
    r"|[(\[{]\s*(?:he|him|she|her|they|them|any|all)(?:\s+pronouns)?\s*[)\]}]|\bpronouns?\b.*$",
    re.I,
)
_BRACKETS = re.compile(r"[(\[{（【「『][^()\[\]{}（）【】「」『』]*[)\]}）】」』]")
_BORN = re.compile(
    r"\b(?:née|nee|né|geb\.?|geborene?r?|roz\.|z domu|z d\.|rozená|born|урожд\.?|урождённая|"
    r"formerly|vormals|nata|nacida|nascida|geboren|f/k/a|fka)\s+(?=\w)"
)
_ALIAS = re.compile(
    r"(?<=\w)[\s,]+(?:a\.?k\.?a\b\.?|alias|vulgo|better known as|known as|genannt|dite?|dett[oa]|"
    r"zwany|zwana|conhecid[oa] como|conocid[oa] como|по прозвищу)\s+\S.*$",
    re.I,
)
_DIGNITY = re.compile(
    r"(?<=\w)\s*,\s*(?:\d{1,2}(?:st|nd|rd|th)\s+)?(?:baron(?:et|ess)?|viscount(?:ess)?|earl|duke|duchess|count(?:ess)?"
    r"|prince(?:ss)?|marquess|marquis|marquise|marchioness|margrave|landgrave|elector|(?:arch)?bishop|king|queen)"
    r"\s+\S.*$|,\s*\d{1,2}(?:st|nd|rd|th)\s+\w+$",
    re.I,
)
_NICKNAME = re.compile(
    '(?<=\\w)\\s*["“”„«‹「『]([^"“”„«»‹›「」『』]{1,30})["“”»›」』]\\s*(?=[\\w,])'
    "|(?<=\\w)\\s+['‘’]([^'‘’]{2,30})['‘’]\\s+(?=\\w)"
)
_SMILEYS = re.compile(r"(?<!\S)(?:[:;=][-'^]?[DPpOo()/|3\]\[*]+|[xX]D+|<3+|\^\^|o/|¯\S+)(?!\S)")
_LABEL = re.compile(
    r"^[\W_]*[^\W_][\w .'/-]{0,29}?[\"'”’]?\s*(?:[:：=]|->|→)\s*(?=\W*[^\W\d_]{2})"
    r"|^\W*(?:\w+ )?(?:name|nom|nome|nombre|naam|user)\s*[–—-]\s*(?=\W*[^\W\d_]{2})",
    re.I,
)
# "First name: Ada, last name: Smith", {"first": "Luca", "last": "Moretti"}
_LABELS = re.compile(
    r"(?<![^\s,;|{(])[\"'“]?(?:first|last|given|family|middle|full|sur|fore|vor|nach|prénom|nom|nombres?|apellidos?"
    r"|nome|cognome|sobrenome|imię|nazwisko|jméno|příjmení|имя|фамилия|отчество|όνομα|επώνυμο|ad[ıi]?|soyad[ıi]?"
    r"|voor|achter|ime|prezime)(?:[ _-]?(?:name|naam))?[\"'”]?\s*[:=]\s*",
    re.I,
)
_COMMAND = re.compile(r"^\s*[!/.?$]lang(?:uage)?\s+(?=\S)", re.I)
_POSSESSIVE = re.compile(
    "(?<![^\\W_])((?!(?:what|who|where|it|that|he|she|here|there|let|how|when|"
    "name)['’])[^\\W\\d_]{2,})"
    "(?:['’‘`´ʼ＇]s(?![^\\W_'-])|s(?= (?:Vor|Nach|Familien)?Name\\b))",
    re.I,
)
_HANDLE_PARTS = re.compile(
    r"^(?:(?:the|real|official|iam|i|am|im|its|just|not|mr|mrs|ms|dr|hey|hello)[._]+)+(?=[^\W\d_]{3})"
    r"|[._]+(?:pl|jp|br|uk|us|fr|de|es|it|ru|cz|gr|kr|pt|nl|ca|au|mx|ar|in|tr|se|ua|eu)\d*$"
    r"|[._]+(?:official|real|dev|tv|yt|ttv|gaming|gamer|live|pro|hd|xd|the|art|music|irl)\d*$",
    re.I,
)

# DrSmith, itsRodrigo, KingJames
_RUN_TOGETHER = re.compile(
    "^@?(?:[Tt]he|[Rr]eal|[Oo]fficial|I[Aa]m|i[Aa]m|[Ii]m|[Ii]ts|[Jj]ust|[Nn]ot|TTV|[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof"
    "|[Ss]ir|[Tt]his[Ii]s|[Ll]ord|[Ll]ady|[Kk]ing|[Qq]ueen|[Cc]aptain)+(?=[A-ZÀ-Þ][^\\W\\d_A-ZÀ-Þ]{2})"
)

# Words that are names or parts of names as well: taken off only where they are in small letters
# before a capital, or cut off by a comma.
_NAMES_TOO = re.compile(
    r"(?:is|by|from|best|love|not|just|only|may|im|it|to|for|das|je|et|y|me|mi|io|si|da|"
    r"de|di|to je|with|"
    r"caro|cara|salve|gentile|beste|sono|sou|hei|selam|tere|salut|szia|sunt|terve|y|yours|cheers|named|name|the|probably|"
    r"perhaps|maybe|says|said)[,:]?",
    re.I,
)
# Words by which a name with no sign between its words may be cut.
WORDS = phrases.TRIGGERS | frozenset(
    """née nee né geb geborene geborener roz domu rozená born formerly vormals nata nacida nascida
    geboren fka aka alias vulgo better known genannt dit dite detto detta zwany zwana conhecido
    conhecida conocido conocida pronouns pronoun and und et or oder oppure lub nebo vs versus plus
    agus och og""".split()  # noqa: SIM905
)
_ENDS = ' \t,;:!?¿¡."“”„»«-–—…'


def core(typed: str) -> str:
    """The name in what was typed, or all of it. Never empty where `typed` is not."""
    text = _greeted(typed) if " " in typed else _RUN_TOGETHER.sub("", typed)
    if "," in text:
        text = titles.without_degrees(text)
    if not text.isalpha():
        text = _unmarked(text)
    words = text.lower().translate(_WORD_EDGES).split()
    if len(words) > 1 and not phrases.TRIGGERS.isdisjoint(words):
        text = _unwrapped(text)
    elif not text.isascii() and (
        phrases.EAST_BEFORE.search(text) or phrases.EAST_AFTER.search(text)
    ):
        text = _otherwise(text, phrases.EAST_AFTER.sub("", phrases.EAST_BEFORE.sub("", text)))
    return mentions.named(mentions.without_descriptions(text)) if " " in text else text


def _greeted(text: str) -> str:
    """ "heyyy Marco" as "hey Marco"."""
    first, _, rest = text.partition(" ")
    short = _DRAWN.sub(r"\1", first)
    return f"{short} {rest}" if short != first and short.lower() in phrases.TRIGGERS else text


_DRAWN = re.compile(r"(\w)\1{2,}")


def reordered(text: str) -> str:
    """ "Beethoven, Ludwig van" as "Ludwig van Beethoven"; all else as it is."""
    return _LAST_FIRST_PARTICLE.sub(r"\2 \1", text) if "," in text else text


_LAST_FIRST_PARTICLE = re.compile(
    r"^\s*([^\W\d_][^,]*?)\s*,\s*([^,]*\s(?:van|von|de|der|den|da|do|dos|di|del|della|la|le|el|al|bin|ibn"
    r"|ter|ten|zu|af|av|d')(?:\s(?:la|las|los|der|den|het))?)\s*$",
    re.I,
)


def address(typed: str) -> str | None:
    """The part of an e-mail address before the @, without what stands behind a plus; None where
    `typed` is no address alone."""
    found = _ADDRESS.fullmatch(typed.strip())
    return found[1].partition("+")[0] if found else None


def is_a_role(local: str) -> bool:
    """Whether the part before the @ is an office, not a person."""
    parts = re.split(r"[\W\d_]+", local.lower())
    return all(part in _ROLES or len(part) < 2 for part in parts)


def _unmarked(text: str) -> str:
    """Without addresses, pronouns, brackets, labels, smileys, possessives."""
    text = _COMMAND.sub("", text)
    if "@" in text:
        text = _otherwise(text, _ADDRESS.sub(" ", text))
    if "/" in text or "(" in text or "[" in text or "pronoun" in text.lower():
        text = _otherwise(text, _PRONOUNS.sub(" ", text))
    if _BRACKETS.search(text):
        text = _otherwise(text, _BRACKETS.sub(" ", text))
    if _SMILEYS.search(text):
        text = _otherwise(text, _SMILEYS.sub(" ", text))
    if len(_LABELS.findall(text)) > 1:
        text = _otherwise(text, re.sub(r'[\[\]{},;|"“”]+', " ", _LABELS.sub(" ", text)))
    if _LABEL.match(text):
        text = _otherwise(text, _LABEL.sub("", text))
    text = _otherwise(text, titles.without_partners(text))
    if _POSSESSIVE.search(text):
        text = _otherwise(text, _POSSESSIVE.sub(r"\1", text))
    if " " not in text:
        text = _otherwise(text, _HANDLE_PARTS.sub("", text))
    text = _otherwise(text, _NICKNAME.sub(" ", text))
    return _BORN.sub("", _otherwise(text, without_alias(text)))


def without_alias(text: str) -> str:
    """Without another name of the same person, "Kowalski alias Nowak", or what a noble is lord of:
    "William Cecil, 1st Baron Burghley"."""
    return _DIGNITY.sub("", _ALIAS.sub("", text))


def _unwrapped(text: str) -> str:
    before, after = _patterns()
    for _ in range(4):
        left = text.strip(_ENDS)
        if (found := before.match(left)) and _may_go(left, found):
            left = left[found.end() :]
        if found := after.search(left):
            left = left[: found.start()]
        left = left.strip(_ENDS)
        if left == text or not any(map(str.isalpha, left)):
            break
        text = left
    return text


def _may_go(text: str, found: re.Match[str]) -> bool:
    """Whether what was found before a name is none itself: "Best, Rodrigo" and "from Rodrigo",
    but not "Best George"."""
    rest = text[found.end() :].lstrip()
    if not rest:
        return False
    if not _NAMES_TOO.fullmatch(found[0].strip()):
        return True
    is_cut_off = found[0].rstrip().endswith((",", ":"))
    return is_cut_off or (found[0][:1].islower() and (not rest[:1].islower()))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Made when first needed: they take some milliseconds."""
    before = "|".join(phrases.BEFORE)
    after = "|".join(phrases.AFTER)
    return (
        re.compile(rf"(?:{before})(?:\s+|(?<=[\s,:])|\s*[,:]\s*)(?=\W*\w)", re.I),
        re.compile(rf"(?<=\w)\W*(?<=[\W_])(?:{after})\W*$", re.I),
    )


def _otherwise(text: str, left: str) -> str:
    """What is left, where there are letters in it; else `text`."""
    return left.strip() if sum(map(str.isalpha, left)) > 0 else text


_WORD_EDGES = str.maketrans(dict.fromkeys(',;:!?¿¡."“”„»«()', " ") | {"’": "'"})
