#!/usr/bin/env python3
"""Makes a small text-image model with the inputs and outputs of CLIP ViT-B/32, which nobody trained: it knows eleven colours.

  models/clip/make_small.py VOCABULARY FOLDER    writes pictures.onnx and texts.onnx into FOLDER

VOCABULARY is bpe_simple_vocab_16e6.txt.gz. What it says of a picture is how much of it is red, blue, ...; of a text, which of these words
are in it. So “a red poster” lies nearest to the reddest picture, and tests can tell whether pictures, texts and vectors go the right ways.
Beyond that it is made as the real one is: patches that are looked at together, pieces of a text that see those before them, the vector of a
text taken at its end, both projected into one space of 512 dimensions.

The same bytes on every machine: the projection is drawn from hashes, and made orthogonal by signs alone (a Hadamard matrix), with no arithmetic
that could round differently.
"""
import argparse
import hashlib
import sys
from pathlib import Path

import numpy as np
import page_form
import vocabulary
from onnx import TensorProto

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from graph import Graph  # noqa: E402

OPSET = 13
LENGTH, DIMENSIONS, SIZE = 77, 512, 224
WIDTH = 16  # colours, one dimension that all texts and pictures share, and some in which texts differ
PATCH = 4

# The basic colours of Berlin and Kay (1969), each with its words and what it looks like, in red, green and blue.
COLOURS = {
    "black": (("black",), ((10, 10, 10), (35, 35, 40))),
    "white": (("white",), ((245, 245, 245), (225, 225, 220))),
    "grey": (("grey", "gray"), ((128, 128, 128), (80, 80, 84), (180, 180, 180))),
    "red": (("red",), ((220, 30, 35), (150, 15, 20), (250, 60, 50))),
    "green": (("green",), ((40, 160, 60), (20, 90, 35), (100, 210, 90))),
    "blue": (("blue",), ((35, 70, 200), (15, 25, 110), (90, 160, 240))),
    "yellow": (("yellow",), ((245, 220, 40), (250, 240, 120))),
    "orange": (("orange",), ((245, 140, 25), (220, 110, 20))),
    "brown": (("brown",), ((110, 65, 30), (150, 105, 65), (70, 40, 20))),
    "purple": (("purple", "violet"), ((120, 40, 150), (70, 20, 95), (170, 100, 210))),
    "pink": (("pink",), ((250, 150, 180), (240, 80, 150))),
}
SHARED = len(COLOURS)  # its dimension
SHARPNESS = 30.0  # of the choice between colours
ALIKE = 0.35  # what every text and picture has in common: real ones are never at right angles either
DIFFERENT = 0.08  # by how much other words move a text


def projection():
    """float32 [WIDTH, DIMENSIONS]: rows of a Hadamard matrix at right angles to each other, columns flipped by hashes."""
    hadamard = np.ones((1, 1))
    while hadamard.shape[0] < DIMENSIONS:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    bits = np.unpackbits(np.frombuffer(b"".join(hashlib.sha256(f"column {part}".encode()).digest() for part in range(2)), np.uint8))
    signs = 1 - 2 * bits.astype(np.float64)
    return (hadamard[1 : WIDTH + 1] * signs / 16).astype(np.float32)


def tower(graph, name, inputs, output):
    return graph.model(name, inputs, {output: (TensorProto.FLOAT, ["batch", DIMENSIONS])}, OPSET)


def pictures():
    """The tower of pictures: pixel_values, float32 [batch, 3, 224, 224], to image_embeds."""
    graph = Graph()
    looks = np.array([look for _, seen in COLOURS.values() for look in seen], np.float64) / 255
    belongs = np.zeros((WIDTH, len(looks)), np.float32)
    for place, colour in enumerate(dimension for dimension, (_, seen) in enumerate(COLOURS.values()) for _ in seen):
        belongs[colour, place] = 1
    mean, deviation = np.array(page_form.MEAN), np.array(page_form.DEVIATION)
    # Nearest colour: the squared distance of x * deviation + mean to each look, without what is the same for all.
    weights = 2 * SHARPNESS * looks * deviation
    shift = SHARPNESS * (2 * (looks * mean).sum(axis=1) - (looks * looks).sum(axis=1))
    x = graph.add("AveragePool", ["pixel_values"], "patches", kernel_shape=[PATCH, PATCH], strides=[PATCH, PATCH])
    x = graph.add("Conv", [x, graph.constant("looks", weights.astype(np.float32)[:, :, None, None]), graph.constant("looks.shift", shift.astype(np.float32))],
                  "nearness", kernel_shape=[1, 1])
    x = graph.add("Softmax", [x], "choice", axis=1)
    x = graph.add("GlobalAveragePool", [x], "shares")
    x = graph.add("Flatten", [x], "shares.flat", axis=1)
    x = graph.add("MatMul", [x, graph.constant("belongs", belongs.T)], "colours")
    common = np.zeros(WIDTH, np.float32)
    common[SHARED] = ALIKE
    x = graph.add("Add", [x, graph.constant("common", common)], "pooled")
    graph.add("MatMul", [x, graph.constant("projection", projection())], "image_embeds")
    return tower(graph, "small-pictures", {"pixel_values": (TensorProto.FLOAT, ["batch", 3, SIZE, SIZE])}, "image_embeds")


def table(ids):
    """What each piece means: int8 [pieces, WIDTH], in 127ths. @param ids  of vocabulary.pieces"""
    meaning = np.zeros((len(ids), WIDTH), np.int8)
    own = WIDTH - SHARED - 1
    for piece, place in ids.items():
        digest = hashlib.sha256(piece.encode()).digest()
        meaning[place, SHARED + 1 :] = [round(127 * DIFFERENT) * (1 if byte & 1 else -1) for byte in digest[:own]]
    for colour, (words, _) in enumerate(COLOURS.values()):
        for word in words:
            meaning[ids[f"{word}</w>"], colour] = 127
    meaning[ids[vocabulary.START]] = 0
    meaning[ids[vocabulary.END]] = 0
    return meaning


def texts(ids):
    """The tower of texts: input_ids, int64 [batch, 77], to text_embeds. @param ids  of vocabulary.pieces"""
    graph = Graph()
    x = graph.add("Cast", [graph.constant("pieces.steps", table(ids))], "pieces.whole", to=TensorProto.FLOAT)
    x = graph.add("Mul", [x, graph.constant("pieces.scale", np.float32(1 / 127))], "pieces")
    x = graph.add("Gather", [x, "input_ids"], "embedded", axis=0)
    # Every piece takes in those before it: a text's end has seen all of it, and what follows it does not matter.
    before = np.tril(np.ones((LENGTH, LENGTH), np.float32))
    x = graph.add("MatMul", [graph.constant("before", before), x], "seen")
    # The end has the largest id.
    end = graph.add("ArgMax", ["input_ids"], "end", axis=1, keepdims=1)
    places = graph.constant("places", np.arange(LENGTH, dtype=np.int64)[None])
    at_end = graph.add("Cast", [graph.add("Equal", [places, end], "is_end")], "at_end", to=TensorProto.FLOAT)
    at_end = graph.add("Unsqueeze", [at_end, graph.constant("axis", np.array([1], np.int64))], "at_end.row")
    x = graph.add("MatMul", [at_end, x], "taken")
    x = graph.add("Squeeze", [x, "axis"], "taken.flat")
    common = np.zeros(WIDTH, np.float32)
    common[SHARED] = ALIKE
    x = graph.add("Add", [x, graph.constant("common", common)], "pooled")
    graph.add("MatMul", [x, graph.constant("projection", projection())], "text_embeds")
    return tower(graph, "small-texts", {"input_ids": (TensorProto.INT64, ["batch", LENGTH])}, "text_embeds")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("vocabulary", type=Path)
    arguments.add_argument("folder", type=Path)
    given = arguments.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    towers = {"pictures": page_form.of_pictures(pictures()), "texts": page_form.of_texts(texts(vocabulary.pieces(given.vocabulary)))}
    for name, tower in towers.items():
        (given.folder / f"{name}.onnx").write_bytes(tower.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
