"""Frightening words in harmless use, as the office collected them: taken out of the line before danger is looked for.

Each entry removes its own words only: a red sign beside it still counts. Nothing here may cover a person as the object of violence.
"""

from collections.abc import Set

from rules.harmless_around import ROUND_ABOUT
from rules.signs import compiled, keys_of

# whole phrases, over the plain line of `rules.speech`
PHRASES = tuple(
    (keys_of(pattern), compiled(pattern))
    for pattern in (
        # clock, counting, prices
        r"hit:pukul\.\w (?:\d+(?:[.:]\d+)?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|berapa|setengah)",
        r"hit:\S+\.p {1}nyamuk|(?:uang|duit|gaji|atm|hp|hape|dompet|kunci|kendali) (?:saya )?touch:pegang\.\w",
        r"hit:pukul\.\w (?:rata|mundur|bedug|gong|genderang)|(?:dipukul|hit:pukul\.\w) rata",
        r"(?:harga\S*|biaya\S*|cicilan\S*|tarif\S*|bunga\S*|pajak\S*|tagihan\S*|ongkos\S*|sewa\S*|ukt|iuran) "
        r"{5}choke:cekik\.[abt](?! (?:saya|anak|ibu|adik|istri|kami))",
        r"(?:harga|utang|hutang|denda|cabe|biaya|cicilan|tagihan|listrik|bansos|pkh|pajak|bunga|sewa|bpjs|ukt|beras|"
        r"dipotong)\S* {8}choke:cekik\.[ab](?: leher)?(?! (?:saya|anak|ibu|adik|istri|kami))",
        r"choke:cekik\.[ab] (?:leher )?(?! (?:saya|anak|ibu|istri))(?:[^| ]\S* )?(?:biaya\S*|harga\S*|tarif\S*|cicilan\S*)",
        r"kill:bantai\.\w (?:[^| ]\S* )?(?:\d+|soal\S*|ujian|utbk|tugas\S*)",
        r"(?:gang|gg|jalan|jl|kampung|simpang|tugu) {senjata}",
        r"choke:cekik\.\w {2}(?:wong cilik|orang cilik|rakyat|orang kecil)",
        r"choke:(?:cekik|jerat)\.\w {2}(?:utang|hutang|cicilan|pinjol|ekonomi|biaya|harga|kebutuhan|deadline|dompet|kantong|kasus|masalah)",
        r"(?:terjerat|choke:jerat\.\w) {1}(?:utang|hutang|pinjol|kasus|narkoba|riba)",
        # put out, worn out, dead things
        r"(?:lampu|listrik|air|hp|hape|batre\S*|baterai\S*|mesin|motor|mobil|tv|wifi|internet|data|kompor|kulkas|ac|laptop|pln|"
        r"sinyal|token|pohon"
        r"|bunga|tanaman|kucing\S*|anjing|ikan|ayam|hamster|tikus|nyamuk|kutu|jangkrik|lele|cupang) {3}(?:mati|end:mati\.\w)",
        r"(?:mati|end:mati\.\w) (?:lampu|gaya|kutu|rasa|rasanya|suri|listrik|air|hp|hape|ketawa|penasaran|kebosanan|bosan|bosen|gabut|"
        r"kedinginan|kepanasan|langkah"
        r"|total|aja kamu|aja sana|saja kamu|kamu|sana|sono|sia2|data|wifi|lampunya|kompor|mesin|alarm|notif\w*)",
        r"(?:stnk|bpjs|sim|pajak|kartu|akun|rasa|rasanya) {2}mati|(?:setengah|hukuman|harga|cinta|takut|cari|kartu|jam|titik|angka|"
        r"garis|lampu|masa|kaku|bosan|tangan) mati|mati2an|mati ?matian",
        r"mau mati {1}(?:ketawa|ngakak|lucu\w*|gerah\w*|kepanasan|kepedesan|pedas|pedes|bosan|bosen|kebosanan|gabut|penasaran|malu|"
        r"gemes|gemas|kebelet|ngantuk|baper|grogi|deg2an)|(?:ketawa|ngakak|lucu|tertawa|gabut|penasaran|kebelet|gerah|kepanasan|"
        r"deg2an) {3}(?:mau|sampai) mati(?! (?:aja|saja))|kangen setengah mati",
        r"(?:kantong|kantung|dompet|saldo|rekening|keuangan|ekonomi|isi dompet|tabungan|kuota|sinyal|batre|baterai|hp|hape|laptop|motor|"
        r"tanaman|usaha|warung|bisnis|kas|perekonomian)\S* {3}(?:sekarat|kritis|kejang2?)",
        r"(?:pertanyaan|topik|masalah|kenangan|masa lalu|mimpi|niat|dendam|cerita|harapan|cita2|perasaan|ego|rahasia|pembahasan|obrolan)"
        r"\S* {!4}(?:kami |saya )?(?:kubur|ngubur|mengubur)|(?:topik|masalah|kenangan|masa lalu|cerita|rahasia)\S* {!2}dikubur|"
        r"(?:kubur|ngubur|mengubur) {1}(?:dalam2|mimpi|masa lalu|kenangan|perasaan|dendam|niat|harapan|cita2|rahasia)",
        r"(?:kill:bunuh|end:habis)\.\w (?:waktu|nyamuk|kecoa|tikus|semut|lalat|kuman|bakteri|karakter|virus|ular|laron|rayap|hama|"
        r"cicak|boss)",
        r"(?:bom|kasus|berita|angka|film|lagu|lirik|pencegahan|seminar|webinar) {2}(?:bundir|kill:bunuh\.\w)",
        r"(?:gaji|uang|tabungan|harta|makanan|nasi|jatah|pulsa|kuota|warisan|waktu|kue|lauk|stok|modal|bensin|beras|bonus|thr|jajan\w*)"
        r" {3}end:habis\.\w",
        r"end:habis\.\w {1}(?:uang|gaji|nasi|makanan|tabungan|waktu|jatah|kue|kuota|pulsa|harta|stok|duit\w*|barang|isi|bensin|"
        r"modal|semua uang)",
        # shooting and hitting that is courtship, game or slang
        r"shoot:tembak\.\w {1}(?:perempuan|pacar|gebetan|crush|dia jadi|doi|kakak kelas|harga|gol|bola|musuh|bebek|burung)",
        r"(?:mau|sudah|baru|belum|habis|abis|malu) {1}shoot:tembak\.\w {1}(?:sama|pakai|oleh)? ?(?:pacar|dia|gebetan|kakak kelas|teman)",
        r"(?:sim|ktp|paspor|nilai|surat) shoot:tembak\.\w|shoot:tembak\.\w (?:sim|ktp|di atas kuda)",
        r"hit:hajar\.\w (?:bleh|aja bleh|terus bos|skripsi|tugas|soal)|hit:sikat\.\w",
        r"hit:banting\.\w (?:harga|stir|setir|tulang)|(?:harga|tulang|setir|stir) {1}hit:banting\.\w",
        r"hit:(?:tendang|lempar|tampar)\.\w (?:bola|gol|dari grup|dari group|ke grup|handuk|tanggung|pertanyaan|kode|senyum|jumroh|koin)",
        r"(?:bola|penalti|bebas|sudut) {1}hit:tendang\.\w|hit:tendang\.\w (?:penalti|bebas|sudut)",
        r"hit:(?:gigit|cubit|cakar|injak)\.\w {1}(?:nyamuk|kucing|anjing|semut|serangga|jari|bibir|pedal|rem|gas|kue|tomcat|ular|kuman)",
        r"(?:digigit|hit:gigit\.p) {2}(?:nyamuk|kucing|anjing|semut|serangga|tomcat|ular|monyet)",
        r"hit:pukul\.t {1}(?:sekali|banget|mendengar|atas|batin\w*)|merasa hit:pukul\.t",
        r"hit:siksa\.\w (?:batin|kubur|neraka)|hit:kasar\.b (?:banget|sih)?(?: ?(?:kainnya|kulit|tekstur|permukaan|bahasanya))",
        # blades, fire, poison at work and in idiom
        r"stab:tusuk\.\w {2}(?:belakang|gigi|konde|sate|jarum|infus|paku|duri|tato|hati|jantung hati)|(?:jarum|duri|infus|sate|"
        r"paku) {2}stab:tusuk\.\w",
        r"stab:gorok\.\w {2}(?:ayam|kambing|sapi|kurban|qurban|bebek|kerbau|hewan|ikan|kalimat|kata)",
        r"(?:ayam|kambing|sapi|kurban|qurban|hewan|pohon|kebun) {2}stab:(?:gorok|bacok|tebas)\.\w|stab:sabet\.\w {1}(?:juara|medali|"
        r"gelar|penghargaan|piala)",
        r"burn:bakar\.\w {1}(?:ikan|ayam|sate|jagung|sampah|kalori|lemak|uang|duit|batu|roti|sosis|marshmallow|daging|lahan|menyan|"
        r"lilin|semangat)",
        r"(?:ikan|ayam|sate|jagung|roti|sosis|bebek|sambal|kayu|tanah|bahan|kulit) burn:bakar\.\w|burn:bakar\.\w (?:matahari|"
        r"api cemburu|cemburu)",
        r"burn:siram\.\w {1}(?:tanaman|bunga|kebun|rohani|jalan|motor|halaman|rumput|pot|air wudhu|toilet|wc|kloset)",
        r"(?:baju|kemeja|jilbab|rok|celana|seragam|kerudung|pakaian|sprei|baju2) {2}burn:setrika\.\w|burn:setrika\.\w {1}(?:baju|"
        r"pakaian|seragam|kemeja)",
        r"poison:racun\.t {1}makanan|(?:beli|pasang|jual\S*|harga|sell:\S+|naruh|taruh) {2}poison:racun\.\w|"
        r"poison:racun\.\w {1}(?:rumput|hama|serangga|belanja|skincare|pikiran|drakor|shopee|online)",
        r"(?:toxic|otak|pikiran) {2}poison:racun\.\w",
        r"(?:sell:jual\.\w|jualan|beli|dijual|harga|batik|motong|potong|iris|masak|lomba|koleksi|tukang|pandai|toko|patung) {4}"
        r"(?:{senjata}|stab:tebas\.\w)",
        r"parang batik|pistol (?:air|mainan|angin)|{senjata} stab:tebas\.\w",
        r"{senjata} {2}(?:mainan|pusaka|tumpul|karatan|dapur baru|(?:buat|untuk) (?:masak|motong|potong|kebun|ngiris|iris|kurban|rumput))",
        r"(?:pisau|_pisau_) (?:bedah|cukur|roti|sayur|buah|kue)|senjata makan tuan|sajam (?:makan tuan|nuklir)",
        # held, hidden, chased
        r"(?:hp|hape|akun|wa|ig|fb|layar|profil|motor|mobil|grup|instagram|facebook|tiktok|email|sepeda|stang|brankas|laptop|"
        r"kontak) {3}lock:\S+\.\w",
        r"(?:kunci|lock:kunci\.\w) (?:jawaban|inggris|motor|mobil|gitar|rumah|serep|duplikat|sukses|utama|pas|ganda|kontak|kos|"
        r"loker|layar|hp)",
        r"(?:saya|pintu) {1}lock:kunci\.[ab] (?:pintu|kamar|rumah) {2}(?:sendiri)?(?= \||$)",
        r"lock:kurung\.\w (?:diri|ayam|burung|kurawal|siku)|(?:baju|dalam|tanda|ayam|burung) lock:kurung\.\w",
        r"tie:(?:ikat|rantai)\.\w {1}(?:rambut|sepatu|kontrak|dinas|batin|janji|kucing|anjing|sapi|kambing|motor|sepeda|pasok|makanan)",
        r"(?:rambut|sepatu|anjing|kucing|kambing|sapi|motor|sepeda|tali) {2}tie:(?:ikat|rantai)\.\w",
        r"petak hide:\S+|hide:(?:sembunyi|umpet)\.\w {1}(?:pajak|perasaan|uang|masalah|kenyataan|fakta|identitas)",
        r"chase:kejar\.\w {1}(?:deadline|tugas|target|setoran|utang|hutang|waktu|anjing|paket|cita2|mimpi|karir|ilmu|bus|kereta|"
        r"diskon|promo"
        r"|pinjol|rentenir|debt|dc|ayam|bebek|kucing|layangan|dosen|umur|jodoh)",
        # blood, bones, sleep
        r"darah (?:tinggi|rendah|daging|putih|manis|muda|haid|mens|kotor)|(?:donor|golongan|tekanan|kurang|cek|transfusi|hubungan|"
        r"kandung|gula) {1}darah",
        r"(?:haid|mens|menstruasi|datang bulan|gusi|mimisan|bisul|jerawat|wasir|ambeien) {3}(?:berdarah|darah|pendarahan)|"
        r"sinetron berdarah",
        r"patah (?:hati|semangat|arang|asa)|(?:hati|semangat) {1}patah|(?:ranting|pensil|kacamata|kayu|gigi sisir|sapu|stang|kursi|"
        r"pagar) {1}patah",
        r"pingsan {1}(?:ketawa|liat|lihat|harga|kaget|upacara|lucu)|(?:ketawa|ngakak|upacara) {2}pingsan|(?:mau|rasanya|"
        r"bisa) pingsan (?:liat|lihat|denger|dengar)",
        # hanging, dying of love, games
        r"(?:digantung|ngegantung|gantungin|digantungin)|gantungan kunci|gantung (?:baju|cita2|sepatu)",
        r"(?:loncat|lompat|terjun) (?:tali|jauh|tinggi|payung|bebas|kelas|indah)",
        r"hidup (?:sehat|bahagia|lagi lampunya|sedang lampunya)",
        r"(?:nonton|nobar|film|filmnya|sinetron|drakor|drama|novel|lirik\S*|lagu\S*|judul\S*|game\S*|ml|mlbb|pubg|ff|anime|komik|"
        r"wattpad|podcast|series|episode|filem|kartun|cerpen|naskah|adegan|fanfic\S*|chapter|skenario|roblox|spoiler|teater|fls2n|"
        r"novelku|quote|majapahit|gestapo|gestapu) {7}"
        r"(?:(?:kill|stab|shoot|rape|end|choke|burn|poison|kidnap|lock|hit|tie|chase|hide):\S+|bundir|mati|{senjata}|berdarah|darah)"
        r"(?! {1}(?:saya|kami|anak))",
        r"(?:(?:kill|stab|shoot|rape|end|choke|kidnap):\S+|bundir|mati) {3}(?:di|dalam) (?:film|game|sinetron|drakor|drama|novel|"
        r"lagu|berita|tv|komik|anime)",
        r"(?:skripsi|penelitian|tesis|riset|makalah|wawancara|tugas|artikel|liputan|seminar|berita|jurnal|lomba|penyuluhan|materi) {8}"
        r"(?:(?:kill|rape|hit|threat|touch):\S+|bundir|kdrt|kekerasan|pelecehan|seksual|selfharm)",
        r"mimpi {4}(?:(?:kill|stab|shoot|chase|rape|choke|hit):\S+|mati)",
    )
)

# Words before a hit that take it back, with the few words that may stand between.
NEGATION = compiled(
    r"(?:tidak|belum|bukan|tanpa|sudah tidak|belum pernah|bukannya) (?:(?:pernah|sampai|sempat|ada|ikut|main|pakai|yang|di|perlu|"
    r"lagi|sedang|juga|kok"
    r"|sekali|sekalipun|hal|pakai acara|acara|saya|dia|suami|terus|ampe) ){0,3}$"
)
# For dying, wanting may stand between as well: 'ga mau mati', 'belum pengen bunuh diri'.
NEGATION_OF_WISH = compiled(
    r"(?:tidak|belum|bukan|bukannya|tanpa) (?:(?:pernah|sampai|mau|ada|niat|pikiran|kepikiran|berpikir|buat|untuk|bermaksud) ){0,3}$"
)

# A story that is long over: both must be said.
LONG_AGO = compiled(
    r"(?:dulu|dulunya|waktu kecil|masih kecil|semasa kecil|waktu saya kecil|(?:\d+|\S+ belas|\S+ puluh|belasan|"
    r"puluhan|bertahun2?|beberapa) tahun (?:yang )?(?:lalu|silam|lewat)"
    r"|waktu {1}(?:sd|smp|sma|tk)|zaman|jaman {1}(?:sd|smp|sma|sekolah)|masa lalu|(?:19[4-9]|20[01])\d|masih gadis|jaman gadis)"
)
OVER = compiled(
    r"(?:sekarang|saat ini|kini|alhamdulillah|syukur\w*) {4}(?:aman|baik|tenang|tentram|tenteram|bahagia|merdeka|jauh|pisah|bebas|"
    r"selamat|cerai|sembuh|menikah|nikah|dewasa)"
    r"|(?:dia|beliau|bapak|suami|mantan|pelaku|orangnya|duanya|paman|kakek) {3}wafat|almarhum {3}(?:dulu|pernah|sering|suka)"
    r"|(?:bapak|suami|paman|kakek) {1}almarhum {2}(?:dulu|pernah|sering|suka)"
    r"|(?:puluhan|belasan|bertahun2?) tahun tidak (?:pernah )?ketemu|(?:dia|orangnya|pelaku\S*|beliau) {2}(?:tiada|ninggal)"
    r"|sudah {3}(?:cerai|tiada|wafat|ninggal|lama putus|tenang|pisah|bercerai|berpisah|selesai|berakhir|almarhum|meninggal|mati|aman|"
    r"lama cerai|tidak serumah|tidak ketemu|tidak pernah ketemu|tidak ada kontak|lost contact|dipenjara|dewasa|nikah|menikah|"
    r"lama berlalu)|(?:dia|pelakunya|pelaku|orangnya) {1}sudah {1}(?:mati|almarhum|meninggal|tidak ada)"
)

# What takes 'long over' back: it is spoken of these days too.
THESE_DAYS = compiled(
    r"semalam|tadi|kemarin|hari ini|malam ini|pagi ini|siang ini|sore ini|minggu ini|bulan ini|baru saja|baru aja|akhir2 ini|"
    r"sekarang {3}(?:hit|choke|kill|stab|burn|threat|lock|chase|stalk|shoot):\S+|(?:datang|muncul|balik|keluar) sedang|"
    r"(?:masih|terus|makin|lagi2) {3}(?:threat|hit|choke|chase|stalk):\S+"
)


def without_harmless(line: str, keys: Set[str]) -> str:
    """The plain line with `~` for every harmless phrase; `keys` are its telling beginnings (`rules.signs.keys_in`)."""
    for wanted, phrase in PHRASES:
        if not wanted.isdisjoint(keys):
            line = phrase.sub("~", line)
    left = line
    for wanted, phrase, unless in ROUND_ABOUT:
        if not wanted.isdisjoint(keys) and not unless.search(left):
            line = phrase.sub("~", line)
    return line
