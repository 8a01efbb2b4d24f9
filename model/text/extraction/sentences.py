"""Whether what was typed is a sentence: by the small words of the languages that people use.
        Those
that are also names somewhere (Do My Linh, Nguyen The Anh, Will) tell nothing by themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model.text.particles import PARTICLES

MAX_WORDS = 8

_SURELY = {
    "English":"""both either neither compare what whats what's is are was your this that that's
        these those it's
        with from they when where who whence please hello hey lol thanks thank and would
        should could about name think tell know like don't i'm doesn't isn't there here
        were been being because very really going want need which whose him them their
        his its you're we're they're can't won't didn't into than then just only some
        any every love see later meet happy come take make again let's does""",
    "German":"""aus welchem welcher welche welches stammt wie geht dir mir ihnen ist
        bist nicht und oder aber ich mein dein eine einen einem guten morgen danke hallo
        sehr auch heute warum wo woher wer was kein keine heißt heißen dich verstehe
        heiße möchte habe hast das falsch richtig spät liebe weiß kann kannst machst bin viel
        nichts""",
    "French":"""comment ça êtes suis vous nous avec pour dans mais très bien bonjour
        merci salut bonsoir où quand pourquoi quoi c'est votre notre une elle quel
        quelle aujourd'hui t'aime j'ai sais peux veux ne parle parles français bonne nuit fait
        heure moi
        toi aime suis-je fais""",
    "Spanish":"""hola qué cómo está estás estoy dónde quién cuál muy bien gracias
        buenos buenas días noches tardes una eres tengo tiene usted quiero hablo puedo
        llamas mucho entiendo eso esto sabes quieres cuándo hora nada vamos""",
    "Portuguese":"""olá tudo você voce está estou não obrigado obrigada noite onde quem
        uma meu qual falo quero tenho entendo amo sei isso aqui agora gosto muito quando
        preciso""",
    "Italian":"""ciao come stai perché buongiorno buonasera grazie prego molto questo è
        amo capisco parlo voglio ho buona notte quando anche sai vuoi adesso dove sono""",
    "Dutch":"""hoe gaat wat waar wie waarom niet geen goed goedemorgen dank hallo jij
        wij zijn hou jou jullie wil weet begrijp laat mij ook bent""",
    "Polish":"""się masz jest są nie dzień dobry dziękuję cześć gdzie kto kiedy
        dlaczego bardzo proszę mam jestem rozumiem kocham cię imię robisz wiem chcę mnie
        jesteś godzina która""",
    "Czech":"""se máš máte jsou není dobrý den děkuji ahoj kde kdo kdy proč prosím jsem
        jsi mám nerozumím miluji tě dobrou noc jmenuješ děláš rozumím vím chci kolik
        hodin mě""",
    "Russian":"""как дела что это кто где когда почему привет спасибо здравствуйте я ты
        он она мы вы не да нет и но с на в очень хорошо пожалуйста у тебя меня доброе
        утро добрый день вас понимаю люблю хочу знаю спокойной ночи тебе зовут который
        сколько час мне его её мой моя где-то тоже так ещё уже быть есть нужно можно
        буду""",
    "Greek":"""τι κάνεις πώς είσαι είναι γεια σου σας καλημέρα καλησπέρα ευχαριστώ που
        ποιος και δεν ναι όχι εγώ με το η καταλαβαίνω αγαπώ λένε πού πότε γιατί πόσο ώρα
        θέλω ξέρω κάνω καλά πολύ σ'αγαπώ μου μιλάω""",
    "Vietnamese":"""xin chào cảm ơn là gì không bạn khỏe tôi rất của yêu biết đâu
         giờ hiểu""",
    "Arabic":"""مرحبا السلام عليكم كيف حالك شكرا صباح مساء الخير من أين ما هو هي هذا
        أنا لا اسمك أفهم أعرف لماذا اسم أحبك لماذا متى نعم كم أريد جدا""",
}  # fmt: skip
_TOGETHER = {
    "English": """the you my its it not has have we how why hi but or for am do does did
        can will be i me he she a an to of in on at so if no yes good go all out up day
        one get got see new now""",
    "German": "du es er der die das in auf zu mit gut ein tag so ja nein sie sind wir",
    "French": "je tu il on la le les un et va es en de qui que oui non pas est sont",
    "Spanish": "yo tú él la el los las un y de en no sí si mi tu me te es son por para pero",
    "Portuguese": """eu ele ela o a um e de em do da vai é se bem bom boa dia tarde como
        com para minha nao""",
    "Italian": """io tu lui lei il la lo un e di non mi ti va sta sono sei dove chi che
        cosa bene una""",
    "Dutch": "u de je en van in te met is een ben ik het",
    "Polish": "ja ty on ona w z na i to jak co tak mam",
    "Czech": "já ty on ona v z na a to je jak mám",
    "Vietnamese": "có anh em ai",
}
_LISTS = [
    (frozenset(sure.split()), frozenset(_TOGETHER.get(language, "").split()) - {*sure.split()})
    for language, sure in _SURELY.items()
]
SURE = frozenset().union(*(sure for sure, _ in _LISTS))
SMALL = SURE.union(*(others for _, others in _LISTS))
SMALL_IN_ENGLISH = _LISTS[0][0] | _LISTS[0][1]
_EAST = re.compile(
    "(?<=..)(?:です|ます)(?:か|よ|ね)?[。！？!?]*$|でした|ください|ありがと"
    "|こんにち|おはよう|さようなら|すみません|お元気|何です|(?:[しっいえきんべめ]て|でい)(?:る|ます|た)$|(?:だ|です)(?:よ|ね)$|[いきしみり]たい$|(?:...ません|...ました)$"
    "|是谁|是誰|名前は|你好|您好|我不|不知道|不明白|谢谢|謝謝|什么|什麼|怎么|怎麼|哪里|哪裡"
    "|早上好|晚安|再见|再見|是我|我是|我爱|我愛|[吗嗎呢吧]$|对不起|對不起"
    "|안녕|하세요|입니다|합니다|감사|어디|무엇|뭐|이에요|예요|습니다"
    "|습니까|사랑해|몰라|알아|고마|[가-힣]{2}[어아]요$"
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
    if SURE.isdisjoint(telling) and len(words) < 5:
        return False
    ends_so = typed.rstrip().endswith(("?", "!", "？", "！", ";")) or typed.startswith("¿")
    for sure, others in _LISTS:
        surely = sum(map(sure.__contains__, telling))
        told = surely + sum(map(others.__contains__, telling))
        if (surely and (told >= 2 or (len(words) > 2 and ends_so))) or told >= 5:
            return True
    return False


def are_small(words: Sequence[str]) -> bool:
    """Whether no word is but the small ones of sentences: what "hello there" leaves of itself."""
    return SMALL.issuperset(words)


def _is_a_long_name(words: Sequence[str], typed: str) -> bool:
    """Pablo Diego José Francisco de Paula Juan Nepomuceno ...: every word with its capital."""
    capitals = sum(word[:1].isupper() for word in re.split(r"[\s-]+", typed))
    return capitals >= len(words) and len(words) <= 3 * MAX_WORDS
