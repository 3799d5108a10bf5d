"""The engine process: Rasa's Agent as a pure function behind a socket. (state, message) -> (state, replies, orders).

Keeps nothing between turns and writes nothing to disk but models it trained. Never imports `damping`; never Rasa's HTTP
API, channels, tracker stores or event brokers. Importing this package loads no Rasa.
"""

from pathlib import Path

VERSION = "1"
RASA = "3.6.21"  # the one release our three patches of Rasa are tested with (absent.py, inside.py, processor.py)
ROOT = Path(__file__).resolve().parent.parent
