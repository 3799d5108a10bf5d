"""Frightening words that are harmless by what stands around them: a question that grills, a boss in a game, a knife in the kitchen.

Each entry names what, said anywhere in the message, makes the words count after all. Used only through `rules.harmless`.
"""

from rules.signs import compiled, keys_of

# What grills, chases, chokes or kills somebody without being a person.
_NOBODY = (
    r"pertanyaan\S*|soal2?|tugas2?|revisi\S*|deadline|biaya\S*|tagihan\S*|cicilan\S*|tarif\S*|ongkir|ongkos|pajak|denda|syarat2?|"
    r"formulir|berkas|persyaratan|kuota|jadwal|antrian|antrean|kerjaan|pekerjaan|target|laporan2?|ujian|ulangan|kuis|skripsi|sidang|"
    r"macet|kemacetan|panas|gerah|hujan|cuaca|matahari|rindu|kangen|sepi|notif\S*|iklan|spam|sinyal|wifi|buffering|loading|harga2?|diskon"
)
_GAME = r"hero|heroes|monster|zombie|enemy|creep|minion|jungler|marksman|assassin|npc|pro player|turret|bocil epep"
_GAMING = (
    r"push rank|pusrank|push ?rank|rank|ranked|mabar|ngegame|nge game|mobile legend\S*|ml|mlbb|pubg|ff|epep|free fire|valorant|genshin"
)

# The same where a doer or the talk around says that it is no person: the pattern, and what in the message makes it count after all.
ROUND_ABOUT = tuple(
    (keys_of(pattern), compiled(pattern), compiled(unless))
    for pattern, unless in (
        # a question, a bill or an examiner who grills
        (
            rf"(?:shoot:todong|kill:bantai|hit:\w+|chase:kejar|stab:\w+|choke:\w+|kill:bunuh)\.[pt] (?:pakai |oleh )?(?:{_NOBODY})",
            r"{senjata}",
        ),
        (
            r"kill:bantai\.p {1}(?:habis2an |oleh )?(?:dosen\S*|penguji\S*|pembimbing\S*|reviewer|hrd|interviewer|juri|klien|netizen|"
            r"warganet)|(?:skripsi|presentasi|proposal|sidang|revisi|makalah|lamaran|tim|timnas|klub|jagoan) {!4}kill:bantai\.p"
            r"|kill:bantai\.p {!3}(?:di|pas|waktu|saat) {1}(?:sidang|sempro|ujian|seminar|presentasi|interview|wawancara|rapat|kelas|"
            r"grup|komen\S*)",
            r"threat:\S+|{senjata}",
        ),
        # games: a hero, a boss, a lost match
        (
            rf"(?:kill|stab|shoot|hit|end|burn|chase|choke):\S+ (?:pakai |oleh |terus |mulu |sama )?(?:{_GAME})"
            rf"|(?:{_GAME}) {{!3}}(?:(?:kill|stab|shoot|hit|end|burn|chase):\S+|{{senjata}})",
            r"threat:\S+|suami|istri|mantan|pacar|bapak|ibu|paman|majikan|mertua|dia|mereka|{anak}",
        ),
        (
            rf"(?:{_GAMING}) {{!7}}(?:(?:kill|stab|shoot|end|burn|choke):\S+|mati|{{senjata}})"
            rf"|(?:(?:kill|stab|shoot|end|burn|choke):\S+|mati|{{senjata}}) {{!5}}(?:{_GAMING})",
            r"threat:\S+|suami|istri|mantan|pacar|bapak|ibu|paman|majikan|mertua|dia|mereka|{anak}",
        ),
        (
            r"(?:(?:kill|stab|shoot|end|burn|choke):\S+|mati|{senjata}) {!2}(?:di|dalam) (?:game|gem)",
            r"threat:\S+|suami|istri|mantan|pacar|bapak|ibu|paman|mertua|dia|mereka|{anak}",
        ),
        # a likeness: 'lidahnya seperti pisau', 'secepat senapan'
        (
            r"seperti {1}(?:ada |orang )?(?:{senjata}|_pistol_|_pisau_)(?: (?:mesin|otomatis|laser))?",
            r"bawa|touch:\S+|ambil|ngambil|ngeluarin|keluarin|megang|selip\S*|nyelipin|lihat|liat|keliatan|kelihatan|kantong\S*|saku|"
            r"benda|barang|sesuatu|ada seperti|{kekerasan}|(?:stab|chase|rage|shoot):\S+|takut",
        ),
        # kitchen, market and workshop
        (
            r"(?:resep|masak\S*|ngupas|mengupas|motong|potong|pramuka|operasi|katarak|kurban|qurban|tukang potong|pandai besi|dagang\S*|"
            r"jualan|jagal|pasar|sayur|ikan|daging) {!8}{senjata}|{senjata} {!8}(?:masak\S*|ngupas|pramuka|dagang\S*|kerjaan|jualan|"
            r"mangga|ayam|bawang|sayur|ikan|nanas|tukang potong)",
            r"{kekerasan}|(?:stab|chase|rage|shoot):\S+|takut|ngeluarin|suami|mantan|pacar|diri|nadi|marah\S*|tolong saya|dia",
        ),
        (
            r"{senjata} {!4}(?:hilang|dipinjem|dipinjam|ketinggalan|copot|minjem|belum ketemu|kebuang)",
            r"{kekerasan}|(?:stab|chase|rage|shoot):\S+|takut|suami|mantan|pacar|diri|marah\S*|dia {1}bawa",
        ),
        # animals, ghosts and other beings
        (
            r"(?:ayam|kambing|kucing|sapi|tikus|ular|uler|anjing|semut|bebek|burung|ikan|kerbau|kelinci|marmut|hamster)\S* {4}"
            r"(?:(?:kill|choke|stab|burn|hit|ram|hide|chase):\S+|sekarat|patah|di lemari)|(?:kill|choke|stab|hit|chase):\S+\.[pt] "
            r"(?:oleh |pakai )?(?:musang|ular|uler|anjing|kucing|kambing|setan|alien|macan|tawon|lebah|hantu|kuntilanak|pocong|angsa|"
            r"soang|banci|bencong|gangster kartun)|(?:kidnap|lock|kill):\S+ (?:oleh )?alien",
            r"suami|mantan|pacar|bapak|majikan|mertua|paman|threat:\S+|(?:dia|orang) {2}(?:hit|kill|choke|stab|burn|chase):\S+\.a",
        ),
        # love, and pain that only feels like it
        (
            r"(?:kill|stab|shoot|kidnap):\S+ (?:saya |kamu |[^| ]\S* )?(?:pelan2 |pelan pelan )?(?:pakai|oleh) (?:\S+ )?"
            r"(?:cinta\S*|gombalan\S*|"
            r"senyum\S*|rindu|kangen|tatapan\S*|masa lalu)|(?:kill|kidnap|stab):\S+ (?:\| )*(?:hati\S*|oleh rindu)",
            r"threat:\S+|{senjata}|suami|mantan",
        ),
        (
            r"seperti {1}(?:{pukulan}|stab:\S+|burn:\S+|choke:\S+)(?: (?:pakai )?(?:{benda}|{senjata}|hidup2|idup2))?",
            r"suami|mantan|pacar|bapak|majikan|mertua|paman|dia|mereka|orang|napas|nafas|threat:\S+",
        ),
        # politics, war and religion, where nobody near is meant
        (
            r"(?:kafir|teroris\S*|jihad|isis|wahabi|syiah|pki|komunis|koruptor|penjajah|zionis|israel|yahudi|tentara|militer|pemberontak|"
            r"presiden|jokowi|prabowo|demo|pendemo|stadion|suporter) {!7}(?:(?:kill|stab|shoot|burn|end):\S+|{senjata}|molotov|bom)"
            r"|(?:(?:kill|stab|shoot|burn|end):\S+|{senjata}|molotov|bom) {!5}(?:kafir|teroris\S*|jihad|isis|wahabi|syiah|pki|komunis|"
            r"koruptor|penjajah|zionis|israel|yahudi|presiden|jokowi|prabowo)",
            r"saya|kami|suami|istri|mantan|pacar|{anak}",
        ),
        (
            r"(?:angkat|mengangkat|gencatan|perlucutan) sajam|sajam (?:ala kadarnya|andalan\S*|rahasia|pamungkas|utama\S*|ampuh\S*|nuklir|"
            r"biologis|kimia|keren|hoax|hoaks)|(?:hoax|hoaks|fitnah|doa|senyum\S*|kata2|air mata|pena|ilmu) {2}sajam",
            r"{kekerasan}|bawa|touch:\S+",
        ),
        (
            r"(?:kain )?kafan {~7}(?:muslim|islam|umat|yahudi|kristen|budaya|sunah|sunnah|jenazah|mayit|fiqih|hukum\S*|harga\S*|meter)"
            r"|(?:muslim|islam|umat|jenazah|mayit|fiqih|jual|toko|harga|fardu|ngurus\S*) {~7}(?:kain )?kafan",
            r"threat:\S+|ngirim|mengirim|kirim\S*|dikirim\S*|dikasih|suami|mantan|pacar",
        ),
        (
            r"(?:orang|kamu|koruptor|penjahat|pemerkosa|pelaku|cina|antek|mereka|manusia|pejabat|pemerintah|kaum) {!5}"
            r"tidak (?:layak|pantas|pantes|berhak) {1}hidup",
            r"saya|diri|kami",
        ),
        # trodden on by accident
        (r"hit:injak\.[pt] {1}(?:paku|botol|beling|batu|gelas|duri|kaca|lego|tahi|tai)", r"muka|kepala|dada|suami|mantan|bapak"),
    )
)
