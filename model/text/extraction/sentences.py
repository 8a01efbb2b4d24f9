"""Whether what was typed is a sentence: by the small words of the languages that people use. Those
that are also names somewhere (Do My Linh, Nguyen The Anh, Will) tell nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.extraction.small_words import CALLED, FARTHER, SURELY, TOGETHER
from model.text.particles import PARTICLES

MAX_WORDS = 8

_LISTS = [
    (frozenset(sure.split()), frozenset(TOGETHER.get(language, "").split()) - {*sure.split()})
    for language, sure in SURELY.items()
]
_FARTHER = [frozenset(small.split()) for small in FARTHER.values()]
_ANY_FARTHER = frozenset().union(*_FARTHER)
SURE = frozenset().union(*(sure for sure, _ in _LISTS))
SMALL = SURE.union(*(others for _, others in _LISTS))
WORDS = SMALL | _ANY_FARTHER
SMALL_IN_ENGLISH = _LISTS[0][0] | _LISTS[0][1]
_EAST = re.compile(
    "(?<=..)(?:です|ます)(?:か|よ|ね)?[。！？!?]*$|^(?:你|我|他|她|您|我们|你们|咱们)(?:今年|是|要|想|在|有|会|能|可以|喜欢|爱|不|住|去|来|吃|们)|(?:^|\\s)(?:몇|왜|누구|어떻게|언제|얼마)(?:\\s|$)|何時|何処|誰[がはを]|なぜ|どこ|でした|ください|ありがと"
    "|こんにち|おはよう|さようなら|すみません|お元気|何です|(?:[しっいえきんべめ]て|でい)(?:る|ます|た)$|(?:だ|です)(?:よ|ね)$|[いきしみり]たい$|(?:...ません|...ました)$"
    "|是谁|是誰|名前は|你好|您好|我不|不知道|不明白|谢谢|謝謝|什么|什麼|怎么|怎麼|哪里|哪裡"
    "|早上好|晚安|再见|再見|是我|我是|我爱|我愛|[吗嗎呢吧]$|对不起|對不起"
    "|안녕|하세요|입니다|합니다|감사|어디|무엇|뭐|이에요|예요|습니다"
    "|습니까|사랑해|몰라|알아|고마|[가-힣]{2}[어아]요$|[가-힣]{3}요$|(?:는데|니까|해줘|할게|하자|했어|입니까|인가요)$"
)


def is_one(words: Sequence[str], text: str, typed: str) -> bool:
    """Whether `words`, in lower case, of `text`, which was found in `typed`, are a sentence."""
    telling = [word for word in words if word not in PARTICLES]
    if "." in typed:  # initials
        telling = [word for word in telling if len(word) > 1 or f"{word}." not in typed.lower()]
    if len(telling) > MAX_WORDS and not _is_a_long_name(telling, typed):
        return True
    if not text.isascii() and _EAST.search(text):
        return True
    if len(telling) > 1 and not _ANY_FARTHER.isdisjoint(telling) and _is_farther(telling, typed):
        return True
    if SURE.isdisjoint(telling) and len(words) < 5:
        return False
    ends_so = typed.rstrip().endswith(("?", "!", "？", "！", ";")) or typed.startswith("¿")
    for sure, others in _LISTS:
        surely = sum(map(sure.__contains__, telling))
        told = surely + sum(map(others.__contains__, telling))
        if (
            surely and (told >= 2 or (len(words) > 2 and ends_so) or typed.startswith("¿"))
        ) or told >= 5:
            return True
    return False


def _is_farther(words: Sequence[str], typed: str) -> bool:
    """Whether they are a sentence of one of the farther languages: two of its small words, one of
    which nobody is called, and where every word has its capital, nothing else."""
    is_titled = len(words) > 1 and all(word[:1].isupper() for word in typed.split())
    least = len(words) if is_titled else 2
    return any(
        sum(map(small.__contains__, words)) >= least
        and any(word in small and word not in CALLED and len(word) > 1 for word in words)
        for small in _FARTHER
    )


def are_small(words: Sequence[str]) -> bool:
    """Whether no word is but the small ones of sentences: what "hello there" leaves of itself."""
    return SMALL.issuperset(words)


def _is_a_long_name(words: Sequence[str], typed: str) -> bool:
    """Pablo Diego José Francisco de Paula Juan Nepomuceno ...: every word with its capital."""
    capitals = sum(word[:1].isupper() for word in re.split(r"[\s-]+", typed))
    return capitals >= len(words) and len(words) <= 3 * MAX_WORDS
