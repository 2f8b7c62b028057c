"""Reads the numbers out of a file of safetensors (version 0.4's README, “Format”): the length of a header, the header in JSON, the numbers."""
import json
import struct

import numpy as np

MOST_HEADER = 100_000_000  # the format's own bound
TYPES = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}


class Refused(Exception):
    """The file is not one that is read here."""


def read(content):
    """@param content  of the file. @return {name: array}, those of the types above; the others are passed over"""
    if len(content) < 8:
        raise Refused("there is no header")
    (length,) = struct.unpack_from("<Q", content)
    if length > min(MOST_HEADER, len(content) - 8):
        raise Refused(f"the header of {length} bytes does not fit into the file")
    try:
        header = json.loads(content[8 : 8 + length])
    except ValueError as error:
        raise Refused("the header is no JSON") from error
    if not isinstance(header, dict):
        raise Refused("the header is no object")
    header.pop("__metadata__", None)
    return {name: numbers(name, told, memoryview(content)[8 + length :]) for name, told in header.items() if told["dtype"] in TYPES}


def numbers(name, told, body):
    of, shape, (begin, end) = TYPES[told["dtype"]], tuple(told["shape"]), told["data_offsets"]
    if not 0 <= begin <= end <= len(body) or end - begin != int(np.prod(shape, dtype=np.int64)) * of.itemsize:
        raise Refused(f"{name} does not lie where the header says")
    return np.frombuffer(body[begin:end], of).reshape(shape)
