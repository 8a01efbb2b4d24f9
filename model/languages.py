"""The languages: what people call each, how it is written, and which letters betray it. This is
the one place that describes them; a language is added by an entry here and names of its own.

The labels that a network knows live in its checkpoint, not here: it may have learnt more, or may
not know yet what was added.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

PLAIN_FLAG = "🏳️"


@dataclass(frozen=True, slots=True)
class Language:
    """A language as people see it: English name, ISO 639 code, flag, own name, aliases.
    `scripts` are those beside Latin letters in which its names are written, `letters` those that
    say it is this one or one of few."""

    name: str
    code: str
    flag: str
    native: str
    aliases: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    letters: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """Everything by which people call it."""
        flag = "" if self.flag == PLAIN_FLAG else self.flag
        own = (self.name, self.native, self.code, flag, *self.aliases)
        return tuple(filter(None, own))


# Those of which we have names.
LANGUAGES: tuple[Language, ...] = (
    Language(
        "Arabic", "ar", "🇸🇦", "العربية", ("arab", "arabian", "egyptian", "moroccan"), ("Arabic",)
    ),
    Language(
        "Chinese",
        "zh",
        "🇨🇳",
        "中文",
        ("cn", "mandarin", "cantonese", "taiwanese", "汉语"),
        ("Han",),
    ),
    Language("Czech", "cs", "🇨🇿", "čeština", ("cz", "bohemian", "česky", "český")),
    Language("Dutch", "nl", "🇳🇱", "Nederlands", ("flemish", "netherlands", "holland", "vlaams")),
    Language("English", "en", "🇬🇧", "English", ("british", "american", "us", "uk", "gb")),
    Language("French", "fr", "🇫🇷", "français", ("francais", "france", "québécois")),
    Language("German", "de", "🇩🇪", "Deutsch", ("ger", "austrian", "swiss german", "germany")),
    Language("Greek", "el", "🇬🇷", "ελληνικά", ("gr", "hellenic", "greece", "ellinika"), ("Greek",)),
    Language("Irish", "ga", "🇮🇪", "Gaeilge", ("ie", "gaelic irish", "irish gaelic", "ireland")),
    Language("Italian", "it", "🇮🇹", "italiano", ("ita", "italy")),
    Language("Japanese", "ja", "🇯🇵", "日本語", ("jp", "nihongo", "japan", "jap"), ("kana", "Han")),
    Language("Korean", "ko", "🇰🇷", "한국어", ("kr", "hangul", "korea", "hangugeo"), ("Hangul",)),
    Language("Polish", "pl", "🇵🇱", "polski", ("poland", "polska")),
    Language("Portuguese", "pt", "🇵🇹", "português", ("brazilian", "br", "pt-br", "portugal")),
    Language("Russian", "ru", "🇷🇺", "русский", ("rus", "russia", "russkiy"), ("Cyrillic",)),
    Language("Scottish", "gd", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "Gàidhlig", ("scots", "scottish gaelic", "scotland", "sco")),
    Language("Spanish", "es", "🇪🇸", "español", ("castilian", "castellano", "mexican", "spain")),
    Language("Vietnamese", "vi", "🇻🇳", "Tiếng Việt", ("vn", "viet", "vietnam", "việt")),
)

# Those that we only know by their letters. Where a name has letters of several, the first counts.
FOREIGN: tuple[Language, ...] = (
    Language("Ukrainian", "uk", "🇺🇦", "українська", (), ("Cyrillic",), "іїєґ"),
    Language("Belarusian", "be", "🇧🇾", "беларуская", (), ("Cyrillic",), "іў"),
    Language("Serbian", "sr", "🇷🇸", "српски", (), ("Cyrillic",), "ђјљњћџ"),
    Language("Macedonian", "mk", "🇲🇰", "македонски", (), ("Cyrillic",), "ђјљњћџ"),
    Language("Kazakh", "kk", "🇰🇿", "қазақша", (), ("Cyrillic",), "іәғқңөұүһ"),
    Language("Tatar", "tt", PLAIN_FLAG, "татарча", (), ("Cyrillic",), "әғқңөұүһ"),
    Language("Persian", "fa", "🇮🇷", "فارسی", ("farsi", "iranian"), ("Arabic",), "پچژگکی"),
    Language("Urdu", "ur", "🇵🇰", "اردو", ("pakistani",), ("Arabic",), "پچژگکیٹڈڑںےہ"),
    Language("Azerbaijani", "az", "🇦🇿", "azərbaycanca", ("azeri",), (), "əƏ"),
    Language("Turkish", "tr", "🇹🇷", "Türkçe", ("turkey",), (), "ğışİ"),
    Language("Danish", "da", "🇩🇰", "dansk", ("denmark",), (), "øå"),
    Language("Norwegian", "no", "🇳🇴", "norsk", ("norway",), (), "øå"),
    Language("Swedish", "sv", "🇸🇪", "svenska", ("sweden",), (), "øå"),
    Language("Icelandic", "is", "🇮🇸", "íslenska", ("iceland",), (), "ðþ"),
    Language("Hungarian", "hu", "🇭🇺", "magyar", ("hungary",), (), "őű"),
    Language("Romanian", "ro", "🇷🇴", "română", ("romania",), (), "țţș"),
    Language("Latvian", "lv", "🇱🇻", "latviešu", ("latvia",), (), "ėįųģķļņ"),
    Language("Lithuanian", "lt", "🇱🇹", "lietuvių", ("lithuania",), (), "ėįųģķļņ"),
    Language("Slovak", "sk", "🇸🇰", "slovenčina", ("slovakia",), (), "ľĺŕ"),
)


def of(label: str) -> Language:
    """The language of a checkpoint's label; one not listed here gets a plain flag."""
    return _BY_NAME.get(label) or Language(label, "", PLAIN_FLAG, label)


def find(text: str) -> Language | None:
    """Which of our languages a person means by `text` (name, code, flag, own name or alias)."""
    return _BY_ALIAS.get(key(text))


def key(text: str) -> str:
    """What is left of `text` to tell a language by: no capitals, no accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_BY_NAME = {language.name: language for language in (*LANGUAGES, *FOREIGN)}
_BY_ALIAS = {key(alias): language for language in LANGUAGES for alias in language.called}
