"""Reads the numbers out of a checkpoint in PyTorch's old format (before version 1.6), without PyTorch and without running anything that is in it.

Such a file is a row of pickles: a magic number, a version, facts of the machine, the tensors as references into storages, the storages' names;
then the storages themselves, each a count and its numbers. A pickle is a program, which can call whatever it names. Here it can name four
things: a dictionary, what puts a tensor together, and two types of numbers. All else is refused.
"""
import io
import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass

MAGIC = 0x1950A86A20F9469CFC6C
VERSION = 1001
MOST_NUMBERS = 1 << 28  # of a storage: a file that says more is broken

WIDTHS = {"float32": 4, "int64": 8}


class Refused(Exception):
    """The file is not a checkpoint that is read here."""


@dataclass
class Tensor:
    type: str  # one of WIDTHS
    shape: tuple[int, ...]
    strides: tuple[int, ...]  # in numbers: how far apart neighbours along each dimension are
    bytes: bytes  # little-endian, from its first number on; may hold more than the tensor's


@dataclass
class Storage:
    type: str
    key: str
    count: int


@dataclass
class View:
    """A tensor before the numbers are there, as the file says it."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def rebuilt(storage, offset, shape, strides, requires_grad=False, hooks=None):
    """In place of torch._utils._rebuild_tensor_v2."""
    return View(storage, offset, shape, strides)


class Unpickler(pickle.Unpickler):
    allowed = {
        ("collections", "OrderedDict"): OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): rebuilt,
        ("torch", "FloatStorage"): "float32",
        ("torch", "LongStorage"): "int64",
    }

    def find_class(self, module, name):
        try:
            return self.allowed[module, name]
        except KeyError:
            raise Refused(f"the file names {module}.{name}, which no checkpoint of numbers needs") from None

    def persistent_load(self, reference):
        """("storage", type, key, device, count, view): a view was never used by what is read here."""
        match reference:
            case ("storage", str() as type_name, str() as key, str(), int() as count, None) if type_name in WIDTHS:
                return Storage(type_name, key, count)
        raise Refused("a reference into the file is not one to a storage")


def loaded(stream):
    try:
        return Unpickler(stream).load()
    except Refused:
        raise
    except Exception as error:  # a broken pickle fails in more ways than there are names for
        raise Refused(f"the file is broken: {error}") from error


def is_count(number):
    return type(number) is int and 0 <= number <= MOST_NUMBERS


def tensor(view, storages):
    """Checks all of a view, and only now: a pickle can change what it made before."""
    storage = view.storage
    if type(storage) is not Storage or storage.key not in storages or not isinstance(view.shape, tuple) or not isinstance(view.strides, tuple):
        raise Refused("a tensor is not made of a storage and sizes")
    type_name, numbers = storages[storage.key]
    if not all(map(is_count, (view.offset, *view.shape, *view.strides))) or len(view.shape) != len(view.strides):
        raise Refused("the sizes of a tensor are not sizes, each with a stride")
    width = WIDTHS[type_name]
    last = view.offset + sum((size - 1) * stride for size, stride in zip(view.shape, view.strides, strict=True))
    if 0 in view.shape or last >= len(numbers) // width:
        raise Refused("a tensor is empty, or reaches beyond its storage")
    return Tensor(type_name, view.shape, view.strides, numbers[view.offset * width :])


def read(content):
    """@param content  bytes of the file. @return its tensors by name. @raise Refused"""
    stream = io.BytesIO(content)
    if loaded(stream) != MAGIC or loaded(stream) != VERSION:
        raise Refused("this is no checkpoint of the old format")
    machine = loaded(stream)
    if not isinstance(machine, dict) or machine.get("little_endian") is not True:
        raise Refused("the numbers are not in little-endian order")
    views, keys = loaded(stream), loaded(stream)
    if not isinstance(views, dict) or not all(isinstance(name, str) and type(view) is View for name, view in views.items()):
        raise Refused("the file holds something else than named tensors")
    known = {view.storage.key: view.storage for view in views.values() if type(view.storage) is Storage}
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in (*known, *keys)) or sorted(keys) != sorted(known):
        raise Refused("the storages are not those of the tensors")
    storages = {}
    for key in keys:
        storage = known[key]
        if storage.type not in WIDTHS or not is_count(storage.count):
            raise Refused("a storage is of no type that is read, or of no size")
        head = stream.read(8)
        size = storage.count * WIDTHS[storage.type]
        numbers = stream.read(size)
        if len(head) != 8 or struct.unpack("<q", head)[0] != storage.count or len(numbers) != size:
            raise Refused("a storage has not the numbers that it says")
        storages[key] = storage.type, numbers
    if stream.read(1):
        raise Refused("something follows the last storage")
    return {name: tensor(view, storages) for name, view in views.items()}
