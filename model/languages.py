"""The languages: what people call each, how it is written, and which letters betray it. This is
the one place that describes them; a language is added by an entry here and names of its own.

The labels that a network knows live in its checkpoint, not here: it may have learnt more, or may
not know yet what was added.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

PLAIN_FLAG = "🏳️"
# The parts of the world by which menus are split: no more than four, as Discord has room for.
WEST, EAST = "Western and northern Europe", "Central and eastern Europe"
AFRICA, ASIA = "Africa and the Middle East", "Asia and the Pacific"
REGIONS = (WEST, EAST, AFRICA, ASIA)
OTHERS = "Others"
ALL, TUTORIAL = "all", "tutorial"  # what may be asked for in place of names


class LanguagesError(ValueError):
    """What was asked for is no language of a network; the message is a sentence saying so."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language as people see it: English name, ISO 639 code, flag, own name, aliases.
    `scripts` are those beside Latin letters in which its names are written, `letters` those that
    say it is this one or one of few; `family` is whose relatives it stands beside, `region` where
    it is looked for."""

    name: str
    code: str
    flag: str
    native: str
    aliases: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    letters: str = ""
    family: str = ""
    region: str = ""

    @property
    def called(self) -> tuple[str, ...]:
        """Everything by which people call it."""
        flag = "" if self.flag == PLAIN_FLAG else self.flag
        own = (self.name, self.native, self.code, flag, *self.aliases)
        return tuple(filter(None, own))


# fmt: off
# Those of the tutorial, which every network of ours knows.
LANGUAGES: tuple[Language, ...] = (
    Language("Arabic", "ar", "🇸🇦", "العربية", ("arab", "arabian", "egyptian", "moroccan"),
        ("Arabic",), "", "Semitic", AFRICA),
    Language("Chinese", "zh", "🇨🇳", "中文", ("cn", "mandarin", "cantonese", "taiwanese", "汉语"),
        ("Han",), "ǎǐǒǔǖǘǚǜ", "Sino-Tibetan", ASIA),
    Language("Czech", "cs", "🇨🇿", "čeština", ("cz", "bohemian", "česky", "český"), (), "",
        "Slavic", EAST),
    Language("Dutch", "nl", "🇳🇱", "Nederlands", ("flemish", "netherlands", "holland", "vlaams"),
        (), "", "Germanic", WEST),
    Language("English", "en", "🇬🇧", "English", ("british", "american", "us", "uk", "gb"), (), "",
        "Germanic", WEST),
    Language("French", "fr", "🇫🇷", "français", ("francais", "france", "québécois"), (), "",
        "Romance", WEST),
    Language("German", "de", "🇩🇪", "Deutsch", ("ger", "austrian", "swiss german", "germany"), (),
        "", "Germanic", WEST),
    Language("Greek", "el", "🇬🇷", "ελληνικά", ("gr", "hellenic", "greece", "ellinika"),
        ("Greek",), "", "Hellenic", EAST),
    Language("Irish", "ga", "🇮🇪", "Gaeilge", ("ie", "gaelic irish", "irish gaelic", "ireland"),
        (), "", "Celtic", WEST),
    Language("Italian", "it", "🇮🇹", "italiano", ("ita", "italy"), (), "", "Romance", WEST),
    Language("Japanese", "ja", "🇯🇵", "日本語", ("jp", "nihongo", "japan", "jap"), ("kana", "Han"),
        "", "Japonic", ASIA),
    Language("Korean", "ko", "🇰🇷", "한국어", ("kr", "hangul", "korea", "hangugeo"), ("Hangul",), "",
        "Koreanic", ASIA),
    Language("Polish", "pl", "🇵🇱", "polski", ("poland", "polska"), (), "", "Slavic", EAST),
    Language("Portuguese", "pt", "🇵🇹", "português", ("brazilian", "br", "pt-br", "portugal"), (),
        "", "Romance", WEST),
    Language("Russian", "ru", "🇷🇺", "русский", ("rus", "russia", "russkiy"), ("Cyrillic",), "",
        "Slavic", EAST),
    Language("Scottish", "gd", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "Gàidhlig", ("scots", "scottish gaelic", "scotland",
        "sco"), (), "", "Celtic", WEST),
    Language("Spanish", "es", "🇪🇸", "español", ("castilian", "castellano", "mexican", "spain"),
        (), "", "Romance", WEST),
    Language("Vietnamese", "vi", "🇻🇳", "Tiếng Việt", ("vn", "viet", "vietnam", "việt"), (), "",
        "Austroasiatic", ASIA),
)

# The others that we can describe; whether a network knows them, its labels tell. Where a name has
# letters of several, the first counts.
FOREIGN: tuple[Language, ...] = (
    Language("Ukrainian", "uk", "🇺🇦", "українська", ("ukraine", "ukr", "ukrainska", "ukrajinska"),
        ("Cyrillic",), "іїєґ", "Slavic", EAST),
    Language("Belarusian", "be", "🇧🇾", "беларуская", ("belarus", "belorussian", "byelorussian",
        "belarussian"), ("Cyrillic",), "іў", "Slavic", EAST),
    Language("Serbo-Croatian", "sh", "🇷🇸", "srpskohrvatski", ("serbian", "croatian", "bosnian",
        "montenegrin", "serbia", "croatia", "bosnia", "montenegro", "serb", "croat", "bosniak",
        "српски", "srpski", "hrvatski", "bosanski", "crnogorski", "sr", "hr", "bs", "🇭🇷", "🇧🇦",
        "🇲🇪", "bcs", "yugoslav"), ("Cyrillic",), "ђјљњћџ", "Slavic", EAST),
    Language("Macedonian", "mk", "🇲🇰", "македонски", ("macedonia", "north macedonia",
        "makedonski"), ("Cyrillic",), "јљњџѓќѕ", "Slavic", EAST),
    Language("Bulgarian", "bg", "🇧🇬", "български", ("bulgaria", "balgarski"), ("Cyrillic",), "",
        "Slavic", EAST),
    Language("Kazakh", "kk", "🇰🇿", "қазақша", ("kazakhstan", "kazakhstani", "qazaq"),
        ("Cyrillic",), "іәғқңөұүһ", "Turkic", ASIA),
    Language("Tatar", "tt", PLAIN_FLAG, "татарча", ("tatarstan",), ("Cyrillic",), "әғқңөұүһ",
        "Turkic", EAST),
    Language("Mongolian", "mn", "🇲🇳", "монгол", ("mongolia", "mongol", "khalkha"), ("Cyrillic",),
        "", "Mongolic", ASIA),
    Language("Persian", "fa", "🇮🇷", "فارسی", ("farsi", "iranian", "iran", "dari", "tajik"),
        ("Arabic",), "پچژگکی", "Iranian", AFRICA),
    Language("Urdu", "ur", "🇵🇰", "اردو", ("pakistani", "pakistan"), ("Arabic",), "پچژگکیٹڈڑںےہ",
        "Indo-Aryan", ASIA),
    Language("Azerbaijani", "az", "🇦🇿", "azərbaycanca", ("azeri", "azerbaijan", "azerbaycan"), (),
        "əƏ", "Turkic", AFRICA),
    Language("Turkish", "tr", "🇹🇷", "Türkçe", ("turkey", "turkiye", "turk"), (), "ğışİ", "Turkic",
        AFRICA),
    Language("Danish", "da", "🇩🇰", "dansk", ("denmark", "dane", "danmark"), (), "øå", "Germanic",
        WEST),
    Language("Norwegian", "no", "🇳🇴", "norsk", ("norway", "norge", "bokmål", "nynorsk", "nb",
        "nn"), (), "øå", "Germanic", WEST),
    Language("Swedish", "sv", "🇸🇪", "svenska", ("sweden", "swede", "sverige", "svensk"), (), "øå",
        "Germanic", WEST),
    Language("Icelandic", "is", "🇮🇸", "íslenska", ("iceland", "icelander", "island"), (), "ðþ",
        "Germanic", WEST),
    Language("Finnish", "fi", "🇫🇮", "suomi", ("finland", "finn", "suomalainen"), (), "", "Uralic",
        WEST),
    Language("Hungarian", "hu", "🇭🇺", "magyar", ("hungary", "magyarország"), (), "őű", "Uralic",
        EAST),
    Language("Romanian", "ro", "🇷🇴", "română", ("romania", "moldovan", "moldavian", "moldova",
        "rumanian"), (), "țţș", "Romance", EAST),
    Language("Latvian", "lv", "🇱🇻", "latviešu", ("latvia", "lettish", "latviski"), (), "ėįųģķļņ",
        "Baltic", EAST),
    Language("Lithuanian", "lt", "🇱🇹", "lietuvių", ("lithuania", "lietuva"), (), "ėįųģķļņ",
        "Baltic", EAST),
    Language("Slovak", "sk", "🇸🇰", "slovenčina", ("slovakia", "slovakian", "slovensky"), (),
        "ľĺŕ", "Slavic", EAST),
    Language("Slovene", "sl", "🇸🇮", "slovenščina", ("slovenian", "slovenia", "slovenski"), (), "",
        "Slavic", EAST),
    Language("Estonian", "et", "🇪🇪", "eesti", ("estonia", "eesti keel"), (), "", "Uralic", EAST),
    Language("Albanian", "sq", "🇦🇱", "shqip", ("albania", "kosovar", "kosovo", "shqiptar"), (),
        "", "Albanian", EAST),
    Language("Armenian", "hy", "🇦🇲", "հայերեն", ("armenia", "hayeren"), ("Armenian",), "",
        "Armenian", AFRICA),
    Language("Georgian", "ka", "🇬🇪", "ქართული", ("georgia", "kartuli", "kartvelian"),
        ("Georgian",), "", "Kartvelian", AFRICA),
    Language("Hebrew", "he", "🇮🇱", "עברית", ("israeli", "israel", "ivrit", "iw"),
        ("Hebrew",), "", "Semitic", AFRICA),
    Language("Amharic", "am", "🇪🇹", "አማርኛ", ("ethiopian", "ethiopia", "eritrean", "tigrinya",
        "ethiopic", "habesha"), ("Ethiopic",), "", "Semitic", AFRICA),
    Language("Hindi", "hi", "🇮🇳", "हिन्दी", ("indian", "india", "hindustani", "gujarati",
        "marathi", "punjabi", "हिंदी"),
        ("Devanagari", "Gujarati", "Gurmukhi", "Oriya"), "",
        "Indo-Aryan", ASIA),
    Language("Bengali", "bn", "🇧🇩", "বাংলা", ("bangla", "bangladeshi", "bangladesh"),
        ("Bengali",), "", "Indo-Aryan", ASIA),
    Language("Nepali", "ne", "🇳🇵", "नेपाली", ("nepalese", "nepal"), ("Devanagari",), "",
        "Indo-Aryan", ASIA),
    Language("Sinhala", "si", "🇱🇰", "සිංහල", ("sinhalese", "sri lankan", "sri lanka"),
        ("Sinhala",), "", "Indo-Aryan", ASIA),
    Language("Tamil", "ta", PLAIN_FLAG, "தமிழ்", ("tamil nadu",), ("Tamil",), "", "Dravidian",
        ASIA),
    Language("Thai", "th", "🇹🇭", "ไทย", ("thailand", "siamese"), ("Thai",), "", "Tai-Kadai",
        ASIA),
    Language("Lao", "lo", "🇱🇦", "ລາວ", ("laotian", "laos"), ("Lao",), "", "Tai-Kadai", ASIA),
    Language("Burmese", "my", "🇲🇲", "မြန်မာ", ("myanmar", "burma", "bamar"), ("Myanmar",), "",
        "Sino-Tibetan", ASIA),
    Language("Khmer", "km", "🇰🇭", "ខ្មែរ", ("cambodian", "cambodia"), ("Khmer",), "",
        "Austroasiatic", ASIA),
    Language("Indonesian", "id", "🇮🇩", "bahasa Indonesia", ("indonesia", "malay", "malaysian",
        "malaysia", "bahasa", "bahasa melayu", "javanese", "ms", "🇲🇾"), (), "", "Austronesian",
        ASIA),
    Language("Filipino", "tl", "🇵🇭", "Filipino", ("tagalog", "philippines", "pilipino",
        "philippine", "pinoy", "fil"), (), "", "Austronesian", ASIA),
    Language("Samoan", "sm", "🇼🇸", "gagana Samoa", ("samoa", "tongan", "tonga", "polynesian",
        "to"), (), "", "Austronesian", ASIA),
    Language("Yoruba", "yo", "🇳🇬", "Yorùbá", ("yoruban",), (), "", "Niger-Congo", AFRICA),
    Language("Igbo", "ig", PLAIN_FLAG, "Asụsụ Igbo", ("ibo",), (), "", "Niger-Congo", AFRICA),
    Language("Hausa", "ha", PLAIN_FLAG, "harshen Hausa", (), (), "", "Chadic", AFRICA),
    Language("Akan", "ak", "🇬🇭", "Akan", ("twi", "ghanaian", "ghana", "fante", "ashanti", "tw"),
        (), "", "Niger-Congo", AFRICA),
    Language("Swahili", "sw", "🇹🇿", "Kiswahili", ("tanzanian", "tanzania", "kenyan", "kenya",
        "🇰🇪"), (), "", "Niger-Congo", AFRICA),
    Language("Welsh", "cy", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "Cymraeg", ("wales", "cymru", "cymric"), (), "", "Celtic",
        WEST),
    Language("Catalan", "ca", "🇦🇩", "català", ("catalonia", "catalunya", "valencian", "andorran"),
        (), "", "Romance", WEST),
    Language("Basque", "eu", PLAIN_FLAG, "euskara", ("euskera", "basque country", "euskal"), (),
        "", "Basque", WEST),
)
# fmt: on


def of(label: str) -> Language:
    """The language of a checkpoint's label; one not listed here gets a plain flag."""
    return _BY_NAME.get(label) or Language(label, "", PLAIN_FLAG, label)


def find(text: str) -> Language | None:
    """Which language a person means by `text` (name, code, flag, own name or alias), whether or
    not a network knows it."""
    return _BY_ALIAS.get(key(text))


def key(text: str) -> str:
    """What is left of `text` to tell a language by: no capitals, no accents."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def among(typed: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Those of a network's `labels` that are asked for: ALL, TUTORIAL, or some of them by
    anything that they are called, with commas or blanks between. Raises LanguagesError."""
    if key(typed) == ALL:
        return (*labels,)
    if key(typed) == TUTORIAL:
        return tuple(label for label in labels if of(label) in LANGUAGES)
    by_key = marks((*labels,))
    asked = list(_asked_for(typed, by_key))
    found = {by_key[one] for one in asked if one in by_key}
    unknown = [named.name if (named := find(one)) else one for one in asked if one not in by_key]
    if unknown or not found:
        told = ", ".join(dict.fromkeys(unknown)) or "Nothing"
        raise LanguagesError(f"{told} is not among the languages that the network knows.")
    return tuple(label for label in labels if label in found)


@functools.lru_cache(maxsize=4)
def marks(labels: tuple[str, ...]) -> dict[str, str]:
    """By the key of everything that a language is called, the label. What is one's code and
    another's alias is the code, but for the first 18, whose aliases people are used to: `uk`."""
    found: dict[str, str] = {}
    for label in labels:
        found.setdefault(key(label), label)
    for label in sorted(labels, key=lambda label: of(label) not in LANGUAGES):
        for mark in of(label).called:
            found.setdefault(key(mark), label)
    return found


def by_region(labels: Iterable[str]) -> dict[str, list[str]]:
    """The labels of each part of the world, in the order of REGIONS; those of which we do not know
    where they are at home come last."""
    found: dict[str, list[str]] = {region: [] for region in (*REGIONS, OTHERS)}
    for label in labels:
        found[of(label).region or OTHERS].append(label)
    return {region: its for region, its in found.items() if its}


def by_family(labels: Sequence[str]) -> list[int]:
    """The places of `labels`, relatives beside each other."""
    families = list(dict.fromkeys(one.family for one in (*LANGUAGES, *FOREIGN)))
    order = {family: i for i, family in enumerate(families)}
    return sorted(range(len(labels)), key=lambda i: order.get(of(labels[i]).family, len(order)))


def _asked_for(typed: str, known: Container[str]) -> Iterator[str]:
    """The keys of what is named in "swiss german, pt es": a part that is one name stays whole."""
    for part in typed.replace(";", ",").split(","):
        if (whole := key(part)) in known or find(part) is not None:
            yield whole
        else:
            yield from map(key, part.split())


_BY_NAME = {language.name: language for language in (*LANGUAGES, *FOREIGN)}
_BY_ALIAS = {
    mark: _BY_NAME[name]
    for mark, name in marks(tuple(one.name for one in _BY_NAME.values())).items()
}
