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

# Where names of many languages are met, ours among them: left out. Of the others, whose languages
# are not among ours, names count as from elsewhere.
OF_MANY_LANGUAGES = frozenset(
    """American British Australian Canadian Belgian Swiss Israeli Singaporean Malaysian Filipino
    Jamaican Barbadian Bermudian Bahamian Guyanese Grenadian Belizean Haitian Maltese Gibraltarian
    Welsh Manx Breton Catalan Basque Andorran""".split()  # noqa: SIM905  (reads better)
)


def language_of(nationality: str, languages: Collection[str]) -> str | None:
    """Which of `languages` the names of a nationality are; None for no single one of them."""
    found = _LANGUAGES.get(nationality)
    return found if found in languages else None


_LANGUAGES = {
    nationality: language
    for language, named in OF_LANGUAGE.items()
    for nationality in named.split()
}
