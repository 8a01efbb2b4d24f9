"""Names beyond the tutorial's: our own lists in `model/corpus/`, and the packages faker, mimesis
and japanese-personal-name-dataset. None needs a download. The packages also have names of
languages that we do not know, by which the network learns what is none of ours."""

from __future__ import annotations

import csv
import html
import importlib
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from model.names import ELSEWHERE, FULL, GIVEN, SURNAME, Row, is_odd
from model.names.romanisation import spellings
from model.text import scripts

OWN, FAKER, MIMESIS, JAPANESE = "own", "faker", "mimesis", "japanese"
ROMANISED, SPLICED = "romanised", "spliced"  # made from names of the others
ALL = (OWN, FAKER, MIMESIS, JAPANESE, ROMANISED, SPLICED, ELSEWHERE)
CORPUS = Path(__file__).parents[1] / "corpus"


def read(without: frozenset[str] = frozenset()) -> list[Row]:
    """The rows of every source but those left out, the surest first; each spelling once a
    language and kind. Names in another script come with their usual romanisations."""
    readers = {OWN: own, FAKER: faker, MIMESIS: mimesis, JAPANESE: japanese}
    found = (row for source, reader in readers.items() if source not in without for row in reader())
    rows: dict[tuple[str, str, str], Row] = {}
    for row in found:
        name = _tidy(row.name)
        for spelling in spellings(name, row.language):
            source = row.source if spelling == name else ROMANISED
            key = (spelling.lower(), row.language, row.kind)
            if source not in without:
                rows.setdefault(key, Row(spelling, row.language, source, row.kind))
    kept = _at_home([row for row in rows.values() if not is_odd(row)])
    made = [] if SPLICED in without else spliced(kept)
    foreign = [] if ELSEWHERE in without else elsewhere({row.folded for row in kept})
    return [*kept, *made, *foreign]


def _at_home(rows: list[Row]) -> list[Row]:
    """The rows without those that our own lists overrule: packages list what is common in a
    country, also what came from elsewhere (Emily in France); our lists say where a name is most
    at home, and where they say so, it stands there alone."""
    homes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.source == OWN:
            homes[overruled(row)].add(row.language)
    at_home = (homes.get(overruled(row), {row.language}) for row in rows)
    return [row for row, languages in zip(rows, at_home, strict=True) if row.language in languages]


def overruled(row: Row) -> tuple[str, str]:
    """The kind and the spelling about which a row of our own lists has the last word. Rodriguez
    is Rodríguez without his accents; but Sara is no Sára, who lives in Prague alone."""
    return row.kind, row.name.lower() if row.kind == GIVEN else row.folded


def _tidy(name: str) -> str:
    return html.unescape(name).strip(" \xa0:,‘’")


def own() -> Iterator[Row]:
    """Our lists: a language a file, `[given]` and `[surname]` apart, `#` begins a comment."""
    for path in sorted(CORPUS.glob("*.txt")):
        kind = GIVEN
        for line in path.read_text(encoding="utf-8").splitlines():
            name = line.partition("#")[0].strip()
            if name.startswith("["):
                kind = name.strip("[]")
            elif name:
                yield Row(name, path.stem, OWN, kind)


# Left out: locales that hold many names of immigrants (de_DE, de_CH, nl_BE, fr_BE, fr_CH).
_FAKER_LOCALES = {
    "Arabic": "ar_AA ar_PS ar_SA ar_DZ",
    "Chinese": "zh_CN zh_TW",
    "Czech": "cs_CZ",
    "Dutch": "nl_NL",
    "English": "en_GB en_US",
    "French": "fr_FR fr_CA fr_QC",
    "German": "de_AT",
    "Greek": "el_GR",
    "Irish": "ga_IE en_IE",
    "Italian": "it_IT",
    "Japanese": "ja_JP",
    "Korean": "ko_KR",
    "Polish": "pl_PL",
    "Portuguese": "pt_BR pt_PT",
    "Russian": "ru_RU",
    "Spanish": "es_ES es_MX es_CO es_AR es_CL",
    "Vietnamese": "vi_VN",
}


def faker(of: dict[str, str] = _FAKER_LOCALES) -> Iterator[Row]:
    for language, locales in of.items():
        for locale in locales.split():
            provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
            for attribute in sorted(dir(provider)):
                if not _FAKER_LIST.fullmatch(attribute):
                    continue
                kind = SURNAME if "last" in attribute else GIVEN
                listed = getattr(provider, attribute)
                for name in filter(_is_text, () if isinstance(listed, property) else listed):
                    yield Row(name, language, FAKER, kind)


_FAKER_LIST = re.compile(
    r"(?:first|middle)(?:_romanized)?_names(?:_female|_male|_unisex)?"
    r"|(?:male_|unisex_)?last(?:_romanized)?_names(?:_female|_male)?"
)

_MIMESIS_LOCALES = {
    "Arabic": "ar-ae ar-dz ar-eg ar-jo ar-kw ar-ma ar-om ar-qa ar-sa ar-sy ar-tn ar-ye",
    "Chinese": "zh",
    "Czech": "cs",
    "Dutch": "nl",
    "English": "en",
    "French": "fr",
    "German": "de-at",
    "Greek": "el",
    "Italian": "it",
    "Japanese": "ja",
    "Korean": "ko",
    "Polish": "pl",
    "Portuguese": "pt pt-br",
    "Russian": "ru",
    "Spanish": "es es-mx",
}


def mimesis(of: dict[str, str] = _MIMESIS_LOCALES) -> Iterator[Row]:
    datasets = resources.files("mimesis") / "datasets"
    for language, locales in of.items():
        for locale in locales.split():
            person = json.loads((datasets / locale / "person.json").read_text(encoding="utf-8"))
            for key, kind in (("names", GIVEN), ("surnames", SURNAME)):
                lists = person.get(key, [])
                for names in lists.values() if isinstance(lists, dict) else [lists]:
                    for name in filter(_is_text, names):
                        yield Row(name, language, MIMESIS, kind)


def _is_text(name: object) -> bool:
    return isinstance(name, str) and len(name) > 1


def japanese() -> Iterator[Row]:
    """Surnames in kanji, kana and romaji; given names likewise, at most three kanji spellings
    of a reading."""
    dataset = resources.files("japanese_personal_name_dataset") / "dataset"
    for kanji, _count, kana, romaji in _csv(dataset / "last_name_org.csv"):
        for name in (kanji, kana, romaji.title()):
            yield Row(name, "Japanese", JAPANESE, SURNAME)
    for file in ("first_name_man_opti.csv", "first_name_woman_opti.csv"):
        for kana, romaji, *written in _csv(dataset / file):
            for name in (kana, romaji.title(), *written[:3]):
                yield Row(name, "Japanese", JAPANESE, GIVEN)
    for file in ("first_name_man_org.csv", "first_name_woman_org.csv"):
        for _kana, romaji, *written in itertools.islice(_csv(dataset / file), 0, None, 3):
            for name in (romaji.title(), *written[:1]):
                yield Row(name, "Japanese", JAPANESE, GIVEN)


def _csv(file: Traversable) -> Iterator[list[str]]:
    text = file.read_text(encoding="utf-8")
    return (line for line in csv.reader(text.splitlines()) if len(line) > 1)


# Languages that are not among ours, in Latin letters and without those that are all but one of
# ours on paper (Slovak and Czech, Swiss and German).
_FAKER_ELSEWHERE = (
    "az_AZ da_DK en_IN en_KE et_EE fi_FI ha_NG hr_HR hu_HU id_ID ig_NG is_IS lt_LT lv_LV "
    "no_NO ro_RO sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA"
)
_MIMESIS_ELSEWHERE = "az da et fi hr hu is no sv tr"
_MOST_OF_A_LOCALE = 500  # names of a kind; Iceland has thousands


def elsewhere(ours: Collection[str]) -> Iterator[Row]:
    """Names of other languages in Latin letters, but for those whose folded spelling is among
    `ours`."""
    dice = random.Random(0)
    told: set[tuple[str, str]] = set()
    in_faker = (faker({ELSEWHERE: locale}) for locale in _FAKER_ELSEWHERE.split())
    in_mimesis = (mimesis({ELSEWHERE: locale}) for locale in _MIMESIS_ELSEWHERE.split())
    for listed in itertools.chain(in_faker, in_mimesis):
        by_kind: defaultdict[str, list[Row]] = defaultdict(list)
        for row in listed:
            foreign = Row(_tidy(row.name), ELSEWHERE, ELSEWHERE, row.kind)
            key = (foreign.folded, row.kind)
            is_latin = scripts.main_script(foreign.name) == scripts.LATIN
            if is_latin and foreign.folded not in ours and key not in told and not is_odd(foreign):
                told.add(key)
                by_kind[row.kind].append(foreign)
        for rows in by_kind.values():
            yield from dice.sample(rows, min(len(rows), _MOST_OF_A_LOCALE))


def spliced(rows: list[Row], count: int = 3000) -> Iterator[Row]:
    """Full names in Han characters, written without a blank between surname and given name, as
    Chinese and Japanese write them."""
    dice = random.Random(0)
    for language in ("Chinese", "Japanese"):
        surnames, given = (
            [
                row.name
                for row in rows
                if row.language == language
                and row.kind == kind
                and {scripts.of(c) for c in row.name} == {scripts.HAN}
            ]
            for kind in (SURNAME, GIVEN)
        )
        for _ in range(count if surnames and given else 0):
            yield Row(dice.choice(surnames) + dice.choice(given), language, SPLICED, FULL)
