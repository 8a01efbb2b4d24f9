"""Phrases in which people wrap a name, in the languages that they use: patterns of what stands
before it and after it."""

from __future__ import annotations

import re

_N = (
    r"(?:(?:the |a |your |his |her )?(?:first|last|sur|full|family|"
    r"given)?\s?names? (?:of )?|the )?"
)
BEFORE = (
    # Irish, Scottish; then English
    r"(?:dia duit|is mise|'?s mise|is é mo ainm|'?s e (?:an t-)?ainm(?: a tha orm)?),?",
    r"(?:hi|hello|hey|hiya|dear|greetings|welcome|good (?:morning|evening|afternoon|"
    r"day)|goodbye|bye)(?: there)?(?: to)?,?",
    r"(?-i:(?:(?:ok|okay|so,|well|and|now|then|lol|haha|hmm+|omg|wow|oh|btw|"
    r"damn|now do),?\s+)+(?=[A-ZÀ-ÞΑ-ΩА-Я]))",
    r"man nennt mich|moje (?:příjmení|jméno) je|(?:both|either)(?= [A-ZÀ-Þ])",
    r"(?:please|pls|plz)(?: (?:guess|check|try|tell me|do))?",
    r"(?:guess|check|analy[sz]e|look ?up|try|classify|identify)" + " " + _N,
    r"(?:and |so |ok |okay |then )?(?:what|how) about " + _N, r"(?:can|could|"
    r"would) you (?:please )?(?:tell me |guess |check |do |try )?(?:about |where |"
    r"whence )?" + _N,
    r"(?:do you know|tell me(?: about| where| whence)?|i (?:want|would like|"
    r"'d like) to know (?:about|where|whence)?|i wonder (?:where|whence|about)) " + _N,
    r"(?:whence|from where|where)(?:'s| is| are| does| do| did| comes?| came| hails?)? " + _N,
    r"wh(?:at|ich) (?:is|was|are|kind of|sort of|language|nationality|country|origin|"
    r"ethnicity)(?: (?:is|of|the|origin|language|nationality|country|ethnicity|meaning|"
    r"background|etymology|roots?|a|name|for|does))* (?:name )?" ,
    r"what's (?:the )?(?:origin|nationality|language|country|ethnicity|meaning|"
    r"background) (?:of|for) " + _N,
    r"(?:origin|nationality|ethnicity|etymology|meaning|language) of " + _N,
    r"who(?:'s| is| was)",
    r"is " + _N, r"(?:my|his|her|their|the|our|your|this person's|"
    r"someone's)(?: \w+)?(?:'s)? (?:first |last |sur|full |family |given |real |nick|"
    r"user)?name(?: is|'s| was)",
    r"(?:my|his|her|their|the|our) (?:friend|boss|teacher|wife|husband|mother|father|"
    r"mom|dad|son|daughter|brother|sister|colleague|neighbou?r|doctor|cousin|uncle|aunt|"
    r"grandmother|grandfather)(?:'s name)?(?: is)?(?: called| named)?",
    r"(?:i am|i'm|im|you can call me|call me|they call me|people call me|this is|"
    r"here is|here's|meet|it's|it is|i go by)(?: called| named)?",
    r"(?:a |an |some |the )?(?:friend|guy|girl|man|woman|boy|person|someone|somebody|"
    r"player|character|people|author|user)s? (?:is )?(?:called|named)",
    r"(?:the )?(?:sur|last |first |family |given |full |user)?name(?:s)?(?: is| of)?",
    r"(?:called|named|signed)",
    r"(?:regards|best regards|kind regards|best wishes|yours truly|yours sincerely|"
    r"sincerely|yours|cheers|thanks|thank you|with love),?",
    r"(?:love|best|by|for|to|cc|ps|re|fwd),",
    r"(?:from|by|with|says|said|not|only|just|maybe|perhaps|probably)",
    # German, French, Spanish, Portuguese, Italian, Dutch
    r"(?:hallo|guten (?:tag|morgen|abend)|grüß gott|liebe[rs]?|sehr geehrter?|"
    r"ich (?:hei(?:ß|ss)e|bin)(?: der| die)?|mein (?:vor|nach|familien)?name (?:ist|lautet)|"
    r"das ist|"
    r"woher (?:kommt|stammt|ist)(?: der (?:vor|nach)?name)?|was ist mit|wer ist|"
    r"bitte)(?: (?:herr|frau))?,?",
    r"(?:bonjour|salut|bonsoir|moi,? c'est|moi,? je m'appelle|"
    r"cher|chère|je m'appelle|je suis|mon (?:pré)?nom est|"
    r"c'est|voici|d'où vient(?: le (?:pré)?nom)?(?: de)?|et|qui est|il s'appelle|"
    r"elle s'appelle),?",
    r"¿?(?:hola|buenos días|buenas (?:tardes|noches)|querid[oa]|estimad[oa]|me llamo|"
    r"mi (?:nombre|apellido) es|yo soy|soy|se llama|este es|esta es|de dónde (?:es|"
    r"viene|proviene)(?: el (?:nombre|apellido))?(?: de)?|quién es|y qué tal|"
    r"qué hay de),?",
    r"(?:olá|oi|bom dia|boa (?:tarde|noite)|carod?|prezad[oa]|meu (?:nome|apelido|"
    r"sobrenome) é|me chamo|chamo-me|eu (?:me chamo|sou)|sou(?: [oa])?|de onde (?:vem|"
    r"é)(?: o (?:nome|sobrenome|apelido))?(?: de| do)?|quem é),?",
    r"(?:ciao|buongiorno|buonasera|salve|car[oa]|gentile|mi chiamo|il mio (?:nome|"
    r"cognome) è|io sono|sono|si chiama|questo è|da dove viene(?: il (?:nome|"
    r"cognome))?(?: di)?|di dov'è|chi è),?",
    r"(?:goedemorgen|goedemiddag|goedendag|beste|geachte|ik heet|ik ben|mijn (?:achter|"
    r"voor)?naam is|dit is|waar komt(?: de naam)?|wie is),?",
    # Polish, Czech, Russian, Greek
    r"(?:cześć|dzień dobry|drog[ai]|nazywam się|mam na imię|jestem|to jest|moje (?:imię|"
    r"nazwisko)(?: to| jest)?|skąd (?:pochodzi|jest)(?: imię| nazwisko)?|kim jest),?",
    r"(?:ahoj|dobrý den|mil[áý]|jmenuji se|jmenuju se|jsem|moje jméno je|to je|"
    r"odkud (?:je|pochází)(?: jméno)?|kdo je),?",
    r"(?:привет|здравствуйте|здравствуй|уважаем(?:ый|ая)|дорог(?:ой|ая)|меня зовут|"
    r"мо[её] имя|моя фамилия|его зовут|е[её] зовут|я|это|откуда(?: имя| фамилия|"
    r" родом)?|кто так(?:ой|ая)),?",
    r"(?:γεια(?: σου| σας)?|καλημέρα|καλησπέρα|αγαπητ[έή]|με λένε|ονομάζομαι|"
    r"το (?:όνομά|επώνυμό) μου είναι|είμαι(?: ο| η)?|από πού είναι(?: ο| η)?),?",
    # Turkish, the North, Romanian, Hungarian, the Baltics, other Slavs
    r"(?:merhaba|selam|(?:benim )?(?:adım|ismim|soyadım))",
    r"(?:hej|hei|hallå|terve|(?:jag|jeg|ég|eg) (?:heter|hedder|heiti|är|er)|mitt? (?:efter|etter|"
    r"för|for)?na(?:mn|vn) (?:är|er)|nafn mitt er|(?:minun )?nimeni on)",
    r"(?:salut|bună(?: ziua)?|mă numesc|mă cheamă|numele meu (?:este|e)|eu sunt|sunt|"
    r"(?:szia|üdv),?|a nevem|az én nevem|(?:engem )?(?:úgy )?hívnak|"
    r"sveiki|mano vardas(?: yra)?|mani sauc|mans vārds ir|minu nimi on|ma olen|tere),?",
    r"(?:zovem se|moje ime je|ime mi je|ja sam|moje meno je|volám sa|moje ime je|kličejo me|"
    r"мене зв(?:ати|уть)|мо[єя] (?:ім'я|прізвище)|привіт|мяне завуць|казвам се|името ми е|аз съм|"
    r"зовем се|моје име је|јас сум|се викам|менің атым|менин атым),?",
    # what part of a name comes
    r"(?:nachname|vorname|familienname|achternaam|voornaam|efternamn|förnamn|etternavn|fornavn|efternavn|apellidos?|"
    r"cognome|sobrenome|prénom|nom de famille|nazwisko|příjmení|priezvisko|prezime|"
    r"vezetéknév|keresztnév|soyad[ıi]|"
    r"sukunimi|etunimi|фамилия|прізвище|επώνυμο|όνομα|苗字|名字|姓名|성|이름),?",
    # farther off
    r"(?:nama saya(?: adalah)?|nama aku|ang pangalan ko ay|ako si|jina langu ni|"
    r"naitwa|igama lami ngu|em dic|el meu nom és|me chamo|ez naiz|nire izena|fy enw i yw|"
    r"is mise|më quajnë|unë jam|mi nomiĝas|mia nomo estas|mera naam|mera nam),?",
    r"(?:שמי|קוראים לי|שלום|मेरा नाम|میرا نام|نام من|اسم من|আমার নাম|என் பெயர்|నా పేరు|"
    r"ฉันชื่อ|ผมชื่อ|მე მქვია|ჩემი სახელია|իմ անունը),?",
    # Vietnamese, Arabic
    r"(?:xin chào|chào(?: anh| chị| bạn| em)?|họ (?:của )?tôi(?: là)?|tôi tên(?: là)?|tên (?:tôi|"
    r"của tôi|mình|"
    r"em|anh|chị)(?: là)?|tôi là|mình là|đây là),?",
    r"(?:اسمي|أنا|مرحبا(?: يا)?|السلام عليكم(?: يا)?|يا|هذا|هذه|(?:من أين|ما أصل|"
    r"ما معنى)(?: (?:اسم|عائلة|لقب))?|اسم|لقبي)",
)  # fmt: skip
AFTER = (
    r"[,;-]?\s*(?:please|pls|plz|thanks(?: a lot| so much)?|thank you(?: very much)?|"
    r"thx|lol|lmao|haha+|hehe|here|speaking|again|too|bitte|danke|merci|gracias|"
    r"por favor|obrigad[oa]|grazie|per favore|s'il (?:te|vous) pla[iî]t|svp|alsjeblieft|"
    r"proszę|dziękuję|prosím|děkuji|пожалуйста|спасибо|παρακαλώ|ευχαριστώ)",
    r"(?:and|y|et|und|e|en) (?:i'?m|i am|i come|i live|soy|vengo|"
    r"je suis|je viens|ich komme|komme|sou|sono|ik kom)"
    r" (?:from|de|da|do|du|aus|in|uit|di) .*",
    r"(?:comes?|came|is|was|hails?|are|originates?|"
    r"originated)? ?(?:originally )?from(?: where| what country| which country)?",
    r"(?:है|ہے|است|هست|هستم|hai|hoon|hun|হয়|আছে|adlı|"
    r"adında|isimli|a nevem|vagyok|yra|ni jina langu)",
    r"(?:is|are) (?:my|his|her|their|the|our) (?:\w+ )?(?:sur)?name",
    r"(?:is|was) (?:it|that|this|he|she|what|which)(?: \w+)*",
    r"come",
    r"(?:'s )?(?:origin|nationality|language|ethnicity|heritage|ancestry|etymology|"
    r"meaning|background)(?: is| of)?(?: please)?",
    r"(?:mean|means|who|right|or not|or what|maybe|i think|i guess)",
    r"(?:is |'s )?(?:an? |of )?(?:arabic|arab|chinese|czech|dutch|english|british|"
    r"american|french|german|greek|irish|italian|japanese|korean|polish|portuguese|"
    r"brazilian|russian|scottish|spanish|mexican|vietnamese|turkish|swedish|"
    r"indian)(?: (?:sur|last |first )?name| origin| descent)?(?: or .*)?",
    r"(?:an? )(?:\w+ )?(?:sur|last |first |given )?name",
    r"(?:sur|last |first |nach|vor|familien)?name", r"family",
    r"(?:her|vandaan|heißt|stammt|kommt|pochodzi|vient)",
)  # fmt: skip
EAST_BEFORE = re.compile(
    "^(?:(?:はじめまして|こんにちは|初めまして)[、,。!！\\s]*)?(?:(?:私|わたし|僕|ぼく|俺)(?:の名前|の氏名)?|(?:お)?名前|"
    "氏名)は[、\\s]*(?=.{2})"
    "|^(?:はじめまして|こんにちは|初めまして)[、,。!！\\s]+(?=.{2})"
    "|^(?:(?:你好|您好|大家好)[，,。！!\\s]*)?(?:我(?:的名字|的姓名)?(?:叫做?|是|姓)|(?:他|她)(?:叫|是)|(?:名字|"
    "姓名)(?:叫|是)|请问)\\s*(?=.)"
    "|^(?:안녕하세요[,.!\\s]*)?(?:제|내|저의|나의)\\s*이름은\\s*(?=.)|^(?:안녕하세요[,.!\\s]*)?(?:저는|"
    "나는)\\s*(?=..)|^안녕하세요[,.!\\s]+(?=.)"
)
EAST_AFTER = re.compile(
    "(?<=..)(?:という(?:名前|名字|苗字)(?:は.*)?|(?:と|っ)?(?:申します|いいます|言います|もうします)"
    "|です(?:か|よ|が)?|と呼んでください|をお願いします|"
    "はどこの(?:国の)?名前.*)[。.！!?？\\s]*$"
    "|(?<=.)(?:是哪里人|是哪国人|是哪里的|(?<![你我他她您])是谁|的名字|这个名字)[。？?吗\\s]*$"
    "|(?<=..)(?:이?라고\\s*(?:합니다|해요|불러주세요)|입니다|이에요|예요|이야|이라고요)[.!?\\s]*$"
)
# What closes or opens a letter, on a line of its own.
CLOSING = re.compile(
    r"\W*(?:(?:with )?(?:(?:best|kind|warm|many) )?(?:regards|wishes|greetings|thanks)"
    r"|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?|cheers|love|hello|hi|hey|dear all"
    r"|(?:mit )?(?:freundlichen|besten|vielen|lieben?|viele) grüßen?|(?:bien )?cordialement"
    r"|amicalement|(?:un )?saludos?(?: cordial(?:es)?)?|atentamente|atenciosamente|cumprimentos"
    r"|cordiali saluti|distinti saluti|(?:met )?(?:vriendelijke )?groet(?:en|jes)?|pozdrawiam"
    r"|s pozdravem|с уважением|με εκτίμηση|trân trọng|敬具|此致)\W*",
    re.I,
)
# A line in which none of these words stands has no such phrase.
TRIGGERS = frozenset(
    """omg wow oh btw damn now
    nachname vorname familienname achternaam voornaam efternamn förnamn etternavn fornavn
    efternavn apellido apellidos cognome sobrenome prénom nom nazwisko příjmení priezvisko
    prezime vezetéknév keresztnév soyadı soyadi sukunimi etunimi фамилия прізвище επώνυμο όνομα
    苗字 名字 姓名 성 이름 است هست هستم hai hoon hun হয় আছে adlı moi merhaba selam benim adım
    ismim soyadım hej hei hallå terve jag jeg ég eg mitt mit nafn nimeni minun bună mă numele
    sunt szia üdv nevem az engem úgy hívnak sveiki mano mani mans minu ma tere zovem moje ime ja
    volám kličejo мене моє моя привіт мяне казвам името аз зовем моје јас се менің менин nama ang
    ako jina naitwa igama em el ez nire fy më unë mi mia mera שמי קוראים שלום मेरा میرا نام আমার
    என் నా ฉันชื่อ ผมชื่อ მე ჩემი իմ họ اسم لقبي है ہے vagyok yra hi hello hey hiya dear
    greetings welcome good goodbye bye please pls plz guess check analyze analyse lookup look try
    classify identify what what's how can could would do tell i i'm i'd im whence where where's
    which who who's is my his her their the our your this someone's you call they people here
    here's meet it's it a an some friend guy girl man woman boy person someone somebody player
    character author user name names surname last first family given full username called named
    regards best kind yours sincerely cheers thanks thank with love by for to cc ps re fwd from
    says said not only just maybe perhaps probably origin nationality ethnicity etymology meaning
    language come comes came hails hallo guten grüß liebe lieber liebes sehr ich mein das woher
    was wer bitte bonjour salut bonsoir cher chère je mon c'est voici d'où et qui il elle hola
    buenos buenas querido querida estimado estimada me yo soy se este esta de quién y qué olá oi
    bom boa caro cara prezado prezada meu chamo-me eu sou quem ciao buongiorno buonasera salve
    gentile io sono si questo da di chi goedemorgen goedemiddag goedendag beste geachte ik mijn
    dit waar wie cześć dzień droga drogi nazywam mam jestem skąd kim ahoj dobrý milá milý jmenuji
    jmenuju jsem odkud kdo привет здравствуйте здравствуй уважаемый уважаемая дорогой дорогая
    меня мое моё его ее её я это откуда кто γεια καλημέρα καλησπέρα αγαπητέ αγαπητή με ονομάζομαι
    το είμαι από xin chào tôi tên mình đây dia 's s اسمي أنا مرحبا السلام يا هذا هذه من ما thx ty
    lol lmao haha hahaha hehe speaking again too danke merci gracias por obrigado obrigada grazie
    per s'il svp alsjeblieft proszę dziękuję prosím děkuji пожалуйста спасибо παρακαλώ ευχαριστώ
    mean means right heritage ancestry background vandaan heißt stammt kommt pochodzi vient and
    so ok okay then""".split()  # noqa: SIM905  (reads better)
)
