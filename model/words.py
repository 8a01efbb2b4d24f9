"""python -m model.words CLDR: writes the list of words that are no names,
`corpus/words.list.xz`, from our own list, the texts and trades of the packages faker and mimesis,
the lists of wonderwords, mnemonic, jieba and stopwordsiso (MIT; `pip install wonderwords mnemonic
jieba stopwordsiso`, needed for nothing else), and what Unicode's CLDR calls signs, countries,
languages, months and days in each language: CLDR is the folder in which `npm pack` of
cldr-annotations-full@46, cldr-localenames-full@46 and cldr-dates-full@46 are unpacked, each in one
of its name. A word that people bear as a name (Rose, Baker, Mark) is left out: by our lists of
names, by how often it is met in the names of people (`corpus/people.train.tsv.xz`), and by what the
checkpoint that ships knows by heart."""

from __future__ import annotations

import importlib
import json
import lzma
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any

from torch import Tensor

from model.checkpoint import SHIPPED, read
from model.inference.known.known_names import KnownNames, Place
from model.names import Row, packages, sources
from model.text.writing_systems import scripts

CORPUS = Path(__file__).parent / "corpus"
OWN, WORDS, PEOPLE = (
    CORPUS / name for name in ("own_words.list", "words.list.xz", "people.train.tsv.xz")
)
PROVENANCE = (
    "# Words that are no names. Made by `python -m model.words` from own_words.list, the"
    " texts of the packages faker 40, mimesis 22, wonderwords 3, mnemonic 0.21, jieba 0.42,"
    " stopwordsiso 0.7 (all MIT) and CLDR 46 (Unicode License)."
)

_OFTEN_OURS, _OFTEN_NAMES, _OFTEN = 250, 60, 80  # people who bear a word: then it is a name
_OFTEN_ELSEWHERE = 8  # the same of a word in another language than English, for want of people
# Words that not many of our people bear, and yet whoever types them may mean a name.
_CALLED = frozenset(
    """summer april autumn jade stella sofia nova raven petit berg malý maly leite baum bosch appel
    любовь hammer painter india asia sky river lucky sunny star love petra viola iris iva silva
    rivière riviere ireland montenegro bloom
    avril freitag scarpa wald berge spiegel zucker schoen fröhlich silvester janvier
    lampe chrząszcz""".split()  # noqa: SIM905  (reads better)
)
_OFTEN_FARTHER = 3  # the same of one of those languages and kinds of which we know least
_OFTEN_BY_HEART = 5.0  # of 10,000 people: what is so known to be a name is one
_FAKER = "cs_CZ de_DE el_GR en_US es_ES fr_FR it_IT nl_NL pl_PL ru_RU vi_VN ar_AA ja_JP zh_CN zh_TW"
_MNEMONIC = "czech french italian japanese korean portuguese russian spanish"
_CLDR = "ar cs de el es fr it ja ko nl pl pt ru vi zh zh-Hant"
_FARTHER = "bg ca da et fa fi fil he hi hr hu id lt lv no ro sk sl sr sv sw th tr uk ur"
_WITHOUT_NAMES = "fa he hi ur"  # of these we have no names in their letters: no word but places
_TONGUES = "ar cs de en es fr it ja ko nl pl pt ru tr zh"
_OFTEN_IN_CHINESE = 2000  # how often jieba has met a word
_MIMESIS = "ar cs de el en es fr it ja ko nl pl pt ru zh"
_MIMESIS_FARTHER = "az da et fi hr hu is no sk sv tr uk"
_STOPWORDS = (
    "ar bg ca cs da de el es et eu fi fr ga ha hr hu id it ja lt lv nl no pl pt ro ru sk sl sv sw "
    "th tl tr uk vi zh"
)
_FOOD = ("fruits", "vegetables", "dishes", "drinks", "spices")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")


def build(cldr: Path) -> list[str]:
    """The words, sorted; `cldr` is the folder of its annotations."""
    names, listed = _names()
    people = _people()
    ours = set(_ours())
    nouns = set(_wonderwords())
    english = set(_english()) | nouns
    inflected = {w + end for w in ours if w.isascii() and len(w) > 3 for end in ("s", "ing")}
    inflected |= {w + "s" for w in nouns if len(w) > 3}
    elsewhere = (set(_elsewhere()) | set(_signs(cldr)) | inflected) - english
    farther = _unknown(set(_farther(cldr))) - english
    kept = {w for w in ours if people[w] < (_OFTEN_NAMES if w in names else _OFTEN_OURS)}
    kept |= {w for w in english if people[w] < _OFTEN and w not in names}
    kept |= {w for w in elsewhere if people[w] < _OFTEN_ELSEWHERE and w not in listed}
    kept |= {w for w in farther if people[w] < _OFTEN_FARTHER and w not in listed}
    plain = {
        scripts.transliterate(word) for word in kept if scripts.main_script(word) == scripts.LATIN
    }
    kept |= {w for w in plain if people[w] < _OFTEN_ELSEWHERE and w not in listed}
    return sorted(word for word in kept - _CALLED if len(word) > 1)


def write(words: list[str], path: Path = WORDS) -> None:
    text = "\n".join([PROVENANCE, *words]) + "\n"
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _ours() -> Iterator[str]:
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.lower().split()


def _english() -> Iterator[str]:
    yield from _mimesis("en")
    yield from _faker("en_US")
    food = json.loads(_dataset("en", "food.json"))
    for kind in _FOOD:
        for listed in food[kind]:
            yield from _WORD.findall(listed.lower())


def _wonderwords() -> Iterator[str]:
    for kind in ("noun", "adjective", "verb"):
        listed = resources.files("wonderwords") / "assets" / f"{kind}list.txt"
        yield from (w.lower() for w in listed.read_text().split("\n") if _WORD.fullmatch(w))


def _elsewhere() -> Iterator[str]:
    for locale in _MIMESIS.split():
        yield from _mimesis(locale)
    for locale in _FAKER.split():
        yield from _faker(locale)
    chinese = resources.files("jieba") / "dict.txt"
    for line in chinese.read_text(encoding="utf-8").splitlines():
        word, times, kind = line.split(" ")
        if len(word) > 1 and int(times) >= _OFTEN_IN_CHINESE and not kind.startswith("nr"):
            yield word
    for language in _MNEMONIC.split():
        listed = resources.files("mnemonic") / "wordlist" / f"{language}.txt"
        spelled = unicodedata.normalize("NFC", listed.read_text(encoding="utf-8"))
        yield from _WORD.findall(spelled.lower())


def _unknown(words: set[str]) -> set[str]:
    """Those that the checkpoint that ships does not know to be names, whatever it knew them by."""
    known = KnownNames(*_known())
    listed = sorted(words)
    rates = known.rates(listed, [Place.ALONE] * len(listed)).sum(1).tolist()
    return {word for word, rate in zip(listed, rates, strict=True) if rate < _OFTEN_BY_HEART}


def _known() -> tuple[dict[str, Tensor], tuple[str, ...]]:
    checkpoint = read(SHIPPED)
    return checkpoint.tensors, checkpoint.labels


def _farther(cldr: Path) -> Iterator[str]:
    """Words of which we have fewer names to tell them from: of more languages, and more kinds."""
    for locale in _MIMESIS_FARTHER.split():
        yield from _mimesis(locale)
    for locale in (*_MIMESIS_FARTHER.split(), *_MIMESIS.split()):
        if locale != "en":
            yield from _trades(locale)
    stopwords = importlib.import_module("stopwordsiso").stopwords
    for code in _STOPWORDS.split():
        yield from (word for word in stopwords(code) if len(word) > 2 and _WORD.fullmatch(word))
    yield from _localised(cldr)
    for locale in _FARTHER.split():
        if locale in _WITHOUT_NAMES.split():
            continue
        for sign in _annotations(cldr, locale):
            yield from (word for word in _WORD.findall(sign["tts"][0].lower()) if len(word) > 2)


def _trades(locale: str) -> Iterator[str]:
    """What people work as."""
    listed = json.loads(_dataset(locale, "person.json"))["occupation"]
    for trade in listed if isinstance(listed, list) else chain(*listed.values()):
        yield from _WORD.findall(trade.lower())


def _localised(cldr: Path) -> Iterator[str]:
    """What countries, languages, months, days and times are called; of two words or three, these
    together."""
    for locale in (*_CLDR.split(), *_FARTHER.split()):
        names, dates = (cldr / f"cldr-{part}-full/package/main/{locale}" for part in _PARTS)
        shown = _main(names / "territories.json", locale)["localeDisplayNames"]
        tongues = _main(names / "languages.json", locale)["localeDisplayNames"]
        calendar = _main(dates / "ca-gregorian.json", locale)["dates"]["calendars"]["gregorian"]
        times = _main(dates / "dateFields.json", locale)["dates"]["fields"]
        called = [*shown["territories"].values()]
        zones = _main(dates / "timeZoneNames.json", locale)["dates"]["timeZoneNames"]["zone"]
        called += [
            city["exemplarCity"]
            for part in zones.values()
            for city in part.values()
            if isinstance(city.get("exemplarCity"), str)
        ]
        called += [tongues["languages"][code] for code in _TONGUES.split()]
        for kind in ("format", "stand-alone"):
            called += calendar["months"][kind]["wide"].values()
            called += calendar["days"][kind]["wide"].values()
        called += [s for field in times.values() for s in field.values() if isinstance(s, str)]
        for one in called:
            words = re.findall(r"[^\W\d_]+", one.lower())
            if 0 < len(words) < 4:
                yield "_".join(words)


_PARTS = ("localenames", "dates")


def _main(path: Path, locale: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["main"][locale]
    return found


def _signs(cldr: Path) -> Iterator[str]:
    """What signs and pictures are called: 🐿 is Eichhörnchen. Vietnamese words are often two."""
    for locale in _CLDR.split():
        for sign in _annotations(cldr, locale):
            for called in (*sign.get("default", ()), *sign.get("tts", ())):
                words = [
                    word
                    for word in _WORD.findall(called.lower())
                    if len(word) > 2 or not word.isascii()
                ]
                if locale == "vi" and len(words) > 1:
                    yield "_".join(words[:3])
                else:
                    yield from words


def _annotations(cldr: Path, locale: str) -> list[dict[str, list[str]]]:
    """What is said of each sign that has a name."""
    path = cldr / f"cldr-annotations-full/package/annotations/{locale}/annotations.json"
    said = json.loads(path.read_text(encoding="utf-8"))["annotations"]["annotations"]
    return [sign for sign in said.values() if "tts" in sign]


def _mimesis(locale: str) -> Iterator[str]:
    text = json.loads(_dataset(locale, "text.json"))
    for listed in (*text["words"], *text["color"]):
        yield from _WORD.findall(listed.lower())


def _dataset(locale: str, file: str) -> str:
    return (resources.files("mimesis") / "datasets" / locale / file).read_text(encoding="utf-8")


def _faker(locale: str) -> Iterator[str]:
    provider = importlib.import_module(f"faker.providers.lorem.{locale}").Provider
    for listed in provider.word_list:
        yield from _WORD.findall(listed.lower())


def _names() -> tuple[set[str], set[str]]:
    """What stands in the lists of names: those in other scripts and the careful ones in Latin
    letters, and all of them, which also hold what is a word first."""
    careful: list[Row] = [*sources.own(), *packages.japanese()]
    rows = [row for row in sources.read() if row.source != "people"]  # which are counted
    native = [row for row in rows if scripts.main_script(row.name) != scripts.LATIN]
    names = {row.name.lower() for row in (*careful, *native)}
    listed = {row.name.lower() for row in rows}
    return names, names | listed | set(map(scripts.transliterate, listed))


def _people() -> defaultdict[str, int]:
    """How many people bear a word, in whichever place."""
    found: defaultdict[str, int] = defaultdict(int)
    with lzma.open(PEOPLE, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            word, _, counts = line.rstrip("\n").partition("\t")
            numbers = [int(number) for number in counts.split()]
            found[word] = sum(n for i, n in enumerate(numbers) if i % 4)
    return found


def main() -> int:
    words = build(Path(sys.argv[1]))
    write(words)
    print(f"{len(words):,} words: {WORDS.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
