"""What makes a message merah because somebody wants to die or harms themselves, however softly it is said; one sign an entry.

Whose wish it is, the writer's or another person's, is told apart in `rules.people`. An abuser's threat to kill himself is kuning and
stands in `rules.amber_signs`. No sign here ever leads to a question about means.
"""

from rules.signs import Sign, red

SELF: tuple[Sign, ...] = (
    red("ingin bunuh diri", r"bundir"),
    red(
        "melukai diri",
        r"selfharm|(?:lukai|ngelukain|melukai|nyakitin|menyakiti|sakiti|sakitin|benturin|hit:\S+|nyiksa) {1}diri(?! kamu)|"
        r"(?:melukai|lukai) {1}tangan|tangan\S* {2}(?:lukain|dilukain|tak lukain)",
        r"(?:tangan|lengan)\S* {3}(?:penuh|banyak) {1}(?:sayatan|garis\S*|sayat\S*)|garis2 merah",
        r"(?:sayat\S*|nyayat\S*|menyayat|disayat|gores\S*|ngegores\S*|ngiris|iris|motong|potong|stab:(?:silet|tusuk)\.\w|silet|"
        r"pisau) {3}(?:tangan|nadi|pergelangan|paha|lengan|diri|urat)",
        unless=r"rambut|kuku|masak|bawang|sayur|daging",
    ),
    red(
        "ingin mati",
        r"(?:mau|lebih baik|mending|mendingan|biar|biarin|pilih|siap|rasanya|pikir\S*|kepikiran|harusnya|andai|seandainya|coba|"
        r"enakan|bagusan|cara) {2}mati",
        r"saya {2}mati {1}(?:aja|saja|ajah|sja|ae|wae)|(?:saya|biar) mati$|mati (?:aja|saja) (?:lah )?saya|kill:bunuh\.b (?:aja |"
        r"saja )?saya(?: aja)?",
        r"mati (?:aja|saja|wae|ae)(?= \||$)",
        unless=r"kamu|lucu|ngakak|serem|macet\S*|panas|stnk|bpjs|pajak|pedas|pedes|(?:dia|pelaku|suami|orang itu) {2}mati|"
        r"threat:\S+|{dekat} {3}kill:bunuh\.b saya",
    ),
    red(
        "tidak ingin hidup",
        r"(?:capek|cape|lelah|bosan|bosen|muak|jenuh|nyerah|menyerah|malas|males|tidak (?:mau|ingin|sanggup|kuat|bisa|pantas|pantes|pengen|"
        r"layak|berhak|usah|perlu|gelem))(?: \S+){0,2} hidup"
        r"(?! (?:pakai|bareng|serumah|bersama|susah|miskin|sendiri|menumpang|numpang|begini|gini|kaya|seperti|sehat|dengan|di|"
        r"berumah|mewah|tenang|tanpa|normal|bahagia|layak"
        r"|enak|ngontrak|satu|mandiri|lampu))",
    ),
    red(
        "ingin mengakhiri hidup",
        r"(?:akhiri|mengakhiri|ngakhiri|ngakhirin|akhirin|sudahi|diakhiri|selesaiin|nyudahi) {2}(?:hidup|semua|semuanya|nyawa|diri|"
        r"segalanya|hidupku)|biar {1}(?:selesai|kelar|tamat) {1}(?:semua|semuanya)",
        r"(?:tidak mau|tidak usah|tidak) {1}bangun sedang|(?:tidur|merem) {4}(?:tidak {1}bangun2?|selamanya)|(?:berharap|semoga|"
        r"pengen) {4}tidak {1}bangun",
        r"(?:masih )?mau coba sedang|sudah nekat|(?:pernah|sudah) {2}nyoba {2}(?:\d?x? ?gagal|\d kali|tapi ketauan|tapi ketahuan)|"
        r"tidak (?:usah|pernah) bangun {1}(?:besok|bangun)",
        r"(?:buat apa|ngapain) {1}hidup|tinggal nunggu (?:berani|hari|waktu)\S*|cepat {1}(?:panggil|dipanggil|jemput) saya|suicidal|"
        r"kill myself|want to die|wanna die|wanna be here|end it all",
    ),
    red(
        "pamit untuk mati",
        r"(?:besok|nanti|kalau|seandainya|kaget|andai|suatu) {6}saya {2}tidak ada(?= \||$| (?:sedang|di dunia|lagi|titip|tolong|"
        r"jaga|ibu|jangan|bu))|selamat tinggal (?:semua\S*|dunia|teman|anak)",
        r"kalau {1}saya tidak ada {4}(?:semua\S*|lebih|lega|tenang|besok)|kalau {2}saya tidak (?:bales|balas)|(?:tidak usah|"
        r"jangan) {1}(?:nunggu|nyariin|nyari|cari) {1}(?:saya|dia) {1}(?:besok|sedang)",
        r"(?:mau|maunya|mending|cuma mau|pengennya) {2}tidak ada (?:aja|saja)|(?:nulis|tulis|nyiapin|menulis) {1}surat {1}(?:buat|"
        r"untuk)|kalau (?:besok )?(?:ketabrak|ditabrak)",
        r"(?:titip|jaga|jagain|rawat) {3}anak {8}(?:saya {1}(?:pergi|tidak ada)|mati|selamanya)|(?:pergi|hilang|menghilang|"
        r"istirahat) {1}selamanya|tidur selamanya|surat (?:terakhir|wasiat|perpisahan)",
    ),
    red(
        "ingin hilang",
        r"mau {1}(?:hilang|menghilang|ngilang|lenyap)(?: (?:aja|saja|selamanya)|(?= \||$)| dari (?:dunia|bumi|sini))|"
        r"hilang dari (?:dunia|muka)|dunia {4}tanpa (?:saya|dia)|lebih baik {3}tidak ada saya|tidak (?:pernah )?dilahirkan",
        unless=r"pindah kota|sinyal",
    ),
    red(
        "ingin menyusul yang sudah tiada",
        r"(?:mau|ikut|cepat) {2}(?:nyusul|menyusul) {3}(?:almarhum\S*|alm|almh|surga|sana|mendiang|nenek|bapak|ibu)",
        unless=r"kerja|sekolah|pulang|ke {1}(?:kota|jakarta|rumah)",
    ),
    red(
        "minum racun atau obat banyak",
        r"(?:minum|minom|nelen|telan|menelan|nenggak|tenggak|makan|ngombe) {3}(?:poison:racun\.\w|baygon|pemutih|sianida|autan|"
        r"portas|bayclin|racun|potas|pembersih lantai|wipol|porstex|sabun cuci|detergen)",
        r"(?:minum|nelen|telan|menelan|nenggak|tenggak) {3}(?:obat|pil|paracetamol|parasetamol) {4}(?:banyak|sekaligus|sebotol|"
        r"semua\S*|over|biji|butir|strip|segenggam)"
        r"|(?:minum|nelen|telan|menelan) {2}(?:banyak|semua|sebotol|segenggam|belasan|puluhan) (?:obat|pil)|overdosis",
        r"(?:ngumpulin|kumpulin|nyimpen|simpan) {2}(?:obat|pil) {1}tidur|obat\S* {4}(?:kumpulin|kukumpulin|dikumpulin)|(?:kumpulin|"
        r"ngumpulin|dikumpulin) {2}obat|"
        r"nelen {1}banyak|obat tidur {4}(?:tangan|genggaman|semua)",
        unless=r"dokter {2}(?:suruh|kasih)|resep",
    ),
    red("ingin gantung diri", r"(?:gantung|nggantung|menggantung|ngegantung) diri|nyiapin tali|tali {4}gantung"),
    red(
        "ingin lompat",
        r"(?:loncat|lompat|terjun|nyebur|menceburkan|ceburin) {2}(?:dari|ke|menuju) {2}(?:jembatan|lantai|gedung|atap|rooftop|"
        r"sungai|laut|rel|sumur|balkon|atas|flyover|tower|fly over|dermaga)",
        r"^(?:\| )?saya (?:sedang |sudah )?di (?:atas |pinggir |ujung )?(?:jembatan|rel|rooftop|flyover|atap)(?: sekarang)?(?: \|)?$",
        r"(?:nabrakin|ditabrak|tabrakin|ram:\S+) {2}kereta|berdiri {3}(?:rel|jembatan|rooftop|ujung dermaga|pinggir)|"
        r"(?:hit:banting\.b|banting) (?:setir|stir) {3}(?:biar|aja|selesai)",
    ),
)
