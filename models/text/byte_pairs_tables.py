#!/usr/bin/env python3
"""Writes core/features/byte_pairs_tables.cpp: what the reference tokenizer of CLIP does to each code point.

The reference (PyPI package "tokenizers") carries tables of several Unicode versions, so they are read off by asking it about every code point
there is. Run with the version that is named in requirements.txt beside this file:

    python3 models/text/byte_pairs_tables.py > core/features/byte_pairs_tables.cpp
"""

import sys
from functools import cmp_to_key

from tokenizers import Regex
from tokenizers.normalizers import NFC, NFD, Lowercase, Replace
from unicode_tables import code_points

HANGUL = range(0xAC00, 0xD7A4)  # joined and taken apart by rule: Unicode 15, 3.12
NEVER_JOINED = 0x80000000
LETTER, NUMBER, SPACE = 1, 2, 3  # Kind; 0 is none of them

nfc, nfd = NFC().normalize_str, NFD().normalize_str


def boundaries(value_of):
    """[(first, value)]: from `first` on, up to the next entry, code points have that value."""
    found = [(0, value_of(0))]
    for c in code_points():
        if value_of(c) != found[-1][1]:
            found.append((c, value_of(c)))
    return found


def kinds():
    found = {}
    for kind, pattern in ((LETTER, r"\p{L}"), (NUMBER, r"\p{N}"), (SPACE, r"\s")):
        without = Replace(Regex(pattern), "").normalize_str
        for c in code_points():
            if without(chr(c)) == "":
                assert c not in found, hex(c)
                found[c] = kind
    return boundaries(lambda c: found.get(c, 0))


def classes():
    """Combining classes, as the order tells them into which the reference puts two marks: from 1 on, as only which is lower matters."""

    def swapped(a, b):
        return nfd(chr(a) + chr(b)) == chr(b) + chr(a)

    whole = [c for c in code_points() if nfd(chr(c)) == chr(c) and c not in HANGUL]
    lowest, highest = 0x334, 0x345  # of the Unicode classes 1 and 240, between which all others are
    marks = [c for c in whole if c == highest or swapped(highest, c) or swapped(c, lowest)]
    marks.sort(key=cmp_to_key(lambda a, b: swapped(a, b) - swapped(b, a)))
    found, place = {}, 1
    for before, c in zip([None, *marks], marks):
        place += before is not None and swapped(c, before)
        found[c] = place
    return boundaries(lambda c: found.get(c, 0))


def letters():
    """(those that are two: whole, first, second), (those that are another: whole, other)"""
    apart = {c: nfd(chr(c)) for c in code_points() if c not in HANGUL}
    apart = {c: text for c, text in apart.items() if text != chr(c)}
    by_parts = {text: c for c, text in apart.items() if len(nfc(chr(c))) != 1 or nfc(chr(c)) == chr(c)}
    parts, others = [], []
    for c, text in apart.items():
        joined = nfc(chr(c))
        if len(joined) == 1 and joined != chr(c):
            others.append((c, ord(joined)))
            continue
        first = text[0] if len(text) == 2 else chr(by_parts[text[:-1]])
        second = text[-1]
        if joined == chr(c):
            assert nfc(first + second) == chr(c), hex(c)
            parts.append((c, ord(first), ord(second)))
        else:
            assert nfc(first + second) == joined, hex(c)
            parts.append((c, ord(first), ord(second) | NEVER_JOINED))
    # What composing.cpp takes for granted.
    assert min(apart) == 0xC0 and min(second for _, _, second in parts) >= 0x300
    return parts, others


def moves():
    """[(first, step, by)]: from `first` on, up to the next entry, each step-th code point moves by that much."""
    lower = Lowercase().normalize_str
    moved = {}
    for c in code_points():
        text = lower(chr(c))
        if text != chr(c):
            # The one that becomes two, i with a dot.
            assert len(text) == 1 or (c == 0x130 and text == "i\u0307"), hex(c)
            moved[c] = ord(text[0]) - c
    runs = []
    for c, by in sorted(moved.items()):
        if runs:
            first, last, step, same = runs[-1]
            if by == same and (c - last == step or (first == last and c - last in (1, 2))):
                runs[-1] = (first, c, c - last, by)
                continue
        runs.append((c, c, 1, by))
    found = [(0, 1, 0)]
    for first, last, step, by in runs:
        if found[-1][0] == first:
            found.pop()
        found += [(first, step, by), (last + 1, 1, 0)]
    return found


def table(name, type_name, entries, comment):
    print(f"\n// {comment}")
    print(f"constexpr {type_name} {name}[] = {{")
    line = "   "
    for entry in entries:
        text = " {" + ", ".join(map(str, entry)) + "}," if isinstance(entry, tuple) else f" {entry:#x},"
        if len(line) + len(text) > 140:
            print(line)
            line = "   "
        line += text
    print(line + "\n};")


def main():
    parts, others = letters()
    number = "std::uint32_t"
    print("// Made by models/text/byte_pairs_tables.py. What is to change is changed there.")
    print('#include "core/features/byte_pairs_tables.hpp"\n')
    print("// clang-format off\n\nnamespace hub::features::byte_pairs {\nnamespace {")
    table("kind_list", number, [c << 2 | kind for c, kind in kinds()], "Letters, numbers, white space.")
    table("class_list", number, [c << 8 | value for c, value in classes()], "Combining classes of marks.")
    table("move_list", "Move", moves(), "Capital letters.")
    table("part_whole", number, [row[0] for row in parts], "Letters that are a letter and its mark.")
    table("part_first", number, [row[1] for row in parts], "The letter of each.")
    table("part_second", number, [row[2] for row in parts], "The mark of each.")
    table("other_whole", number, [row[0] for row in others], "Letters that are another.")
    table("other_other", number, [row[1] for row in others], "The other of each.")
    print("\n}  // namespace\n")
    print(f"std::span<const {number}> kinds() {{ return kind_list; }}")
    print(f"std::span<const {number}> classes() {{ return class_list; }}")
    print("std::span<const Move> moves() { return move_list; }")
    print("Parts parts() { return {part_whole, part_first, part_second}; }")
    print("Others others() { return {other_whole, other_other}; }")
    print("\n}  // namespace hub::features::byte_pairs")


if __name__ == "__main__":
    sys.exit(main())
