"""Vectors of texts by the text model of models/manifest.json, on the processor: `hub stories items.csv | vectors.py > vectors.jsonl`, for `hub evaluate --vectors`.

Reads {"item_id": ..., "text": ...} a line, writes {"item_id": ..., "vector": [...]} a line: the mean over a text's own pieces, of length 1, as the page makes it.
Needs what requirements.txt names, and the files of the model, which scripts/setup/model text makes.
"""

import json
import pathlib
import subprocess
import sys

import numpy
import onnxruntime
from tokenizers import BertWordPieceTokenizer

ROOT = pathlib.Path(__file__).resolve().parents[2]


def path_of(file):
    if "made" in file:
        folder = ROOT / ".build/model-files"
    else:
        folder = subprocess.run([ROOT / "scripts/setup/sources", file["source"]], check=True, capture_output=True, text=True).stdout.strip()
    return str(pathlib.Path(folder) / file["path"])


def main():
    manifest = json.loads((ROOT / "models/manifest.json").read_text())
    model = next(one for one in manifest["models"] if one["id"] == "text")
    tokenizer = BertWordPieceTokenizer(path_of(model["vocabulary"]), lowercase=True)
    tokenizer.enable_truncation(model["most_pieces"])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(path_of(model["weights"]), options, providers=["CPUExecutionProvider"])
    for line in sys.stdin:
        work = json.loads(line)
        ids = numpy.array([tokenizer.encode(work["text"]).ids], dtype=numpy.int64)
        states = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)})[0][0]
        vector = states.mean(axis=0)
        vector /= numpy.linalg.norm(vector)
        print(json.dumps({"item_id": work["item_id"], "vector": [round(float(number), 6) for number in vector]}))


if __name__ == "__main__":
    main()
