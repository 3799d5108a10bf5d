"""Every address of the desk, with the door before it. There is no other list: a route that is not here does not exist."""

from damping.console import queue, static, stream, undelivered
from damping.console.door_routes import DOOR_ROUTES
from damping.console.doors import Door, Route
from damping.console.duty_routes import DUTY_ROUTES
from damping.console.work_routes import WORK_ROUTES

ROUTES: tuple[Route, ...] = (
    Route("GET", "/aset/{digest:str}/{name:str}", Door.OPEN, static.asset),
    *DOOR_ROUTES,
    Route("GET", "/arus", Door.LISTEN, stream.stream, by_itself=True),
    Route("GET", "/", Door.SIGNED, queue.home),
    Route("GET", "/antrean", Door.DUTY, queue.rows, by_itself=True),
    *WORK_ROUTES,
    *DUTY_ROUTES,
    Route("GET", "/pesan-gagal", Door.DUTY, undelivered.page),
    Route("POST", "/pesan-gagal/{conversation:str}", Door.DUTY, undelivered.settle),
)
