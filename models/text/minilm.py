#!/usr/bin/env python3
"""Makes the text model: the weights of all-MiniLM-L6-v2 (a BERT of six layers; Devlin et al. 2019) as an ONNX file.

  models/text/minilm.py SAFETENSORS OUT [--weights rounded|float]

In: int64 [batch, length] input_ids, attention_mask (0 where a row is filled up) and token_type_ids. Out: float32 [batch, length, 384]
last_hidden_state. "rounded" keeps all matrices as 8-bit numbers with a scale for each output and 128 inputs, also while the model is in memory:
the runtime's MatMulNBits makes floats of a matrix while it multiplies, and computes with floats, so that a row does not depend on its batch.
That costs 15 ms a run, whatever the batch, and saves two thirds of the memory. Of the table of pieces only the rows that occur are made floats.

The graph is written with the operators that the runtime would put together by itself (attention, sums with their normalisation): there is nothing
left to optimise when a session is made, which is most of the start otherwise.

The same bytes on every machine: nothing but elementwise arithmetic of IEEE floats goes into the weights.
"""
import argparse
import sys
from pathlib import Path

import numpy as np
import tensors
from onnx import TensorProto

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from graph import RUNTIME, Graph  # noqa: E402

OPSET = 17  # the first with LayerNormalization
HEADS = 12
EPSILON = 1e-12  # of normalisations; both are in the model's configuration
BLOCK = 128  # inputs that share a scale
MIDDLE = 128  # what MatMulNBits takes for 0


def rounded(weights, block):
    """@param weights  [out, in]. @return int8 [out, in / block, block], and their scales, float32 [out, in / block, 1]"""
    blocks = weights.astype(np.float64).reshape(weights.shape[0], -1, block)
    scale = (np.abs(blocks).max(axis=2, keepdims=True) / 127).astype(np.float32)
    scale = np.where(scale > 0, scale, np.float32(1))
    return np.clip(np.rint(blocks / scale.astype(np.float64)), -127, 127).astype(np.int8), scale


class Network(Graph):
    def __init__(self, weights, rounds):
        super().__init__()
        self.weights, self.rounds = weights, rounds

    def kept(self, name):
        return self.constant(name, self.weights[name])

    def product(self, x, matrix, name, bias=None):
        """x times a matrix, which is [out, in] as in the checkpoint. @param bias  a constant's name"""
        outputs, inputs = matrix.shape
        if not self.rounds:
            x = self.add("MatMul", [x, self.constant(f"{name}.weight", matrix.T)], f"{name}.product" if bias else name)
            return self.add("Add", [x, bias], name) if bias else x
        steps, scale = rounded(matrix, BLOCK)
        given = [x, self.constant(f"{name}.steps", (steps.astype(np.int16) + MIDDLE).astype(np.uint8)), self.constant(f"{name}.scale", scale[:, :, 0])]
        return self.add("MatMulNBits", given + (["", "", bias] if bias else []), name, RUNTIME, K=inputs, N=outputs, bits=8, block_size=BLOCK)

    def pieces(self, name):
        """The rows of the table of pieces that the text has."""
        table = self.weights[name]
        if not self.rounds:
            return self.add("Gather", [self.kept(name), "input_ids"], "pieces")
        steps, scale = rounded(table, table.shape[1])
        rows = self.add("Gather", [self.constant(f"{name}.steps", steps[:, 0]), "input_ids"], "pieces.steps")
        scales = self.add("Gather", [self.constant(f"{name}.scale", scale[:, 0]), "input_ids"], "pieces.scale")
        return self.add("Mul", [self.add("Cast", [rows], "pieces.whole", to=TensorProto.FLOAT), scales], "pieces")

    def normalised_sum(self, x, before, bias, name, out=None):
        scale, shift = self.kept(f"{name}.LayerNorm.weight"), self.kept(f"{name}.LayerNorm.bias")
        return self.add("SkipLayerNormalization", [x, before, scale, shift, bias], out or f"{name}.normalised", RUNTIME, epsilon=EPSILON)

    def layer(self, x, at, heads, out=None):
        """One layer of the encoder. @param at  how the names of its weights begin"""
        of_self = f"{at}.attention.self"
        parts = [f"{of_self}.{part}" for part in ("query", "key", "value")]
        # Three products in one.
        matrix = np.concatenate([self.weights[f"{part}.weight"] for part in parts])
        bias = self.constant(f"{of_self}.bias", np.concatenate([self.weights[f"{part}.bias"] for part in parts]))
        self.split(self.product(x, matrix, of_self, bias), parts, -1, f"{of_self}.parts")
        seen = self.add("MultiHeadAttention", [*parts, "", "mask"], f"{of_self}.seen", RUNTIME, num_heads=heads)
        dense = f"{at}.attention.output.dense"
        x = self.normalised_sum(self.product(seen, self.weights[f"{dense}.weight"], dense), x, self.kept(f"{dense}.bias"), f"{at}.attention.output")
        dense = f"{at}.intermediate.dense"
        wide = self.product(x, self.weights[f"{dense}.weight"], dense)
        wide = self.add("BiasGelu", [wide, self.kept(f"{dense}.bias")], f"{dense}.bent", RUNTIME)
        dense = f"{at}.output.dense"
        return self.normalised_sum(self.product(wide, self.weights[f"{dense}.weight"], dense), x, self.kept(f"{dense}.bias"), f"{at}.output", out)


def model(weights, rounds=True, heads=HEADS):
    """@param weights  of tensors.read. @return the ONNX model"""
    network = Network(weights, rounds)
    x = network.pieces("embeddings.word_embeddings.weight")
    kinds = network.add("Gather", [network.kept("embeddings.token_type_embeddings.weight"), "token_type_ids"], "kinds")
    length = network.add("Shape", ["input_ids"], "length", start=1, end=2)
    first = network.constant("first", np.zeros(1, np.int64))
    places = network.add("Slice", [network.kept("embeddings.position_embeddings.weight"), first, length, first], "places")
    x = network.add("Add", [network.add("Add", [x, kinds], "pieces.of_kind"), places], "embedded")
    scale, shift = network.kept("embeddings.LayerNorm.weight"), network.kept("embeddings.LayerNorm.bias")
    x = network.add("LayerNormalization", [x, scale, shift], "embedded.normalised", axis=-1, epsilon=EPSILON)
    network.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    count = sum(name.endswith(".intermediate.dense.weight") for name in weights)
    for place in range(count):
        x = network.layer(x, f"encoder.layer.{place}", heads, "last_hidden_state" if place == count - 1 else None)
    dimensions = weights["embeddings.LayerNorm.weight"].shape[0]
    inputs = {name: (TensorProto.INT64, ["batch", "length"]) for name in ("input_ids", "attention_mask", "token_type_ids")}
    return network.model("minilm", inputs, {"last_hidden_state": (TensorProto.FLOAT, ["batch", "length", dimensions])}, OPSET)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("safetensors", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--weights", choices=["rounded", "float"], default="rounded")
    given = arguments.parse_args()
    made = model(tensors.read(given.safetensors.read_bytes()), given.weights == "rounded")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
