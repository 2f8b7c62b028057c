#!/usr/bin/env python3
"""Makes the PNG icons out of icon.svg, with Python alone.

Knows of SVG just what icon.svg uses: rect (with rx) and polygon with a plain fill, in viewBox units. The first shape is the background;
it is drawn without round corners where the platform cuts its own shape. Coverage is exact across a pixel and sampled 16 times down it.
"""
import math
import struct
import sys
import xml.etree.ElementTree as xml
import zlib
from pathlib import Path

here = Path(__file__).resolve().parent
samples = 16
# name: pixels, background to the edges, size of the drawing. A maskable icon keeps what matters in the middle 80 %.
icons = {
    "icon-192.png": (192, False, 1.0),
    "icon-512.png": (512, False, 1.0),
    "icon-maskable-512.png": (512, True, 0.82),
    "apple-touch-icon-180.png": (180, True, 0.95),
}


def read_shapes(path):
    """[(colour, function of y to the spans of x that are inside)], and the side of the view box."""
    root = xml.parse(path).getroot()
    side = float(root.get("viewBox").split()[2])
    shapes = []
    for element in root:
        kind = element.tag.rsplit("}", 1)[-1]
        if kind == "title":
            continue
        colour = tuple(bytes.fromhex(element.get("fill")[1:]))
        if kind == "rect":
            x, y, width, height, radius = (float(element.get(name, "0")) for name in ("x", "y", "width", "height", "rx"))
            shapes.append((colour, round_rectangle(x, y, width, height, radius)))
        elif kind == "polygon":
            points = [tuple(map(float, point.split(","))) for point in element.get("points").split()]
            shapes.append((colour, polygon(points)))
        else:
            sys.exit(f"make_icons.py does not draw <{kind}>.")
    return shapes, side


def round_rectangle(x, y, width, height, radius):
    def spans(at):
        if not y <= at < y + height:
            return []
        past = max(y + radius - at, at - (y + height - radius), 0.0)
        inset = radius - math.sqrt(max(radius * radius - past * past, 0.0))
        return [(x + inset, x + width - inset)]

    return spans


def polygon(points):
    def spans(at):
        crossings = []
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
            if (y1 <= at) != (y2 <= at):
                crossings.append(x1 + (at - y1) * (x2 - x1) / (y2 - y1))
        crossings.sort()
        return list(zip(crossings[::2], crossings[1::2]))

    return spans


def draw(shapes, side, pixels, to_edges, size):
    """Rows of RGBA bytes."""
    rows = []
    for row in range(pixels):
        line = [[0.0, 0.0, 0.0, 0.0] for _ in range(pixels)]  # premultiplied
        for place, (colour, spans) in enumerate(shapes):
            cover = [0.0] * pixels
            for sample in range(samples):
                at = (row + (sample + 0.5) / samples) / pixels * side
                if place == 0:
                    inside = [(0.0, side)] if to_edges else spans(at)
                else:
                    middle = side / 2
                    drawn = spans((at - middle) / size + middle)
                    inside = [((left - middle) * size + middle, (right - middle) * size + middle) for left, right in drawn]
                for left, right in inside:
                    left, right = left * pixels / side, right * pixels / side
                    for x in range(max(0, math.floor(left)), min(pixels, math.ceil(right))):
                        cover[x] += (min(right, x + 1) - max(left, x)) / samples
            for x, part in enumerate(cover):
                if part > 0:
                    part = min(part, 1.0)
                    line[x] = [old * (1 - part) + new * part for old, new in zip(line[x], (*colour, 255))]
        out = bytearray()
        for red, green, blue, alpha in line:
            scale = 255 / alpha if alpha > 0 else 0.0
            out += bytes(min(255, round(value)) for value in (red * scale, green * scale, blue * scale, alpha))
        rows.append(bytes(out))
    return rows


def png(rows, pixels):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", pixels, pixels, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def main():
    shapes, side = read_shapes(here / "icon.svg")
    for name, (pixels, to_edges, size) in icons.items():
        (here / name).write_bytes(png(draw(shapes, side, pixels, to_edges, size), pixels))


if __name__ == "__main__":
    main()
