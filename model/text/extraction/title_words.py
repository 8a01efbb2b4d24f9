"""The words that titles are made of, by where they stand: anywhere, before a name, after one. What
is a name elsewhere counts only where it can be nothing else."""

from __future__ import annotations

# Wherever they stand: names are not among them, or so seldom that the other words tell enough.
FORMS = frozenset(
    """prefeito prefeita vereador vereadora deputado deputada ostr gđa gđica gosp gospod gospa
    overste kapten överste overlege rektor lektor docent didi co-chair co-chairs cochair trustee
    executor executrix sayın bapak ustadz ustadzah kyai mwalimu bwana mzee malam mallam oloye
    ogbeni ginoong ginang binibini khun kunwar shriman bhagwan härra proua kungs kundze ponas
    ponia senyor senyora batono kalbatono frú ehrwürden hochwürden mr pd stb wp mrs ms mx messrs
    mstr esqr univ dr drs prof professor rev reverend revd honorable honourable hon'ble capt captain
    lt lieutenant sgt sergeant cpl cmdr commander adm admiral pvt senator ambassador rabbi
    archbishop duchess countess baroness viscountess marchioness congressman congresswoman
    councillor councilman alderman chairman chairwoman chairperson monsignor msgr archdeacon
    brigadier commodore mme mmes mlle mlles monsieur madame mademoiselle messieurs mesdames
    maître docteur doctoresse professeur herr herrn frau fräulein fraulein dipl dipling dkfm
    magister magistra habil hc doktor univprof señor
    señora señorita senor senora senorita sra srta srita doña dña licda licenciado licenciada
    ingeniero excmo excma ilmo ilma senhor senhora senhorita
    dona exmo exma engº engª profª profº drª profa dra doutor doutora signor signora signore
    signorina sig sigra sigg gentmo
    dott dottssa dottore dottoressa profssa avv geom onorevole professore professoressa
    monsignore pani pán paní panna slečna mgr inż
    rndr mudr judr phdr mvdr paeddr thdr rsdr thlic mgra arch hab mevr mevrouw meneer dhr jhr jkvr
    juffrouw mejuffrouw weledelgeleerde kyrios kyria gospodin gospozha tovarishch sheikh shaykh
    sheik shaikh cheikh hajj
    hajji hadji haji haja hajja hajjah hajah al-hajj al-haji alhaji alhaj alhaja el-hadj ustaz
    ustadh ustad ustazah mullah
    maulana moulana ayatollah begum sahib saheb sahiba dato dato' datuk datin puan encik tengku
    tunku raden efendi effendi pasha hanım hanim shri smt shrimati thiru thirumathi
    pandit swami kyai herra rouva fru fröken unnusti gospodja gospođa gospođica domnul doamna
    domnișoara κος κύριος κυρία κα κυρ δρ καθηγητής καθηγήτρια δεσποινίς
    гн гжа г-н г-жа господин госпожа товарищ тов проф пан пани д-р академик профессор доктор
    пани пані панна
    先生 女士 小姐 太太 老师 老師 博士 教授 さん さま 様 くん ちゃん 殿 氏 씨 님
    과장 부장 사장 대표 팀장 원장 회장 대리 차장 부장님 선생님 선생 박사 박사님 교수 교수님 과장님
    부장님 사장님 대표님 팀장님 원장님 회장님 대리님 기자 의원 선수 감독 배우 가수 大統領 首相
    총리 대통령 ông bà chị thầy श्री श्रीमती डॉ सुश्री कुमारी পন্ডিত জনাব শ্রী শ্রীমতী ডা திரு
    திருமதி คุณ นาย นาง นางสาว ดร ဦး ဒေါ် מר גברת גב הרב פרופסור جناب محترم محترمہ ڈاکٹر صاحب بیگم
    آقای خانم دکتر مهندس сэр мистер миссис мисс месье мадам мадемуазель синьор синьора
    сеньор сеньора герр фрау պարոն տիկին ქალბატონო ბატონო""".split()  # noqa: SIM905
)
# After a name: degrees, orders, companies, the younger ones.
DEGREES = frozenset(
    """oy esq esquire jr jnr snr sr ii iii iv vii viii phd dphil dsc msc bsc mphil mba bba bed med
    dds dmd dvm dba edd psyd pharmd cpa cfa cma cissp pmp rn bsn lpn cnp arnp fnp mph mpa mfa
    llb llm llc llp lllp ltd ltda eireli inc corp incorporated corporation limited gmbh mbh plc
    sarl sàrl sas sasu eurl srl srls oyj aps ehf pty sdn bhd sro spol doo dooel spzoo kft zrt nyrt
    ooo sacv sapi sicav spa scpa obe mbe cbe kbe dbe kcb gbe kcmg dcmg gcmg cmg kcvo cvo
    mvo qc frs fba fcca facs frcs mrcp mrcs frcp frsa riba retd usn usmc usaf usa mep msp
    bvsc mbchb mbbs csc drsc ph llp facc faia cfp cpcu clu chfc phr sphr shrm lcsw
    lmft lmhc ccna mcse rph crna aprn apn msn dnp dpt otr cnm faan facog faap mrcgp frcpc
    ccfp ceng fiet chtd solutions group cie hons mres msci barch mtech btech bcom
    mcom bds mdiv thd dmin jcd pgce frcog frcpsych mrcpsych frse fmedsci frsc cphys pharm
    ohg vof miet bros dipim lda ofm osb ocd cssr sdb ofmcap cpla psm llmj mbacp
    ллс ооо оао зао пао тов""".split()  # noqa: SIM905
)
# Names too, elsewhere: these count before a name only, ...
BEFORE = frozenset(
    """doctor sir lord lady dame king queen prince princess duke count baron emperor empress
    infante infanta margrave landgrave dowager tsar tsarina kaiser pharaoh viscount
    marquis marquess marquise
    sister brother father mother uncle aunt auntie grandpa grandma granny pope bishop pastor
    vicar deacon cardinal patriarch chaplain elder
    general major colonel corporal marshal sheriff constable ensign private detective inspector
    superintendent judge justice magistrate coach mister miss madam ma'am president chancellor
    premier mayor mayoress minister governor secretary treasurer speaker delegate representative
    ambassadress provost principal headmaster headmistress lecturer
    don dom imam emir emira ostad officer nurse comrade master engineer architect attorney
    advocate counsellor sayyid sayyed sayed chief director manager ceo cto cfo
    pfarrer pfarrerin pater graf gräfin freiherr freifrau fürst fürstin herzog herzogin
    prinz prinzessin könig königin minister ministerin präsident präsidentin bundeskanzler
    bundeskanzlerin kanzler kanzlerin bürgermeister bürgermeisterin oberbürgermeister direktor
    direktorin hauptmann oberst leutnant generalmajor feldmarschall kardinal papst bischof
    onkel tante oma opa familie firma gebrüder brüder geschwister
    frères soeurs sœurs père abbé sœur soeur frère mère roi prince princesse comte comtesse duchesse
    vicomte chevalier ministre président présidente colonel capitaine commandant général sergent
    príncipe princesa duque duquesa conde condesa marqués marquesa padre hermano hermana
    fray hermanos presidente presidenta ministro ministra coronel capitán comandante teniente
    sargento alcalde tío tía abogado
    rainha irmãos irmão irmã frei padre coronel capitão sargento delegado
    principe principessa conte contessa duca duchessa barone baronessa cavaliere
    avvocato ingegnere ragioniere presidente sindaco cardinale papa fra suor capitano
    maestro commendatore fratelli sorelle
    koning koningin prins prinses graaf gravin pastoor dominee minister oom burgemeester zuster
    król królowa książę księżna hrabia ksiądz siostra brat bracia siostry doktor profesor generał
    pułkownik kapitan minister prezydent prezes biskup kardynał
    král královna kníže hrabě doktor profesor generál plukovník kapitán ministr prezident biskup
    царь царица император князь княгиня граф графиня барон король королева принц принцесса
    президент министр генерал маршал адмирал полковник подполковник майор капитан лейтенант
    сержант рядовой отец брат братья сестра сёстры лорд леди дядя тётя тетя батюшка патриарх
    митрополит епископ доцент директор губернатор мэр
    αρχιεπίσκοπος επίσκοπος πρόεδρος υπουργός στρατηγός βασιλιάς βασίλισσα πατήρ πρωθυπουργός
    δήμαρχος συνταγματάρχης
    ооо зао оао пао ао ип фирма bác chú cậu dì bs ts ths gs pgs
    başkan paşa cumhurbaşkanı profesör
    السيد السيدة الآنسة الأستاذ الأستاذة الدكتور الدكتورة الشيخ الحاج الحاجة المهندس المهندسة
    الأمير الأميرة الملك الملكة الرئيس الوزير اللواء العميد العقيد الرائد النقيب القاضي
    الإمام المحامي سيدي مولاي""".split()  # noqa: SIM905
)
# ... these, in small letters, before a capital ...
BEFORE_SMALL = frozenset(
    """pak bu ibu mas mbak kak kuya ate bang anh em cô bà ks mgr pil lek
    ds drs ir mr me mag""".split()  # noqa: SIM905
)
# ... these only between or before such titles ("Vice President", "The Right Honourable"), ...
QUALIFIERS = frozenset(
    """the right most very rt his her your our majesty excellency holiness highness eminence
    royal serene prime vice deputy assistant associate assoc asst acting former ex late future chief
    senior junior first second u.s us uk federal district supreme state states court high
    circuit county city police attorney field lieutenant lance staff gunnery petty warrant flight
    wing squadron group air rear fleet major brigadier sergeant of and executive managing
    general financial operating technical foreign home interior defense defence education finance
    health tun co adjunct visiting emeritus distinguished research
    retired""".split()  # noqa: SIM905
)
# ... these with a dot behind them, ...
WITH_A_DOT = frozenset(
    """sr co hon mag ing fr hr col gen maj sen gov pan arch rag lic ldo lda ir doc bc me mtre
    dott insp det supt ald fig fam famille rer nat phil jur iur γεν υπ م أ د""".split()  # noqa: SIM905
)
# ... these after a name, these there where they are in small letters, these in capitals.
AFTER = frozenset(
    """hermanos fratelli frères irmãos gebrüder seonsaengnim seonsaeng sonsaengnim seonbae sunbae
    sunbaenim noona unnie oppa úr asszony khanum khanom sama sensei senpai sempai dono ssi nim bey
    senior junior júnior ret retired emeritus jnr deceased""".split()  # noqa: SIM905
)
AFTER_SMALL = frozenset(
    """hyung san kun chan ji jan rd nd th hanım hanim abla gari garu bhai""".split()  # noqa: SIM905
)
AFTER_CAPITAL = frozenset(
    """kg bv nv oy ab as sa spa ba ma bs ms be om cb mp vc gc do od pe np md dc pc mc jd kc ps
    aca kk ug se
    td dso dfc dsc bt i v vi ix x xi xii xiii xiv xv xvi ch sj op csc cm kcsg dd cpt rnr raf
    rm cj ag dmd""".split()  # noqa: SIM905
)
