"""The pieces of CLIP's texts and their ids, out of the list of merges that it comes with (bpe_simple_vocab_16e6.txt.gz)."""
import gzip

MERGES = 49152 - 256 - 2  # of those in the file; the rest is not used
START, END = "<|startoftext|>", "<|endoftext|>"


def pieces(path):
    """@return id by piece; one that ends a word ends with </w>"""
    # Bytes that are no letters to look at have stand-ins, from 256 on; they come after the others.
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = [chr(byte) for byte in seen] + [chr(256 + place) for place in range(256 - len(seen))]
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = file.read().split("\n")[1 : 1 + MERGES]
    found = [*letters, *(letter + "</w>" for letter in letters), *("".join(line.split()) for line in lines), START, END]
    return {piece: place for place, piece in enumerate(found)}
