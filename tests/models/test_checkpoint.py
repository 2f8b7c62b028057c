"""Reading a checkpoint: the numbers come out, and nothing in the file can do anything."""
import os
import struct
import tempfile
import unittest
from pathlib import Path

import checkpoint
from made_checkpoint import Saved, Storage, rows, written


class Runs:
    """What a pickle can be: a call of anything at all."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


class Checkpoint(unittest.TestCase):
    def refused(self, content, why):
        with self.assertRaisesRegex(checkpoint.Refused, why):
            checkpoint.read(content)

    def test_tensors_are_read_with_their_shapes_and_numbers(self):
        weights, steps = Storage("10", "f", [0.5, -1, 2, 3, 4, 5, 6, 7]), Storage("11", "q", [1 << 40])
        tensors = checkpoint.read(
            written({"weight": Saved(weights, 1, (2, 3), (1, 2)), "bias": Saved(weights, 6, (2,), (1,)), "steps": Saved(steps, 0, (), ())}, [weights, steps])
        )
        self.assertEqual(list(tensors), ["weight", "bias", "steps"])
        weight = tensors["weight"]
        self.assertEqual((weight.type, weight.shape, weight.strides), ("float32", (2, 3), (1, 2)))
        self.assertEqual(struct.unpack("<6f", weight.bytes[:24]), (-1, 2, 3, 4, 5, 6))
        self.assertEqual(struct.unpack("<2f", tensors["bias"].bytes[:8]), (6, 7))
        self.assertEqual((tensors["steps"].type, struct.unpack("<q", tensors["steps"].bytes)), ("int64", (1 << 40,)))

    def test_a_file_that_would_run_a_command_is_refused_and_runs_nothing(self):
        with tempfile.TemporaryDirectory() as folder:
            mark = Path(folder) / "ran"
            self.refused(written({"weight": Runs(os.system, f"touch {mark}")}, []), "names (posix|nt)\\.system")
            self.refused(written({"weight": Runs(eval, f"open({str(mark)!r}, 'w')")}, []), "names (builtins|__builtin__)\\.eval")
            self.refused(written({}, [], machine={"little_endian": Runs(os.system, f"touch {mark}")}), "names (posix|nt)\\.system")
            self.assertFalse(mark.exists())

    def test_a_tensor_that_reaches_beyond_its_storage_is_refused(self):
        storage = Storage("1", "f", [1, 2, 3, 4])
        self.refused(written({"weight": Saved(storage, 1, (4,), (1,))}, [storage]), "beyond its storage")
        self.refused(written({"weight": Saved(storage, 0, (2, 2), (4, 1))}, [storage]), "beyond its storage")
        self.refused(written({"weight": Saved(storage, -1, (4,), (1,))}, [storage]), "are not sizes")
        self.refused(written({"weight": Saved(storage, 0, (4,), (1, 1))}, [storage]), "are not sizes")

    def test_a_tensor_that_the_file_changes_after_it_was_made_is_checked_as_it_is_then(self):
        class Changed(Saved):
            def __reduce__(self):
                return *super().__reduce__(), {"shape": (1000,)}

        storage = Storage("1", "f", [1, 2, 3, 4])
        self.refused(written({"weight": Changed(storage, 0, (4,), (1,))}, [storage]), "beyond its storage")

    def test_something_that_is_no_tensor_is_refused(self):
        self.refused(written({"weight": 3}, []), "something else than named tensors")

    def test_a_file_that_is_cut_off_or_goes_on_is_refused_wherever(self):
        storage = Storage("1", "f", list(range(6)))
        whole = written({"weight": Saved(storage, 0, (2, 3), rows((2, 3)))}, [storage])
        for length in range(len(whole)):
            self.refused(whole[:length], "")
        self.refused(whole + b"\0", "follows the last storage")


if __name__ == "__main__":
    unittest.main()
