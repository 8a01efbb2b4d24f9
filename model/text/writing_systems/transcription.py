"""Names of elsewhere written in a script of ours by their sound: マイケル・ジャクソン,
迈克尔·杰克逊, 마이클 잭슨, Майкл Джексон. They tell who wrote them, not whence they come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.writing_systems import han, scripts

SENTENCE = "That looks like a foreign name in {} letters: they tell its sound alone."

_DOT = re.compile("[・·•‧･∙]")
# Sounds that no Japanese name has, and names that are often met.
_KANA = re.compile(
    "[ァィゥェォヮヴ]|[ドグプ]$|^[パピプペポロ]|[^ッンパピプペポ][パピプペポ]|ッ$|ッ[ドグブズジムルハヘフ]|[デテ]ュ|ンソン|ンド|ビン$|ッテ$|エル$|ニュ"
    "|^フ[ラレロ]|ソワ$|^(?:マイケル|ジョン|トム|マリア|ダニエル|ペドロ|パウロ|サム|ベン|ビル|ボブ|ルイス|カルロス|ホセ|ミゲル|アントニオ|ロベルト|マルコ|ハンス|オルガ"
    "|イワン|イワノフ|スミス|ブラウン|トランプ|オバマ|ガルシア|シルバ|サントス|マルティン|ソフィア|アレックス|デイビス|クリス|サラ|エマ|ダビデ|エリザベス"
    "|アレクサンドル|ウラジミル|ニコラス|アダム|キム|イ|パク|チェ|グエン|ワン|リー|チャン)$"
)
_KANA_OFTEN = re.compile("^[ラリルレヴ]|[ルムスクグブズンツュ]$|[ャュョ][ッン]|ア$")  # beside a dot
_LONG = re.compile(
    "(?:[ァ-ヶ]{0,4}ロー|サトー|ゴトー|イトー|カトー|[ヨユ]ー[ァ-ヶ]?"
    "|(?:キョ|リョ|ショ|シュ|ジュ|チュ|リュ|キュ|コ|ケ|レ|ト|ソ|セ|ゴ|ヨ|ユ|ノ|ジョ)ー"
    "(?:コ|タ|ジ|スケ|ヘイ|ゾー|イチ|マ|イ|ゴ|ト|キ|ヤ|カ|ガ|ナ|ヤ)?)"
)
_KATAKANA = re.compile("[ァ-ヺー]+")
# Characters that write sounds: nearly all of a transcription are these, and of a name hardly two.
_HAN_SOUNDS = frozenset(
    "歇坦阿埃艾爱奥巴芭拜班邦保鲍贝本比彼宾波伯博卜布查茨达戴丹道德登邓迪蒂丁顿杜多朵恩尔耳法凡范菲费芬冯夫弗福富盖甘冈戈格葛根古瓜"
    "哈海汉豪赫黑亨胡华怀惠霍基吉季加嘉贾杰捷金卡凯坎康考柯科可克肯库拉莱兰朗劳勒雷蕾黎里理丽利莉立列林琳隆卢鲁露伦罗洛马玛迈麦曼梅"
    "门蒙米密缪莫墨默姆穆拿娜纳南内嫩尼妮涅宁纽农诺努欧帕派潘庞培佩彭皮平珀普齐奇契恰强乔切琴丘邱让热仁日荣茹瑞若撒萨塞赛桑瑟森莎沙山尚"
    "绍舍申圣施什史士舒斯司丝苏索塔泰坦汤唐陶特滕提汀廷图托陀脱瓦万旺威薇韦维魏温文翁沃乌吾伍武西希锡夏香肖谢辛欣休许雪逊亚娅雅扬杨尧耶叶伊"
    "依因英尤雨约赞泽扎詹珍芝治朱兹卓孜佐"
    "吐安摩易罕厄烈翰赖吕佛奎廉彻昂松白各别勃芙喀瑙珊萝迦聂得薩範費傑凱庫裏繆內寧紐農齊強紹聖託脫溫賴呂徹別蘿聶漢約"
    "愛奧鮑貝賓達鄧頓爾馮蓋岡漢華懷賈萊蘭勞萊里麗隆盧魯倫羅馬瑪邁麥門蒙諾歐龐喬讓熱榮賽莎絲蘇湯陶圖瓦萬韋維烏錫謝許遜亞婭揚楊堯葉約贊澤紮茲納"
)
_HAN_STRONG = frozenset(
    "尔爾斯克特德姆夫弗茨兹茲普蒂贝貝姆迪奥奧罗羅鲁魯欧歐拉娜妮莎莱萊勒阿埃烈萨薩亚亞逊遜翰密"
)
_HAN_GIVEN = frozenset("德娜妮莎罗羅密翰")  # of these, what Chinese are called as well: 林莎莎
_HANGUL_SOUNDS = frozenset(
    "스트크프드브츠즈르그흐클틀플블들슨튼든턴던먼벤젠젤켈델텔벨웰넬릭맥잭믹닉딕빅픽폴콜롤톨볼릴빌밀딜킬헬렌렐릿럿펠셀쉘엘스케페캐"
    "켄텐펜쿠투푸파타카티피코토포퍼커터처터닝딩링킹밍빙핑팅엘럴넌존잔쟝쥬앙뤼윌옐욜슈퀸힐헨핸햄캠콘컨퀴웬캘킷펄"
)
_HANGUL_ENDS = frozenset("클트드프크츠스즈릭닉빅틴턴슨")
_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나"
    "민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국"
    "어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상시갈단류리량림로련"
)
_HANGUL_NAMES = frozenset(
    ("마리아", "안나", "소피아", "존", "폴", "톰", "샘", "벤", "다니엘", "나타샤", "올가", "이반")
)
_COMPOUND = ("남궁", "황보", "제갈", "사공", "선우", "독고", "서문", "동방")
_CYRILLIC = re.compile(
    "[бвгджзклмнпрстфхцчшщ]э|дж|[а-я]льд$|мп$|^(?:уи|уэ|уо|хью|йо|хуа)|[^м]сон$|(?<!ан)(?<!ла)(?<!ри)(?<!фе)тон$|ньют|стоун$|филд|ленд$|таун|форд$|бридж|уорт"
    "|^(?:сяо|цз|чж[аэоуи]|сюй|сюэ|цюй|юэ)[а-я]*$|^(?:с|хуэ?й)яо|(?:мин|лун|дун|фэн|пин|лян)(?:цз|чж)|эйн|оу(?!с)|[уюэ]$|([тфсзк])\\1$|[а-я]{3}[бвгджзклмнпрстфхц]и$|[бгджзнпрстфхцчш]о$|ьо$|^мак(?!ар|сим|ан|ей|ов|ушк|ед|ри).{4}"
    "|^(?:майкл|барак|хорхе|гарсия|хосе|карлос|диего|мигель|луис|родригес|гарсиа|фернандес|гонсалес|лопес|мартинес|перес|санчес"
    "|силва|сантос|оливейра|чарльз|стив|стивен|билл|том|тим|кевин|брайан|элизабет|жан|жак|пьер|франсуа|нгуен|чжан|танака"
    "|ямамото|муракам[иа]|миядзаки|куросава|мюллер|шнайдер|вебер|фриц|юрген|гюнтер|вольфганг|йохан|де|ди|да|дю|ла|ван|фон"
    "|о'.+)$"
)

# Greek names end in a vowel, ν or ς, but for those of the Bible.
_GREEK = re.compile(
    "(?<![ήαί])(?:[θπτχβγδζκμρ]|ντ|γκ|[^ήαυ]λ|[^ήα]ξ|σον|μαν|στον)$(?<!άβετ)(?<!ώβ)(?<!άμ)(?<!ήφ)"
)


def is_one(text: str, words: Sequence[str]) -> bool:
    """Whether `words`, found in `text`, are a foreign name written by its sound, as far as that
    can be seen."""
    if text.isascii():
        return False
    script = scripts.main_script("".join(words))
    if script == scripts.KANA:
        return _in_kana(text)
    if script == scripts.HAN:
        return _in_han(text)
    if script == scripts.HANGUL:
        return _in_hangul(words)
    if script == scripts.GREEK:
        return any(map(_GREEK.search, words))
    return script == scripts.CYRILLIC and _in_cyrillic(words)


def _in_kana(text: str) -> bool:
    katakana = "".join(_KATAKANA.findall(text))
    if len(katakana) < sum(map(str.isalpha, text)) - katakana.count("ー"):
        return False  # 山田エミリー is a Japanese with a foreign given name
    spoken = _KATAKANA.findall(text)
    if _DOT.search(text) and any(map(_KANA_OFTEN.search, spoken)):
        return True
    return any(
        _KANA.search(word) or ("ー" in word and not _LONG.fullmatch(word)) for word in spoken
    )


def _in_han(text: str) -> bool:
    if _DOT.search(text.strip("·・•")):
        return True
    letters = [c for c in text if c.isalpha()]
    others = sum(c not in _HAN_SOUNDS for c in letters)
    strong = sum(map(_HAN_STRONG.__contains__, letters))
    if len(letters) > 4 and not han.is_japanese("".join(letters)):  # longer than names are
        return others <= 1 and strong >= 2
    if len(letters) == 3 and han.is_chinese("".join(letters)):
        strong = sum(c in _HAN_STRONG and c not in _HAN_GIVEN for c in letters[1:])
    return len(letters) >= 3 and not others and strong >= 1


def _in_hangul(words: Sequence[str]) -> bool:
    if len(words) == 1 and words[0].startswith(_COMPOUND):
        return False
    syllables = "".join(words)
    foreign = sum(map(_HANGUL_SOUNDS.__contains__, syllables))
    if syllables in _HANGUL_NAMES:
        return True
    if syllables[-1:] in _HANGUL_ENDS:
        return True
    if syllables[:1] in _SURNAMES and len(syllables) <= 3:
        return False
    return len(syllables) >= 5 or foreign >= 1


def _in_cyrillic(words: Sequence[str]) -> bool:
    return any(map(_CYRILLIC.search, words))
