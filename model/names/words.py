"""python -m model.names.words CLDR: writes the list of words that are no names,
`corpus/words.list.xz`, from our own list, the texts of the packages faker and mimesis, the lists of
wonderwords, mnemonic and jieba (MIT; `pip install wonderwords mnemonic jieba`, needed for nothing
else), and what Unicode's CLDR calls signs in each language (`npm pack cldr-annotations-full@46`,
unpacked: its folder is CLDR). A word that people bear
as a name (Rose, Baker, Mark) is left out: by our lists of names, and by how often it is met in the
names of people (`corpus/people.train.tsv.xz`)."""

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
from pathlib import Path

from model.names import Row, packages, sources
from model.text.writing_systems import scripts

CORPUS = Path(__file__).parents[1] / "corpus"
OWN, WORDS, PEOPLE = (
    CORPUS / name for name in ("own_words.list", "words.list.xz", "people.train.tsv.xz")
)
PROVENANCE = (
    "# Words that are no names. Made by `python -m model.names.words` from own_words.list, the"
    " texts of the packages faker 40, mimesis 22, wonderwords 3, mnemonic 0.21, jieba 0.42 (all"
    " MIT) and CLDR 46 (Unicode License)."
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
_FAKER = "cs_CZ de_DE el_GR en_US es_ES fr_FR it_IT nl_NL pl_PL ru_RU vi_VN ar_AA ja_JP zh_CN zh_TW"
_MNEMONIC = "czech french italian japanese korean portuguese russian spanish"
_CLDR = "ar cs de el es fr it ja ko nl pl pt ru vi zh zh-Hant"
_OFTEN_IN_CHINESE = 2000  # how often jieba has met a word
_MIMESIS = "ar cs de el en es fr it ja ko nl pl pt ru zh"
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
    kept = {w for w in ours if people[w] < (_OFTEN_NAMES if w in names else _OFTEN_OURS)}
    kept |= {w for w in english if people[w] < _OFTEN and w not in names}
    kept |= {w for w in elsewhere if people[w] < _OFTEN_ELSEWHERE and w not in listed}
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


def _signs(cldr: Path) -> Iterator[str]:
    """What signs and pictures are called: 🐿 is Eichhörnchen. Vietnamese words are often two."""
    for locale in _CLDR.split():
        path = cldr / "annotations" / locale / "annotations.json"
        said = json.loads(path.read_text(encoding="utf-8"))["annotations"]["annotations"]
        for sign in said.values():
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


def _mimesis(locale: str) -> Iterator[str]:
    for listed in json.loads(_dataset(locale, "text.json"))["words"]:
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
    rows = sources.read()
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
