"""What makes a message merah by its words alone, as the office's taxonomy of danger says; one line a sign.

Recall goes before precision here: a needless alarm costs an officer a minute. Harmless uses are kept in `rules.harmless`.
"""

from rules.signs import Sign, red

_PERSONAL = r"{korban}|{pelaku}|kamu|kau|mau|takut|threat:\S+|bilang|nanti"

BREATH: tuple[Sign, ...] = (
    red("dicekik", r"choke:cekik\.\w"),
    red("dibekap", r"choke:bekap\.\w"),
    red("leher dijerat atau ditekan", r"leher {3}(?:choke|tie|hit:injak|hit:pukul)\S*|leher {2}(?:ditekan|dijepit|dipiting|diteken|dipegang|dipelintir|dililit)"),
    red("leher dijerat atau ditekan", r"(?:choke:jerat|tie:ikat|hit:injak)\.\w {2}leher|(?:nekan|neken|piting|dipiting|miting|mencengkeram|nyengkram) {2}leher"),
    red("mulut atau hidung ditutup", r"(?:tutup|ditutup|nutup|nutupin|ditutupin|menutup|disumpal|choke:sumpal\.\w) {4}(?:mulut|hidung|muka) {5}"
        r"(?:bantal|selimut|kain|plastik|lakban|handuk|napas|nafas)"),  # fmt: skip
    red("mulut disumpal", r"mulut {2}choke:sumpal\.\w|choke:sumpal\.\w {2}mulut|mulut {1}dilakban"),
    red("tidak bisa bernapas", r"(?:sampai|terus|leher|udah) {2}tidak bisa (?:ber)?na[pf]as|sampai (?:sesak|sesek|abis|habis) na[pf]as",
        needs=r"{kekerasan}|choke:\S+|leher|bantal|hidung|ditekan"),  # fmt: skip
)

WEAPONS: tuple[Sign, ...] = (
    red("menyebut {senjata}", r"{senjata}"),
    red("menyebut pisau", r"_pisau_"),
    red("menyebut pistol", r"_pistol_"),
    red("dibacok atau ditusuk", r"stab:(?:bacok|tikam|sabet|tebas|gorok|celurit|kapak|silet)\.[patb]"),
    red("dibacok atau ditusuk", r"stab:tusuk\.[ptab]"),
    red("luka senjata tajam", r"(?:lebam|luka|robek) (?:stab:\S+|tusukan|bacokan|sabetan|sayatan|tembak)"),
    red("ditodong atau ditembak", r"shoot:todong\.[pa] {3}(?:{korban}|{senjata})|shoot:todong\.p"),
    red("ditodong atau ditembak", r"threat:\S+ {4}shoot:tembak\.\w|shoot:tembak\.\w {3}(?:mati|kepala|dada|polisi|tni|peluru)|shoot:tembak\.p mati"),
    red("dipukul dengan {benda}", r"(?:{pukulan}|hit:lempar\.\w {2}kena|threat:\S+|chase:\S+|nyerang|menyerang|diserang|diayun\S*|ngayun\S*|mukul2) {4}pakai {2}{benda}"),
    red("dipukul dengan {benda}", r"{pukulan} {benda}|pakai {2}{benda} {5}(?:{pukulan}|threat:\S+|chase:\S+)"),
    red("dipukul dengan {benda}", r"(?:bawa|ambil|ngambil|mengambil|touch:pegang\.\w|angkat|ngangkat|nyari|mengangkat|ayunin|ngayunin|mengayun\S*) {2}{benda} {6}"
        r"(?:{pukulan}|mau {2}(?:{korban}|hit:\S+)|chase:\S+|threat:\S+|hit:lempar\.\w {2}{korban})"),  # fmt: skip
    red("disiram atau dibakar", r"burn:siram\.\w {3}(?:air_keras|air_panas|bensin|kuah|kopi|teh|air mendidih|api)|burn:siram\.p {3}(?:panas|mendidih)"),
    red("disiram atau dibakar", r"(?:mau|threat:\S+|bilang) {4}burn:bakar\.\w {2}(?:{korban}|rumah|kamar|hidup2?|semua|motor saya)"),
    red("disiram atau dibakar", r"(?:{korban}|rumah|badan|kami) {2}(?:mau )?burn:bakar\.p|burn:bakar\.p hidup2?"),
    red("disiram atau dibakar", r"(?:bawa|nyiram|nyiapin|beli|nuang|numpahin) {2}bensin {6}(?:{korban}|burn:\S+|korek|rumah|threat:\S+)|bensin {4}korek"),
    red("disundut atau disetrika", r"burn:sundut\.\w|rokok {3}(?:ke|di|menuju) {1}(?:badan|tangan|kaki|paha|muka|kulit)"),
    red("disundut atau disetrika", r"(?:{korban}|tangan|paha|punggung|badan|kaki|pipi|perut|kulit) {3}burn:setrika\.[pa]|burn:setrika\.[pa] {2}(?:{korban}|tangan|paha|badan)"),
    red("diracun", r"(?:{korban}|mau|makanan|minuman) {3}poison:racun\.[pa]|poison:racun\.[pa] {2}{korban}"),
    red("ditenggelamkan", r"drown:\S+\.[pa] {4}(?:{korban}|kepala|bak|sungai|air|ember)|(?:kepala|{korban}) {3}drown:\S+\.p"),
    red("ditabrak dengan sengaja", r"(?:mau|sengaja|coba|threat:\S+) {3}ram:\S+|ram:\S+\.p {2}(?:sengaja|suami|mantan|pacar)"),
    red("didorong dari tempat tinggi", r"hit:(?:dorong|lempar)\.p {3}dari {1}(?:tangga|lantai|balkon|motor|mobil|jembatan|atas|loteng)"),
)

THREAT_TO_KILL: tuple[Sign, ...] = (
    red("ancaman bunuh", r"threat:\S+ {6}(?:kill:\S+|dibunuh|end:\S+)|(?:kill:\S+|end:\S+) {4}threat:\S+"),
    red("ancaman bunuh", r"(?:{korban}|mau|takut|nanti|bilang|kalau|bisa2|siap2) {5}kill:\S+\.p|kill:\S+\.p {3}(?:{korban}|{pelaku}|pakai {1}{dekat})"),
    red("ancaman bunuh", r"(?:{pelaku}|mau|bilang|saya|bisa|coba|nyoba|hampir|berniat) {4}kill:\S+\.[ab] {3}(?:{korban}|kamu|dia|kami|suami|pacar|mantan|orang tua|sekeluarga)"),
    red("ancaman bunuh", r"{dekat} {3}(?:mau|coba|nyoba|berniat|siap|berusaha|nekat) {2}kill:\S+\.[ab]|rencana {2}kill:\S+"),
    red("ancaman bunuh", r"(?:percobaan|ancaman|rencana) kill:\S+"),
    red("ancaman menghabisi", r"(?:mau|threat:\S+|bilang|akan|bakal|siap|pasti) {4}end:(?:habis|mati)\.[abp] {2}(?:{korban}|kamu|nyawa|sekeluarga|kami|dia)"),
    red("ancaman menghabisi", r"(?:{korban}|kami|dia|kamu) {3}end:(?:habis|mati)\.p"),
    red("ancaman menghabisi", r"(?:mau|takut|nanti|bisa|bilang) {1}end:(?:habis|mati)\.p"),
    red("nyawa terancam", r"nyawa {3}(?:terancam|threat:\S+|taruhan\S*|hilang|melayang|bahaya|diincar|dicabut)|(?:incar|ngincar|hilangkan|menghilangkan|cabut|nyabut|threat:\S+) {2}nyawa"),
    red("nyawa terancam", r"(?:bayar|ganti|tebus) {1}nyawa|nyawa {1}bayar nyawa|mau nyawa"),
    red("ancaman dengan kematian", r"tinggal nama|pulang nama|(?:jadi|jd) mayat|(?:masuk|kirim) {1}(?:liang|kuburan|liang lahat)|mandi darah|(?:dikubur|ngubur|mengubur) {2}(?:hidup2?|{korban})"),
    red("ancaman dengan kematian", r"(?:potong|motong|putus|patahin|belah|pecahin|mecahin) {1}(?:leher|kepala) {1}(?:{korban}|kamu)|(?:bilang|threat:\S+) {5}{korban} {2}mati"),
    red("ancaman dengan kematian", r"sampai {1}(?:{korban}|kamu) mati|(?:{korban}|kamu) {1}(?:pasti|harus|bakal|mau|akan) mati pakai|mati {1}di tangan"),
    red("dipukuli sampai hampir mati", r"{pukulan} {6}(?:hampir|nyaris|setengah|mau|sampai) mati|(?:hampir|nyaris) {2}mati {4}{pukulan}"),
)

HELD: tuple[Sign, ...] = (
    red("disekap", r"lock:sekap\.\w", lasting=True),
    red("dikurung", r"lock:kurung\.[pa]", lasting=True),
    red("dikunci", r"(?:{korban}|kami|pintu|kamar) {4}lock:kunci\.p", lasting=True,
        unless=r"lock:kunci\.p {3}(?:di|dari)? ?luar rumah|tidak {1}(?:bisa|boleh) masuk|lock:kunci\.p di luar"),  # fmt: skip
    red("dikunci", r"lock:kunci\.p {4}(?:kamar|rumah|dalam|dari luar|wc|gudang|toilet|kandang|luar)|^(?:\| )?lock:kunci\.p(?= \||$)", lasting=True,
        unless=r"lock:kunci\.p {3}di luar|tidak {1}(?:bisa|boleh) masuk"),  # fmt: skip
    red("dikunci", r"lock:kunci\.a {1}{korban} {2}(?:di|dari|kamar|rumah|dalam)|{dekat} lock:kunci\.[ab] {1}{korban}", lasting=True),
    red("diikat", r"(?:{korban}|tangan|kaki) {3}tie:\S+\.[pa]|tie:(?:pasung|borgol|rantai)\.p|tie:ikat\.[pa] {3}(?:tangan|kaki|tali|kursi|{korban})", lasting=True),
    red("diculik", r"kidnap:culik\.[patb]", lasting=True),
    red("tidak bisa keluar", r"tidak bisa (?:keluar|kabur|lari|pergi|kemana2)", lasting=True,
        unless=r"tidak bisa (?:keluar|kabur|lari|pergi|kemana2) {2}(?:masalah|hubungan|lingkaran|zona|grup|situasi|pikiran|aplikasi|akun|kota|negeri|kerja"
        r"|toxic|jebakan|bayang\S*|kenangan|hujan|karena hujan|banjir)"),  # fmt: skip
    red("bersembunyi", r"hide:(?:umpet|sembunyi)\.[ab] {4}(?:kamar|lemari|kolong|wc|toilet|dapur|gudang|kebun|belakang|bawah|rumah|masjid|sini|loteng|plafon"
        r"|ladang|sekarang|kasur|dari {1}{dekat})|(?:sedang|masih|saya|kami) hide:(?:umpet|sembunyi)\.[ab]", lasting=True),  # fmt: skip
)

NOW: tuple[Sign, ...] = (
    red("sedang dipukuli", r"(?:sedang|sekarang|masih) {2}(?:hit|choke|kill|stab|rape):\S+\.p|(?:hit|choke|kill|stab):\S+\.p {3}(?:sekarang|detik ini|saat ini)", lasting=True,
        unless=r"{biasa} {5}(?:hit|choke|kill|stab|rape):\S+\.p|takut {3}hit:\S+"),  # fmt: skip
    red("sedang dipukuli", r"(?:sedang|sekarang|masih) {1}(?:hit|choke|kill|stab):\S+\.a|(?:dia|{dekat}) sekarang {1}(?:hit|choke):\S+", lasting=True,
        unless=r"{biasa} {4}(?:hit|choke|kill|stab):\S+\.a"),  # fmt: skip
    red("pelaku sedang mengamuk", r"(?:sedang|masih|sekarang|malah|makin|tiba2|mulai) {1}rage:amuk\.\w|rage:amuk\.\w {4}(?:sekarang|bawa|rusak|hancur|di depan|di luar|pintu)", lasting=True,
        unless=r"(?:kalau|suka|sering|selalu|biasanya|setiap|kadang|kadang2) {5}rage:amuk\.\w"),  # fmt: skip
    red("pelaku mabuk dan kasar", r"(?:sedang|masih|pulang|datang) {1}mabuk", lasting=True,
        needs=r"rage:\S+|bawa|knock:\S+|takut|teriak\S*|hancur\S*|rusak\S*|banting\S*|hit:\S+|threat:\S+|tolong",
        unless=r"(?:kalau|suka|sering|selalu|biasanya|setiap|kadang|pernah) {5}mabuk"),  # fmt: skip
    red("pelaku di depan pintu", r"knock:\S+\.\w {4}(?:pintu|rumah|kamar|jendela|pagar|gerbang|kos)|(?:pintu|rumah|kamar|jendela|pagar) {3}knock:\S+\.[pab]", lasting=True,
        unless=r"{biasa} {4}knock:\S+"),  # fmt: skip
    red("pelaku di depan pintu", r"(?:dia|suami|mantan|pacar|bapak|paman|mereka|orang|orangnya|majikan) {4}depan {1}(?:pintu|rumah|kamar|pagar|gerbang|kos)", lasting=True,
        unless=r"(?:hit|threat|scold):\S+ {5}depan rumah|kemarin|suka|sering|{biasa} {4}depan"),  # fmt: skip
    red("dikejar", r"chase:kejar\.p|{dekat} {2}chase:kejar\.a {1}(?:{korban}|kami)|chase:kejar\.a {1}(?:saya|anak|kami|ibu|adik|istri)", lasting=True,
        unless=r"(?:dulu|sering|suka|pernah|{biasa}) {3}chase:\S+"),  # fmt: skip
    red("pelaku sedang menuju ke sini", r"{dekat} {4}(?:datang|menuju|otw|jalan|nyusul|nyamperin|kesini|mari) {3}(?:sini|kesini|tempat saya|rumah saya|kesini)|{dekat} {2}(?:otw|kesini)",
        lasting=True, needs=r"takut|{kekerasan}|bawa|{senjata}|tolong|mabuk|marah|hide:\S+|kabur"),  # fmt: skip
    red("pelaku menemukan tempat persembunyian", r"{dekat} {4}(?:nemu|nemuin|menemukan|ketemu|tahu|dapet|ngelacak|melacak) {3}(?:tempat|kos|alamat|lokasi|persembunyian|rumah) {1}(?:saya|aman|baru|kontrakan|ini|ngungsi)?",
        lasting=True, needs=r"takut|kabur|hide:\S+|{kekerasan}|tolong|bahaya|ngungsi|pindah"),  # fmt: skip
    red("pelaku segera datang", r"(?:sebentar|bentar|bntr|sbntr|dikit|bentaran) sedang {3}(?:pulang|datang|sampai|nyampai|masuk)|(?:pulang|datang) {1}(?:sebentar|bentar) sedang",
        lasting=True, needs=r"takut|{kekerasan}|mabuk|marah|tolong|{senjata}"),  # fmt: skip
    red("mau dipukul sekarang", r"(?:dia|{dekat}) mau (?:hit|choke|kill|stab|rape):\S+\.[ab] {1}{korban} (?:sekarang|tolong)|(?:dia|{dekat}) {1}(?:masuk|maksa masuk|udah masuk|manjat) {2}(?:rumah|kamar|kos|jendela)",
        lasting=True, needs=r"takut|tolong|{kekerasan}|bawa|{senjata}|force:\S+"),  # fmt: skip
    red("minta tolong segera", r"tolong {3}(?:cepat|sekarang|darurat|urgent|gawat)|(?:cepat|darurat|urgent|gawat) {2}tolong", lasting=True,
        unless=r"balas|bales|dibalas|dibales|jawab|dijawab|proses|diproses|respon\S*|urus|info\S*|surat|ktp|kk|akta|kartu|listrik|lampu|air|jalan|bansos|kirim|antri"),  # fmt: skip
    red("minta diselamatkan", r"(?:selamatkan|selametin|selamatin|slametin|save) (?:saya|kami|anak|nyawa|me)", lasting=True),
    red("tanda SOS", r"_sos_", lasting=True),
    red("darurat", r"(?:saya|kami|anak|ini|keadaan|kondisi) {2}(?:darurat|bahaya|gawat)|bahaya sekarang|nyawa saya", lasting=True, unless=r"nomor|nomer|layanan|call center|tanggap"),
)

INJURY: tuple[Sign, ...] = (
    red("berdarah", r"berdarah", unless=r"berdarah {2}(?:dikit|sedikit|kering|berhenti)|(?:dikit|sedikit) berdarah"),
    red("berdarah", r"darah {3}(?:banyak|terus|deras|netes\S*|muncrat|keluar|ngalir|mengalir|dimana2)|(?:keluar|banyak|berlumuran|bersimbah|netes|penuh) {1}darah|_darah_|(?:pendarahan|perdarahan) {1}",
        unless=r"darah {4}(?:dikit|sedikit|kering|berhenti)"),  # fmt: skip
    red("pingsan", r"pingsan|tidak sadar(?:kan)? {1}diri|tidak sadarkan|tidak sadar2|(?:hilang|ilang) kesadaran|(?:{korban}) {2}tidak bangun2"),
    red("patah tulang", r"(?:tulang|tangan|kaki|hidung|rusuk|gigi|jari|bahu|rahang|leher|lengan) {2}patah|patah {1}(?:tulang\S*|tangan|kaki|rusuk\S*|hidung|jari\S*|bahu|rahang\S*|lengan|gigi\S*|leher)"),
    red("luka bakar", r"(?:luka|lebam) burn:\S+|luka bakar|melepuh|(?:badan|kulit|tangan|muka) {1}gosong"),
    red("tidak sadar atau kritis", r"(?:{korban}) {3}(?:sekarat|kritis|kejang2?|koma)(?= |$)(?! \|)"),
    red("dipukul saat hamil", r"hamil {9}{5}(?:hit|stab|choke):\S+\.p|(?:hit|choke):\S+\.p {9}{5}hamil|(?:hit):\S+\.a (?:saya|istri|perut|kakak|adik|anak) {9}hamil"),
    red("dipukul saat hamil", r"hamil {8}hit:\S+\.[ab] {1}(?:saya|istri|perut|dia|kakak|adik)|hit:\S+\.p {4}perut {4}(?:hamil|kandungan|janin)"),
)

SELF: tuple[Sign, ...] = (
    red("ingin bunuh diri", r"bundir"),
    red("melukai diri", r"selfharm|(?:lukai|ngelukain|melukai|nyakitin|menyakiti|sakiti|sakitin|benturin|hit:\S+|stab:\S+|nyiksa) {1}diri|(?:sayat\S*|nyayat\S*|menyayat|disayat|gores\S*"
        r"|ngegores\S*|ngiris|iris|motong|potong|stab:(?:silet|tusuk)\.\w|pisau) {3}(?:tangan|nadi|pergelangan|paha|lengan|diri)"),  # fmt: skip
    red("ingin mati", r"(?:mau|lebih baik|mending|mendingan|biar|biarin|pilih|siap|rasanya|pikir\S*|kepikiran|harusnya|andai|seandainya|coba|kenapa|enakan|bagusan) {2}mati"),
    red("ingin mati", r"saya {2}mati {1}(?:aja|saja|ajah|sja|ae|wae)|(?:saya|biar) mati$|mati (?:aja|saja) (?:lah )?saya|kill:bunuh\.b (?:aja |saja )?saya(?: aja)?"),
    red("tidak ingin hidup", r"(?:capek|cape|lelah|bosan|bosen|muak|jenuh|nyerah|menyerah|malas|males|tidak (?:mau|ingin|sanggup|kuat|bisa|pantas|pengen|layak|berhak))(?: \S+){0,2} hidup"
        r"(?! (?:pakai|bareng|serumah|bersama|susah|miskin|sendiri|menumpang|numpang|begini|gini|kaya|seperti|sehat|dengan|di|berumah|mewah|tenang|tanpa|normal|bahagia|layak|enak|ngontrak))"),
    red("ingin mengakhiri hidup", r"(?:akhiri|mengakhiri|ngakhiri|ngakhirin|akhirin|sudahi|diakhiri|selesaiin|nyudahi) {2}(?:hidup|semua|semuanya|nyawa|diri|segalanya|hidupku)"),
    red("ingin mengakhiri hidup", r"(?:tidak mau|tidak usah|tidak) {1}bangun sedang|(?:tidur|merem) {4}(?:tidak {1}bangun2?|selamanya)|(?:berharap|semoga) {4}tidak bangun"),
    red("pamit untuk mati", r"(?:besok|nanti|kalau|seandainya|kaget|andai|suatu) {6}saya {2}tidak ada(?= \||$| (?:sedang|di dunia|lagi|titip|tolong|jaga))|selamat tinggal (?:semua\S*|dunia|teman|anak)"),
    red("pamit untuk mati", r"(?:titip|jaga|jagain|rawat) {3}anak {8}(?:saya {1}(?:pergi|tidak ada)|mati|selamanya)|(?:pergi|hilang|menghilang|istirahat) {1}selamanya|tidur selamanya"),
    red("ingin hilang", r"mau {1}(?:hilang|menghilang|ngilang|lenyap|kill:lenyap\.\w) (?:aja|saja|dari)|hilang dari (?:dunia|bumi|muka)|dunia {4}tanpa saya|lebih baik {3}tidak ada saya|tidak (?:pernah )?dilahirkan"),
    red("ingin menyusul yang sudah tiada", r"(?:mau|ikut) {1}(?:nyusul|menyusul) {3}(?:almarhum\S*|alm|almh|surga|sana|mendiang)"),
    red("minum racun atau obat banyak", r"(?:minum|minom|nelen|telan|menelan|nenggak|tenggak|makan|ngombe) {3}(?:poison:racun\.\w|baygon|pemutih|sianida|autan|portas|bayclin|racun|potas)"),
    red("minum racun atau obat banyak", r"(?:minum|nelen|telan|menelan|nenggak|tenggak) {3}(?:obat|pil|paracetamol|parasetamol) {4}(?:banyak|sekaligus|sebotol|semua\S*|over|biji|butir|strip|segenggam)"
        r"|(?:minum|nelen|telan|menelan) {2}(?:banyak|semua|sebotol|segenggam|belasan|puluhan) (?:obat|pil)|overdosis"),  # fmt: skip
    red("ingin gantung diri", r"(?:gantung|nggantung|menggantung|ngegantung) diri|nyiapin tali|tali {4}gantung"),
    red("ingin lompat", r"(?:loncat|lompat|terjun|nyebur|menceburkan|ceburin) {2}(?:dari|ke|menuju) {2}(?:jembatan|lantai|gedung|atap|rooftop|sungai|laut|rel|sumur|balkon|atas|flyover|tower|fly over)"
        r"|(?:nabrakin|ditabrak|tabrakin) {2}kereta|berdiri {3}(?:rel|jembatan|rooftop)"),  # fmt: skip
)

TRADE: tuple[Sign, ...] = (
    red("dijual atau dipaksa melayani", r"(?:force:\S+|disuruh|nyuruh|dijadiin|dijadikan|threat:\S+|dijebak|disuru|harus) {5}(?:openbo|sell:jual\.\w diri|jual diri|psk|lonte|melacur|pelacur|mangkal"
        r"|(?:layani|layanin|melayani|nemenin|ngelayanin|nglayani|temenin) {2}(?:tamu|paman|om2|pelanggan|klien|laki2|suami|orang|bapak2|lelaki|laki))"),  # fmt: skip
    red("dijual atau dipaksa melayani", r"(?:{korban}|dia|gadis|kami) {2}(?:mau )?sell:jual\.p(?! (?:murah|mahal|emas))",
        unless=r"(?:rumah|motor|mobil|emas|tanah|hp|hape|barang\S*|perhiasan|sawah|baju|laptop|harta|sertifikat|cincin|kalung|kebun|kambing|sapi|mas|tv|sepeda|data|foto|video|punya) {4}sell:jual\.p"),
    red("dijual atau dipaksa melayani", r"sell:jual\.[pab] {2}(?:{korban}|diri saya|(?:ke|menuju) (?:paman|om|lelaki|laki2|tamu|mucikari|muncikari|malaysia|orang|luar)|menuju {1}(?:malaysia|orang|paman|lelaki|tamu|luar)|di michat|lewat michat|michat|virgin\S*|perawan)",
        unless=r"(?:rumah|motor|mobil|emas|tanah|hp|hape|barang\S*|perhiasan|sawah|baju|laptop|harta|sertifikat|cincin|kalung) {4}sell:jual\.\w"),  # fmt: skip
    red("perdagangan orang", r"tppo|trafficking|human traf\S*|perdagangan (?:orang|manusia|anak)|mucikari|muncikari|germo"),
    red("dokumen ditahan, dipaksa bekerja", r"(?:paspor|passport|pasport|ktp|ijazah|dokumen|hp) {4}(?:ditahan|control:sita\.p|disimpan|diambil|dipegang|touch:pegang\.p) {8}(?:majikan|agen|agensi|mess|calo|sponsor|tidak (?:bisa|boleh) pulang)"),
    red("dokumen ditahan, dipaksa bekerja", r"(?:majikan|agen|agensi|mess|calo|sponsor|penampungan|kapal|judol|scam) {9}(?:tidak (?:bisa|boleh|dikasih|dibolehin) {1}(?:pulang|keluar|kabur)|force:paksa\.p kerja|paspor {3}(?:ditahan|diambil|dipegang))"),
    red("dokumen ditahan, dipaksa bekerja", r"force:paksa\.p kerja {8}(?:utang|hutang|tidak {2}(?:dibayar|digaji|boleh pulang|bisa pulang)|lock:\S+)|tidak (?:bisa|boleh) pulang {6}(?:majikan|agen|mess|utang|hutang)"),
)

ALL: tuple[Sign, ...] = (*BREATH, *WEAPONS, *THREAT_TO_KILL, *HELD, *NOW, *INJURY, *SELF, *TRADE)
