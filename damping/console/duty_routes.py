"""The addresses of duty: board, roster, reviews, calls, search, labels. Part of the table in `routes.py`."""

from damping.console import board, calls, drill, lessons, reviews, roster, searching, sidebar
from damping.console.doors import Door, Route

_C = "/percakapan/{conversation:str}"

DUTY_ROUTES: tuple[Route, ...] = (
    Route("GET", "/papan", Door.LEAD, board.page),
    Route("GET", "/papan/isi", Door.LEAD, board.piece, by_itself=True),
    Route("GET", "/papan/waktu-tunggu.csv", Door.LEAD, board.as_csv),
    Route("GET", "/jadwal", Door.DUTY, roster.page),
    Route("POST", "/jadwal/giliran", Door.LEAD, roster.add),
    Route("POST", "/jadwal/giliran/{shift:str}/hapus", Door.LEAD, roster.remove),
    Route("POST", "/jadwal/giliran/{shift:str}/pengganti", Door.LEAD, roster.substitute),
    Route("POST", "/jadwal/salin", Door.LEAD, roster.copy_week),
    Route("POST", "/jadwal/libur", Door.LEAD, roster.add_holiday),
    Route("POST", "/jadwal/libur/{day:str}/hapus", Door.LEAD, roster.remove_holiday),
    Route("GET", "/tinjauan", Door.LEAD, reviews.page),
    Route("POST", "/tinjauan/{ticket:str}", Door.LEAD, reviews.close),
    Route("GET", "/pelajaran", Door.LESSONS, lessons.page),
    Route("POST", "/pelajaran/{lesson:str}", Door.LESSONS, lessons.used),
    Route("GET", "/panggilan", Door.DUTY, calls.page),
    Route("POST", "/panggilan", Door.DUTY, calls.keep),
    Route("POST", "/panggilan/peramban", Door.DUTY, calls.keep_browser),
    Route("POST", "/panggilan/{reach:str}/coba", Door.DUTY, calls.try_out),
    Route("POST", "/panggilan/{reach:str}/hapus", Door.DUTY, calls.forget),
    Route("GET", "/pekerja.js", Door.OPEN, calls.service_worker),
    Route("POST", "/uji-alarm", Door.DUTY, drill.heard),
    Route("GET", "/cari", Door.DUTY, searching.page),
    Route("POST", "/cari", Door.DUTY, searching.search_for),
    Route("POST", "/label", Door.LEAD, sidebar.make_label),
    Route("POST", "/label/{label:str}/hapus", Door.LEAD, sidebar.retire_label),
    Route("GET", f"{_C}/jaga", Door.DUTY, sidebar.piece, by_itself=True),
    Route("POST", f"{_C}/label/{{label:str}}", Door.DUTY, sidebar.put_label),
    Route("POST", f"{_C}/gawat", Door.DUTY, sidebar.rate_urgent),
    Route("POST", f"{_C}/arahan", Door.LEAD, sidebar.coach),
    Route("POST", f"{_C}/arahan/{{note:str}}", Door.DUTY, sidebar.seen),
)
