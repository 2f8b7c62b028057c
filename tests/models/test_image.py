"""The image model's graph computes what the checkpoint's layers say: on a small network of its own, against the reference in NumPy."""
import unittest

import build
import checkpoint
import network
import numpy as np
import reference
from made_checkpoint import of_arrays
from onnx.reference import ReferenceEvaluator

SIZE = 11  # odd, so that padding differs before and after
STRIDED = frozenset({1})


def small():
    """Three blocks: one without expansion, one that halves the picture, with a kernel of 5, one whose input is added."""
    generator = np.random.default_rng(3)
    arrays = {}

    def convolution(name, normalisation, *shape):
        arrays[f"{name}.weight"] = generator.standard_normal(shape) / np.sqrt(np.prod(shape[1:]))
        for part in ("weight", "bias", "running_mean", "running_var"):
            arrays[f"{normalisation}.{part}"] = generator.uniform(0.5, 1.5, shape[0])

    convolution("_conv_stem", "_bn0", 8, 3, 3, 3)
    for block, (coming, within, going, kernel) in enumerate([(8, 8, 6, 3), (6, 36, 10, 5), (10, 60, 10, 3)]):
        at = f"_blocks.{block}."
        if within != coming:
            convolution(f"{at}_expand_conv", f"{at}_bn0", within, coming, 1, 1)
        convolution(f"{at}_depthwise_conv", f"{at}_bn1", within, 1, kernel, kernel)
        convolution(f"{at}_project_conv", f"{at}_bn2", going, within, 1, 1)
    convolution("_conv_head", "_bn1", 2100, 10, 1, 1)
    return checkpoint.read(of_arrays(arrays))


class Image(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tensors = small()
        cls.pictures = np.random.default_rng(4).integers(0, 256, (3, SIZE, SIZE, 3), dtype=np.uint8)
        layers = network.layers(cls.tensors, STRIDED)
        cls.expected = np.stack([reference.features(layers, picture) for picture in cls.pictures])

    def features(self, mixed):
        model = build.model(self.tensors, mixed, SIZE, STRIDED)
        return ReferenceEvaluator(model).run(None, {"pictures": self.pictures})[0]

    def test_with_floats_it_is_the_reference(self):
        np.testing.assert_allclose(self.features(mixed=False), self.expected, rtol=1e-4, atol=1e-5)

    def test_with_rounded_weights_it_is_near_it_and_not_the_same(self):
        found = self.features(mixed=True)
        self.assertFalse(np.allclose(found, self.expected, rtol=1e-5))
        cosine = (found * self.expected).sum(axis=1) / np.linalg.norm(found, axis=1) / np.linalg.norm(self.expected, axis=1)
        self.assertGreater(cosine.min(), 0.9999)

    def test_the_same_checkpoint_gives_the_same_bytes(self):
        first, second = (build.model(small(), True, SIZE, STRIDED).SerializeToString(deterministic=True) for _ in range(2))
        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
