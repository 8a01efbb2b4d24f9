"""What people type is cleaned, read as words, folded into a key, or refused with a sentence."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.evaluation.chat_names import typed
from model.text import characters, cleaning
from model.text.cleaning import (
    MAX_LENGTH,
    MAX_NAMES,
    clean,
    fold,
    reading_key,
    split_names,
)
from model.text.extraction import mentions

BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"

# Letters in which our languages are written, and two scripts in which they are not.
written = st.text(
    st.sampled_from(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàáâãäåçčďđéèêëěęğíìîïłñňńóòôõöøőřšśťúùûüůýÿžżź"
        "ÀÁÇČÉÍŁÑÓÖŘŠÜŽ ơưạặếộỹĐ' -.’"
        "αβγδεζηθλμνπρτφχψωάέήίόύώΑΒΓΔΠΡΣ абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВЁЙЯ"
        "さくらタナカュッー 김민준박서연 李小龍山田々 محمدفاطمة שלום नमस्ते"
    ),
    max_size=120,
)
anything = st.text(max_size=300)


@pytest.mark.parametrize(
    ("typed", "text", "words"),
    [
        ("Rodrigo", "Rodrigo", ("rodrigo",)),
        ("RODRIGO", "RODRIGO", ("rodrigo",)),
        ("  rodrigo\t", "rodrigo", ("rodrigo",)),
        ("José", "José", ("josé",)),
        ("Jose\u0301", "José", ("josé",)),
        ("O'Brien", "O'Brien", ("o'brien",)),
        ("O’Brien", "O'Brien", ("o'brien",)),
        ("O`Brien", "O'Brien", ("o'brien",)),
        ("O Brien", "O Brien", ("o brien",)),
        ("Jean-Pierre", "Jean-Pierre", ("jean-pierre",)),
        ("Jean‐Pierre", "Jean-Pierre", ("jean-pierre",)),
        ("Anna – Maria", "Anna Maria", ("anna", "maria")),
        ("Niccolo'", "Niccolo'", ("niccolo",)),
        ("Ludwig van Beethoven", "Ludwig van Beethoven", ("ludwig", "van beethoven")),
        ("Vincent van der Berg", "Vincent van der Berg", ("vincent", "van der berg")),
        ("maria da silva e costa", "maria da silva e costa", ("maria", "da silva", "costa")),
        ("José Ortega y Gasset", "José Ortega y Gasset", ("josé", "ortega", "gasset")),
        ("Gerard 't Hooft", "Gerard 't Hooft", ("gerard", "'t hooft")),
        ("Nguyễn Văn An", "Nguyễn Văn An", ("nguyễn", "văn", "an")),
        ("van", "van", ("van",)),
        ("Ben Johnson", "Ben Johnson", ("ben", "johnson")),
        ("Zine Ben Ali", "Zine Ben Ali", ("zine", "ben ali")),
        ("JohnSmith", "JohnSmith", ("john", "smith")),
        ("AnnaMaria_99", "AnnaMaria", ("anna", "maria")),
        ("MacDonald", "MacDonald", ("macdonald",)),
        ("FitzGerald DeLuca", "FitzGerald DeLuca", ("fitzgerald", "deluca")),
        (
            "LeBron McCartney VanDyke",
            "LeBron McCartney VanDyke",
            ("lebron", "mccartney", "vandyke"),
        ),
        ("J. K. Rowling", "J. K. Rowling", ("rowling",)),
        ("J.R.R. Tolkien", "J.R.R. Tolkien", ("tolkien",)),
        ("J.de Vries", "J.de Vries", ("de vries",)),
        ("Dr. Henry VIII Smith Jr.", "Dr. Henry VIII Smith Jr.", ("henry", "smith")),
        ("Smith, John", "Smith John", ("smith", "john")),
        ("Anna\nMaria", "Anna Maria", ("anna", "maria")),
        ("tanaka_42", "tanaka", ("tanaka",)),
        ("tanaka_0000", "tanaka", ("tanaka",)),
        ("Rodrigo 🎉👍🏽", "Rodrigo", ("rodrigo",)),
        ("🇧🇷 Rodrigo :flag_br: <:parrot:123456789>", "Rodrigo", ("rodrigo",)),
        ("<@123456789> Rodrigo <@!1> <@&2> <#3> <a:hi:4> <t:5:R> </lang:6>", "Rodrigo", None),
        ("@everyone @here Rodrigo", "Rodrigo", ("rodrigo",)),
        ("rodrigo.silva@example.com", "rodrigo.silva", ("rodrigo", "silva")),
        ("My name is Anna", "Anna", ("anna",)),
        ("Where does Tanaka come from?", "Tanaka", ("tanaka",)),
        ("Rodrigo’s", "Rodrigo", ("rodrigo",)),
        ("Rodrigo (he/him)", "Rodrigo", ("rodrigo",)),
        ("S I L V A", "SILVA", ("silva",)),
        ("Nou3man", "Nouman", ("nouman",)),
        ("Jean-Luc", "Jean-Luc", ("jean-luc",)),
        ("Smith-Wilson", "Smith-Wilson", ("smith", "wilson")),
        ("John Smith, Esq.", "John Smith Esq.", ("john", "smith")),
        ("@Rodrigo", "Rodrigo", ("rodrigo",)),
        ("**Rodrigo**", "Rodrigo", ("rodrigo",)),
        ("||__~~*Rodrigo*~~__||", "Rodrigo", ("rodrigo",)),
        ("`Rodrigo`", "Rodrigo", ("rodrigo",)),
        ("```\nRodrigo\n```", "Rodrigo", ("rodrigo",)),
        ("> # “Rodrigo”", "Rodrigo", ("rodrigo",)),
        ("Rodrigo!!!!", "Rodrigo", ("rodrigo",)),
        ("Rodrigo....", "Rodrigo", ("rodrigo",)),
        ("Anna     Maria", "Anna Maria", ("anna", "maria")),
        ("Ｒｏｄｒｉｇｏ", "Rodrigo", ("rodrigo",)),
        ("𝓡𝓸𝓭𝓻𝓲𝓰𝓸", "Rodrigo", ("rodrigo",)),
        ("Ro\u200bdri\u200dgo\ufeff", "Rodrigo", ("rodrigo",)),
        ("\u202eRodrigo\u202c", "Rodrigo", ("rodrigo",)),
        ("R\u0336o\u0336d\u0336r\u0336i\u0336g\u0336o\u0336", "Rodrigo", ("rodrigo",)),
        ("İbrahim", "İbrahim", ("ibrahim",)),
        ("Παπαδόπουλος", "Παπαδόπουλος", ("παπαδόπουλος",)),
        ("Сергей Иванов", "Сергей Иванов", ("сергей", "иванов")),
        ("たなか", "たなか", ("たなか",)),
        ("サクラ・タナカ", "サクラ タナカ", ("サクラ", "タナカ")),
        ("ﾀﾅｶ ﾀﾞｲｽｹ", "タナカ ダイスケ", ("タナカ", "ダイスケ")),
        ("김민준", "김민준", ("김민준",)),
        (unicodedata.normalize("NFD", "김민준"), "김민준", ("김민준",)),
        ("李", "李", ("李",)),
        ("佐々木", "佐々木", ("佐々木",)),
        ("مُحَمَّد", "مُحَمَّد", None),
    ],
)
def test_what_people_type_is_read_as_the_name_in_it(
    typed: str, text: str, words: tuple[str, ...] | None
) -> None:
    name = clean(typed)
    assert (name.text, name.problem, name.doubt, name.is_handle) == (text, None, None, False)
    assert name.words == words or words is None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "no letters"),
        ("   \n", "no letters"),
        ("42", "no letters"),
        ("🎉🎉", "no letters"),
        ("...", "no letters"),
        ("<@123456789>", "no letters"),
        ("\x00\ud800", "no letters"),
        ("https://example.com/Rodrigo", "a link"),
        ("see www.example", "a link"),
        ("discord.gg/whence", "a link"),
        ("[Rodrigo](https://example.com)", "a link"),
        ("info@example.org", "an address"),
        ("example.de", "a link"),
        ("what is your name", "a sentence"),
        ("My name is", "a sentence"),
        ("J.K.", "Initials"),
        ("how are you?", "a sentence"),
        ("hello there", "a sentence"),
        ("I don't know him", "a sentence"),
        ("one two three four five six seven eight nine", "a sentence"),
        ("ᎠᎵᏌ", "Cherokee"),
        ("ರಮೇಶ್", "Kannada"),
        ("R", "One letter"),
    ],
)
def test_where_there_is_nothing_to_guess_from_a_sentence_says_why(typed: str, told: str) -> None:
    name = clean(typed)
    assert name.words == ()
    assert name.problem is not None
    assert told in name.problem
    assert name.problem.endswith(".")


@pytest.mark.parametrize(
    "typed",
    [
        "Do My Linh",
        "Nguyen The Anh",
        "Will Can",
        "You Have",
        "Tell",
        "Name",
        "Ben Will",
        "Am Do Van",
    ],
)
def test_names_that_are_also_english_words_are_no_sentence(typed: str) -> None:
    assert clean(typed).problem is None


@pytest.mark.parametrize(
    "typed", ["xX_DarkLord_Xx", "XxDarkLordxX", "x_x Sniper x_x", "aaaaaa", "Annaaaa"]
)
def test_handles_are_known_as_such(typed: str) -> None:
    assert clean(typed).is_handle
    assert "nickname" in (clean(typed).doubt or "")


@pytest.mark.parametrize("typed", ["Anna Aalto", "Maria Aaltonen", "Max", "Xavier", "John III"])
def test_letters_repeated_across_words_are_no_reason_for_doubt(typed: str) -> None:
    assert clean(typed).doubt is None


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Єва", "Ukrainian"),
        ("Ђорђе", "Serbo-Croatian"),
        ("پریسا", "Persian"),
        ("Erdoğan", "Turkish"),
        ("İpek", "Turkish"),
        ("Søren", "Danish"),
        ("Szőke", "Hungarian"),
        ("Nuțu", "Romanian"),
        ("Guðrún", "Icelandic"),
    ],
)
def test_a_letter_of_another_language_is_noticed(typed: str, language: str) -> None:
    assert language in clean(typed).foreign
    assert clean(typed).doubt is None


@given(anything)
@example("\ud800")
@example("x" + "_" * 500 + "x")
@example("1\u20e3\u1d165")
@settings(max_examples=300, deadline=None)
def test_nothing_that_can_be_typed_raises_or_leaves_dirt(raw: str) -> None:
    name = clean(raw)
    assert len(name.text) <= MAX_LENGTH
    assert name.text == unicodedata.normalize("NFC", name.text)
    assert not set(name.text) & set("@<>#`*_~|\\/:" + BIDI + ZERO_WIDTH)
    assert all(unicodedata.category(c)[0] in "LM" or c in " '-." for c in name.text)
    assert bool(name.words) == (name.problem is None)
    assert all(any(map(str.isalpha, word)) for word in name.words)


@given(st.text("abcXYZ _-.'x:/@<>`#*~|аяλ한字あم\u0301\u200b\u202e\n", max_size=450))
@settings(max_examples=200, deadline=None)
def test_mixtures_of_letters_and_signs_are_cleaned_too(raw: str) -> None:
    name = clean(raw)
    assert len(name.text) <= MAX_LENGTH
    assert all(unicodedata.category(c)[0] in "LM" or c in " '-." for c in name.text)
    assert clean(name.text).text == name.text


@given(anything)
@settings(max_examples=200, deadline=None)
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert all(c.isalpha() for c in folded)


@pytest.mark.slow
def test_folding_twice_is_folding_once_for_every_letter_of_unicode() -> None:
    letters = [c for c in map(chr, range(0x110000)) if c.isalpha()]
    folded = [fold(c) for c in letters]
    assert [fold(key) for key in folded] == folded


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("José", "jose"),
        ("Ludwig van Beethoven", "ludwigvanbeethoven"),
        ("Okаfor", "okafor"),
        ("OKАFОR", "okafor"),
        ("Ok\u200baf\u2060or", "okafor"),
        ("Dr. Okafor", "okafor"),
        ("Okafor, PhD", "okafor"),
        ("Tanaka-san", "tanaka"),
        ("田中さん", "田中"),
        ("my name is Okafor", "okafor"),
        ("Иванoв", "иванов"),
        ("Παπαδόπoυλος", "παπαδόπουλος"),
        ("J.K.", "jk"),
        ("", ""),
    ],
)
def test_what_the_network_reads_alike_has_one_key(typed: str, key: str) -> None:
    assert reading_key(typed) == key
    assert reading_key(reading_key(typed)) == key


@given(written)
@settings(max_examples=200, deadline=None)
def test_a_name_folds_to_one_key_however_its_accents_are_encoded(text: str) -> None:
    forms = {fold(unicodedata.normalize(f, text)) for f in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@given(written)
@settings(max_examples=200, deadline=None)
def test_a_name_folds_to_one_key_in_capitals_and_small_letters(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("Groß", "gross"),
        ("GROSS", "gross"),
        ("Wałęsa", "walesa"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Jean-Pierre", "jeanpierre"),
        ("van der Berg", "vanderberg"),
        ("Ｒｏｄｒｉｇｏ", "rodrigo"),
        ("Παπαδόπουλος", "παπαδόπουλος"),
        ("ТАНАКА", "танака"),
        ("たなか", "たなか"),
        ("김민준", "김민준"),
        ("Maxa/B", "maxab"),
        ("tanaka_42", "tanaka"),
        ("", ""),
    ],
)
def test_the_folded_spelling_stays_as_it_is_for_ever(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_several_lines_are_several_names_and_no_more_than_ten() -> None:
    assert split_names("Rodrigo\n\n  Anna \r\nPieter van Dam") == [
        "Rodrigo",
        "Anna",
        "Pieter van Dam",
    ]
    assert split_names("\n".join(f"Anna{i}" for i in range(30))) == [
        f"Anna{i}" for i in range(MAX_NAMES)
    ]
    assert split_names(" \n\t\n") == []


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Rodrigo, Tanaka; Smith", ["Rodrigo", "Tanaka", "Smith"]),
        ("Rodrigo and Tanaka", ["Rodrigo", "Tanaka"]),
        ("Rodrigo, Tanaka, and Smith", ["Rodrigo", "Tanaka", "Smith"]),
        ("Maria Silva, João Souza", ["Maria Silva", "João Souza"]),
        ("Smith, John; Doe, Jane", ["Smith, John", "Doe, Jane"]),
        ("Иван и Мария", ["Иван", "Мария"]),
        ("田中、鈴木", ["田中", "鈴木"]),
        ("Smith, John", None),
        ("Beethoven, Ludwig van", None),
        ("Smith, John, PhD", None),
        ("José Ortega y Gasset", None),
        ("Mr. and Mrs. Smith", None),
        ("Rodrigo (he/him)", None),
        ("what is the origin of Smith, and of Wilson?", ["Smith", "Wilson"]),
    ],
)
def test_several_names_in_a_line_are_told_from_one_person(
    typed: str, names: list[str] | None
) -> None:
    assert split_names(typed) == (names or [typed])


def test_what_is_left_as_it_is_at_a_glance_would_be_left_at_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The short ways for nearly every name change nothing."""
    texts = [row.name for row in typed()][::9]
    texts += ["Good Morning Anna", "My Name Is Rodrigo", "Best Regards", "Happy Birthday Tom", "Xd"]
    short = [(characters.tidy(text), mentions.named(text)) for text in texts]
    never = re.compile("(?!)")
    monkeypatch.setattr(characters, "_TIDY", never)
    monkeypatch.setattr(mentions, "_CAPITALISED", never)
    assert short == [(characters.tidy(text), mentions.named(text)) for text in texts]


def test_plain_names_are_read_in_short_as_at_length(monkeypatch: pytest.MonkeyPatch) -> None:
    words = sorted({word for row in typed() for word in row.name.title().split()})
    said = ["Of", "The", "Ma", "Don", "Van", "Umm", "Et", "Alias", "Junior", "Company", "Xxdarkxx"]
    names = [*words, *map(str.lower, words), *said]
    names += [f"{one} {other}" for one, other in zip(words, words[7:], strict=False)]
    names += [f"{one} {word} {one}" for word in said for one in words[:40]]
    names += [f"{word} {one}" for word in said for one in words[:40]]
    read = [cleaning._cleaned.__wrapped__(name) for name in names]
    monkeypatch.setattr(cleaning, "_PLAIN", re.compile("(?!)"))
    assert read == [cleaning._cleaned.__wrapped__(name) for name in names]
