"""all-MiniLM-L6-v2 computed with NumPy alone, in 64-bit floats, straight from the checkpoint: what the ONNX file is held against.

  models/text/minilm_reference.py SAFETENSORS < PIECES > VECTORS

PIECES is a list of lists of pieces in JSON, each a text's own between its marks; VECTORS the mean over each text's pieces, of length 1, a list of lists.
"""
import json
import math
import sys
from pathlib import Path

import numpy as np
import tensors
from minilm import EPSILON, HEADS


def normalised(x, weights, name):
    centred = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
    return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def dense(x, weights, name):
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def bent(x):
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016), by the error function itself."""
    return x * 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def attention(x, weights, at):
    def by_head(part):
        return dense(x, weights, f"{at}.{part}").reshape(len(x), HEADS, -1).transpose(1, 0, 2)

    query, key, value = (by_head(part) for part in ("query", "key", "value"))
    scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return (shares @ value).transpose(1, 0, 2).reshape(x.shape)


def vector(pieces, weights):
    """@param weights  float64, by name. @return float64 [dimensions], of length 1"""
    at = "embeddings"
    x = weights[f"{at}.word_embeddings.weight"][pieces] + weights[f"{at}.position_embeddings.weight"][: len(pieces)]
    x = normalised(x + weights[f"{at}.token_type_embeddings.weight"][0], weights, f"{at}.LayerNorm")
    place = 0
    while f"encoder.layer.{place}.intermediate.dense.weight" in weights:
        at = f"encoder.layer.{place}"
        x = normalised(x + dense(attention(x, weights, f"{at}.attention.self"), weights, f"{at}.attention.output.dense"), weights, f"{at}.attention.output.LayerNorm")
        x = normalised(x + dense(bent(dense(x, weights, f"{at}.intermediate.dense")), weights, f"{at}.output.dense"), weights, f"{at}.output.LayerNorm")
        place += 1
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def main():
    weights = {name: numbers.astype(np.float64) for name, numbers in tensors.read(Path(sys.argv[1]).read_bytes()).items()}
    print(json.dumps([vector(pieces, weights).tolist() for pieces in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
