"""The small words of languages by which a sentence is told; see `sentences`. In those of the first
table one of them may be enough, and in talk round a name they are no part of it; of the farther
ones it takes two."""

from __future__ import annotations

SURELY = {
    "English":"""speak speaks
        both either neither compare what whats what's is are was your this that that's
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
        nichts wohnst arbeitest kommst sprichst hunger durst""",
    "French":"""comment ça êtes suis vous nous avec pour dans mais très bien bonjour
        merci salut bonsoir où quand pourquoi quoi c'est votre notre une elle quel
        quelle aujourd'hui t'aime j'ai sais peux veux ne parle parles français bonne nuit fait
        heure moi
        toi aime suis-je fais habites habites-tu habitez faim soif as-tu es-tu""",
    "Spanish":"""hola qué cómo está estás estoy dónde quién cuál muy bien gracias
        buenos buenas días noches tardes una eres tengo tiene usted quiero hablo puedo
        vives hambre años trabajas hablas llamas mucho entiendo eso esto sabes quieres cuándo hora
        nada vamos""",
    "Portuguese":"""mora fome anos olá tudo você voce está estou não obrigado obrigada noite onde
        quem uma meu qual falo quero tenho entendo amo sei isso aqui agora gosto muito quando
        preciso""",
    "Italian":"""abiti fame chiami ciao come stai perché buongiorno buonasera grazie prego molto
        questo è amo so capisco parlo voglio ho buona notte quando anche sai vuoi adesso dove
        sono""",
    "Dutch":"""hoe gaat wat waar wie waarom niet geen goed goedemorgen dank hallo jij
        wij zijn hou jou jullie wil weet begrijp laat mij ook bent""",
    "Polish":"""mieszkasz ile lat się masz jest są nie dzień dobry dziękuję cześć gdzie kto kiedy
        dlaczego bardzo proszę mam jestem rozumiem kocham cię imię robisz wiem chcę mnie
        jesteś godzina która""",
    "Czech":"""se máš máte jsou není dobrý den děkuji ahoj kde kdo kdy proč prosím jsem
        jsi mám nerozumím miluji tě dobrou noc jmenuješ děláš rozumím vím chci kolik
        hodin mě""",
    "Russian":"""как дела что это кто где когда почему привет спасибо здравствуйте я ты
        он она мы вы не да нет и но с на в очень хорошо пожалуйста у тебя меня доброе
        утро добрый день вас понимаю люблю хочу знаю спокойной ночи тебе зовут который
        сколько лет живёшь живешь час мне его её мой моя где-то тоже так ещё уже быть есть нужно
        можно буду""",
    "Greek":"""τι κάνεις πώς είσαι είναι γεια σου σας καλημέρα καλησπέρα ευχαριστώ που
        ποιος και δεν ναι όχι εγώ με το η καταλαβαίνω αγαπώ λένε πού πότε γιατί πόσο ώρα
        θέλω ξέρω κάνω καλά πολύ σ'αγαπώ μου μιλάω""",
    "Vietnamese":"""nhiêu tuổi xin chào cảm ơn là gì không bạn khỏe tôi rất của yêu biết đâu
         giờ hiểu""",
    "Arabic":"""مرحبا السلام عليكم كيف حالك شكرا صباح مساء الخير من أين ما هو هي هذا
        أنا لا اسمك أفهم أعرف لماذا اسم أحبك لماذا متى نعم كم أريد جدا""",
}  # fmt: skip
TOGETHER = {
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
# Of these languages, two tell, and where one of them stands alone, it tells nothing.
FARTHER = {
    "Scandinavian": """hur mår du jag jeg är hvordan hva hvem hvad hvor var är vad vem när hvorfor
        varför och ikke inte ikkje det deg dig meg mig vi dere ni tack takk tak snakker talar pratar
        taler elsker älskar god morgen morgon kveld natt bra godt mye mycket vet ved kan vil vill
        heter hedder hei hej ha det så glad kommer fra från noe något noget""",
    "Icelandic": """hvað hvernig hver hvar ég þú er ert ekki takk góðan daginn þetta það mér þér
        hefur líður elska þig tala veit""",
    "Finnish": """mitä kuuluu kuka missä milloin miksi minä sinä olen olet on ei en kiitos hyvää
        huomenta päivää iltaa yötä hyvin tämä se mikä puhun rakastan sinua tiedä anteeksi miten
        nimesi moi voi""",
    "Estonian": """kuidas läheb mis kes kus millal miks mina sina olen oled ei ole aitäh tere
        hommikust head päeva ööd väga ma sa armastan sind tea räägin""",
    "Hungarian": """hogy vagy mi ki hol mikor miért én te vagyok nem igen köszönöm jó reggelt napot
        estét éjszakát szeretlek tudom tudod ez az beszélek magyarul mennyi mit csinálsz nagyon
        hogyan neved szép""",
    "Romanian": """ce mai faci cum cine unde când de eu tu sunt ești nu da mulțumesc bună ziua
        dimineața seara noapte te iubesc știu vorbesc foarte bine este cât numești îmi place
        vreau pleci vii""",
    "Turkish": """kaç yaşındasın yaşında nereden oturuyorsun nasılsın nasıl ne nerede kim zaman
        neden ben sen o biz siz değil var yok evet hayır teşekkür ederim teşekkürler günaydın iyi
        geceler akşamlar seni seviyorum bilmiyorum anlamıyorum biliyorum türkçe konuşuyorum çok bu
        şu nerelisin adın yapıyorsun mısın misin musun bir için""",
    "Indonesian": """apa kabar siapa di mana kapan kenapa mengapa saya aku kamu anda tidak bukan ya
        terima kasih selamat pagi siang malam sore baik ini itu cinta tahu tak bisa berbicara bahasa
        sama-sama namamu dari mau sudah belum juga sangat nggak gak""",
    "Filipino": """kumusta kamusta ka ano sino saan kailan bakit ako ikaw siya hindi oo salamat
        magandang umaga gabi hapon mahal kita alam ko mo po opo ang ng mga naman ito yan
        pangalan""",
    "Swahili": """habari yako gani nani wapi lini kwa nini mimi wewe yeye sisi ni si ndiyo hapana
        asante sana karibu nakupenda sijui unaitwa jina lako hujambo sijambo mambo poa""",
    "Ukrainian": """як справи що це хто де коли чому я ти він вона ми ви не так ні дякую привіт
        доброго ранку день вечір ночі дуже тебе кохаю люблю знаю розумію розмовляю мені мене твоє
        ім'я звати будь ласка і та""",
    "Bulgarian": """как си какво кой къде кога защо аз ти той тя ние вие не да благодаря здравей
        добро утро ден вечер нощ много те обичам знам разбирам говоря това съм е казваш се моля
        на""",
    "Serbo-Croatian": """kako si šta što ko tko gdje gde kada zašto ja ti ona mi vi ne da hvala
        dobro jutro dan večer veče noć laku vrlo te volim znam razumijem razumem govorim ovo sam
        je zoveš se molim како си шта ко где када зашто хвала добро јутро дан те волим знам
        разумем ово сам""",
    "Slovene": """kako si kaj kdo kje kdaj zakaj jaz ti ne ja hvala dobro jutro dan večer noč
        lahko te ljubim vem razumem govorim to sem je ti ime prosim zelo""",
    "Slovak": """ako sa máš čo kto kde kedy prečo ja ty nie áno ďakujem dobré ráno deň večer noc
        dobrú ťa ľubim viem neviem rozumiem nerozumiem hovorím to som si voláš prosím veľmi""",
    "Lithuanian": """kaip sekasi kas kur kada kodėl aš tu ne taip ačiū labas rytas diena vakaras
        naktis myliu tave žinau nežinau suprantu kalbu tai esu yra tavo vardas prašau labai
        gyveni""",
    "Latvian": """kā iet kas kur kad kāpēc es tu nē jā paldies labrīt labdien labvakar nakti mīlu
        tevi zinu nezinu saprotu runāju tas esmu ir tevi sauc lūdzu ļoti klājas""",
    "Albanian": """si je çfarë kush ku kur pse unë ti jo po faleminderit mirëmëngjes mirëdita natën
        mirë shumë të dua nuk di kuptoj flas kjo jam është quhesh lutem""",
    "Catalan": """com estàs què qui on quan per jo tu no sí gràcies bon dia bona nit tarda molt bé
        t'estimo ho sé entenc parlo això soc ets és dius et plau""",
    "Basque": """zer moduz nor non noiz zergatik ni zu ez bai eskerrik asko egun on gabon arratsalde
        maite zaitut dakit ulertzen hitz hau naiz zara da""",
    "Welsh": """sut wyt ti beth pwy ble pryd pam fi dw i ddim diolch bore da nos iawn caru gwybod
        deall siarad hyn ydw yw dy""",
    "Irish": """conas tá tú cad cé cá cathain níl agam orm go raibh maith agat slán dia duit oíche
        mhaith grá nach dtuigim atá sé""",
    "Hebrew": """מה שלומך מי איפה מתי למה אני אתה את הוא היא לא כן תודה שלום בוקר טוב לילה ערב אוהב
        אותך יודע מבין מדבר זה שמך קוראים לך בבקשה מאוד""",
    "Persian": """حالت حال شما تو چطوری چطوره چطور چیست چه کی کجا کجایی چرا من نیستم هستم است نه
        بله آره ممنون مرسی سلام صبح شب بخیر خیلی دوستت دوست دارم نمیدانم نمی‌دانم میدونم نمی‌دونم
        این اسمت""",
    "Urdu": """کیا کیسے کیسی ہیں ہو ہے آپ تم میں کون کہاں کب کیوں نہیں ہاں شکریہ کا کی کے مجھے سے
        محبت پتہ معلوم یہ نام حال بہت""",
    "Hindi": """क्या कैसे हो हैं है आप तुम मैं कौन कहाँ कब क्यों नहीं हाँ धन्यवाद नमस्ते का की के
        मुझे से प्यार पता मालूम यह नाम हाल बहुत शुभ kya kaise kaisi hai hain ho aap tum main mai
        kaun kahan kyun kyon nahi nahin haan dhanyavad shukriya mujhe tumse pyaar pyar pata mera
        tera naam haal bahut accha acha theek kar raha rahe""",
    "Bengali": """কেমন আছো আছেন আছি তুমি আপনি আমি কে কোথায় কখন কেন না হ্যাঁ ধন্যবাদ তোমার আমার
        নাম কি ভালো ভালোবাসি জানি তোমাকে""",
    "Tamil": """எப்படி இருக்கிறீர்கள் நீங்கள் நான் யார் எங்கே எப்போது ஏன் இல்லை ஆம் நன்றி வணக்கம்
        உங்கள் பெயர் என்ன தெரியாது""",
    "Georgian": """როგორ ხარ ვინ რა სად როდის რატომ მე შენ არა კი გმადლობთ დილა მშვიდობისა
        მიყვარხარ ვიცი არ მესმის რა გქვია ძალიან""",
    "Armenian": """ինչպես ես ինչ ով որտեղ երբ ինչու ես դու ոչ այո շնորհակալություն բարի լույս օր
        գիշեր սիրում եմ քեզ գիտեմ չեմ հասկանում""",
}  # fmt: skip
# What of them people are called as well: it tells beside others only.
CALLED = frozenset(
    """acha alam anda ang asante bai ben beth bir bon bona bu da dan diena dy et eu fra gabi gak
        gani glad go ha hai hain hau head hitz ho hol hur ini ito ja jam je jo ka kada kahan kaj kan
        kar kas kim kita ko ku kuka kush ma mahal mai main maite malam mambo mana mau meg mera mi
        mimi mina mo moi naman nani ne ng ni nie nini no noe non nor nu ole olen on ona oo orm pam
        per place po quan raha sa salamat sam sana saya sem sen si siang sina som tack tai tak
        tala tas tea tera tevi ti to tu ty tú umaga ved veit vi ya yan zaman zara""".split()  # noqa: SIM905
)
