"""Which nationalities' names are a language's. A nationality is no language: what is met in every
country of immigrants tells nothing, and some languages have no people of their own in the data
(Polish and Scottish none, Spanish none from Spain): their names come from lists alone."""

from __future__ import annotations

from collections.abc import Collection

OF_LANGUAGE = {
    "Arabic": """Egyptian Algerian Saudi Moroccan Iraqi Lebanese Tunisian Syrian Emirati Qatari
        Palestinian Jordanian Kuwaiti Sudanese Yemeni Libyan Bahraini Omani Mauritanian""",
    "Chinese": "Chinese Taiwanese",
    "Czech": "Czech",
    "Dutch": "Dutch",
    "English": "English",
    "French": "French",
    "German": "German Austrian",
    "Greek": "Greek Cypriot",
    "Irish": "Irish",
    "Italian": "Italian Sammarinese",
    "Japanese": "Japanese",
    "Korean": "Korean",
    "Portuguese": "Portuguese Brazilian",
    "Russian": "Russian",
    "Spanish": """Mexican Argentine Chilean Colombian Uruguayan Venezuelan Cuban Dominican Peruvian
        Paraguayan Ecuadorian Bolivian Guatemalan Salvadoran Honduran Panamanian Nicaraguan""",
    "Vietnamese": "Vietnamese",
}

# The same of languages beyond the 18, for who trains with them.
BEYOND = {
    "Akan": "Ghanaian",
    "Albanian": "Albanian",
    "Amharic": "Ethiopian Eritrean",
    "Armenian": "Armenian",
    "Azerbaijani": "Azerbaijani",
    "Basque": "Basque",
    "Belarusian": "Belarusian",
    "Bengali": "Bangladeshi",
    "Bulgarian": "Bulgarian",
    "Burmese": "Burmese",
    "Catalan": "Catalan Andorran",
    "Estonian": "Estonian",
    "Filipino": "Filipino",
    "Georgian": "Georgian",
    "Hausa": "Nigerian",
    "Hebrew": "Israeli",
    "Hindi": "Indian",
    "Hungarian": "Hungarian",
    "Igbo": "Nigerian",
    "Indonesian": "Indonesian",
    "Khmer": "Cambodian",
    "Latvian": "Latvian",
    "Lithuanian": "Lithuanian",
    "Macedonian": "Macedonian",
    "Mongolian": "Mongolian",
    "Nepali": "Nepalese",
    "Norwegian": "Norwegian",
    "Persian": "Iranian",
    "Romanian": "Romanian Moldovan",
    "Samoan": "Samoan Tongan Tuvaluan",
    "Serbo-Croatian": "Montenegrin Serb Croat Bosniak",
    "Slovak": "Slovak",
    "Swahili": "Tanzanian Kenyan",
    "Tamil": "Tamil",
    "Thai": "Thai",
    "Ukrainian": "Ukrainian",
    "Urdu": "Pakistani",
    "Welsh": "Welsh",
    "Yoruba": "Nigerian",
}

# Where names of many languages are met, ours among them: left out. Of the others, whose languages
# are not among ours, names count as from elsewhere.
OF_MANY_LANGUAGES = frozenset(
    """American British Australian Canadian Belgian Swiss Israeli Singaporean Malaysian Filipino
    Jamaican Barbadian Bermudian Bahamian Guyanese Grenadian Belizean Haitian Maltese Gibraltarian
    Welsh Manx Breton Catalan Basque Andorran""".split()  # noqa: SIM905  (reads better)
)


# Of whom there are a few dozen, and they are hardly such people (players of Finn Harps,
# racehorses). The names of their languages come from lists.
TOO_FEW = frozenset({"Dane", "Finn", "Slovene", "Turk"})


def languages_of(nationality: str, languages: Collection[str]) -> tuple[str, ...]:
    """Those of `languages` whose names a nationality's may be; of several, each alike."""
    found = _LANGUAGES.get(nationality, ())
    return tuple(language for language in found if language in languages)


def language_of(nationality: str, languages: Collection[str]) -> str | None:
    """Which of `languages` the names of a nationality are; None for no single one of them."""
    found = languages_of(nationality, languages)
    return found[0] if len(found) == 1 else None


_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _named in (OF_LANGUAGE | BEYOND).items():
    for _nationality in _named.split():
        _LANGUAGES[_nationality] = (*_LANGUAGES.get(_nationality, ()), _language)
