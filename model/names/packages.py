"""The names of the packages faker, mimesis and japanese-personal-name-dataset. A locale begins with
its language's ISO 639 code, by which `model.languages` tells whose names these are; those of
languages that are not among ours are names from elsewhere."""

from __future__ import annotations

import csv
import importlib
import itertools
import json
import re
from collections.abc import Collection, Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from model.languages import FOREIGN, LANGUAGES
from model.names import ELSEWHERE, GIVEN, SURNAME, Row

FAKER, MIMESIS, JAPANESE = "faker", "mimesis", "japanese"

# Left out: locales that hold many names of immigrants (de_DE, de_CH, nl_BE, fr_BE, fr_CH), and
# languages not among ours that are all but one of ours on paper (Slovak and Czech).
_FAKER_LOCALES = (
    "ar_AA ar_PS ar_SA ar_DZ zh_CN zh_TW cs_CZ nl_NL en_GB en_US fr_FR fr_CA fr_QC de_AT el_GR "
    "ga_IE en_IE it_IT ja_JP ko_KR pl_PL pt_BR pt_PT ru_RU es_ES es_MX es_CO es_AR es_CL vi_VN "
    "az_AZ da_DK en_IN en_KE et_EE fi_FI ha_NG hr_HR hu_HU id_ID ig_NG is_IS lt_LT lv_LV no_NO "
    "ro_RO sl_SI sv_SE sw tr_TR tw_GH uz_UZ yo_NG zu_ZA"
)
_MIMESIS_LOCALES = (
    "ar-ae ar-dz ar-eg ar-jo ar-kw ar-ma ar-om ar-qa ar-sa ar-sy ar-tn ar-ye zh cs nl en fr de-at "
    "el it ja ko pl pt pt-br ru es es-mx az da et fi hr hu is no sv tr"
)
# Read only for their own languages: most are in a script of their own.
_MORE_FAKER_LOCALES = "bg_BG fa_IR gu_IN hi_IN hy_AM ka_GE mk_MK mr_IN ne_NP sk_SK uk_UA"
_MORE_MIMESIS_LOCALES = "fa sk uk"
_NOT_BY_CODE = {
    "en_IE": "Irish",
    "en_IN": "Hindi",
    "en_KE": "Swahili",
    "gu_IN": "Hindi",
    "hr": "Serbo-Croatian",
    "hr_HR": "Serbo-Croatian",
    "mr_IN": "Hindi",
    "tw_GH": "Akan",
}
_BY_CODE = {language.code: language.name for language in (*LANGUAGES, *FOREIGN)}
TUTORIAL = tuple(language.name for language in LANGUAGES)


def language_of(locale: str, languages: Collection[str] = TUTORIAL) -> str:
    """Whose names a locale lists; ELSEWHERE where they are of none of `languages`."""
    code, *_ = re.split("[-_]", locale)
    found = _NOT_BY_CODE.get(locale) or _BY_CODE.get(code)
    return found if found is not None and found in languages else ELSEWHERE


def beyond() -> set[str]:
    """The languages beyond the 18 of which there are locales with names enough."""
    known = [language.name for language in FOREIGN]
    locales = f"{_FAKER_LOCALES} {_MORE_FAKER_LOCALES} {_MIMESIS_LOCALES}".split()
    return {language_of(locale, known) for locale in locales} - {ELSEWHERE}


def faker(languages: Collection[str] = TUTORIAL) -> Iterator[Row]:
    for locale in f"{_FAKER_LOCALES} {_MORE_FAKER_LOCALES}".split():
        if (language := language_of(locale, languages)) != ELSEWHERE:
            yield from in_faker(locale, language)


def mimesis(languages: Collection[str] = TUTORIAL) -> Iterator[Row]:
    for locale in f"{_MIMESIS_LOCALES} {_MORE_MIMESIS_LOCALES}".split():
        if (language := language_of(locale, languages)) != ELSEWHERE:
            yield from in_mimesis(locale, language)


def elsewhere(languages: Collection[str] = TUTORIAL) -> Iterator[Iterator[Row]]:
    """The names of the other locales, each locale by itself."""
    for listed, locales in ((in_faker, _FAKER_LOCALES), (in_mimesis, _MIMESIS_LOCALES)):
        for locale in locales.split():
            if language_of(locale, languages) == ELSEWHERE:
                yield listed(locale, ELSEWHERE)


def in_faker(locale: str, language: str) -> Iterator[Row]:
    """The names that faker lists for a locale, as names of `language`."""
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


def in_mimesis(locale: str, language: str) -> Iterator[Row]:
    """The same of mimesis."""
    file = resources.files("mimesis") / "datasets" / locale / "person.json"
    person = json.loads(file.read_text(encoding="utf-8"))
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
