"""bot.discord.embeds: within Discord's limits, and inert whatever people type."""

from __future__ import annotations

import re
import unicodedata

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord import embeds
from bot.discord.embeds import inert
from model import languages
from model.inference.answer import Answer, Guess

HOSTILE = [
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&2>", "<#3>", "<t:0>", "<t:0:R>", "</lang:4>"),
    *("<:a:5>", "<a:b:6>", "<id:guide>", "https://evil.example", "<http://a>", "discord.gg/abc"),
    *("[a](http://b)", ":skull:", "**", "__", "~~", "||", "`", "```", "\\", "# ", "-# ", "> "),
    *(">>> ", "- ", "+ ", "1. ", "\n", "\u202e", "\u200b", "\u2066", "\x00", "\x1b[31m"),
    *("\ud800", "\u0301", "e", " "),
]
ANYTHING = st.one_of(
    st.text(max_size=300), st.lists(st.sampled_from(HOSTILE), max_size=40).map("".join)
)
NAMES = [language.name for language in languages.LANGUAGES]
UNSURE = st.just("The spelling fits several languages; there is no clear favourite.")
GUESSES = st.lists(
    st.builds(Guess, st.sampled_from(NAMES) | ANYTHING, st.floats(0, 1)), min_size=1, max_size=3
)
ANSWERS = st.one_of(
    st.builds(Answer, ANYTHING, ANYTHING, GUESSES.map(tuple), st.none() | UNSURE),
    st.builds(Answer, ANYTHING, ANYTHING, st.just(()), UNSURE),
)


@given(ANYTHING)
@example("".join(HOSTILE))
def test_nothing_in_inert_text_means_anything_to_discord(text: str) -> None:
    shown = inert(text)
    assert "@" not in shown
    assert not any(unicodedata.category(c)[0] == "C" for c in shown)
    without_escapes = re.sub(r"\\[^0-9A-Za-z\s]", "x", shown)
    assert not re.search(r"[\\`*_~|<>#:/\[\]]", without_escapes)
    assert not re.search(r"^\d*[-+.)]", without_escapes)


@given(ANYTHING)
def test_people_see_the_text_as_it_was(text: str) -> None:
    seen = re.sub(r"\\([^0-9A-Za-z\s])", r"\1", inert(text, 1000)).replace("＠", "@")
    kept = (" " if c.isspace() else c for c in text if c.isspace() or c.isprintable() or c > "~")
    visible = "".join(c for c in kept if unicodedata.category(c)[0] != "C").replace("＠", "@")
    assert seen == " ".join(visible.split())


@pytest.mark.parametrize("name", ["Rodrigo", "O’Brien", "Anne-Marie", "J. R. R.", "Παπαδόπουλος"])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert inert(name) == name


@given(
    st.lists(ANSWERS, min_size=1, max_size=10),
    st.none() | st.just("I read the first 10."),
    st.none() | st.dictionaries(ANYTHING.filter(len), st.integers(1, 10**6), max_size=30),
)
def test_every_reply_is_within_discords_limits(
    answers: list[Answer], note: str | None, said: dict[str, int] | None
) -> None:
    heard = () if said is None else [said] * len(answers)
    reply = embeds.of_answers(answers, note, heard)
    check(reply)


@given(ANYTHING, st.lists(ANYTHING, max_size=300), st.none() | ANYTHING)
def test_a_list_is_told_as_far_as_it_fits(title: str, lines: list[str], note: str | None) -> None:
    check(embeds.of_lines(inert(title) or "x", [inert(line) for line in lines], note))


def check(reply: embeds.Reply) -> None:
    assert 0 < len(reply.text.encode("utf-16-le", "surrogatepass")) / 2 <= 2000
    embed = reply.embed
    assert embed is not None
    assert len(embed) <= 6000
    assert len(embed.title or "") <= 256
    assert len(embed.description or "") <= 4096
    assert len(embed.footer.text or "") <= 2048
    assert len(embed.fields) <= 25
    assert all(0 < len(f.name or "") <= 256 for f in embed.fields)
    assert all(0 < len(f.value or "") <= 1024 for f in embed.fields)


def test_what_people_say_stands_beside_the_guesses() -> None:
    answers = [Answer("Rodrigo", "rodrigo", (Guess("Portuguese", 0.78),)) for _ in range(2)]
    said = {"Portuguese": 3, "Spanish": 1}
    told = "3 people say Portuguese, 1 person says Spanish."
    alone = embeds.of_answers(answers[:1], None, [said])
    both = embeds.of_answers(answers, None, [{}, said])
    assert alone.embed is not None
    assert both.embed is not None
    assert (alone.embed.description or "").endswith(f"\n{told}")
    assert alone.text.endswith(f"\n{told}")
    assert told not in (both.embed.fields[0].value or "")
    assert told in (both.embed.fields[1].value or "")
    assert both.text.splitlines()[1].endswith(told)


def test_ten_ordinary_names_are_all_told_even_without_an_embed() -> None:
    guesses = tuple(Guess(name, 0.3) for name in ("Scottish", "Portuguese", "Vietnamese"))
    answers = [Answer(f"{i}_" * 40, "x", guesses, "Unsure.") for i in range(10)]
    told = embeds.of_answers(answers, "I read the first 10 of your 12 names.").text.splitlines()
    assert len(told) == 11


def test_one_name_is_told_in_full() -> None:
    guesses = (Guess("Portuguese", 0.78), Guess("Spanish", 0.19), Guess("Italian", 0.02))
    reply = embeds.of_answers([Answer("Rodrigo", "rodrigo", guesses)])
    told = (
        "`████████░░  78%` 🇵🇹 Portuguese\n"
        "`██░░░░░░░░  19%` 🇪🇸 Spanish\n"
        "`░░░░░░░░░░   2%` 🇮🇹 Italian"
    )
    assert reply.text == f"**Rodrigo**\n{told}"
    assert reply.embed == discord.Embed(title="Rodrigo", description=told, colour=embeds.COLOUR)


def test_a_name_in_another_script_is_told_how_it_was_read() -> None:
    answer = Answer("Παπαδόπουλος", "papadopoulos", (Guess("Greek", 0.99),))
    embed = embeds.of_answers([answer]).embed
    assert embed is not None
    assert embed.footer.text == "Read as papadopoulos."
