"""What people put before and after a name and what is no part of it: titles, degrees, orders,
forms of address, kinds of companies. They say little of where the name itself comes from (Rodrigo
LLC, Tanaka-san), so they are left out where something else is left."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.particles import PARTICLES

# Wherever they stand: names are not among them, or so seldom that the other words tell enough.
_FORMS = frozenset(
    """mr mrs ms mx messrs
    univ dr drs prof professor rev reverend revd honorable honourable capt captain
    lt lieutenant sgt sergeant cpl cmdr commander adm admiral pvt senator ambassador rabbi
    archbishop duchess countess baroness mme mmes mlle monsieur madame mademoiselle
    maître docteur herr frau fräulein fraulein dipl dipling dkfm magister habil hc señor
    señora señorita senor senora senorita sra srta doña dña licda senhor senhora senhorita
    dona exmo exma engº engª profª drª profa dra signor signora signore signorina sig sigra
    dott dottssa dottore dottoressa profssa avv geom onorevole pani panna paní pán slečna mgr
    rndr mudr judr phdr mvdr paeddr thdr rsdr inż inz hab mevr mevrouw meneer dhr jhr jkvr
    juffrouw kyrios kyria gospodin gospozha tovarishch sheikh shaykh sheik shaikh cheikh hajj
    hajji hadji haji hajja hajjah al-hajj al-haji alhaji alhaj el-hadj ustaz ustadh mullah
    maulana ayatollah begum sahib saheb sahiba dato dato' datuk datin puan encik tengku tunku
    efendi effendi pasha hanim hanım shri smt shrimati thiru pandit swami κος κύριος κυρία κα
    κυρ δρ καθηγητής гн гжа г-н г-жа господин госпожа товарищ тов проф пани д-р السيد السيدة
    الأستاذ الأستاذة الدكتور الدكتورة الشيخ الحاج الحاجة المهندس 先生 女士 小姐 老师 老師 博士 教授
    さん さま 様 くん ちゃん 殿 氏 씨 님 선생님 선생 박사 교수""".split()  # noqa: SIM905 (reads better)
)
# After a name: degrees, orders, companies, the younger ones.
_DEGREES = frozenset(
    """esq esquire jr jnr snr sr ii iii iv vii viii phd dphil dsc msc bsc mphil mba bba bed med
    dds dmd dvm dba edd psyd pharmd cpa cfa cma cissp pmp rn bsn lpn cnp arnp fnp mph mpa mfa
    llb llm llc llp lllp ltd inc corp incorporated corporation limited gmbh mbh plc
    sarl sàrl sas eurl srl oyj aps pty obe mbe cbe kbe dbe kcb gbe kcmg dcmg gcmg cmg kcvo cvo
    mvo qc frs fba fcca facs frcs mrcp mrcs frcp frsa riba retd usn usmc usaf usa mep msp
    bvsc mbchb mbbs csc drsc ph d llp facc faia cfp cpcu clu chfc phr sphr shrm lcsw
    lmft lmhc ccna mcse rph crna aprn apn msn dnp dpt otr cnm faan facog faap mrcgp frcpc
    ccfp ceng fiet chtd solutions group cie""".split()  # noqa: SIM905
)
# Names too, elsewhere: these count before a name only, ...
_BEFORE = frozenset(
    """doctor sir lord lady dame king queen prince princess duke count baron emperor tsar kaiser
    sister brother father mother uncle aunt auntie grandpa grandma pope bishop pastor general
    major colonel judge justice coach mister miss madam ma'am president minister governor don
    dom imam emir ostad officer detective inspector private chief nurse comrade sayyid sayyed
    sayed""".split()  # noqa: SIM905
)
# ... these with a dot behind them, ...
_WITH_A_DOT = frozenset(
    """hon mag ing fr hr col gen maj sen gov pan arch rag lic ldo lda ir doc bc me mtre
    dott insp det supt ald fig fam famille rer nat phil jur iur""".split()  # noqa: SIM905
)
# ... these after a name, these there where they are in small letters, these in capitals.
_AFTER = frozenset("sama sensei senpai sempai dono ssi nim bey senior junior ret".split())  # noqa: SIM905
_AFTER_SMALL = frozenset("san kun chan ji jan".split())  # noqa: SIM905
_AFTER_CAPITAL = frozenset(
    """kg ag bv nv oy ab as sa spa ba ma bs ms be om cb mp vc gc do od pe np md dc pc mc jd kc ps
    aca
    td dso dfc dsc bt i v vi ix x xi xii xiii xiv xv xvi""".split()  # noqa: SIM905
)
_BETWEEN = frozenset(("and", "und", "et"))
_TITLES = _FORMS | _DEGREES | _BEFORE | _WITH_A_DOT | _AFTER | _AFTER_SMALL | _AFTER_CAPITAL

# Ph.D., M.D., Dott.ssa, S.p.A., with or without the last dot.
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]{1,4}\.){1,5}[^\W\d_]{0,4}\.?(?![\w.])")
_HYPHENATED = re.compile(
    "([^\\W\\d_]{2,})-(san|sama|kun|chan|sensei|senpai|sempai|dono|ssi|nim|ji|bey|hanim)\\b", re.I
)
_SYLLABLES = re.compile("[aeiouy]+", re.I)
_SUFFIXED = re.compile(
    "(?<=.)(?:様|先生|先輩|女士|小姐|老师|老師)(?![^\\W\\d_])"
    "|(?<=..)(?:さん|さま|くん|ちゃん)(?![^\\W\\d_])|(?<=[가-힣]{2})(?:씨|님|선생님)(?![가-힣])"
)
_SPOKEN = re.compile("[ぁ-ヿ一-鿿가-힣]")


def leave_out(text: str) -> str:
    """`text` without dotted degrees (Ph.D.), and without titles that hang on to a name
    (Tanaka-san, 田中さん); as it is where nothing else would be left."""
    left = text
    if "." in left:
        left = _DOTTED.sub(lambda found: " " if _is_degree(found[0]) else found[0], left)
    if "-" in left:
        left = _HYPHENATED.sub(_addressed, left)
    if not left.isascii() and _SPOKEN.search(left):
        left = _SUFFIXED.sub("", left)
    return left if any(map(str.isalpha, left)) else text


def without(words: Sequence[str]) -> Sequence[str]:
    """`words`, as they were typed, without titles, unless there is nothing else."""
    keys = [_key(word) for word in words]
    if _TITLES.isdisjoint(keys):
        return words
    kept: list[tuple[str, str]] = []
    for word, key in zip(words, keys, strict=True):
        hangs_on = bool(kept) and kept[-1][1] in PARTICLES  # Al Sheikh
        has_dot = word.endswith(".") and key in _WITH_A_DOT
        is_title = key in _FORMS or (key in _DEGREES and kept) or has_dot
        is_between = key in _BETWEEN and not kept  # Mr. and Mrs. Smith
        if hangs_on or not (is_title or is_between):
            kept.append((word, key))
    while len(kept) > 1 and kept[0][1] in _BEFORE:
        del kept[0]
    is_shouted = bool(kept) and kept[0][0].isupper() and len(kept[0][0]) > 1
    while len(kept) > 1 and _is_after(*kept[-1], is_shouted=is_shouted):
        del kept[-1]
    return [word for word, _ in kept] or words


def is_one_alone(words: Sequence[str]) -> bool:
    """Whether the one of `words` is a title that nobody is called (Dr., Mrs, PhD)."""
    if len(words) != 1 or len(words[0]) > 5:
        return False
    key = _key(words[0])
    return 1 < len(key) < 4 and (key in _FORMS or key in _DEGREES)


def are_all(words: Sequence[str]) -> bool:
    """Whether there is nothing but titles: the left half of "Mr. and Mrs. Smith"."""
    return all(_key(word) in _TITLES for word in words)


def _addressed(found: re.Match[str]) -> str:
    """The name before an honorific; Eun-ji and Dong-chan are no such pairs."""
    name, honorific = found.groups()
    is_part = honorific.lower() in ("kun", "chan", "ji") and len(_SYLLABLES.findall(name)) < 2
    return found[0] if is_part else name


def _is_degree(dotted: str) -> bool:
    return dotted.rstrip(".").count(".") > 0 and _key(dotted) in _TITLES


def _is_after(word: str, key: str, *, is_shouted: bool) -> bool:
    if key in _AFTER:
        return True
    if key in _AFTER_SMALL:
        return word.islower()
    return key in _AFTER_CAPITAL and word.isupper() and not is_shouted


def _key(word: str) -> str:
    return word.replace(".", "").strip("',").lower()
