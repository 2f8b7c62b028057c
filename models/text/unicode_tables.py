#!/usr/bin/env python3
"""Writes core/features/wordpiece_tables.cpp: what the reference tokenizer of BERT does to each code point.

The reference (PyPI package "tokenizers") carries tables of a Unicode version of its own, so they are read off by asking it about every
code point there is, one at a time. Run with the version that is named in requirements.txt beside this file:

    python3 models/text/unicode_tables.py > core/features/wordpiece_tables.cpp
"""

import sys

from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

HANGUL = range(0xAC00, 0xD7A4)  # taken apart by rule: Unicode 15, 3.12


def code_points():
    return (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)


def ranges(points):
    found = []
    for c in points:
        if found and found[-1][1] == c - 1:
            found[-1][1] = c
        else:
            found.append([c, c])
    return found


def runs(pairs):
    """(from, to) pairs as (first, last, step, to of the first): neighbours with equal distance move alike."""
    found = []
    for c, to in pairs:
        if found:
            first, last, step, target = found[-1]
            gap = c - last
            if to - target == c - first and ((step == 0 and gap in (1, 2)) or gap == step):
                found[-1] = [first, c, gap, target]
                continue
        found.append([c, c, 0, to])
    return [[first, last, step or 1, target] for first, last, step, target in found]


def table(name, type_name, rows, comment):
    print(f"\n// {comment}")
    print(f"constexpr {type_name} {name}[] = {{")
    line = "   "
    for row in rows:
        entry = " {" + ", ".join(hex(value) for value in row) + "},"
        if len(line) + len(entry) > 140:
            print(line)
            line = "   "
        line += entry
    print(line + "\n};")


def main():
    normalise = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True).normalize_str
    words = BertPreTokenizer().pre_tokenize_str
    dropped, alone, mapped, longer = [], [], [], []
    for c in code_points():
        text = normalise(chr(c))
        if text == "":
            dropped.append(c)
            continue
        if len(text) > 2 and text[0] == text[-1] == " ":
            alone.append(c)
            text = text[1:-1]
        if text == chr(c) or c in HANGUL:
            continue
        if len(text) == 1:
            mapped.append((c, ord(text)))
        else:
            assert len(text) <= 3, hex(c)
            longer.append([c] + [ord(part) for part in text] + [0] * (3 - len(text)))
    spaces, marks = [], []
    for c in code_points():
        if chr(c) == "a":
            continue
        count = len(words("a" + chr(c) + "a"))
        if count == 2:
            spaces.append(c)
        elif count == 3:
            marks.append(c)

    print("// Made by models/text/unicode_tables.py. What is to change is changed there.")
    print('#include "core/features/wordpiece_tables.hpp"\n')
    print("// clang-format off\n\nnamespace hub::features::wordpiece {\nnamespace {")
    table("dropped_list", "Range", ranges(dropped), "Control characters, and the marks that a letter bears.")
    table("alone_list", "Range", ranges(alone), "Ideographs: each is a word.")
    table("spaces_list", "Range", ranges(spaces), "White space between words.")
    table("marks_list", "Range", ranges(marks), "Punctuation: each is a word.")
    table("runs_list", "Run", runs(mapped), "Letters without their marks, in lower case; white space that becomes a plain space.")
    table("longer_list", "Longer", longer, "Letters that are taken apart.")
    print("\n}  // namespace\n")
    lists = {"dropped": "Range", "alone": "Range", "spaces": "Range", "marks": "Range", "runs": "Run", "longer": "Longer"}
    for name, kind in lists.items():
        print(f"std::span<const {kind}> {name}() {{ return {name}_list; }}")
    print("\n}  // namespace hub::features::wordpiece")


if __name__ == "__main__":
    sys.exit(main())
