"""Verbs of violence as people spell them: class, stem, other spellings.

The word list of danger stands on this table. A stem is found under its affixes (`rules.forms`), so 'cekik' also covers dicekik,
nyekik, mencekikku. Javanese and Lampung words that victims use belong here; spellings that ordinary words share do not.
"""

from rules.text import word_set

STEMS: dict[str, dict[str, str]] = {
    # breath
    "choke": {"cekik": "cekek ceki cekiq cekuk", "bekap": "bekep", "sumpal": "sumpel", "jerat": "lilit"},
    # killing
    "kill": {"bunuh": "bunoh bnuh bunh bonoh bunu", "pateni": "paten", "bantai": ""},
    # ambiguous on their own: money is finished and lamps are put out as well
    "end": {"habis": "abis", "mati": "mampus"},
    # blade, bullet, fire, poison, water, wheel
    "stab": {
        "bacok": "bacog",
        "tusuk": "tusok tojos sudet",
        "tikam": "tikem",
        "tebas": "tebes",
        "sabet": "",
        "gorok": "gorog sembelih sembeleh penggal",
        "silet": "",
        "celurit": "clurit",
        "kapak": "kampak",
    },
    "shoot": {"tembak": "bedil", "todong": "acung"},
    "burn": {"bakar": "obong", "sundut": "", "siram": "guyur", "setrika": "strika seterika"},
    "poison": {"racun": ""},
    "drown": {"tenggelam": "benam"},
    "ram": {"tabrak": "lindas lindes"},
    # held
    "lock": {"kunci": "konci gembok", "sekap": "sekep", "kurung": "krangkeng kerangkeng"},
    "tie": {"ikat": "iket taleni", "rantai": "rante", "pasung": "", "borgol": ""},
    "kidnap": {"culik": ""},
    # blows
    "hit": {
        "pukul": "pukol pukuk kepruk",
        "gebuk": "gebug gebok",
        "hajar": "",
        "tampar": "tampr tempar tapok",
        "gampar": "",
        "tonjok": "tonjog jotos bogem tinju",
        "tendang": "tendeng dugang sepak jejek",
        "tabok": "tabog",
        "gaplok": "gaplog keplak geplak kaplok plak",
        "tempeleng": "tempiling templeng tempeling",
        "jambak": "jembak",
        "banting": "bnting",
        "seret": "",
        "injak": "injek pijak",
        "lempar": "timpuk sambit balang",
        "dorong": "surung",
        "jedot": "jedod jeduk bentur",
        "hantam": "antem hantem",
        "pentung": "penthung",
        "aniaya": "aniyaya",
        "siksa": "sikso",
        "keroyok": "kroyok",
        "cambuk": "pecut lecut",
        "cakar": "",
        "gigit": "",
        "ludah": "",
        "jewer": "",
        "cubit": "jiwit",
        "kasar": "",
    },
    # sexual
    "rape": {
        "perkosa": "prkosa perksa rudapaksa",
        "gagah": "",
        "setubuh": "",
        "cabul": "cabol",
        "sodomi": "sodom",
        "hamil": "",
        "gilir": "",
    },
    "touch": {
        "raba": "grayang gerayang",
        "grepe": "gerepe",
        "leceh": "",
        "remas": "remes",
        "colek": "towel",
        "pegang": "pgang pegng",
        "cium": "sosor",
        "peluk": "",
        "intip": "",
        "elus": "",
        "gitu": "",
        "apaapa": "",
        "telanjang": "bugil",
    },
    "force": {"paksa": ""},
    # threats, pictures, control
    "threat": {"ancam": "ancem acam", "teror": "terror", "intimidasi": ""},
    "spread": {"sebar": "share viral posting upload"},
    "extort": {"peras": "peres"},
    "sell": {"jual": ""},
    "chase": {"kejar": "uber oyak buru"},
    "stalk": {"buntut": "", "kuntit": "untit", "stalk": "stalking"},
    "knock": {"gedor": "", "dobrak": ""},
    "rage": {"amuk": "amok"},
    "hide": {"umpet": "", "sembunyi": "sembuni singit"},
    "scold": {"hina": "hino", "maki": "pisuh", "caci": "", "bentak": "", "rendah": "", "remeh": ""},
    "control": {"kekang": "", "usir": "", "sita": "", "larang": "lrang"},
    "neglect": {"telantar": "terlantar lantar"},
    "bully": {"bully": "buli buly", "rundung": ""},
}

# Whole words that look like one of the above and are not.
NOT_VIOLENT: frozenset[str] = word_set(
    "makin semakin makian maknya beraninya senayan dananya select back speak banten perasaan perasaanku perasaanmu perasaannya perasan"
    " proksi siska bakrie keburu buruan keburukan buru terburu memikat delusi kejari pemegang pemeluk giliran gilirannya melilit"
    " penjual penjualan penjualnya jualan dol larangan sabut panjat tabung muka kuncian segitu segitunya gitu gitunya gituu gitulah"
    " bergilir terbentur sehabis abis habis habisnya abisnya abisan kehabisan penghabisan share viral posting postingan upload"
    " nyata nangis ngajar kuku pukulan dorongan pegangan ikatan berpegang kebanting lempar2an kasarnya rendahan"
    # 'dicekkan' is looked up, not choked; who snores is no butcher
    " dicekkan cekkan cekan dicekan dicekin cekin ngecekin ngecekkan dicekken ngorok ngoroknya ngorokan mengorok pengorok"
)
