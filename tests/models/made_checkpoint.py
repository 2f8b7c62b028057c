"""Writes a checkpoint in PyTorch's old format, without PyTorch: modules of its names stand in while the pickles are written."""
import io
import pickle
import struct
import sys
import types
from collections import OrderedDict

MAGIC, VERSION = 0x1950A86A20F9469CFC6C, 1001


def stand_in(kind, module, name):
    made = kind
    made.__module__, made.__name__, made.__qualname__ = module, name, name
    return made


def _rebuild(*_):
    raise AssertionError("this is only ever named")


rebuild = stand_in(_rebuild, "torch._utils", "_rebuild_tensor_v2")
FloatStorage = stand_in(type("FloatStorage", (), {}), "torch", "FloatStorage")
LongStorage = stand_in(type("LongStorage", (), {}), "torch", "LongStorage")
storages = {"f": FloatStorage, "q": LongStorage}


class Storage:
    def __init__(self, key, format, numbers):
        self.key, self.format, self.numbers = key, format, numbers


class Saved:
    """A tensor as it is pickled."""

    def __init__(self, storage, offset, shape, strides):
        self.arguments = (storage, offset, tuple(shape), tuple(strides), False, OrderedDict())

    def __reduce__(self):
        return rebuild, self.arguments


class Pickler(pickle.Pickler):
    def persistent_id(self, thing):
        if isinstance(thing, Storage):
            return ("storage", storages[thing.format], thing.key, "cpu", len(thing.numbers), None)
        return None


def rows(shape):
    """The strides of a tensor whose last dimension lies next to each other."""
    strides, step = [], 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= size
    return strides


def written(tensors, keep, machine=None):
    """@param tensors  name to anything that is to be pickled. @param keep  the Storages. @return bytes of the file"""
    before = {name: sys.modules.get(name) for name in ("torch", "torch._utils")}
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    torch.FloatStorage, torch.LongStorage, torch._utils, utils._rebuild_tensor_v2 = FloatStorage, LongStorage, utils, rebuild
    sys.modules.update({"torch": torch, "torch._utils": utils})
    try:
        out = io.BytesIO()
        for part in (MAGIC, VERSION, machine or {"protocol_version": VERSION, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}):
            pickle.dump(part, out, protocol=2)
        Pickler(out, protocol=2).dump(OrderedDict(tensors))
        pickle.dump([storage.key for storage in keep], out, protocol=2)
        for storage in keep:
            out.write(struct.pack("<q", len(storage.numbers)) + struct.pack(f"<{len(storage.numbers)}{storage.format}", *storage.numbers))
        return out.getvalue()
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def of_arrays(arrays):
    """@param arrays  name to a NumPy array of floats"""
    keep = {name: Storage(str(place), "f", [float(number) for number in array.ravel()]) for place, (name, array) in enumerate(arrays.items())}
    return written({name: Saved(keep[name], 0, array.shape, rows(array.shape)) for name, array in arrays.items()}, keep.values())
