#!/usr/bin/env python3
"""Makes the image model: the checkpoint of EfficientNet-Lite0 as an ONNX file of pictures to pooled features.

  models/image/build.py CHECKPOINT OUT [--weights mixed|float]

In: uint8 [batch, 224, 224, 3], red, green and blue. Out: float32 [batch, 1280]. What a caller could do wrong (scaling, the order of dimensions,
padding) is in the graph. The normalisations are multiplied into the weights. "mixed" keeps the weights of the large pointwise convolutions,
which are nearly all, as 8-bit numbers with a scale for each output and up to 32 inputs, and the rest as 16-bit floats; a runtime makes floats of
both once, when it loads the file, and computes with floats. (A DequantizeLinear in place of Cast and Mul would be computed anew at every run.)

The same bytes on every machine: nothing but elementwise arithmetic of IEEE floats goes into the weights.
"""
import argparse
import sys
from pathlib import Path

import checkpoint
import numpy as np
from network import SIZE, STRIDED, layers
from onnx import TensorProto

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from graph import Graph  # noqa: E402

OPSET = 13
# A convolution with fewer weights stays in 16-bit floats: the first blocks have few of them, and most of the error would come from there.
FEWEST_ROUNDED = 20_000
MOST_IN_BLOCK = 32
LEAST_SCALE = 1e-6  # of what a 16-bit float still holds; numbers that are smaller than that are none


class Network(Graph):
    def floats(self, name, value):
        """A constant of 16-bit floats, computed with as 32."""
        return self.add("Cast", [self.constant(f"{name}.half", value.astype(np.float16))], name, to=TensorProto.FLOAT)

    def rounded(self, name, value):
        """A constant of 8-bit numbers, with a scale for each output and block of inputs. @param value  [out, in, 1, 1]"""
        out, coming = value.shape[:2]
        width = max(size for size in range(1, MOST_IN_BLOCK + 1) if coming % size == 0)
        blocks = value.reshape(out, coming // width, width)
        scale = np.abs(blocks).max(axis=2, keepdims=True) / 127
        scale = np.where(scale > LEAST_SCALE, scale, 1).astype(np.float16)
        steps = np.clip(np.rint(blocks / scale.astype(np.float64)), -127, 127).astype(np.int8)
        whole = self.add("Cast", [self.constant(f"{name}.steps", steps)], f"{name}.whole", to=TensorProto.FLOAT)
        blocks = self.add("Mul", [whole, self.floats(f"{name}.scale", scale)], f"{name}.blocks")
        return self.add("Reshape", [blocks, self.constant(f"{name}.shape", np.array(value.shape, np.int64))], name)


def model(tensors, mixed=True, size=SIZE, strided=STRIDED):
    """@param tensors  by name, of checkpoint.read. @return the ONNX model"""
    graph = Network()
    x = graph.add("Cast", ["pictures"], "numbers", to=TensorProto.FLOAT)
    x = graph.add("Transpose", [x], "planes", perm=[0, 3, 1, 2])
    x = graph.add("Sub", [x, graph.constant("middle", np.float32(127))], "centred")
    x = graph.add("Mul", [x, graph.constant("step", np.float32(1 / 128))], "scaled")
    low, high = graph.constant("low", np.float32(0)), graph.constant("high", np.float32(6))
    height, opened = size, None
    for layer in layers(tensors, strided):
        if layer.opens:
            opened = x
        weights = layer.weights.astype(np.float64) * layer.scale.reshape(-1, 1, 1, 1)
        if not mixed:
            kernel = graph.constant(f"{layer.name}.weights", weights.astype(np.float32))
            shift = graph.constant(f"{layer.name}.shift", layer.shift.astype(np.float32))
        else:
            kernel = (graph.rounded if layer.pointwise and weights.size >= FEWEST_ROUNDED else graph.floats)(f"{layer.name}.weights", weights)
            shift = graph.floats(f"{layer.name}.shift", layer.shift)
        before, after = layer.padding(height)
        x = graph.add("Conv", [x, kernel, shift], f"{layer.name}.convolved", kernel_shape=list(layer.weights.shape[2:]), strides=[layer.stride] * 2,
                      pads=[before, before, after, after], group=layer.groups)
        height = -(-height // layer.stride)
        if layer.cut:
            x = graph.add("Clip", [x, low, high], f"{layer.name}.cut")
        if layer.adds:
            x = graph.add("Add", [x, opened], f"{layer.name}.added")
    x = graph.add("GlobalAveragePool", [x], "pooled")
    graph.add("Flatten", [x], "features", axis=1)
    width = graph.constants[-1].dims[0]
    inputs = {"pictures": (TensorProto.UINT8, ["batch", size, size, 3])}
    return graph.model("efficientnet-lite0", inputs, {"features": (TensorProto.FLOAT, ["batch", width])}, OPSET)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--weights", choices=["mixed", "float"], default="mixed")
    given = arguments.parse_args()
    made = model(checkpoint.read(given.checkpoint.read_bytes()), given.weights == "mixed")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(made.SerializeToString(deterministic=True))


if __name__ == "__main__":
    main()
