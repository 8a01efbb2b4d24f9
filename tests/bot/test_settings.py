"""bot.settings: where a value comes from, and the sentence about a wrong one."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import settings
from bot.errors import SettingsError
from bot.settings import Settings
from storage.agreement import Rule

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_with_nothing_set_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.read(tmp_path / ".env", {}) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = _file(tmp_path, "COMMAND_PREFIX=?\nLOG_LEVEL=DEBUG\n")
    read = settings.read(file, {"COMMAND_PREFIX": "w!"})
    assert (read.command_prefix, read.log_level) == ("w!", logging.DEBUG)


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    file = _file(tmp_path, "DISCORD_TOKEN=\nCOMMAND_PREFIX= \nLOG_LEVEL=warning\nDATA_DIR")
    assert settings.read(file, {"LOG_LEVEL": ""}) == Settings(log_level=logging.WARNING)


def test_a_token_is_taken_as_it_stands(tmp_path: Path) -> None:
    file = _file(tmp_path, "DISCORD_TOKEN='MTk4.${HOME}.abc-_='\n")
    assert settings.read(file, {}).discord_token == "MTk4.${HOME}.abc-_="


def test_the_token_is_in_no_repr() -> None:
    assert "secret" not in repr(Settings(discord_token="secret"))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DISCORD_TOKEN", "Bot MTk4"),
        ("DISCORD_TOKEN", "tökén"),
        ("COMMAND_PREFIX", "hey whence"),
        ("COMMAND_PREFIX", "12345678901"),
        ("COMMAND_PREFIX", "a\u200bb"),
        ("DATA_DIR", __file__),
        ("DATA_DIR", "~nobody-of-that-name/var"),
        ("DATA_DIR", "x" * 5000),
        ("DATA_DIR", "a\0b"),
        ("ADMIN_USER_IDS", "Ada"),
        ("ADMIN_USER_IDS", "12,0"),
        ("HOME_GUILD_ID", "-1"),
        ("HOME_GUILD_ID", str(2**63)),
        ("HOME_GUILD_ID", "1" * 5000),
        ("TRUSTED_ROLE_IDS", "<@&12>"),
        ("DATABASE_URL", "whence.db"),
        ("DATABASE_URL", "mysql://localhost/whence"),
        ("GUESS_RETENTION_DAYS", "0"),
        ("PERSON_BURST", "-1"),
        ("CHANNEL_PAUSE", "0s"),
        ("GUESS_RETENTION_DAYS", "a month"),
        ("GUESS_RETENTION_DAYS", "9" * 5000),
        ("VOTES_NEEDED", "0"),
        ("TRUSTED_VOTES_NEEDED", "1"),
        ("MAX_UNREVIEWED_PER_PERSON", "1.5"),
        ("MIN_ACCOUNT_AGE_DAYS", "-1"),
        ("ALLOW_NEW_LANGUAGES", "maybe"),
        ("RETRAIN_EVERY", "12"),
        ("RETRAIN_EVERY", "0h"),
        ("RETRAIN_EVERY", "1.5h"),
        ("RETRAIN_AFTER_CORRECTIONS", "0"),
        ("RETRAIN_TIMEOUT", "soon"),
        ("RETRAIN_TIMEOUT", "999999d"),
        ("RETRAIN_EVERY", "36501d"),
        ("GUESS_RETENTION_DAYS", "1000000"),
        ("MIN_ACCOUNT_AGE_DAYS", "1000000"),
        ("MIN_ACCOUNT_AGE_DAYS", "0" * 19 + "1" + "9" * 30),  # 1 as far as the twentieth digit
        ("HOME_GUILD_ID", "0" * 19 + "1" + "9" * 30),
        ("KEEP_VERSIONS", "nan"),
        ("VOTES_NEEDED", "\N{ARABIC-INDIC DIGIT THREE}"),
        ("RETRAIN_TIMEOUT", "\N{FULLWIDTH DIGIT NINE}d"),
        ("PERSON_PAUSE", "infs"),
        ("LOG_LEVEL", "loud"),
        ("DISCORD_API_BASE_URL", "discord.com/api"),
        ("DISCORD_API_BASE_URL", "ftp://discord.com"),
        ("DISCORD_API_BASE_URL", "http://[::1"),
        ("DISCORD_API_BASE_URL", "http://localhost:99999/api"),
        ("DISCORD_API_BASE_URL", "https://discord.com/api?v=10"),
    ],
)
def test_a_malformed_value_is_one_sentence_that_names_it(
    variable: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} .*[.]$") as raised:
        settings.read(tmp_path / ".env", {variable: value})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("value", "hours"), [("90s", 0.025), ("30m", 0.5), ("12 h", 12), ("7d", 168)]
)
def test_a_duration_is_a_number_and_its_unit(value: str, hours: float, tmp_path: Path) -> None:
    read = settings.read(tmp_path / ".env", {"RETRAIN_EVERY": value})
    assert read.retrain_every == timedelta(hours=hours)


def test_ids_stand_between_commas_or_blanks(tmp_path: Path) -> None:
    read = settings.read(tmp_path / ".env", {"ADMIN_USER_IDS": "12, 34 56,"})
    assert read.admin_user_ids == {12, 34, 56}


def test_what_is_asked_of_a_correction_is_what_the_rule_asks(tmp_path: Path) -> None:
    assert Settings().rule == Rule()
    strict = {
        "VOTES_NEEDED": "2",
        "TRUSTED_VOTES_NEEDED": "1",
        "TRUSTED_ROLE_IDS": "12",
        "ALLOW_NEW_LANGUAGES": "yes",
    }
    rule = settings.read(tmp_path / ".env", strict).rule
    assert rule == Rule(votes_needed=2, trusted_needed=1, names_for_new_language=30)


def test_a_databases_password_is_shown_nowhere(tmp_path: Path) -> None:
    read = settings.read(tmp_path / ".env", {"DATABASE_URL": "postgresql://a:secret@b/c"})
    assert "secret" not in repr(read)
    with pytest.raises(SettingsError) as raised:
        settings.read(tmp_path / ".env", {"DATABASE_URL": "mysql://a:secret@b/c"})
    assert "secret" not in str(raised.value)


def test_a_malformed_token_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        settings.read(tmp_path / ".env", {"DISCORD_TOKEN": "secret secret"})
    assert "secret" not in str(raised.value)


@given(st.sampled_from(settings.VARIABLES), st.text(max_size=30))
def test_any_value_is_either_read_or_refused_by_its_name(variable: str, value: str) -> None:
    try:
        read = settings.read(Path("there is no such file"), {variable: value})
    except SettingsError as error:
        told = str(error)
    else:
        told = variable if isinstance(read, Settings) else ""
    assert told.startswith(variable)


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"DISCORD_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="cannot be read"):
        settings.read(file, {})


def test_the_example_explains_every_setting_in_order_and_sets_none() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").split("\n\n")[1:]
    assert [block.splitlines()[-1] for block in blocks] == [
        f"{variable}=" for variable in settings.VARIABLES
    ]
    assert all(block.startswith("# ") for block in blocks)
    assert settings.read(EXAMPLE, {}) == Settings()


def test_the_example_tells_the_defaults() -> None:
    told = re.findall(r"\[([^\[\]]*)\](?:\n# .*)*\n([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"))
    given_by_example = {variable: default for default, variable in told if default != "none"}
    read = settings.read(Path("there is no such file"), given_by_example)
    expected = Settings(discord_api_base_url=given_by_example["DISCORD_API_BASE_URL"])
    assert read == expected


def _file(folder: Path, text: str) -> Path:
    file = folder / ".env"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_set_here_no_server_can_choose(tmp_path: Path) -> None:
    read = settings.read(tmp_path / ".env", {"COMMAND_PREFIX": "!", "VOTES_NEEDED": "1"})
    assert read.fixed == {"prefix", "votes_needed"}
    assert read.rule.fixed == {"votes_needed"}
    assert not settings.read(tmp_path / ".env", {"DATA_DIR": "x"}).fixed


def test_words_stand_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("\ufeffslur\n\n# a remark\n  bad word  \n", encoding="utf-8")
    read = settings.read(tmp_path / ".env", {"WORDS_FILE": str(file)})
    assert read.words == ("slur", "bad word")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_of_words_that_cannot_be_read_is_told(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="WORDS_FILE is"):
        settings.read(tmp_path / ".env", {"WORDS_FILE": str(file)})
