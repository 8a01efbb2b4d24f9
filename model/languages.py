"""The languages that Whence starts out with, and what people call them.

The labels that a network knows live in its checkpoint, not here (it may have learnt more);
this page only gives a label its flag, its own name and its aliases.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language as people see it: English name, ISO 639 code, flag, own name, aliases."""

    name: str
    code: str
    flag: str
    native: str
    aliases: tuple[str, ...] = ()


LANGUAGES: tuple[Language, ...] = (
    Language("Arabic", "ar", "🇸🇦", "العربية", ("arab", "arabian", "egyptian", "moroccan")),
    Language("Chinese", "zh", "🇨🇳", "中文", ("cn", "mandarin", "cantonese", "taiwanese", "汉语")),
    Language("Czech", "cs", "🇨🇿", "čeština", ("cz", "bohemian", "česky", "český")),
    Language("Dutch", "nl", "🇳🇱", "Nederlands", ("flemish", "netherlands", "holland", "vlaams")),
    Language("English", "en", "🇬🇧", "English", ("british", "american", "us", "uk", "gb")),
    Language("French", "fr", "🇫🇷", "français", ("francais", "france", "québécois")),
    Language("German", "de", "🇩🇪", "Deutsch", ("ger", "austrian", "swiss german", "germany")),
    Language("Greek", "el", "🇬🇷", "ελληνικά", ("gr", "hellenic", "greece", "ellinika")),
    Language("Irish", "ga", "🇮🇪", "Gaeilge", ("ie", "gaelic irish", "irish gaelic", "ireland")),
    Language("Italian", "it", "🇮🇹", "italiano", ("ita", "italy")),
    Language("Japanese", "ja", "🇯🇵", "日本語", ("jp", "nihongo", "japan", "jap")),
    Language("Korean", "ko", "🇰🇷", "한국어", ("kr", "hangul", "korea", "hangugeo")),
    Language("Polish", "pl", "🇵🇱", "polski", ("poland", "polska")),
    Language("Portuguese", "pt", "🇵🇹", "português", ("brazilian", "br", "pt-br", "portugal")),
    Language("Russian", "ru", "🇷🇺", "русский", ("rus", "russia", "russkiy")),
    Language("Scottish", "gd", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "Gàidhlig", ("scots", "scottish gaelic", "scotland", "sco")),
    Language("Spanish", "es", "🇪🇸", "español", ("castilian", "castellano", "mexican", "spain")),
    Language("Vietnamese", "vi", "🇻🇳", "Tiếng Việt", ("vn", "viet", "vietnam", "việt")),
)


def of(label: str) -> Language:
    """The language of a checkpoint's label; one not listed here gets a plain flag."""
    return _BY_NAME.get(label) or Language(label, "", "🏳️", label)


def find(text: str) -> Language | None:
    """The language that a person means by `text` (name, code, own name or alias), if any."""
    return _BY_ALIAS.get(_key(text))


def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_BY_NAME = {language.name: language for language in LANGUAGES}
_BY_ALIAS = {
    _key(alias): language
    for language in LANGUAGES
    for alias in (language.name, language.code, language.native, *language.aliases)
}
