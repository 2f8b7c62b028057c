#!/usr/bin/env python3
"""Writes tests/browser/data/vectors.json: a few texts with their pieces by the reference tokenizer and their vectors by ONNX Runtime, natively, with the
page's own model. The packages are those of models/text/requirements.txt. The file is kept in the repository, so the tests need none of this.

    python3 tests/core/reference/embedding.py WEIGHTS VOCABULARY
"""

import hashlib
import json
import pathlib
import sys

import numpy
import onnxruntime
from wordpiece import tokenizer

OUT = pathlib.Path(__file__).resolve().parent.parent.parent / "browser" / "data" / "vectors.json"
MOST_PIECES = 128

TEXTS = [
    "a heist in dreams",
    "Slow Tide. Drama, Mystery. harbour, fog, siblings. Two sisters wait for a ship that nobody else believes in.",
    "Łódź, 1953 – naïve façade! [SEP] 東京 🎬",
    "The lighthouse keeper writes down every wave, and reads them aloud at night. " * 12,
]


def vector(session, ids):
    pieces = numpy.array([ids], numpy.int64)
    states = session.run(None, {"input_ids": pieces, "attention_mask": pieces * 0 + 1, "token_type_ids": pieces * 0})[0][0]
    mean = states.astype(numpy.float64).mean(0)
    return mean / numpy.linalg.norm(mean)


def main(weights, vocabulary):
    cut = tokenizer(pathlib.Path(vocabulary).read_text(encoding="utf-8").splitlines())
    session = onnxruntime.InferenceSession(weights, providers=["CPUExecutionProvider"])
    told = []
    for text in TEXTS:
        ids = cut.encode(text).ids
        if len(ids) > MOST_PIECES:
            ids = ids[: MOST_PIECES - 1] + ids[-1:]
        told.append({"text": text, "pieces": ids, "vector": [round(float(one), 6) for one in vector(session, ids)]})
    sha256 = hashlib.sha256(pathlib.Path(weights).read_bytes()).hexdigest()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"model": sha256, "texts": told}, ensure_ascii=False, separators=(",", ":")).replace('{"text"', '\n{"text"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
