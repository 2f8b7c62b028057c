"""EfficientNet-Lite0 (Tan and Le 2019, arXiv:1905.11946; the Lite variant has no squeeze-and-excitation and cuts off at 6) up to its pooled
features, as a list of layers that is read off the checkpoint: what the widths and kernels are, the shapes of its tensors say.
"""
from dataclasses import dataclass

import numpy as np

SIZE = 224
STRIDED = frozenset({1, 3, 5, 11})  # blocks that halve the picture; no shape tells that
EPSILON = 1e-3  # of the normalisations, as in TensorFlow's original


@dataclass
class Layer:
    """A convolution, its normalisation, perhaps a cut to 0-6, perhaps something added."""

    name: str
    weights: np.ndarray  # float32 [out, in / groups, height, width]
    scale: np.ndarray  # float64 [out]: the normalisation, as y = scale * x + shift
    shift: np.ndarray
    stride: int
    cut: bool
    opens: bool = False  # its input is what is added at the end of the block
    adds: bool = False

    @property
    def groups(self):
        return self.weights.shape[0] if self.weights.shape[1] == 1 and self.weights.shape[2] > 1 else 1

    @property
    def pointwise(self):
        return self.weights.shape[2:] == (1, 1)

    def padding(self, size):
        """TensorFlow's SAME. @param size  of the picture that comes in. @return before and after"""
        kernel = self.weights.shape[2]
        total = max((-(-size // self.stride) - 1) * self.stride + kernel - size, 0)
        return total // 2, total - total // 2


def array(tensor):
    """@param tensor  of checkpoint.py. @return it as an array that is laid out in rows"""
    flat = np.frombuffer(tensor.bytes, {"float32": "<f4", "int64": "<i8"}[tensor.type])
    strides = [stride * flat.itemsize for stride in tensor.strides]
    return np.ascontiguousarray(np.lib.stride_tricks.as_strided(flat, tensor.shape, strides, writeable=False))


def layers(tensors, strided=STRIDED):
    """@param tensors  by name, of checkpoint.read. @param strided  numbers of the blocks that halve the picture"""

    def layer(convolution, normalisation, **how):
        weight, bias, mean, variance = (
            array(tensors[f"{normalisation}.{part}"]).astype(np.float64) for part in ("weight", "bias", "running_mean", "running_var")
        )
        scale = weight / np.sqrt(variance + EPSILON)
        return Layer(convolution.lstrip("_"), array(tensors[f"{convolution}.weight"]), scale, bias - mean * scale, **how)

    found = [layer("_conv_stem", "_bn0", stride=2, cut=True)]
    block = 0
    while f"_blocks.{block}._depthwise_conv.weight" in tensors:
        at = f"_blocks.{block}."
        stride = 2 if block in strided else 1
        parts = []
        if f"{at}_expand_conv.weight" in tensors:
            parts.append(layer(f"{at}_expand_conv", f"{at}_bn0", stride=1, cut=True))
        parts.append(layer(f"{at}_depthwise_conv", f"{at}_bn1", stride=stride, cut=True))
        parts.append(layer(f"{at}_project_conv", f"{at}_bn2", stride=1, cut=False))
        coming = parts[0].weights.shape[0 if parts[0].groups > 1 else 1]
        if stride == 1 and coming == parts[-1].weights.shape[0]:
            parts[0].opens = parts[-1].adds = True
        found += parts
        block += 1
    found.append(layer("_conv_head", "_bn1", stride=1, cut=True))
    return found
