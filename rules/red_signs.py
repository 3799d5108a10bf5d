"""What makes a message merah by its words alone: breath, weapons, threats to kill, grave injuries; one sign an entry.

Follows the office's taxonomy of danger. Recall goes before precision: a needless alarm costs an officer a minute. Harmless uses of
the same words are kept in `rules.harmless`; danger at this moment and trade in `rules.red_signs_now`, self-harm in `rules.self_harm_signs`.
"""

from rules.signs import Sign, red

_AT = r"(?:pakai|pke) {2}"

BREATH: tuple[Sign, ...] = (
    red(
        "anak kecil dibanting atau dipukul",
        r"{anak} {6}hit:banting\.p|{anak} {2}(?:\d+|se) ?bulan {3}hit:\S+\.p",
        unless=r"harga\S*|susu|popok|baju|mainan",
    ),
    red("dicekik", r"choke:cekik\.\w", r"bekas {2}(?:choke:cekik\.\w|cekikan)"),
    red("dibekap", r"choke:bekap\.\w"),
    red(
        "leher dijerat atau ditekan",
        r"leher {3}(?:choke|tie|hit:injak|hit:pukul|touch:pegang|touch:remas)\S*",
        r"leher {2}(?:ditekan|dijepit|dipiting|diteken|dipencet|dipelintir|dililit|dicengkeram|dicengkram|diremas)",
        r"(?:choke:jerat|tie:ikat|hit:injak|touch:pegang|touch:remas)\.\w {2}leher",
        r"(?:nekan|neken|piting|dipiting|miting|mencengkeram|nyengkram|mencet) {2}leher",
        r"(?:tangan|jari|kaki|lutut|siku) {2}(?:di|ke|menuju) {1}leher",
        r"(?:bekas|memar|lebam|merah) {3}leher",
    ),
    red(
        "mulut atau hidung ditutup",
        r"(?:tutup|ditutup|nutup|nutupin|ditutupin|menutup|disumpal|choke:sumpal\.\w|bungkam|dibungkam) {4}(?:mulut|hidung|muka) {4}"
        r"(?:bantal|selimut|kain|plastik|lakban|handuk|napas|nafas)",
        r"(?:mulut|hidung|muka) {4}(?:tutup|ditutup|ditutupin|ditekan|diteken|dibungkus) {3}(?:bantal|selimut|kain|plastik|lakban|handuk)",
        r"(?:naruh|taruh|menaruh|neken|nekan|ditekan|nempelin) {1}bantal {3}(?:muka|hidung|mulut)|bantal {2}(?:di|ke|"
        r"menuju) {1}(?:muka|hidung|mulut)",
        r"mulut {2}choke:sumpal\.\w {2}(?:kain|lap|kaos|roti|tanah)|mulut {1}dilakban",
    ),
    red(
        "tidak bisa bernapas",
        r"(?:sampai|terus|leher|sudah) {2}tidak bisa (?:ber)?na[pf]as|sampai (?:sesak|sesek|abis|habis) na[pf]as|"
        r"pandangan\S* {2}(?:gelap|burem|buram)",
        needs=r"{kekerasan}|choke:\S+|leher|bantal|hidung|ditekan|muka",
    ),
    red(
        "kepala dibenamkan",
        r"drown:\S+\.[pa] {4}(?:{korban}|kepala|bak|sungai|air|ember)|(?:kepala|{korban}) {3}drown:\S+\.p",
        r"kepala {3}(?:dimasukin|masukin|dimasukkan|dicelup\S*|dicelep\S*|ditenggelamin|hit:dorong\S*) {4}(?:air|ember|bak|kolam|"
        r"laut|sungai|kloset|closet|wc)",
        r"(?:masukin|memasukkan|nyelupin|celupin|hit:dorong\.\w|neken|nekan) {1}kepala {4}(?:air|ember|bak|kolam|laut|sungai|kloset)",
    ),
)

WEAPONS: tuple[Sign, ...] = (
    red("menyebut {senjata}", r"{senjata}"),
    red("menyebut pisau", r"_pisau_"),
    red("menyebut pistol", r"_pistol_", unless=r"shoot:tembak\S*|cinta|hati"),
    red(
        "dibacok atau ditusuk",
        r"stab:(?:bacok|tikam|sabet|tebas|gorok|celurit|kapak|silet)\.[pat]",
        r"(?:bilang|mau|threat:\S+|saya|{dekat}) {3}stab:(?:bacok|tikam|sabet|tebas|gorok)\.b",
        r"stab:tusuk\.[pt]|ngorok {1}(?:leher|{korban})",
        r"stab:tusuk\.[ab] {2}(?:{korban}|perut|punggung|tangan|paha|leher|badan)|{dekat} {2}stab:tusuk\.[ab]",
        unless=r"cinta|hati|pertanyaan\S*|kata2\S*|omongan\S*|nyinyiran",
    ),
    red("luka senjata tajam", r"(?:lebam|luka|robek) (?:stab:\S+|tusukan|bacokan|sabetan|sayatan|shoot:tembak\.\w)"),
    red(
        "ditodong atau ditembak",
        r"shoot:todong\.[pa] {3}(?:{korban}|{senjata}|{benda}|muka)|shoot:todong\.p",
        r"threat:\S+ {4}shoot:tembak\.\w|shoot:tembak\.\w {3}(?:mati|kepala|dada|polisi|tni|peluru)|shoot:tembak\.p mati",
    ),
    red(
        "dipukul dengan {benda}",
        r"(?:{pukulan}|hit:lempar\.\w {2}kena|threat:\S+|chase:\S+|nyerang|menyerang|diserang|diayun\S*|ngayun\S*) {4}pakai {2}{benda}",
        r"(?:{pukulan}|diketok|digetok|kena|ketimpuk) {1}{benda}|{benda} (?:melayang|mendarat|ditempel\S*|nempel)|"
        r"pakai {2}{benda} {5}(?:{pukulan}|threat:\S+|chase:\S+)",
        r"(?:bawa|ambil|ngambil|mengambil|touch:pegang\.\w|angkat|ngangkat|nyari|mengangkat|nyiapin) {2}{benda} {6}"
        r"(?:{pukulan}|mau {2}(?:{korban}|hit:\S+)|chase:\S+|threat:\S+|hit:lempar\.\w {2}{korban})",
        r"(?:chase|rage|threat):\S+ {3}(?:bawa|touch:pegang\.\w|ambil) {1}{benda}|bekas {2}(?:{benda}|sabetan|cambukan)",
        unless=r"main (?:bola|bulutangkis|badminton)|jatuh sendiri|lantai|tukang",
    ),
    red(
        "membawa {benda}",
        r"(?:bawa|ambil|ngambil|touch:pegang\.[ab]|muter2in|ngayun\S*) {1}{benda}",
        needs=r"takut|ngamuk|rage:\S+|marah\S*|mabuk|hide:\S+|tolong|sini|kesini|teriak\S*|{kekerasan}|kolong|lemari",
        unless=r"tukang|kerja|jualan|beli|bengkel|masak",
    ),
    red(
        "disiram atau dibakar",
        r"burn:siram\.\w {3}(?:air_keras|air_panas|bensin|api)|burn:siram\.\w {3}(?:kuah|kopi|teh|air|minyak|sop|"
        r"wedang) {1}(?:panas|mendidih)|burn:siram\.p {3}(?:panas|mendidih)",
        r"(?:mau|threat:\S+|bilang) {4}burn:bakar\.\w {2}(?:{korban}|rumah|kamar|hidup2?|semua|motor saya)",
        r"(?:{korban}|rumah|badan|kami) {2}(?:mau )?burn:bakar\.p|burn:bakar\.p hidup2?|(?:bkr|bakar) (?:rumah|rmh)",
        r"bensin {6}(?:korek|disiapin|burn:\S+|disiram\S*|pintu|teras|kompor|rumah|lantai)|(?:bau|nyiram|nyalain|nyiapin|nuang|"
        r"numpahin|korek|tabung) {4}bensin",
        r"(?:bom )?molotov|(?:korek|api) {3}(?:rambut|baju|badan|muka|deket|dekat)|(?:tabung )?gas {4}korek",
        unless=r"dingin|es teh|es batu|akta|sampah|foto|baju|ijazah|kaya|panas {2}(?:hari|cuaca)|hari ini|cuaca",
    ),
    red(
        "disundut atau disetrika",
        r"burn:sundut\.\w|rokok {3}(?:ke|di|menuju) {1}(?:badan|tangan|kaki|paha|muka|kulit|punggung)|bekas {1}(?:rokok|setrika|sundutan)",
        r"(?:{korban}|tangan|paha|punggung|badan|kaki|pipi|perut|kulit|betis) {3}burn:setrika\.p|burn:setrika\.p {2}(?:{korban}|tangan|"
        r"paha|badan)|burn:setrika\.a (?:{korban}|tangan|paha|punggung|badan|kaki|pipi|perut|kulit|betis)(?! (?:baju|pakaian|seragam))",
    ),
    red(
        "diracun",
        r"(?:{korban}|mau|makanan|minuman) {3}poison:racun\.[pa]|poison:racun\.[pa] {2}{korban}",
        r"poison:racun\.b tikus {3}(?:saku|makanan|minuman|kopi|celana|tas)",
    ),
    red("ditabrak dengan sengaja", r"(?:mau|sengaja|coba|threat:\S+|nekat) {3}ram:\S+", r"ram:\S+\.p {2}(?:sengaja|suami|mantan|pacar)"),
    red(
        "didorong dari tempat tinggi",
        r"hit:(?:dorong|lempar)\.p {3}dari {1}(?:tangga|lantai|balkon|motor|mobil|jembatan|atas|loteng)",
        r"digantung {3}(?:balkon|lantai|jembatan|kepala)",
    ),
    red("disetrum", r"disetrum|nyetrum {1}{korban}"),
)

_JOKE = (
    r"bot|min|admin|wkwk\S*|haha\S*|hehe|canda|becanda|awokwok|cinta|rindu|kangen"
    r"|tugas|skripsi|kalkulus|game|mabar|tim|musuh|ayam|kambing|kucing|sistem|harga\S*|pasar"
)

THREAT_TO_KILL: tuple[Sign, ...] = (
    red(
        "ancaman bunuh",
        r"threat:\S+ {6}(?:kill:\S+|end:(?:habis|mati)\.[ab])|(?:kill:\S+) {4}threat:\S+",
        r"kill:bunuh\.b (?:bilang|katanya)|kill:\S+\.p {2}(?:bilang|kalau)|(?:anak|saya|kami|ibu) {2}dia end:habis\.\w",
        r"(?:{korban}|mau|takut|nanti|bilang|kalau|bisa2|siap2) {5}kill:\S+\.p|kill:\S+\.p {3}(?:{korban}|{pelaku}|pakai {1}{dekat})",
        r"(?:{pelaku}|mau|bilang|saya|bisa|coba|nyoba|hampir|berniat) {4}kill:\S+\.[ab] {3}(?:{korban}|kamu|dia|kami|suami|pacar|"
        r"mantan|orang tua|sekeluarga)",
        r"{dekat} {3}(?:mau|coba|nyoba|berniat|siap|berusaha|nekat) {2}kill:\S+\.[ab]|rencana {2}kill:\S+|(?:percobaan|ancaman|"
        r"rencana) kill:\S+",
        unless=_JOKE,
    ),
    red(
        "ancaman bunuh",
        r"(?:kill:bunuh|end:habis)\.[ab] {1}kamu",
        needs=r"dia|suami|istri|mantan|pacar|bapak|ibu|bilang|chat|wa|sms|threat:\S+|paman|kakak|awas",
        unless=_JOKE,
    ),
    red(
        "ancaman menghabisi",
        r"(?:mau|threat:\S+|bilang|siap|pasti) {4}end:(?:habis|mati)\.[abp] {2}(?:{korban}|kamu|nyawa|sekeluarga|kami|dia)",
        r"(?:{korban}|kami|dia|kamu) {3}end:(?:habis|mati)\.p",
        r"(?:mau|takut|nanti|bisa|bilang) {1}end:(?:habis|mati)\.p",
        unless=(
            r"telepon\S*|telpon\S*|hp|hape|lampu|wifi|listrik|data|mesin|skripsi|karir|usaha|akun|indomie|nasi|makanan|uang|gaji|"
            r"semua lauk|kuota|rokok"
        ),
    ),
    red(
        "nyawa terancam",
        r"nyawa {3}(?:terancam|threat:\S+|taruhan\S*|hilang|melayang|bahaya|diincar|dicabut)|(?:incar|ngincar|hilangkan|"
        r"menghilangkan|cabut|nyabut|threat:\S+) {2}nyawa",
        r"(?:bayar|ganti|tebus) {1}nyawa|nyawa {1}bayar nyawa|mau nyawa",
    ),
    red(
        "ancaman dengan kematian",
        r"(?:kain )?kafan|liang (?:kubur|lahat)\S*|(?:tinggal|pulang|cuma) {2}nama|(?:jadi|jd|dijadiin) {1}(?:mayat|bangkai)|"
        r"mandi darah|(?:masuk|kirim) {1}(?:kuburan|liang)",
        r"(?:dikubur|ngubur|mengubur|kubur) {2}(?:hidup2?|{korban}|kamu)|{korban} {4}(?:dikubur|kubur)|umpan (?:hiu|ikan|buaya)|"
        r"lebaran terakhir\S*|tidak (?:mau )?sampai lebaran",
        r"(?:potong|motong|putus|patahin|belah|pecahin|mecahin) {1}(?:leher|kepala) {1}(?:{korban}|kamu)|(?:bilang|"
        r"threat:\S+) {5}{korban} {2}mati|kamu {1}cepat mati",
        r"sampai {1}(?:{korban}|kamu) mati|(?:{korban}|kamu) {1}(?:pasti|harus|mau) mati pakai|mati {1}di tangan|"
        r"tahu {2}(?:akibatnya|rasa) {2}mati|siap2 (?:aja|saja) {1}(?:mati|kamu)",
        unless=_JOKE + r"|nama (?:saya|ibu|anak|lengkap|jalan)|nama baik|film|cuma nama",
    ),
    red(
        "dipukuli sampai hampir mati", r"{pukulan} {6}(?:hampir|nyaris|setengah|mau|sampai) mati", r"(?:hampir|nyaris) {2}mati {4}{pukulan}"
    ),
)

INJURY: tuple[Sign, ...] = (
    red(
        "berdarah banyak",
        r"berdarah {2}(?:terus|banyak|deras|parah|kepala|hebat|tidak {1}berhenti|dari {1}(?:kepala|telinga|kuping))|(?:kepala|perut|"
        r"telinga) {2}berdarah|(?:sedang|masih|terus|sekarang) {1}berdarah",
        r"darah {4}(?:banyak|terus|deras|netes\S*|muncrat|ngalir|mengalir|dimana2|tidak {1}berhenti|belum {1}berhenti)|(?:banyak|"
        r"berlumuran|bersimbah|penuh|muntah) {1}darah|_darah_",
        r"pendarahan|perdarahan|^(?:\| )?(?:saya |tolong )?berdarah(?= \||$)|kepala {2}bocor|bocor {1}kepala|kepala {3}(?:sobek|"
        r"robek|dijahit)|lantai {2}merah",
        unless=r"(?:dikit|sedikit|kering|sudah berhenti)|nabrak|motor|kantong|dompet",
    ),
    red(
        "pingsan",
        r"pingsan",
        r"tidak sadar(?:kan)? {1}diri|tidak sadarkan|tidak sadar2|(?:hilang|ilang) kesadaran|{korban} {2}tidak (?:bangun2?|gerak|bergerak)",
        unless=r"ketawa|ngakak|wkwk\S*|kepanasan|panas|macet|diet|upacara",
    ),
    red(
        "patah tulang",
        r"(?:tulang|tangan|kaki|hidung|rusuk|gigi|jari|bahu|rahang|leher|lengan)\S* {2}patah|patah {1}(?:tulang|tangan|kaki|rusuk|"
        r"hidung|jari|bahu|rahang|lengan|gigi|leher)\S*",
        r"(?:matahin|dipatahin|patahin|mematahkan) {1}(?:tangan|kaki|jari|gigi|hidung|leher)|(?:dipuntir|dipelintir|ditekuk|"
        r"hit:\S+) {5}sampai patah",
    ),
    red(
        "luka bakar",
        r"(?:luka|lebam) burn:\S+|luka bakar|melepuh|(?:badan|kulit|tangan|muka) {1}gosong|kulit {2}(?:ngelupas|mengelupas|terkelupas)",
        unless=r"skin|game|ff|kompor|masak|knalpot",
    ),
    red("tidak sadar atau kritis", r"{korban} {3}(?:sekarat|kritis|kejang2?)", unless=r"hp|hape|baterai|batre|kucing|motor"),
    red(
        "dipukul saat hamil",
        r"hamil {~14}(?:hit|stab|choke):\S+\.p|(?:hit|choke):\S+\.p {~14}hamil|hit:\S+\.[ab] {1}(?:saya|istri|perut|kakak|adik|anak|"
        r"dia) {~9}hamil|hamil {~9}hit:\S+\.[ab] {1}(?:saya|istri|perut|dia)",
    ),
    red(
        "dipukul saat hamil",
        r"hit:\S+ {2}perut|perut {2}hit:\S+",
        needs=r"hamil|kandungan|janin|lahiran|lahir|keguguran|usg|trimester|bidan",
    ),
)

ALL: tuple[Sign, ...] = (*BREATH, *WEAPONS, *THREAT_TO_KILL, *INJURY)
