"""What personal things look like in a message, and the words that stand before a name: the tables behind `rules.masking`.

General knowledge about how people here write numbers, addresses and names; nothing in it is about anybody.
"""

import re

from rules.text import word_set

NAME, NUMBER, NIK, MAIL, LINK, ACCOUNT, ADDRESS, PLACE, DATE, TIME, PLATE = (
    "[nama]", "[nomor]", "[nik]", "[email]", "[tautan]", "[akun]", "[alamat]", "[tempat]", "[tanggal]", "[jam]", "[plat]",
)  # fmt: skip
PLACEHOLDERS = (NAME, NUMBER, NIK, MAIL, LINK, ACCOUNT, ADDRESS, PLACE, DATE, TIME, PLATE)

_MONTHS = (
    r"jan(?:uari)?|feb(?:ruari)?|mar(?:et)?|apr(?:il)?|mei|jun[ie]?|jul[iy]?|agu(?:stus)?|ags|sep(?:tember)?|sept|okt(?:ober)?"
    r"|nov(?:ember)?|des(?:ember)?"
)
_SPOKEN = r"nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|dlapan|lapan"
_PLATES = (
    r"be|b|bg|bn|bd|ba|bb|bh|bk|bl|bm|bp|aa|ab|ad|ae|ag|a|d|e|f|g|h|k|l|m|n|p|r|s|t|w|z"
    r"|dk|dr|ea|eb|ed|de|dg|dh|kb|da|kh|kt|ku|db|dd|dl|dm|dn|dt|dw|pa|pb"
)
_STREET = (
    r"jl|jln|jalan|gg|gang|lorong|lrg|perum|perumahan|perumnas|komplek|kompleks|komp|cluster|griya|blok"
    r"|dusun|dsn|desa|kampung|kp|lingkungan|lk"
)
_HOUSE = (
    r"sd|sdn|smp|smpn|sma|sman|smk|smkn|mts|mtsn|man|mi|tk|paud|ponpes|pesantren|pondok|masjid|mesjid|musola|mushola|musholla|langgar|gereja"
    r"|vihara|pura|toko|warung|kafe|cafe|hotel|losmen|karaoke|pt|cv|klinik|puskesmas|rs|rsud|rsia|kos|kost|kosan|kontrakan|panti|yayasan"
    r"|kampus|univ|universitas|bengkel|salon|bank|pasar|psr|polsek|terminal|pabrik|apotek|bidan|indomaret|alfamart|kedai|laundry|ruko"
)
# how streets are called although the words are everyday ones
STREET_NAMES = word_set("""
pulau p raden sultan imam teuku jenderal jend letjen kh ki ratu pangeran soekarno sukarno hatta zainal za way urip diponegoro kartini
kapten mayor sam ratulangi gajah mada hayam wuruk pattimura sudirman ahmad yani antasari cendana kamboja flamboyan kakap tongkol
tenggiri durian rambutan mangga manggis nangka salak duku cengkeh kopi lada kelapa bambu beringin akasia anggrek kenari merpati kutilang
elang rajawali nuri gelatik cendrawasih morotai bawean sebesi legundi nias batam seram ternate tirtayasa endro pramuka veteran pahlawan
perintis teratai bougenville nusa nusantara
""")
_ORDINALS = r"(?: (?:negeri|n|swasta|islam))?(?: \d{1,3})+"


def _now(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# in this order: what is longest and surest first
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (_now(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)+|\b[\w.+-]+ (?:at|et) \w+ (?:dot|titik) \w+(?: (?:dot|titik) \w+)?"), MAIL),
    (
        _now(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|id|my|co|io|me|info|site|xyz|link|gg|ly|be)\b(?:/\S*)?(?!@)"),
        LINK,
    ),
    (_now(r"(?<![\w@])@ ?[\w.]{2,}"), ACCOUNT),
    (
        _now(
            r"\b(?:ig|instagram|insta|fb|facebook|tiktok|tt|twitter|telegram|tele|line|michat|akun|username|user ?name|id ?(?:ml|ff|game))"
            r"(?:(?: (?:saya|aku|dia|nya|gue|gw|ku|suami|pelaku|namanya|itu|ya|yg|yang|atas nama|an))*|nya|ku)? ?[:=]? ?"
            r"(?=[\w.]*[\d_.][\w.]*)(?!\w+2\b)[A-Za-z][\w.]{2,}"
        ),
        ACCOUNT,
    ),
    (_now(r"\b\w*(?:[a-z]\d|\d[a-z]|_)\w*_\w*\b|\b[a-z]+(?:_[a-z0-9]+)+\b"), ACCOUNT),
    (_now(r"(?<!\d)\d{2}(?:[ .-]?\d){14}(?!\d)"), NIK),
    (_now(rf"\b\d{{1,2}} ?[-/. ]? ?(?:{_MONTHS})\b(?: ?[-/.]? ?(?:20|19)?\d{{2}}(?!\d))?"), DATE),
    (_now(r"(?<!\d)\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:19|20)?\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2}(?!\d)"), DATE),
    (_now(r"\b(?:tgl|tanggal|tggl)\.? ?\d{1,2}(?: ?[-/.] ?\d{1,2})?(?!\d)"), DATE),
    (
        _now(
            rf"\b(?:bulan )?(?:{_MONTHS}) (?:tahun |thn )?(?:19|20)\d{{2}}(?!\d)"
            r"|\b(?:tahun|thn|th|taun|lahir|kelahiran) ?(?:19|20)\d{2}(?!\d)"
        ),
        DATE,
    ),
    (_now(rf"\b(?:{_PLATES}) ?\d{{3,4}} ?[a-z]{{1,3}}\b(?! ?(?:rb|jt|kg|km))"), PLATE),
    (re.compile(rf"\b(?:{_PLATES.upper()}) ?\d{{1,4}} ?[A-Z]{{1,3}}\b"), PLATE),
    (_now(r"(?:\+|\b00)?(?:62|[0o]8)(?:[ .()-]{0,2}[\do]){6,14}\b"), NUMBER),
    (_now(r"\(?(?<!\d)0\d{2,3}\)?[ -]?\d{5,8}(?!\d)"), NUMBER),
    (_now(r"(?<![\d.,])\d(?:[ .-]?\d){4,}(?!\d)"), NUMBER),
    (_now(rf"\b(?:(?:{_SPOKEN})[ ,.-]+){{5,}}(?:{_SPOKEN})\b"), NUMBER),
    (_now(r"(?<![\d:.])(?:[01]?\d|2[0-3])[.:][0-5]\d(?: ?wib)?(?![\d.:])"), TIME),
    (_now(r"\br\.?t\.? ?\d{1,3}(?: ?[/,-]? ?(?:r\.?w\.? ?)?\d{1,3}\b)?|\br\.?w\.? ?\d{1,3}"), ADDRESS),
    (_now(r"\b(?:no|nomor|nmr)\.? ?(?:rumah ?)?\d{1,4}(?:\s?[a-z]\b)?(?! ?(?:hp|wa))"), ADDRESS),
    (_now(r"\bblok ?[a-z]{0,2} ?[-/]? ?\d{1,4}[a-z]?\b|\bblok [a-z]{1,2}\b"), ADDRESS),
    (_now(rf"\b(?:{_HOUSE}){_ORDINALS}\b"), PLACE),
)
WORD = re.compile(r"\[\w+\]|[^\W\d_]+(?:['-][^\W\d_]+)*")
FREE = word_set("""
saya aku ku gue gw gua ane dia ia mu kamu anda kak kakak bu ibu pak bapak mas mbak bang abang dan atau yang yg di ke dari itu ini ada
tidak gak ga nggak enggak tdk udah sudah lagi mau akan juga aja saja adalah siapa apa panggil nama jangan jgn bisa boleh tetap masih cuma
""")
# 'bu', 'si', 'namanya': what follows is a name unless it is an everyday word
CALLED = word_set("""
pak bpk bapak pakde paklek pakdhe bu ibu bude bulek budhe mas mbak mba mbk mbah kak kakak kk bang abang om oom tante tan teh teteh neng
aa aak kang ustad ustadz ustadzah haji hj h dr dokter bidan suster pendeta romo kyai kiyai si sdr sdri saudara saudari dek adek adik
dedek kiyay gus cik koh ko ci encik puan tuan nyonya ny tn an bin binti alias
""")
NAMED = word_set("""
bernama namanya namaku namanye nama namaq namanku dipanggil panggil panggilan sebut panggilannya nm nmku
""")
# 'sama', 'suami saya': a strange word here is more likely a name than a misspelling
BESIDE = word_set("""
sama dengan dgn oleh sm ama suami suamiku istri istriku pacar pacarku mantan mantanku anak anakku majikan bos tetangga teman temen guru
paman bibi ayah papa mama bapak ibu adik kakak ponakan keponakan cucu pelaku tersangka korban untuk buat kepada ke dari ig fb instagram
facebook tiktok akun
""")
OWNERS = word_set("""
saya aku ku gue gw gua kami nya dia kita ane itu yg yang
""")
STREETS = _now(rf"\b(?:{_STREET})\b\.?")
HOUSES = _now(rf"\b(?:{_HOUSE})\b\.?")
