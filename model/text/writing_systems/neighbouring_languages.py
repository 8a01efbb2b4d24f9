"""Names of languages that share a script with one of ours, told by their shape where no letter
tells: Олена Шевченко is Ukrainian, not Russian. Given names that the language of ours has
otherwise (Yelena) and endings of surnames."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.writing_systems import scripts

# Languages; what settles it (a shape, given names); what it shares with ours.
_CYRILLIC = (
    (
        "Ukrainian",
        "(?:ський|цький|зький|[а-я]{3}ська|[а-я]{3}цька|[а-я]{3}зька)$",
        """олена остап микола петро павло дмитро олександр володимир василь ганна михайло данило
        кирило гнат панас лесь зоряна уляна олесь олекса левко юрко грицько ярина мотря одарка
        параска софійка тетяна наталя опанас""",
        "(?:енко|[а-я]чук|[а-я]щук|[а-я]юк|ейко)$",
        "богдан любомир назар тарас катерина оксана леся дарина орест степан богдана мирослава",
    ),
    (
        "Bulgarian",
        "[бвгджзклмнпрстфхцчшщ]ъ[бвгджзйклмнпрстфхцчшщ]",
        """георги христо тодор димитър петър красимир пламен цветан йордан йорданка ивайло росен
        румен венцислав желю гергана десислава радка пенка тодорка стефка стоянка калоян асен
        кубрат аспарух""",
        None,
        "стоян бойко николина",
    ),
    ("Bulgarian Macedonian", "[а-я]{3}[вн]ски$", "гоце крсте ванчо трајче", "[а-я]{3}ски$", ""),
    (
        "Serbo-Croatian",
        None,
        """милош душан драган горан зоран бранко слободан новак драгана бранислав вук синиша жарко
        ратко војислав вукашин немања""",
        None,
        "милица снежана весна",
    ),
    ("Georgian", "(?:швили|[а-я]{3}дзе|[а-я]{2}иани)$", "гиорги вахтанг тенгиз нодар", None, ""),
    ("Armenian", None, "ашот гагик вазген акоп", "(?:[а-я]{4}[^ь]ян|янц)$", "тигран"),
    (
        "Kazakh",
        "[а-я]{2}(?:улы|кызы)$",
        "нурсултан ерлан бауыржан даурен",
        "(?:баев|баева|беков|бекова|галиев|галиева|мбетов|мбетова)$",
        "айгуль айгерим асель нурлан аружан айжан",
    ),
    ("Belarusian", None, "алесь аляксандр аляксей змицер рыгор дзмитры", None, "янка якуб"),
)
_ARABIC = (
    (
        "Persian",
        "(?:زاده|نژاد|[^ل]پور|وند)$",
        "داریوش سیروس پرویز خسرو بهرام شیرین هوشنگ",
        None,
        "رستم مهدی فرهاد",
    ),
)

_NEVER = re.compile("(?!)")
_TABLES = {
    script: [
        (
            tuple(named.split()),
            re.compile(shape) if shape else _NEVER,
            frozenset(given.split()),
            re.compile(shared) if shared else _NEVER,
            frozenset(also.split()),
        )
        for named, shape, given, shared, also in rows
    ]
    for script, rows in ((scripts.CYRILLIC, _CYRILLIC), (scripts.ARABIC, _ARABIC))
}


def of(words: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """The languages of whose names words in lower case have the shape, () where of none, and
    whether that settles it: Шевченко alone is also met in Russia, Тарас Шевченко is not."""
    maybe: list[tuple[str, ...]] = []
    for word in words:
        if word.isascii():
            continue
        for named, shape, given, shared, also in _TABLES.get(scripts.main_script(word) or "", ()):
            if word in given or shape.search(word):
                return named, True
            if word in also or shared.search(word):
                maybe.append(named)
                break
    return (maybe[0], len(maybe) > 1 and maybe[0] == maybe[1]) if maybe else ((), False)
