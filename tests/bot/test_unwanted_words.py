"""bot.unwanted_words: an unwanted word is found however it is dressed up, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import unwanted_words
from bot.unwanted_words import UnwantedWords

WORDS = UnwantedWords(["slur", "badword", "ass", "дурак", "*cunt*", "zwei Wörter"])


@pytest.mark.parametrize(
    "typed",
    [
        *("slur", "SLUR", "Slur Smith", "s l u r", "s.l.u.r", "sl ur", "slluuuur", "xX_slur_Xx"),
        *("5lur", "sIur", "s1ur", "s|ur", "slvr", "slür", "śłůŕ", "s̶l̶u̶r̶", "slur_42", "ass123"),
        *("ѕlur", "ｓｌｕｒ", "𝓼𝓵𝓾𝓻", "ˢˡᵘʳ", "s\u200blur", "🇸🇱🇺🇷", "🅂🄻🅄🅁"),
        *("xbadwordx", "Badwords", "b4dw0rd", "bad_word", "b@d w o r d", "BADWORD123"),
        *("a55", "@$$", "assss", "дурак", "ДУРАК", "дypaк", "durak", "Scunthorpe", "Zwei Worter"),
    ],
)
def test_it_is_found_however_it_is_dressed_up(typed: str) -> None:
    assert WORDS.hide(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("Rodrigo", "Cassandra", "As", "Tass", "slurs", "Was Lurking", "Anas Sarwar", "", "…"),
        *("Париж", "田中", "Παπαδόπουλος", "O'Brien", "Badoni Word", "Zwei"),
    ],
)
def test_names_that_only_hold_it_are_not_taken_for_it(typed: str) -> None:
    assert not WORDS.hide(typed)


def test_a_star_finds_a_short_word_inside_others() -> None:
    assert UnwantedWords(["slur*"]).hide("slurry")
    assert not UnwantedWords(["slur*"]).hide("xslur")
    assert UnwantedWords(["*slur*"]).hide("xslurx")


@given(st.lists(st.text(max_size=20), max_size=5), st.text(max_size=60))
def test_any_words_and_any_text_can_be_looked_at(words: list[str], text: str) -> None:
    found = UnwantedWords(words)
    assert found.hide(text) in (True, False)
    assert all(found.hide(word) for word in words if any("a" <= c <= "z" for c in word))


def test_what_holds_where_we_are_ends_there() -> None:
    assert not unwanted_words.is_hidden("slur")
    with unwanted_words.hidden(WORDS):
        assert unwanted_words.is_hidden("slur")
        with unwanted_words.hidden(UnwantedWords()):
            assert not unwanted_words.is_hidden("slur")
    assert not unwanted_words.is_hidden("slur")
