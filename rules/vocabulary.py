"""Everyday words as people spell them, brought to one form: one line per word, canonical form first.

Only words that the rules of danger, risk and assessment look at stand here. Negations are kept apart from each other, because
'belum' and 'tidak' do not say the same; Javanese (ora, wedi), Palembang (dak, idak) and Lampung (mak, nyak) stand beside them.
"""

_EVERYDAY = """
saya: sy sya saia aku ak aq aqu akyu gue gua gw gwe w ane awak nyak kulo inyong ambo aye eike guweh sayah akuh
kami: kita kite kta sekam
dia: dy dya ia doi dekne deweke ybs
kamu: km kmu lu lo loe elu kau koe kowe sampean kalian lw
mereka: mrk
tidak: ga gak gk g ngga nggak enggak engga kaga kagak tak tdk tdak tida tidk gag kgk ngk ndak ora
tidak: mboten boten dak idak nda ndk endak nggk ngak nope mak gaa gakk gaakk
belum: blm blom belom durung blum belon
bukan: bkn bukn dudu
jangan: jgn jngn jangn ojo aja_jangan
tanpa: tnpa
cuma: cm cuman hanya doang sekedar sekadar cmn hny
sudah: udah udh dah sdh uda wes wis suda sudh ud telah
sedang: lagi lg lgi sdg lgii lagii
sekarang: skrg skrng skg sekrang saiki skarang skr skrang skrg2
tadi: td tdi barusan brusan tdi2 mau_tadi
kemarin: kmrn kemaren kmren kmrin wingi kemarn
semalam: semalem smlm smalem smalam smlem tadimalam semaleman
dulu: dlu dahulu dulunya duluu
nanti: ntar ntr nti entar tar mengko
besok: bsk besuk sesuk
terus: trs trus teruss
mau: mo mw pengen pgn pengin kepengen kepingin pingin ingin hendak arep niat pen mauu pgen
mau: pngen kepengin pengenn maw akan bakal bkl bakalan akn
rasanya: rasa rasae kayaknya
seperti: kayak kyk kek kaya macam bagai bak serasa ibarat seakan kyak kaya2
kalau: kalo klo kl kalu klau lek nek misal misalnya jika bila kalok
tapi: tp tpi tapii namun cuma_tapi
karena: krn krna karna soalnya gara2 gegara sebab gara
sampai: sampe smpe ampe nyampe sampek nganti smpai
pakai: nganggo pake pk dengan dgn dg pakek pke make gunakan gawe karo sama sm ama
dan: n serta
yang: yg yng ingkang sing
di: dii nang ning neng
ke: menuju nyang
dari: dr dri teko
bilang: blg bilg ngomong ngmg omong ngomongnya kata katanya ktnya jare ujar ngancem_kata bilangnya omongannya berkata
tahu: tau tw taw ngerti
takut: tkut tkt wedi takutt takuut ketakutan kabotan atut tacut gerisi
tolong: tlg tlong tlng tolng tulung help tulong tolongin tolonglah toloong plis_tolong tologn tlongin
cepat: cepet cpt cpet cepett buruan segera secepatnya gage
hidup: idup hdup hdp urip
capek: cape cpek cpk capekk kesel capee
masuk: msk masok msuk mlebu
mati: mokad mokat koit mat1 mate meninggal modar is_dead metong matii matek tewas
nyawa: nyawaku nyawanya
diri: dri diriku dirinya dir1
leher: lehernya gulu leherku lehr
hidung: idung idungku hidungku
mulut: mulutku mulutnya cangkem
kepala: kepalaku kepalanya pala sirah endas
tangan: tanganku tgn tangannya lengan lenganku
kaki: kakiku sikil kakinya
nadi: nadiku urat
muka: mukaku wajah wajahku rai
badan: badanku tubuh tubuhku
pintu: pintunya pntu lawang jendela
kamar: kmr kamarku kamarnya
rumah: rmh rumahku rumahnya omah kosan kos kost kontrakan umah
luar: luarr
keluar: kluar kluarr metu keluarr
hamil: bunting mengandung hamilku hml meteng
darah: drh darahnya
berdarah: bedarah berdarah2 berdarahh getihen berdarahan mendarah ngucur
pingsan: pingsn semaput klenger pingsann siuman
patah: ptah putung tugel remuk retak
lebam: memar biru2 lebam2 babak bonyok benjol bengkak lecet luka biru bengep
kabur: lari minggat melarikan kabuur
ngamuk: ngamok
mabuk: mabok mendem teler mabokk
pulang: plg mulih pulangg
datang: dateng dtg teka dtang dateg
hilang: ilang
bangun: bgun tangi
bocor: bcor
foto: fto poto pict gambar
video: vid vidio videoo vc vcs
telanjang: bugil bugill
uang: duit duwit dit
sekolah: skolah skul
tahun: thn th taun yo
bulan: bln
hari: hr
jam: jm
setiap: tiap tiap2 saban stiap saben
depan: dpn dpan dpannya
banyak: bnyk bnyak byk banyk
berhenti: brenti berenti brhenti stop mandek brenti2
dalam: dlm dalem
bawa: bw bwa bawain mbawa
perut: perutku perutnya prut perutq weteng
paha: pahaku pahanya
dada: dadaku dadanya
pantat: pantatku bokong pant4t
punggung: punggungku geger
bibir: bibirku bibirnya
telinga: kuping kupingku telingaku
celana: celanaku celananya clana sarung
baju: bajuku bajunya
tidur: tdur turu
teriak: triak teriak2 tereak
malam: mlm malem malm malem2
pagi: pgi
"""

_PEOPLE = """
anak: ank anakku anaku anakq anaknya anak2 anakke bocah bocil balita bayi bayiku bayinya putri putra
anak: putriku putraku gadis anakku2 anakk ank2 anakan lare
adik: adek adk ade adikku adekku adikq adiknya adeknya dek adeq dedek adiku
keponakan: ponakan ponakanku keponakanku kponakan
cucu: cucuku cucunya
murid: muridku siswi siswa siswiku siswaku santri santriwati pelajar anak_didik
istri: bini istriku bojo_wadon istrinya isteri istriq
suami: suamiku suaminya laki lakik lakiku bojo bojoku misua husband paksu hubby swami sumai suamik suamii suwami
mantan: mantanku mantannya mntn ex mantanq
pacar: pacarku pacarnya pcr pcar cowok cowo cowokku cowoku gebetan tunangan bf
bapak: bpk bapakku bapaknya bapaq ayah ayahku ayahnya papa papah papi abah babeh bokap bapakne ramo abi
ibu: ibuku ibunya mama mamah mamaku emak mak_emak bunda umi nyokap mami ibuq biyung emakku mamak
kakak: kakakku kakaknya kk kak kakakq mbak mba abang bang mas abangku mbakku
paman: om pakde paklek pakle oom uncle bude bulek tante omku pamanku uwak
kakek: kakekku mbah simbah datuk eyang kakeknya opung
nenek: nenekku neneknya nini
tetangga: tetanggaku ttangga tetanggaq tonggo sebelah
teman: temen tmn temanku temenku kawan sahabat bestie sohib tmen
mertua: mertuaku mertuanya
saudara: sodara saudaraku sepupu kerabat
majikan: majikanku bos boss juragan
pembantu: art prt
perempuan: cewek cewe wanita cwe wong_wedok ceweknya
orang: org orng wong oang uwong
ustad: ustadz ustaz guru pelatih kiai kyai pengasuh
pelaku: pelakunya
"""


def _table(lines: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in lines.strip().splitlines():
        canonical, _, spellings = line.partition(":")
        table[canonical] = canonical
        for spelling in spellings.split():
            table.setdefault(spelling, canonical)
    return table


# weapons proper, and things that become weapons in a hand: canonical form -> spellings
ARMS = """
golok: gollok golokk golog machete bendo bedog gobang
parang: prang parng
celurit: clurit arit
laduk: lading laduknya
badik: badikk siwar
samurai: katana pedang
keris: tombak
sajam: senjata senjatanya sjm
pistol: gun pistolnya senpi bedil pistl revolver airsoft senapan
kapak: kampak
belati: sangkur pisaulipat
pisau: knife piso pisoo pisaw lading_pisau pisonya pisaunya pisauu cutter kater silet pso p1sau piau
air_keras: airkeras
"""
THINGS = """
gunting: guntingnya
obeng: obengnya
palu: hammer palunya martil
balok: balog
kayu: kayunya pentungan tongkat kentongan bambu
besi: pipa
linggis: lingis
dayung: dayungnya
gergaji: graji
sapu: gagang_sapu
sodet: dodos ulekan munthu
batu: batunya bata conblock
cangkul: pacul
botol: botolnya beling pecahan
gelas: piring asbak kaca
kunci_inggris: tang
rantai_motor: rante_motor
kabel: selang kawat
sabuk: gesper ikatpinggang
rotan: rotannya
helm: helem hlm
bensin: pertalite minyak spiritus solar
air_panas: wedang
setrika: strika
tali: tambang
rokok: rokoknya
kursi: kursinya
raket: stik
panci: wajan teflon
"""

WORDS: dict[str, str] = {**_table(ARMS), **_table(THINGS), **_table(_PEOPLE), **_table(_EVERYDAY)}
ARM_NAMES: frozenset[str] = frozenset(_table(ARMS).values())
THING_NAMES: frozenset[str] = frozenset(_table(THINGS).values())

# Phrases brought to one form before words are looked at: pattern, what stands for it.
JOINED: tuple[tuple[str, str], ...] = (
    (r"air ?(?:keras|aki)|asam sulfat", "air_keras"),
    (r"air (?:panas|mendidih|mndidih|panass)", "air_panas"),
    (r"ikat pinggang|gasper", "sabuk"),
    (r"senjata (?:tajam|api)|sen tajam", "sajam"),
    (r"pisau (?:dapur|lipat|cutter)", "pisau"),
    (r"open ?b\.?o{1,2}|openbok", "openbo"),
    (r"kunci (?:inggris|roda|pas)", "kunci_inggris"),
    (r"rantai (?:motor|sepeda|besi)", "rantai_motor"),
    (r"gagang sapu|ganggang sapu", "sapu"),
    (r"kabel (?:setrika|charger|cas)", "kabel"),
    (r"pak su", "suami"),
    (r"(?:td|tdi|tadi|semalam) (?:malam|malem|mlm)|(?:malam|malem|mlm) (?:tadi|td)", "semalam"),
    (r"bundir|suicide|b(?:u|v)?n(?:u|v|o)?h+ ?d[!i1]?r[!i1](?: sendiri)?|ngebunuh diri|membunuh diri", "bundir"),
    (r"diri (?:saya |gue |gua |aku )?sendiri", "diri"),
    (r"self ?harm|cutting", "selfharm"),
    (r"(?:di)?apa ?-? ?apain|diapa2in", "touch:apaapa.p"),
    (r"g(?:a|ak|k)? ?mau|gamau|gakmau|ogah|emoh|wegah|nolak", "tidak mau"),
    (r"g(?:a|ak|k)? ?bisa|gabisa|gabs|gbs|gk bs|ga bs|gak bs|tdk bs|ra iso|ora iso|dak pacak", "tidak bisa"),
    (r"gaboleh|gk? boleh|gabole|ga bole", "tidak boleh"),
    (r"ga(?:k)?ada|gada|gaada|ndak ono|ora ono|dak katek", "tidak ada"),
    (r"gatau|gtau|gtw|gatw|gak tau", "tidak tahu"),
    (r"gakuat|gkuat|gasanggup", "tidak kuat"),
    (r"uda(?:h)? ga(?:k)?", "sudah tidak"),
    (r"s[o0]s", "_sos_"),
)
