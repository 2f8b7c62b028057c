"""EfficientNet-Lite0 computed with numpy alone, in 64-bit floats, straight from the checkpoint's own layers: what the ONNX file is held against.

  models/image/reference.py CHECKPOINT FOLDER [--random N] [--made N]

writes pictures.bin (uint8 [n, 224, 224, 3]) and features.bin (float32 [n, 1280]) into the folder; tests/models/compare_image.mjs reads both. Pictures are noise, and
made ones with the statistics of photos: noise whose power falls with its frequency as in natural pictures, colours that go together, and
shapes with edges on it.
"""
import argparse
from pathlib import Path

import checkpoint
import numpy as np
from network import SIZE, layers


def convolved(layer, x):
    """@param x  float64 [height, width, in]"""
    before, after = layer.padding(x.shape[0])
    weights, stride = layer.weights.astype(np.float64), layer.stride
    if layer.pointwise:
        return x @ weights[:, :, 0, 0].T
    padded = np.pad(x, ((before, after), (before, after), (0, 0)))
    size, kernel = -(-x.shape[0] // stride), weights.shape[2]
    result = np.zeros((size, size, weights.shape[0]))
    for row in range(kernel):
        for column in range(kernel):
            part = padded[row : row + stride * size : stride, column : column + stride * size : stride][:size, :size]
            tap = weights[:, :, row, column]
            result += part * tap[:, 0] if layer.groups > 1 else part @ tap.T
    return result


def features(network, picture):
    """@param network  of network.layers. @param picture  uint8 [size, size, 3]. @return float64 [1280]"""
    x = (picture.astype(np.float64) - 127) / 128
    opened = None
    for layer in network:
        if layer.opens:
            opened = x
        x = convolved(layer, x) * layer.scale + layer.shift
        if layer.cut:
            x = np.clip(x, 0, 6)
        if layer.adds:
            x = x + opened
    return x.mean(axis=(0, 1))


def made(generator, size=SIZE):
    """A picture with the statistics of a photo."""
    rows, columns = np.fft.fftfreq(size)[:, None], np.fft.fftfreq(size)[None]
    falling = 1 / np.maximum(np.hypot(rows, columns), 1 / size)
    planes = [np.fft.ifft2(np.fft.fft2(generator.standard_normal((size, size))) * falling).real for _ in range(3)]
    planes = np.stack([plane / plane.std() for plane in planes], axis=-1)
    # Mostly bright or dark together, as lit things are.
    picture = planes @ np.array([[1, 1, 1], [0.3, 0, -0.3], [-0.1, 0.2, -0.1]]) * generator.uniform(20, 60) + generator.uniform(60, 190, 3)
    y, x = np.mgrid[:size, :size]
    for _ in range(generator.integers(1, 6)):
        middle, reach = generator.uniform(0, size, 2), generator.uniform(10, size / 3, 2)
        within = ((x - middle[0]) / reach[0]) ** 2 + ((y - middle[1]) / reach[1]) ** 2 < 1
        if generator.random() < 0.5:
            within = (abs(x - middle[0]) < reach[0]) & (abs(y - middle[1]) < reach[1])
        picture[within] = picture[within] * 0.3 + generator.uniform(0, 255, 3) * 0.7
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("checkpoint", type=Path)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--random", type=int, default=32)
    arguments.add_argument("--made", type=int, default=96)
    given = arguments.parse_args()
    generator = np.random.default_rng(1)
    pictures = [generator.integers(0, 256, (SIZE, SIZE, 3), dtype=np.uint8) for _ in range(given.random)]
    pictures += [made(generator) for _ in range(given.made)]
    network = layers(checkpoint.read(given.checkpoint.read_bytes()))
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "pictures.bin").write_bytes(np.stack(pictures).tobytes())
    (given.folder / "features.bin").write_bytes(np.stack([features(network, picture) for picture in pictures]).astype("<f4").tobytes())


if __name__ == "__main__":
    main()
