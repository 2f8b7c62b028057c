"""A file of safetensors gives its numbers, and one that is none is refused."""
import json
import struct
import unittest

import numpy as np
import tensors

ROWS = np.arange(6, dtype="<f4").reshape(2, 3)


def file(**changes):
    told = {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32], **changes}
    header = json.dumps({"__metadata__": {"format": "pt"}, "rows": told, "other": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(8) + ROWS.tobytes()


class Tensors(unittest.TestCase):
    def test_numbers_come_by_their_names_and_other_types_are_passed_over(self):
        found = tensors.read(file())
        self.assertEqual(list(found), ["rows"])
        np.testing.assert_array_equal(found["rows"], ROWS)

    def test_a_file_that_is_cut_off_is_refused_wherever_that_is(self):
        whole = file()
        for length in range(len(whole)):
            with self.assertRaises(tensors.Refused, msg=str(length)):
                tensors.read(whole[:length])

    def test_numbers_that_do_not_lie_where_the_header_says_are_refused(self):
        for changes in ({"data_offsets": [8, 28]}, {"data_offsets": [32, 8]}, {"data_offsets": [-16, 8]}, {"data_offsets": [16, 40]}, {"shape": [2, 4]}):
            with self.assertRaises(tensors.Refused, msg=str(changes)):
                tensors.read(file(**changes))

    def test_what_is_no_header_is_refused(self):
        for header in (b"[]", b"{", b"\xff\xfe", b"7"):
            with self.assertRaises(tensors.Refused, msg=str(header)):
                tensors.read(struct.pack("<Q", len(header)) + header)


if __name__ == "__main__":
    unittest.main()
