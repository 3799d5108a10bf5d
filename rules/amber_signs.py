"""What makes a message kuning by its words alone: real violence, control or fear without a sign of danger to life; one line a sign."""

from rules.signs import Sign, amber

BLOWS: tuple[Sign, ...] = (
    amber("dipukul", r"{pukulan}(?<=\.p)"),
    amber(
        "dipukul",
        r"(?:{pukulan})(?<=\.[ab]) {2}(?:saya|anak|adik|ibu|istri|kami|murid|keponakan|cucu|teman|kakak|tetangga|dia|orang tua|"
        r"pembantu|bapak|perempuan)",
    ),
    amber("dipukul", r"(?:{pelaku}) {3}(?:{pukulan})(?<=\.[ab])"),
    amber(
        "dipukul",
        r"hit:(?:lempar|ludah|kasar|dorong|cubit)\.p|hit:(?:lempar|kasar|dorong|ludah|cubit)\.[ab] {2}(?:saya|anak|adik|ibu|istri|kami)",
    ),
    amber(
        "kekerasan di rumah",
        r"kdrt|main tangan|ringan tangan|enteng tangan|maen tangan|tangan besi|kekerasan|dikasari|dikdrt|aniaya|penganiayaan|"
        r"berantem {3}hit:\S+",
    ),
    amber("ada luka pukulan", r"lebam|babak belur|(?:badan|muka|mata|pipi|bibir) {2}(?:bengkak|biru|sobek|robek|lebam|luka)"),
    amber("belum sampai berdarah", r"(?:belum|tidak) {2}sampai {1}(?:berdarah|patah|pingsan|lebam)"),
    amber(
        "barang dibanting",
        r"hit:(?:banting|lempar|tendang)\.[ab] {2}(?:pintu|piring|gelas|hp|barang\S*|perabot\S*|meja|kursi|tv)|(?:piring|gelas|hp|"
        r"barang\S*|helm|asbak) {3}hit:(?:banting|lempar)\.p",
    ),
    amber("pelaku mengamuk", r"rage:amuk\.[ab] {4}|{dekat} {3}rage:amuk\.\w"),
    amber("dibakar, diikat atau dikunci", r"lock:kunci\.p {3}di luar|tidak {1}(?:bisa|boleh|dibolehin|dikasih) masuk {1}rumah"),
    amber(
        "perkelahian di rumah",
        r"(?:sering|suka|denger|dengar|kedengeran|ada) {3}(?:teriakan|jeritan|teriak2?|nangis2?|suara {1}hit:\S+|"
        r"jerit2?) {4}(?:tetangga|sebelah|tolong|minta tolong|malam)|(?:tetangga|sebelah) {5}(?:teriak\S*|jerit\S*|nangis\S*)",
    ),
)

SEXUAL: tuple[Sign, ...] = (
    amber(
        "kekerasan seksual",
        r"rape:(?:perkosa|gagah|setubuh|cabul|sodomi)\.[patn]|rape:(?:gilir|hamil)\.p|rape:(?:perkosa|cabul|sodomi)\.b|pemerkosa\S*|"
        r"pelecehan|kekerasan seksual",
    ),
    amber(
        "kekerasan seksual",
        r"force:paksa\.\w {4}(?:hubungan|berhubungan|ml|seks|sex|begituan|gituan|touch:gitu\.\w|layani|melayani|ngelayanin|ngentot|"
        r"ewe|intim|jimak|hs|main|tidur bareng|tidur pakai|ciuman|touch:cium\.\w|aborsi|gugurin)",
    ),
    amber(
        "disentuh tanpa mau",
        r"touch:(?:raba|grepe|leceh|remas|colek|intip)\.[pat]|touch:(?:pegang|cium|peluk|elus|gitu|apaapa|telanjang)\.p {4}(?:dada|"
        r"pantat|bokong|paha|payudara|kemaluan|anu\S*|itu\S*|paksa|force:\S+)",
    ),
    amber(
        "disentuh tanpa mau",
        r"touch:(?:gitu|apaapa)\.p|touch:(?:pegang|remas|raba|grepe|cium|peluk|colek)\.a {2}(?:dada|pantat|bokong|paha|payudara|"
        r"kemaluan|saya {2}(?:paksa|tanpa))|touch:pegang\.p",
    ),
    amber(
        "disentuh tanpa mau",
        r"force:paksa\.\w {2}(?:buka|telanjang|touch:\S+)|(?:nunjukin|mamerin|ngeluarin|memperlihatkan|pamer) {2}(?:kemaluan|"
        r"kelamin|alat|anu\S*|burung\S*|titit)",
    ),
    amber("pelecehan", r"catcall\S*|disiul\S*|digodain|dipepet|dicabuli|pelecehan\S*|dilecehkan"),
)

ONLINE: tuple[Sign, ...] = (
    amber(
        "foto atau video disebar atau diancam",
        r"(?:foto|video|rekaman|chat|aib|data) {5}(?:spread:\S+\.[pa]|spread:sebar\.b|spread:viral\S*|dikirim|direkam)|"
        r"(?:spread:sebar|spread:viral|spread:share|spread:\S+)\.[ab] {4}(?:foto|video|aib|rekaman|data)",
    ),
    amber(
        "foto atau video disebar atau diancam",
        r"threat:\S+ {5}(?:spread:\S+|foto|video|sebar)|(?:foto|video) {4}threat:\S+|mau {2}spread:(?:sebar|viral)\S*|"
        r"mau di ?(?:viralin|sebarin)",
    ),
    amber(
        "diperas",
        r"extort:peras\.[pa]|pemerasan|sextortion|revenge porn|(?:minta|disuruh) {2}(?:transfer|tf|uang) {6}(?:spread:\S+|foto|video)",
    ),
    amber(
        "dipaksa mengirim foto atau video",
        r"(?:force:\S+|disuruh|diminta|threat:\S+) {4}(?:pap|vcs|telanjang|touch:telanjang\.\w|kirim {1}(?:foto|video)|"
        r"foto {2}(?:telanjang|touch:telanjang\.\w))|(?:foto|video) {1}(?:telanjang|bugil|touch:telanjang\.\w|porno|syur|asusila)",
    ),
    amber(
        "dikuntit",
        r"stalk:\S+\.[pab]|(?:diikuti|diikutin|dipantau|dimata2i|disadap|dilacak|diteror) {3}(?:terus|kemana2|mantan|pacar|suami|hp|"
        r"lokasi)?|ngikutin {1}saya|akun palsu|akun {1}(?:fake|bodong) {4}saya|deepfake|(?:hp|akun|wa) {3}(?:disadap|dihack|diretas)",
    ),
)

CONTROL: tuple[Sign, ...] = (
    amber("diancam", r"threat:\S+\.[patb]"),
    amber(
        "dikekang",
        r"(?:tidak boleh|control:larang\.p|dilarang|tidak dibolehin|tidak {1}dikasih|tidak diizinin) {2}(?:keluar|kerja|ketemu|"
        r"pulang|main|pegang|touch:pegang\.\w|bicara|ngobrol|kemana2|punya|sekolah|kuliah)|control:kekang\.[pat]",
    ),
    amber(
        "dikekang",
        r"(?:hp|hape|uang|ktp|gaji|atm|motor|buku nikah|kk|dompet|rekening) {3}(?:control:sita\.p|diambil|dirampas|ditahan|disita|"
        r"dipegang|dikuasai|dicek)",
    ),
    amber("diusir", r"control:usir\.[pa]|ditalak|dicampakkan"),
    amber(
        "dihina",
        r"scold:(?:hina|maki|caci|bentak|remeh)\.[pa]|scold:rendah\.[pa]|dikatain|dikata2in|direndahin|dianggap {1}(?:babu|pembantu|"
        r"sampah)|gaslight\S*",
    ),
    amber(
        "dipaksa menikah",
        r"force:paksa\.\w {2}(?:nikah|kawin|menikah|dinikahin)|(?:dinikahin|dikawinin|dijodohin|dinikahkan) {3}(?:paksa|force:\S+)|"
        r"kawin paksa|nikah paksa",
    ),
    amber(
        "takut",
        r"takut {3}(?:pulang|rumah|suami|bapak|mantan|pacar|paman|dia|ketemu)|tidak (?:berani|mau|bisa) {1}pulang|"
        r"trauma {3}(?:suami|bapak|mantan|dia|rumah)|saya {2}takut$|^takut$|takut (?:banget|sekali)",
    ),
    amber(
        "dipaksa berutang",
        r"(?:force:\S+|disuruh|data saya|nama saya|atas nama) {4}(?:pinjol|utang|hutang|ngutang|pinjam\S*)|pinjol {3}nama",
    ),
)

CHILD: tuple[Sign, ...] = (
    amber(
        "anak ditelantarkan",
        r"(?:{anak}) {5}(?:neglect:\S+|kelaparan|tidak {1}(?:dikasih|dikasi|diberi) {1}makan|ditinggal|dibuang|"
        r"neglect:telantar\.\w)|neglect:telantar\.p",
    ),
    amber("anak dirundung", r"bully:\S+\.[pab]|bully|perundungan"),
    amber("anak dipukul", r"(?:{anak}) {4}hit:\S+\.p|hit:\S+\.[ab] {1}(?:{anak})"),
    amber("anak diganggu", r"(?:{anak}) {5}(?:rape|touch):(?!peluk|elus)\S+\.p"),
)

DESPAIR: tuple[Sign, ...] = (
    amber(
        "putus asa",
        r"putus asa|tidak (?:ada )?(?:harapan|gunanya|artinya|berguna|guna|arti) {2}(?:hidup|sedang|saya)?|hidup {3}(?:hancur|"
        r"tidak {2}(?:guna\S*|arti\S*|berarti|berguna))|hancur hidup|(?:capek|cape|lelah) hidup {1}(?:seperti|begini|gini|kaya)",
    ),
    amber("tidak kuat lagi", r"(?:sudah )?tidak (?:kuat|sanggup|tahan) (?:sedang|lagi)"),
    amber(
        "pelaku mengancam bunuh diri",
        r"(?:dia|suami|mantan|pacar|istri|perempuan) {5}(?:threat:\S+|bilang|mau) {5}(?:bundir|mati|gantung diri|lompat|loncat|"
        r"terjun|minum racun)",
        needs=(
            r"kalau {4}(?:putus\S*|pisah|cerai\S*|pergi|ninggal\S*|nolak|pulang|ngajuin|putusin|balikan)|"
            r"setiap {2}(?:saya )?(?:minta )?(?:putus|pisah|cerai)|threat:\S+"
        ),
    ),
    amber(
        "minta tolong",
        r"tolong saya|tolong kami|tolongi?n? (?:saya|kami|anak)",
        r"^(?:\| )?(?:kakak |bu |ibu |bapak |min |minta )?(?:tolong(?: \|)? ?){1,4}(?:kakak|bu|ibu|bapak|min)?$",
        r"butuh (?:bantuan|pertolongan)|minta {1}(?:tolong|pertolongan|bantuan) {2}(?:saya|kami|anak)?$",
    ),
)

ALL: tuple[Sign, ...] = (*BLOWS, *SEXUAL, *ONLINE, *CONTROL, *CHILD, *DESPAIR)
