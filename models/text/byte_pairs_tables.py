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
    """(those that are two: whole, first, second twice, and one more where the two do not become the whole again), (those that are another: whole, other)"""
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
            parts.append((c, ord(first), ord(second) << 1))
        else:
            assert nfc(first + second) == joined, hex(c)
            parts.append((c, ord(first), ord(second) << 1 | 1))
    # What composing.cpp takes for granted.
    assert min(apart) == 0xC0 and min(second >> 1 for _, _, second in parts) >= 0x300
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


def packed(numbers):
    """Each number less the one before, in bytes of seven bits, the lowest first; the sign is the lowest bit."""
    found, before = [], 0
    for number in numbers:
        step, before = number - before, number
        step = step << 1 if step >= 0 else -step << 1 | 1
        while step >= 0x80:
            found.append(step & 0x7F | 0x80)
            step >>= 7
        found.append(step)
    return found


def table(name, numbers, comment):
    print(f"\n// {comment}")
    print(f"constexpr std::uint8_t {name}[] = {{")
    line = "   "
    for byte in packed(numbers):
        if len(line) + len(f" {byte},") > 140:
            print(line)
            line = "   "
        line += f" {byte},"
    print(line + "\n};")


BEFORE = """// Made by models/text/byte_pairs_tables.py. What is to change is changed there.
#include "core/features/byte_pairs_tables.hpp"

#include <vector>

// clang-format off

namespace hub::features::byte_pairs {
namespace {

using Numbers = std::span<const std::uint32_t>;

/// The lists below are packed, as the page is downloaded before it runs: each number is the one before and a step, in bytes of seven bits,
/// the lowest first, and the lowest bit of the step is its sign.
std::vector<std::uint32_t> unpacked(std::span<const std::uint8_t> bytes) {
  std::vector<std::uint32_t> numbers;
  std::uint32_t number = 0;
  std::uint32_t step = 0;
  int shift = 0;
  for (const std::uint32_t byte : bytes) {
    step |= (byte & 0x7F) << shift;
    shift += 7;
    if ((byte & 0x80) != 0) continue;
    number += (step & 1) != 0 ? 0 - (step >> 1) : step >> 1;
    numbers.push_back(number);
    step = 0;
    shift = 0;
  }
  return numbers;
}
"""
LISTS = ["kinds", "classes", "moves_first", "moves_step", "moves_by", "parts_whole", "parts_first", "parts_second", "others_whole", "others_other"]


def main():
    parts, others = letters()
    moved = moves()
    print(BEFORE, end="")
    table("packed_kinds", [c << 2 | kind for c, kind in kinds()], "Letters, numbers, white space.")
    table("packed_classes", [c << 8 | value for c, value in classes()], "Classes of marks.")
    table("packed_moves_first", [row[0] for row in moved], "Capital letters.")
    table("packed_moves_step", [row[1] for row in moved], "Which of them.")
    table("packed_moves_by", [row[2] for row in moved], "Where each goes.")
    table("packed_parts_whole", [row[0] for row in parts], "Letters that are a letter and its mark.")
    table("packed_parts_first", [row[1] for row in parts], "The letter of each.")
    table("packed_parts_second", [row[2] for row in parts], "The mark of each.")
    table("packed_others_whole", [row[0] for row in others], "Letters that are another.")
    table("packed_others_other", [row[1] for row in others], "The other of each.")
    print("\nstruct Lists {")
    for name in LISTS:
        print(f"  std::vector<std::uint32_t> {name} = unpacked(packed_{name});")
    print("};\n\nconst Lists& lists() {\n  static const Lists made;\n  return made;\n}\n\n}  // namespace\n")
    print("Numbers kinds() { return lists().kinds; }")
    print("Numbers classes() { return lists().classes; }")
    print("Moves moves() { return {lists().moves_first, lists().moves_step, lists().moves_by}; }")
    print("Parts parts() { return {lists().parts_whole, lists().parts_first, lists().parts_second}; }")
    print("Others others() { return {lists().others_whole, lists().others_other}; }")
    print("\n}  // namespace hub::features::byte_pairs")


if __name__ == "__main__":
    sys.exit(main())
