"""What makes a message merah by its words alone, continued: held or hiding, danger at this moment, trade in people."""

from rules.signs import Sign, red

_HABIT = r"kalau|suka|sering|selalu|biasanya|setiap|kadang|kadang2|dulu|pernah"

HELD: tuple[Sign, ...] = (
    red("disekap", r"lock:sekap\.[patb]|menyandera|disandera|nyandera", unless=r"hati|film", lasting=True),
    red("dikurung", r"lock:kurung\.[pa]", unless=r"hape|hp|ayam|burung", lasting=True),
    red(
        "dikunci",
        r"lock:kunci\.p",
        needs=r"saya|kami|anak|adik|ibu|kakak|istri|keponakan|bayi|kamar|gelap|tolong|takut|gudang|wc|toilet|kandang|dari luar|nenek",
        unless=(
            r"lock:kunci\.p {3}(?:di|dari)? ?luar rumah|tidak {1}(?:bisa|boleh) masuk|lock:kunci\.p di luar|tidur di (?:mobil|luar|"
            r"teras)|(?:pintu|kamar|rumah) {1}(?:sudah|saya) {1}lock:kunci\.p"
            r"|tidak lock:kunci\.p|(?:hp|hape|akun|wa|ig|fb|layar|motor|mobil|laptop) {2}lock:\S+|dari dalam"
        ),
        lasting=True,
    ),
    red(
        "dikunci",
        r"^(?:\| )?lock:kunci\.p(?= \||$)",
        r"pintu {2}lock:kunci\.p {2}(?:dari )?luar",
        r"(?:kunci\S*|lock:kunci\.b) {2}(?:dia|suami|bapak|majikan) {1}(?:bawa|pegang|umpetin)|(?:kunci\S*|"
        r"lock:kunci\.b) {1}dibawa {1}(?:dia|suami|bapak)",
        lasting=True,
    ),
    red(
        "dikunci",
        r"lock:kunci\.a {1}{korban} {2}(?:di|dari|kamar|rumah|dalam)|{dekat} lock:kunci\.[ab] {1}(?:{korban}|pager|pagar)",
        lasting=True,
    ),
    red(
        "diikat",
        r"(?:{korban}|tangan|kaki) {3}tie:\S+\.[pa]",
        r"tie:(?:pasung|borgol|rantai)\.p|tie:ikat\.[pa] {3}(?:tangan|kaki|tali|kursi|{korban})",
        lasting=True,
    ),
    red("diculik", r"kidnap:culik\.[pat]", unless=r"pelaminan|hati|alien|bot|admin", lasting=True),
    red(
        "tidak bisa keluar",
        r"tidak bisa (?:keluar|kabur|lari)|tidak mau turunin {1}saya",
        unless=(
            r"tidak bisa (?:keluar|kabur|lari) {2}(?:masalah|hubungan|lingkaran|zona|grup|situasi|pikiran|aplikasi|akun|kota|negeri|"
            r"kerja"
            r"|toxic|jebakan|bayang\S*|kenangan|hujan|karena|banjir|uang)"
        ),
        lasting=True,
    ),
    red(
        "bersembunyi",
        r"hide:(?:umpet|sembunyi)\.[ab] {4}(?:kamar|lemari|kolong|wc|toilet|dapur|gudang|kebun|belakang|bawah|rumah|masjid|sini|"
        r"loteng|plafon"
        r"|ladang|sekarang|kasur|dari {1}{dekat})|(?:sedang|masih|saya|kami) hide:(?:umpet|sembunyi)\.[ab]|ndelik\S*",
        r"(?:saya|sedang|kami|sudah) {2}(?:di|dalam|nang) {1}(?:dalam )?(?:lemari|kolong|plafon|kamar mandi|wc|toilet) {3}(?:takut|"
        r"tolong|dia|tidak|sama|kunci|pakai)",
        r"(?:di|dalam) {1}(?:lemari|kolong)|(?:tidak|lampu) {3}(?:berani )?(?:nyalain|end:mati\.b) lampu|pura2 (?:tidur|"
        r"tidak ada orang|mati)|tidak berani (?:napas|nafas|bersuara|gerak)",
        unless=rf"(?:{_HABIT}) {{~9}}hide:\S+|baju|barang|lemari {{2}}(?:jualan|kaca|es)|kucing",
        lasting=True,
    ),
)

NOW: tuple[Sign, ...] = (
    red(
        "sedang dipukuli",
        r"(?:sedang|sekarang) {1}(?:hit|choke|kill|stab|rape):\S+\.p|(?:hit|choke|kill|stab):\S+\.p {5}(?:sekarang|detik ini|"
        r"saat ini)|masih (?:sedang )?(?:hit|choke):\S+\.p {2}(?:sekarang|terus)",
        r"(?:sedang|sekarang) (?:hit|choke|kill|stab):\S+\.a|(?:dia|{dekat}) sekarang {1}(?:hit|choke):\S+|(?:hit|choke):\S+\.p dari tadi",
        unless=(
            rf"(?:{_HABIT}|umur) {{5}}(?:hit|choke|kill|stab|rape):\S+|takut {{3}}hit:\S+|(?:hit|choke):\S+\.p sedang|harga\S*|"
            rf"terus (?:nenek|ibu)"
        ),
        lasting=True,
    ),
    red(
        "pelaku sedang mengamuk",
        r"(?:sedang|masih|sekarang|malah|makin|tiba2|mulai|datang) {1}rage:amuk\.\w|rage:amuk\.\w {4}(?:sekarang|bawa|rusak|hancur|"
        r"di depan|di luar|pintu|terus|tolong|cepat)",
        unless=rf"(?:{_HABIT}) {{5}}rage:amuk\.\w",
        lasting=True,
    ),
    red(
        "pelaku mabuk dan kasar",
        r"(?:sedang|masih|pulang|datang|dia) {1}mabuk",
        needs=r"rage:\S+|bawa|knock:\S+|takut|teriak\S*|hancur\S*|rusak\S*|hit:banting\S*|threat:\S+|tolong",
        unless=rf"(?:{_HABIT}) {{5}}mabuk",
        lasting=True,
    ),
    red(
        "pelaku di depan pintu",
        r"knock:\S+\.\w {4}(?:pintu|rumah|kamar|jendela|pagar|gerbang|kos)|(?:pintu|rumah|kamar|jendela|pagar|"
        r"teras) {3}knock:\S+\.[pab]|(?:masih|sedang|sekarang) {1}knock:\S+",
        r"(?:pintu|gembok|engsel|jendela)\S* {3}(?:jebol|hit:dorong\S*|digoyang\S*|goyang|hit:tendang\S*)|"
        r"hit:tendang\.[ab] {1}pintu|(?:mecahin|pecahin) {1}(?:kaca|jendela)|ngetok2? {3}manggil",
        unless=rf"(?:{_HABIT}|kemarin) {{~5}}(?:knock|hit):\S+|debt|pinjol|paket|kurir",
        lasting=True,
    ),
    red(
        "pelaku di depan pintu",
        r"(?:dia|suami|mantan|pacar|bapak|paman|mereka|orang|orangnya|majikan) {4}depan {1}(?:pintu|rumah|kamar|pagar|gerbang|kos)",
        r"(?:dia|suami|mantan|bapak) (?:sudah |ada |sekarang |sedang )?(?:di )?(?:pintu|teras|pagar|luar pintu|depan)(?= \||$)|"
        r"bayangan\S* {3}(?:pintu|jendela)",
        unless=(
            rf"(?:hit|threat|scold|touch):\S+ {{5}}depan|kemarin|(?:{_HABIT}) {{4}}depan|duduk depan|nongkrong|jualan|masjid|tiap pagi|"
            rf"setiap pagi"
        ),
        lasting=True,
    ),
    red(
        "pelaku sudah dekat",
        r"(?:motornya|mobilnya|motor dia|mobil dia|motor nya|langkahnya|suaranya|suara motor|suara langkah|senternya) {4}(?:depan|"
        r"bawah|gang|sini|kedengeran|kedengaran|parkir|pintu|deket|dekat|d)",
        r"(?:sudah|mulai) {1}kedengeran {2}(?:motor|suara|langkah)\S*|kedengeran (?:langkah|motor)\S*",
        unless=r"dijual|parkir liar|tetangga|berisik|jualan|bengkel",
        lasting=True,
    ),
    red(
        "dikejar",
        r"chase:kejar\.p",
        r"{dekat} {2}chase:kejar\.a(?: {1}(?:{korban}|kami)|$| \||(?= bawa))|chase:kejar\.a (?:saya|anak|kami|ibu|adik|istri)",
        unless=rf"(?:{_HABIT}) {{3}}chase:\S+|utang|hutang|pinjol|bank|rentenir|debt|nagih|deadline|target",
        lasting=True,
    ),
    red(
        "pelaku sedang menuju ke sini",
        r"{dekat} {4}(?:datang|menuju|otw|jalan|nyusul|nyamperin|kesini) {3}(?:sini|kesini|tempat saya|rumah saya)|"
        r"{dekat} {2}(?:otw|kesini|jln ke sini)|(?:lagi|sedang) di jalan {1}(?:kesini|menuju sini|sini)",
        needs=r"takut|{kekerasan}|bawa|{senjata}|tolong|mabuk|marah\S*|hide:\S+|kabur|sudah ya|cepat|tahu|alamat\S*",
        lasting=True,
    ),
    red(
        "pelaku menemukan tempat persembunyian",
        r"(?:{dekat}|sudah) {3}(?:nemu|nemuin|menemukan|ketemu|tahu|dapet|ngelacak|melacak) {3}(?:saya (?:di )?(?:sini|disini|"
        r"di rumah)|(?:tempat|kos\S*|alamat|lokasi|persembunyian|rumah) {1}(?:saya|aman|baru|kontrakan|ini|ngungsi|bude|ibu|"
        r"teman)\S*)",
        r"(?:{dekat}) {1}(?:sudah )?(?:nemuin|nemu|menemukan) {1}saya|^(?:\| )?ketahuan(?= |$)|ketauan(?= \||$)|dia {2}(?:nyari|"
        r"nyariin|mencari|cari) {1}saya|dia nyari(?= \||$)|wonge nggoleki",
        unless=r"pacaran|selingkuh\S*|chat|mama tahu|hamil|sudah lama",
        lasting=True,
    ),
    red(
        "pelaku segera datang",
        r"(?:sebentar|bentar|bntr|sbntr|dikit) sedang {3}(?:pulang|datang|sampai|nyampai|masuk)|(?:pulang|datang) {1}(?:sebentar|"
        r"bentar) sedang|(?:sejam|setengah jam|\d+ menit) sedang {2}(?:dia|datang|sampai|nyampai)",
        needs=r"takut|{kekerasan}|mabuk|marah\S*|tolong|{senjata}|siap2|abis|habis kau|tunggu",
        lasting=True,
    ),
    red(
        "pelaku masuk",
        r"^(?:\S+ ){0,3}(?:dia|suami|mantan|bapak|paman|majikan) {1}(?:sudah |mau |bisa |naek )*(?:datang|masuk|naik {1}(?:tangga|"
        r"teras|atas)|kebangun|buka pintu|bangun jalan)(?: \S+){0,6}$",
        r"(?:dia|suami|mantan|bapak|orangnya) {1}(?:sudah )?(?:naik {1}(?:tangga|teras)|masuk {1}(?:rumah|kamar|kos|lewat jendela|"
        r"maksa)|maksa masuk|manjat)",
        unless=(
            r"kerja|grup|group|islam|penjara|rumah sakit|rs|kuliah|sekolah|tahun|bulan|suka|sering|besok|nanti|malam2|setiap|kalau|"
            r"lapas|akal|kantor|polisi|bidan"
        ),
        lasting=True,
    ),
    red(
        "minta tolong segera",
        r"tolong {~3}(?:cepat|darurat|urgent|gawat)|(?:cepat|darurat|urgent|gawat) {~2}tolong|tolong (?:\| )?sekarang|^(?:\|"
        r" )?cepat(?: kesini| sini| ke sini)?(?= \||$)|call police|panggil polisi|help me",
        unless=(
            r"balas\S*|bales\S*|dibalas|dibales|jawab\S*|dijawab|proses\S*|diproses|respon\S*|urus|info\S*|surat|ktp|kk|akta|kartu|"
            r"listrik|lampu|air|jalan|bansos|antri|dinas|jadwal"
        ),
        lasting=True,
    ),
    red(
        "ada yang berteriak minta tolong",
        r"(?:sedang|saat ini|ini|sekarang|denger|dengar|ada) {4}(?:teriak\S*|berteriak|jerit\S*|jeritan|menjerit) {3}(?:tolong|"
        r"ampun|jangan)|(?:teriak\S*|jerit\S*) {3}(?:ampun|jangan {1}(?:bapak|ayah|pa))",
        unless=rf"(?:{_HABIT}|setiap malam|semalam|kemarin) {{5}}(?:teriak\S*|jerit\S*)",
        lasting=True,
    ),
    red("minta diselamatkan", r"(?:selamatkan|selametin|selamatin|slametin|save) (?:saya|kami|anak|nyawa|me)", lasting=True),
    red("tanda SOS", r"_sos_", lasting=True),
    red(
        "darurat",
        r"(?:saya|kami|anak|ini|keadaan|kondisi) {2}(?:darurat|bahaya|gawat)|bahaya sekarang|nyawa saya",
        unless=r"nomor|nomer|layanan|call center|tanggap|apakah",
        lasting=True,
    ),
)

# A few English sentences that frightened people write; the classifier hears more.
ENGLISH: tuple[Sign, ...] = (
    red(
        "kalimat bahaya dalam bahasa Inggris",
        r"(?:he|she|hes|shes|he's|she's|husband|dad|stepfather|boyfriend) {2}(?:beating|hitting|killing|choking|strangling|kicking|"
        r"outside|here|stabbed|choked)",
        r"(?:i'm|im|i am|we are|were) {2}(?:hiding|locked|trapped|bleeding)|locked {1}(?:me|in)|kill {1}(?:me|us|my|him|her)|"
        r"chok\S+ me|strangl\S+ me",
        r"pregnant {~14}(?:kicked|hit|beat|punched)|threw boiling|bleeding {2}head|help {1}(?:me|us|hes|he)|raped me {3}(?:last|"
        r"yesterday|tonight|today|friday|saturday|sunday)",
        lasting=True,
    ),
)

TRADE: tuple[Sign, ...] = (
    red(
        "dijual atau dipaksa melayani",
        r"(?:force:\S+|disuruh|nyuruh|suruh|dijadiin|dijadikan|threat:\S+|dijebak|disuru|harus|dipaksa) {5}(?:openbo|"
        r"sell:jual\.\w diri|jual diri|psk|lonte|melacur|pelacur|mangkal"
        r"|(?:layani|layanin|melayani|nemenin|ngelayanin|nglayani|temenin|terima|nerima) {2}(?:tamu|paman|om2|pelanggan|klien|laki2|"
        r"suami orang|bapak2|lelaki))",
        r"(?:ditawarin|ditawarkan|dijajakan) {4}(?:paman|om|michat|tamu|lelaki)|lewat michat|(?:michat|openbo) {4}(?:force:\S+|"
        r"disuruh|sell:\S+|keponakan|anak|adik)",
    ),
    red(
        "dijual atau dipaksa melayani",
        r"(?:{korban}|dia|gadis|kami) (?:mau )?sell:jual\.p(?! (?:murah|mahal|emas|anaknya|suami))|^(?:\| )?sell:jual\.p(?= \||$)",
        r"sell:jual\.[pab] {2}(?:diri saya|(?:ke|menuju) {1}(?:paman|om|lelaki|laki2|tamu|mucikari|muncikari|malaysia|orang|luar)|"
        r"di michat|lewat michat|michat|virgin\S*|perawan)|sell:jual\.[ab] (?:saya|anak|adik|istri|bayi) {1}(?:ke|menuju|demi|buat)",
        unless=(
            r"(?:rumah|motor|mobil|emas|tanah|hp|hape|barang\S*|perhiasan|sawah|baju|laptop|harta|sertifikat|cincin|kalung|kebun|"
            r"kambing|sapi|mas|tv|sepeda|data|foto|video|punya|susu|tabung"
            r"|magicom|kulkas|mainan|buku|akun) {5}sell:jual\.\w"
        ),
    ),
    red("perdagangan orang", r"tppo|trafficking|human traf\S*|perdagangan (?:orang|manusia|anak)|mucikari|muncikari|germo"),
    red(
        "dokumen ditahan, dipaksa bekerja",
        r"(?:paspor|passport|pasport|ktp|ijazah|dokumen|hp\S*) {4}(?:ditahan|control:sita\.p|disimpan|diambil|dipegang|"
        r"touch:pegang\.p) {~8}(?:majikan|agen|agensi|mess|calo|sponsor|kapten|mandor|tidak (?:bisa|boleh) (?:pulang|turun))",
        r"(?:majikan|agen|agensi|mess|calo|sponsor|penampungan|penyalur|kapal|kapten|judol|scam|mandor) {~12}(?:tidak (?:bisa|boleh|"
        r"dikasih|dibolehin) {1}(?:pulang|keluar|kabur|turun)|force:paksa\.p kerja|paspor {3}(?:ditahan|diambil|dipegang))",
        r"force:paksa\.p kerja {~8}(?:utang|hutang|tidak {2}(?:dibayar|digaji|boleh pulang|bisa pulang)|lock:\S+)|tidak (?:bisa|"
        r"boleh) pulang {~6}(?:majikan|agen|mess|utang|hutang)",
        r"(?:mau pulang|pulang) {2}tidak boleh|(?:kamboja|myanmar|laos|filipina|poipet) {~15}(?:disetrum|tebus\S*|scam\S*|nipu|"
        r"paspor|tidak (?:bisa|boleh) pulang|hit:\S+)|(?:minta|bayar) {1}tebus\S*",
        needs=(
            r"kerja\S*|majikan|agen\S*|bos|mandor|kapten|gaji\S*|digaji|dibayar|abk|kapal|scam|nipu|target|admin|penyalur|calo|kontrak|"
            r"mess|kamboja|myanmar"
        ),
    ),
)

ALL: tuple[Sign, ...] = (*HELD, *NOW, *ENGLISH, *TRADE)
