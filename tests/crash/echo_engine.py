"""A stand-in for the engine that repeats what it heard: fast, and every answer names the message it answers.

python -m tests.crash.echo_engine SOCKET
"""

import sys

import uvicorn
from litestar import Litestar, Request, get, post


@post("/turn", status_code=200)
async def turn(request: Request) -> dict[str, object]:  # type: ignore[type-arg]
    asked = await request.json()
    return {"state": "echo", "replies": [{"text": f"jawaban {asked['text']}"}], "orders": [], "facts": {}}


@post("/parse", status_code=200)
async def parse(request: Request) -> dict[str, object]:  # type: ignore[type-arg]
    return {"results": [{"intent": "sapa"} for _ in (await request.json())["texts"]]}


@get("/health")
async def health() -> dict[str, object]:
    return {"ready": True, "model": "echo"}


app = Litestar([turn, parse, health], openapi_config=None)

if __name__ == "__main__":
    uvicorn.run(app, uds=sys.argv[1], log_level="error", access_log=False)
