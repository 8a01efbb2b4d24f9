"""Chinese or Japanese, both of which write Han characters: by the characters that only one of them
has, by surnames, and by how long a name is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

CHINESE, JAPANESE = "Chinese", "Japanese"
_DECIDES, _KNOWN, _SURELY, _LIKELY = 8, 7, 7, 2  # nats

_CHINESE_SURNAMES = frozenset(
    "王習习李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭萧田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚"
    "陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶"
    "章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛靳管柴蒙鲍鮑华華喻祁蒲房滕屈饶饒解牟艾尤阳穆农司卓古吉缪简车项"
    "連连麦褚娄窦岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
# Of these, those with which Japanese surnames begin as well.
_IN_JAPAN_TOO = frozenset(
    "林高田石金方白江常安武夏熊段康毛平和水柳向谷井古辛星真東原関北南西大小中上下三五千"
)
_COMPOUND = (
    *("欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方"),
    *("夏侯", "皇甫", "尉迟", "公孙", "公孫", "慕容", "令狐", "端木", "长孙", "宇文"),
)


def told(text: str) -> tuple[str, ...]:
    """Which of the two Han characters in `text` tell of, each as often as nats it is worth."""
    parts = ["".join(filter(_is_han, part)) for part in text.split()]
    name = "".join(parts)
    if not name:
        return ()
    said: list[str] = []
    for language in (CHINESE, JAPANESE):
        if any(_only(c) == language for c in name):
            said += [language] * _DECIDES
    return (*said, *_by_surname(name, [part for part in parts if part]))


def is_chinese(name: str) -> bool:
    """Whether a name may begin with a Chinese surname."""
    return name[:1] in _CHINESE_SURNAMES or name.startswith(_COMPOUND)


def is_japanese(name: str) -> bool:
    """Whether a name begins with a Japanese surname of several characters."""
    return not _japanese_surnames().isdisjoint((name[:2], name[:3]))


def _by_surname(name: str, parts: Sequence[str]) -> Sequence[str]:
    first = parts[0]
    is_cut = len(parts) == 2
    if name.startswith(_COMPOUND):
        return [CHINESE] * _KNOWN
    begins = (first,) if is_cut else (name[:2], name[:3])
    if not _japanese_surnames().isdisjoint(begins):
        return [JAPANESE] * _KNOWN
    if len(name) > 3 or (is_cut and len(first) > 1):
        return [JAPANESE] * _LIKELY
    if name[0] not in _CHINESE_SURNAMES:
        return ()
    is_shared = name[0] in _IN_JAPAN_TOO or name[-1] in "介郎子彦夫助輔之雄美"
    likely, possible = (_LIKELY, 1) if is_shared else (_SURELY, _LIKELY)
    return [CHINESE] * (likely if len(name) == 3 else possible)


def _is_han(c: str) -> bool:
    return "\u3400" <= c <= "\u9fff" or c in "々〆ヶ" or "\U00020000" <= c <= "\U0003ffff"


@lru_cache(maxsize=8192)
def _only(c: str) -> str | None:
    """The one of the two that writes a character, by what its old encodings had room for."""
    in_japan = _can_be(c, "shift_jis")
    in_china = _can_be(c, "gb2312") or _can_be(c, "big5")
    if in_japan == in_china:
        return None
    return JAPANESE if in_japan else CHINESE


def _can_be(c: str, encoding: str) -> bool:
    try:
        c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _japanese_surnames() -> frozenset[str]:
    lines = Path(__file__).with_name("japanese_surnames.txt").read_text(encoding="utf-8")
    return frozenset(
        surname for line in lines.splitlines() if line[:1] != "#" for surname in line.split()
    )
