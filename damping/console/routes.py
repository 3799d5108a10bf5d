"""Every address of the desk, with the door before it. There is no other list: a route that is not here does not exist."""

from damping.console import conversation, queue, signing, static, stream, undelivered
from damping.console.doors import Door, Route

_C = "/percakapan/{conversation:str}"

ROUTES: tuple[Route, ...] = (
    Route("GET", "/aset/{digest:str}/{name:str}", Door.OPEN, static.asset),
    Route("GET", "/masuk", Door.OPEN, signing.sign_in_page),
    Route("POST", "/masuk", Door.OPEN, signing.sign_in),
    Route("GET", "/undangan/{token:str}", Door.OPEN, signing.invitation_page),
    Route("POST", "/undangan/{token:str}", Door.OPEN, signing.accept_invitation),
    Route("GET", "/arus", Door.LISTEN, stream.stream, by_itself=True),
    Route("GET", "/", Door.SIGNED, queue.home),
    Route("POST", "/keluar", Door.SIGNED, signing.sign_out),
    Route("POST", "/hadir", Door.SIGNED, signing.still_here),
    Route("GET", "/antrean", Door.DUTY, queue.rows, by_itself=True),
    Route("GET", _C, Door.DUTY, conversation.page),
    Route("GET", f"{_C}/isi", Door.DUTY, conversation.piece, by_itself=True),
    Route("POST", f"{_C}/ambil", Door.DUTY, conversation.claim),
    Route("POST", f"{_C}/serahkan", Door.DUTY, conversation.hand_back),
    Route("POST", f"{_C}/balas", Door.DUTY, conversation.reply),
    Route("POST", f"{_C}/catatan", Door.DUTY, conversation.note),
    Route("POST", f"{_C}/tingkat", Door.DUTY, conversation.lower_level),
    Route("POST", f"{_C}/pemberitahuan/{{kind:str}}", Door.DUTY, conversation.settle_notice),
    Route("GET", "/pesan-gagal", Door.DUTY, undelivered.page),
    Route("POST", "/pesan-gagal/{conversation:str}", Door.DUTY, undelivered.settle),
)
