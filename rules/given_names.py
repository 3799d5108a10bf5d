"""Names that people here give their children, and how they are shortened: what masking takes for a name without being told.

Common given names and family names of Indonesia and Lampung, from general knowledge; no person is meant. A name that is also an everyday
word stands in `TWO_FACED`: it counts only where something says that a name follows, or where it is written with a capital.
"""

from rules.text import word_set

NAMES = word_set("""
abdul abdullah abidin achmad adam adelia adi aditia aditya adnan adrian adriani afifah afrizal agung agus agustin agustina agustinus
ahmad ahmadi aida ainun aisah aisyah aji akbar akmal albert aldi alfian alfin alfiansyah alfonsus alfred ali alif alifah alisa aliyah
alvin alya alwi amalia amanda amelia amin aminah amir amirudin anang anastasia andhika andi andika andini andre andreas andrian andriani
andriyani anggi anggraini anggun angelina ani anis anisa anissa anita annisa anton antoni antonius anwar aprilia apriliani apriyanto
ardi ardiansyah arif arifin arifah arief aris ariska arman armand arum arya asep asih asmara asri astri astrid astuti asyifa atika aulia
azahra azhar azis aziz azizah azzahra bagas bagus bahrudin bambang basri basuki beni benny bella berta betty bima bobi bobby brian
budiarti budiman budiono budi budianto burhan cahyani cahyo cahyono candra carolina chandra christian christina cici cindi cindy citra
clara cristian dadang dahlan damar damayanti dani danang daniel danu darma darmawan darmi darsono daryanto david dede deden dedi dedy
deni denny dera desi desy desti devi devina dewa dewi dhea dhika dian diana dicky didik didin dika diki dimas dina dini dinda dino dion
disa dita djoko dodi dodik dody doni donny dono dwiki dwi dyah edi edo edwin edy efendi eka ekawati eko elfina elia eliana elis elisa
elisabeth elly elsa ema emi emil emilia endah endang endri eni enny erik erika erlangga erlina erna ernawati ervina erwin esti eti eva
evi fadhil fadhilah fadil fadila fadli fahmi fahri fahrul faisal faiz faizal fajri fandi farah farhan farid farida faridah faris fatimah
fatma fatmawati fauzan fauzi fauziah febri febriani febrianti febriyanti felicia feni ferdi ferdian ferdinand feri ferry fikri fina fira
firda firdaus firman firmansyah fitra fitri fitria fitriani fitriyani fransiska fransiskus frida galih galuh gilang gina gita grace
guntur gunawan gusti habib habibah hadi hafiz haikal hakim halim halimah hamdan hamid hamidah hamzah hana handayani handoko hani hanif
hanifah haryanti haryanto haris harjo harni hartati hartini hartono harun haryono hasan hasanah hasbi hasna hasyim hayati helen heni
hendra hendri hendrik hendro henny herawati herdi heri herlina herman hermansyah hermawan hernawati heru herwanto hesti hidayat hidayati
hilda hilman husein husna husni ibnu ibrahim ida idris ika ikbal ikhsan ilham ilyas imam iman imelda imran ina indra indri indriani
indrawati inggrit inke intan ira iqbal irawan irawati irfan irma irmawati irna irsyad irwan irwansyah isa isabela iskandar ismail
ismawati isnaini isti istiqomah iswanto ita iwan jaenal jaenudin jaka jamal jamaludin jamilah jasmine jefri jeni jenny jessica jihan
jimmy johan johanes johannes joko joni jono jonny joseph juanda jubaidah juju juli juliana juliani julianto jumadi jumiati juminten
juwita kadek kamal kamila kamilah karim karin karina karman karmila karsih kartini karto karyadi kasih kasim kasmi katarina kevin
khadijah khairul khairunnisa khalid khoirul khotimah kiki kirana komang komariah kristina kurnia kurniasih kurniawan kurniawati kusnadi
kusuma kuswanto laila lailatul laksmi latif latifah leni leo leonardo lia liana lidia lilik lilis lily lina linda lis lisa lisna liza
lucia ludfi lukas lukman lulu luluk lusi lusiana lutfi lydia made maesaroh magdalena mahmud mahmudah maimunah makmur malik manda mansur
mardiana mardianto mardi margaretha maria mariam mariana marina marini mario marlina marni marsha marsih marta martha martini martinus
marwan marwati maryam maryani maryati maryono maskur maulana maya mayang mega megawati meilani meisya melani meli melinda melisa melly
merry mia michael mila mimi mira mirna miskah mita mochamad moh mohamad mohammad muchlis muhamad muhammad muhlis mukhlis mulyadi mulyani
mulyati mulyono munawaroh munir murni murniati mursid murtini musa muslim muslimah mustafa mustika mutia mutiara nabila nadia nadila
nadira nafisah naila najwa nana nanang nanda nani nasir nasrul natalia natasya naufal nayla neneng neni nesya neti ngatini ngatiyem nia
nico nida nila nina nindi nining nisa noor nova novi novia noviana novianti novita nugraha nugroho nunik nunung nur nuraeni nuraini
nurani nurbaiti nurdin nurhaliza nurhasanah nurhayati nurjanah nurlaila nurlela nurma nurmala nursyamsi nurul nuryani nuryati oktavia
oktaviani olivia oman onih otong oscar paijem paijo paimin parjo parti partini patricia paulus pipit pitri poniman ponirah pramono
pranata prasetya prasetyo pratama pratiwi priska priyanto priyono pujiati purnama purnomo purwanti purwanto purwati putra qori rachmad
rachmat rafa rafi rafli rahayu rahma rahmad rahman rahmat rahmawati rahmi raihan raisa raka ramadhan ramadhani ramdani ramlah randi
rangga rani rara ratih ratna ratnasari ratri ravi refi regina rehan rena rendi rendra reni renita renny reny resti reti reva revan reza
rezki ria rian riana rianti ricky ridho ridwan rifai rifki rifqi rika rike riki rima rina rini rinjani rio ririn risa riska riski risma
risna rita riyadi riyan riyanti riyanto riza rizal rizka rizki rizky robby robert robi rochmah rodiah rofi rohani rohman rohmat roni
ronny ropiah rosa rosalina rosdiana rosi rosidah rosita rosmawati rudi rudiansyah rudianto rudy rukmini rully rumiati rusdi ruslan rusli
rusmini rustam rusti ryan sabrina sadewa saepudin safira safitri sahrul saiful salim salma salsa salsabila salwa samsul samuel sandi
sandra sandy santi santika santo santoso sapto sari sarinah sarah sarif sarip sartika sarti sarwo satria satrio satya sekar selly selvi
septi septiana septiani septian sherly shinta silvia silvi simon sinta siska siswanto siswoyo sita siti sofi sofia sofyan solihin sonia
sony sopian sri stefani stefanus stevani subagyo subandi subekti sudarmi sudarsono sudirman sudrajat sugeng sugiarti sugiarto sugiman
sugiono sugito sugiyanto suharti suharto suhartini suhendar suherman sujarwo sujono sukardi sukarni sukarno sukarti sukesih sukijan
sukinah sukirman sukma sulaiman sulastri sulistiawati sulistyo sulistyowati suluh sumarni sumarno sumarsih sumarti sumiati suminah
sumini sumiyati sunardi sunarsih sunarti sunarto sundari suparman suparmi suparno suparti supriadi supriyadi supriyanto supriyati
suprapti suprapto surti suryadi suryana suryani suryanto suryati susan susana susanti susanto susi susilawati susilo sutarmi sutarno
sutini sutinah sutiyem sutopo sutrisno suwardi suwarni suwarno suyadi suyanti suyanto suyatmi suyatno suyono syafii syahrini syahrul
syaiful syamsiah syamsudin syamsul syarif syarifah syifa tantri tania tantowi tarmi tarmiji tarno tasya tatang tati tatik taufan taufik
taufiq tedi teguh tessa theresia tia tiara tika timotius tina tini tio tirta tisna titi titik titin tohir tomi tommy tono topan toto tri
triyanti triyono trisna trisno tukijan tukinem tukiyem tuminah tumini tumiyem tuti tutik udin ujang ulfa ulfah umar umi umiyati unang
untung urip usman utami uswatun valentina vania vanesa vera veri veronika vicky vina vino vira virgo viola vivi wagiman wagiyem wahid
wahidin wahyu wahyudi wahyuni wahyuningsih warni warno warsiti warsito warti wasis wasito wati wawan wayan weni wenny widi widia
widiastuti widiya widodo widya wijaya wijayanti wiji wildan wilda willy winarni winarno winarti winda windi windy wisnu wiwi wiwik wiwin
wulan wulandari yahya yana yani yanto yanti yasin yasmin yati yayan yayat yayuk yeni yenny yessi yogi yohana yohanes yolanda yoga yongki
yono yosef yosi yuda yudha yudi yudistira yudith yuli yulia yuliana yuliani yulianti yulianto yuliati yuliatin yulius yuliyanti yuni
yunita yuniar yuniarti yunus yuri yus yusi yusnita yusril yusron yusuf zahra zaenab zaenal zaenuri zahwa zaidan zainab zainal zainudin
zaki zakia zaskia zubaedah zubaidah zulaikha zulfa zulfikar zulkifli zuraida zuriah harahap nasution siregar lubis simanjuntak sitompul
hutapea situmorang simbolon manurung panjaitan sihombing sinaga silalahi pasaribu tampubolon napitupulu hutabarat sitorus gultom
nainggolan ginting sembiring tarigan purba saragih damanik tobing butarbutar lumbantobing
""")

# Everyday words too: a name only after 'nama saya', 'bu', 'si' and the like, or with a capital inside a sentence.
TWO_FACED = word_set("""
adil alam amanah angin anugerah asa asmara baik bagus bakti berkah bintang budi bulan bunga cahaya cahya cempaka cinta damai damar
dahlia dewi dewa elok emas fajar gadis gading guntur hadi harapan harum hujan ikhlas indah intan iman jati jaya jujur juli kasih kartika
kembang kencana kenanga kurnia kusuma langit lestari lia lili lilis lis laut lulu mahkota mawar maya mega melati merdeka mulia mulya
murni mutiara nana nila noor nova nur nurani pelangi permana permata perdana pertiwi pertama pratama prima purnama putra putri raja
rahmat ramadhan rani ratu restu rejeki rizki rosa sabar sakti samudra sandi santi saras sari sekar senja seruni setia sinar suci sukma
surya subur sugih susi tirta teguh tiara titi titik tri dwi eka untung urip utama utami wahyu wati widi wulan yus asih bima akbar agung
adi ani hakim malik imam adam isa made anis gita ina ika ida ita ira rio leo dini dina ema emi eti isti kiki mimi rara tata tio ria mila
mia muslim kadek panji karim latif halim makmur mansur ridho taufan topan rehan guru galih galuh lukas arum anggun bella disa lisa misa
candra ali amin moh ari aji didik chandra abdul gusti cici umi sita dino reti sugeng
""")

ALL = NAMES | TWO_FACED
