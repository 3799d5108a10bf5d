"""The addresses of one conversation: reading it, the word in it, what is written there. Part of the table in `routes.py`."""

from damping.console import attachments, conversation, sheet, template_reply, words
from damping.console.doors import Door, Route

_C = "/percakapan/{conversation:str}"

WORK_ROUTES: tuple[Route, ...] = (
    Route("GET", _C, Door.DUTY, conversation.page),
    Route("GET", f"{_C}/isi", Door.DUTY, conversation.piece, by_itself=True),
    Route("GET", f"{_C}/hadir", Door.DUTY, words.readers, by_itself=True),
    Route("POST", f"{_C}/hadir", Door.DUTY, words.here),
    Route("POST", f"{_C}/ambil", Door.DUTY, words.claim),
    Route("POST", f"{_C}/serahkan", Door.DUTY, words.hand_back),
    Route("POST", f"{_C}/lepas", Door.DUTY, words.release),
    Route("POST", f"{_C}/alihkan", Door.DUTY, words.transfer),
    Route("POST", f"{_C}/tunjuk", Door.LEAD, words.assign),
    Route("POST", f"{_C}/balas", Door.DUTY, conversation.reply),
    Route("POST", f"{_C}/pesan-netral", Door.DUTY, template_reply.send),
    Route("POST", f"{_C}/urung/{{waiting:str}}", Door.DUTY, conversation.undo),
    Route("POST", f"{_C}/konsep", Door.DUTY, conversation.draft),
    Route("POST", f"{_C}/catatan", Door.DUTY, conversation.note),
    Route("POST", f"{_C}/tingkat", Door.DUTY, conversation.lower_level),
    Route("POST", f"{_C}/lembar", Door.DUTY, sheet.edit),
    Route("POST", f"{_C}/lembar/{{change:str}}/{{what:str}}", Door.DUTY, sheet.settle),
    Route("POST", f"{_C}/janji/{{message:str}}/{{what:str}}", Door.DUTY, sheet.promise),
    Route("GET", f"{_C}/berkas/{{media:str}}", Door.DUTY, attachments.look),
    Route("GET", f"{_C}/berkas/{{media:str}}/asli", Door.DUTY, attachments.save),
    Route("POST", f"{_C}/berkas/{{media:str}}/bukti", Door.DUTY, attachments.keep),
    Route("POST", f"{_C}/berkas/{{media:str}}/bukan-bukti", Door.LEAD, attachments.let_go),
    Route("POST", f"{_C}/nomor", Door.DUTY, sheet.number),
    Route("POST", f"{_C}/pemberitahuan/{{kind:str}}", Door.DUTY, conversation.settle_notice),
)
