#!/usr/bin/env python3
"""Writes tests/core/data/byte_pairs/: a list of merges, texts, and their ids by the reference tokenizer (PyPI package "tokenizers", the version of
models/text/requirements.txt, put together as CLIP's is). Texts and merges are made up here: the merges are those that occur most often in the
texts. The files are kept in the repository, so the tests need none of this.

    python3 tests/core/reference/byte_pairs.py [VOCABULARY [COUNT]]

Given CLIP's own list of merges (bpe_simple_vocab_16e6.txt.gz), it also writes the ids of the same texts by that. Given a count besides, it writes
nothing but prints the texts, so many random ones and every code point with their ids, one JSON object a line, for `hub tokens --clip`.
"""

import collections
import gzip
import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.models import BPE
from tokenizers.normalizers import NFC, NFD, Lowercase, Replace
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import ByteLevel, Split
from tokenizers.pre_tokenizers import Sequence as Splitters
from tokenizers.processors import RobertaProcessing

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
OUT = ROOT / "tests" / "core" / "data" / "byte_pairs"
START, END = "<|startoftext|>", "<|endoftext|>"
MERGES = 48894  # of CLIP
MADE_UP = 700
WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"

TEXTS = [
    "", " ", "\n\t\r", "a", "A lighthouse keeper's daughter learns to read the weather.", "HARBOUR LIGHTS (2019)", "unbelievably", "a photo of a red poster",
    "The cat sat; the dog didn't - why?! (nobody knows...)", "3.14159 + 2,71828 = ?", "e-mail@example.org #tag $5 50% ^_^ `x` ~y~ <b>|\\/",
    "it's we're they've I'm you'll he'd don't", "IT'S WE'RE THEY'VE I'M YOU'LL HE'D DON'T", "'S 'T 'RE 'VE 'M 'LL 'D", "''s '''re !'s 's's's 'sea 'really 'reel 'vex 'lla",
    "'r 'v 'l 'e 'r' 'v1 'l\u00e9 'r's 'l'l 're're 'rr 'vv 'le 'ls", "'", "''", "' s", "x' s", "'\u017f", "\u2019s \u2019re", "'\u0301s", "s'", "'9", "9's 8'9", "a'b'c'd'e", "'\u0130",
    "Crème brûlée, naïve façade, Ångström, Łódź, Straße, İstanbul, ĲSSEL", "ﬁne ligature ﬀ ½ ² Ⅷ ① ㍿ Ａｂｃ", "e\u0301 a\u0308\u0323 o\u0323\u0308 \u0301x", "E\u0301 A\u030a \u212b \u212a \u2126",
    "a\u0315\u0300\u05ae\u0300\u0062", "\u1e9b\u0323 \u0344 \u0f73 \u0f75 \u0f81\u0f71 \u2adc \u0958 \ufb2c \U0001d160 \U0001d1bd", "\u09c7\u09be \u0bc6\u0bbe \u0cc6\u0cc2\u0cd5 \u1025\u102e \U00011131\U00011127 \U00011935\U00011930 \U00011938",
    "o\u0323\u0323\u0308 o\u0323\u031b o\u031b\u0323 q\u0307\u0323 \u0061\u0328\u0301 a\u0301\u0328 \u0307\u0069", "\u0410\u0306 \u0418\u0306 \u0435\u0308", "=\u0338 <\u0338 >\u0338 \u2190\u0338",
    "Περί φύσεως ΟΔΥΣΣΕΥΣ ὀδύσσεια ᾅδης ΑΣ", "Москва слезам не верит; Ёлка, Йод", "Њујорк ѝ ґанок", "ქართული ᲥᲐᲠᲗᲣᲚᲘ", "Հայերեն լեզու",
    "שָׁלוֹם עולם", "مُحَمَّد السلام عليكم ١٢٣", "फ़िल्म हिन्दी में क्ष १९", "বাংলা চলচ্চিত্র", "தமிழ் திரைப்படம் கொ", "తెలుగు సినిమా", "ภาพยนตร์ไทย กำลัง", "ພາສາລາວ", "བོད་སྐད།", "ខ្មែរ។", "မြန်မာ",
    "千と千尋の神隠し", "東京物語 1953", "한국 영화 기생충", "각 힣 가 힝", "\u1100\u1161\u11a8 \u1100\u1161 \uac00\u11a8 \uac01\u11a8 \u1161\u11a8 \u1112\u1175\u11c2 \u1100\u1100\u1161 \uac00\u11a7 \u1100\u0301\u1161",
    "カタカナ ひらがな ﾊﾝｶｸ ゛ ガ か\u3099", "豈 更 車 \ufa0e \U0002f800 \U00020000 \U0002b740 \U0002b820 \U0002f868 \uf951",
    "🎬 film 👩\u200d👩\u200d👧 👍🏽 🇫🇷 ❤️ #️⃣ 👩🏾\u200d🚀", "zero\u200bwidth no\u00adbreak\u00a0space word\u2060joiner \ufeffbom", "\u2028line\u2029paragraph\u0085next\u000btab\u000cfeed\u001cfs\u180evowel",
    "nul\u0000 bell\u0007 esc\u001b del\u007f c1\u0081 \ufffd x\ufffdy", "private \ue000 \U000f0000 unassigned \u0378 \U000e0080 tag\U000e0061 \uffff \U0010ffff", "right\u202eto\u202cleft \u2066x\u2069 \u061c",
    START, END, f"a {START} b {END} c", f"a{START}b{END}c", START.upper(), END.upper(), "<|StartOfText|> <|EndOfText|>", START + START, END + END, f"<{START}>", f"<{END}>", "<|startof", "<|endof",
    "<|startoftext|", "<|startoft<|startoftext|>", "<|endoft<|endoftext|>", "<<|startoftext|> <|<|startoftext|>", "<|start oftext|>", f"{START}\u0338", f"{END}\u0338", f"e{START}\u0301 e{END}\u0301", f"'{START}s '{END}s",
    f"'r{START}e 'r{END}e", "<|\u017ftartoftext|>", f"{END[:-1]}{START}", f"{START[:-1]}{END}", f"\u0130{START}\u0130", f"\u1100{END}\u1161", f"\u1100{START}\u1161", f"1{START}2", f"!{START}!",
    "a" * 200, "é" * 130, "ab" * 100 + "!" + "c" * 101, "\u0301" * 100 + "a", "각" * 34, "word " * 700, "!" * 300, "x" * 74, "x1" * 37, "x1" * 38, "1" * 74, "1" * 75, "1" * 76, "🎬" * 100, "mississippi" * 20, "a " * 74 + END + " b",
    "«guillemets» „low“ ‚single‘ — – … ‽ 、。「括弧」 ؟ ، ؛ ।", "Ⓐ Ⓩ ⓐ Ꭰ ꭰ Ꮳ Ⰰ Ꙁ Ꞌ Ɡ Ꭓ \U00010400 \U00010c80 \U000118a0 \U0001e900 \U00016e40", "Ǆ ǅ ǆ ẞ ﬃ ŉ ǰ ΐ և ẖ ϴ Ω K", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟙𝟚",
    "\u1d15e \U0001d15e\u0323 \U0001d1bb \u302e\u302f", "tab\tseparated\tvalues", "CamelCaseWord snake_case_word kebab-case-word", "don’t ‘quote’ “double”", "https://example.org/a?b=c&d=%20#e",
    "No. 5: 10,000 km², −3°C, €7.50, £2 ¥300 ₹9", "</w>", "a</w> b", "\u0100\u0120 Ġ Ċ ļ ł", "x\u00a0\u2003\u3000y", "İ I ı i",
]


def alphabet():
    """GPT-2's letters for bytes, in the order of their ids."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return [chr(byte) for byte in seen] + [chr(256 + place) for place in range(256 - len(seen))]


def splitters():
    return Splitters([Split(Regex(WORDS), behavior="removed", invert=True), ByteLevel(add_prefix_space=False)])


def normalizers():
    return Normalizers([NFC(), Replace(Regex(r"\s+"), " "), Lowercase()])


def tokenizer(merges):
    letters = alphabet()
    pieces = [*letters, *(letter + "</w>" for letter in letters), *("".join(pair) for pair in merges), START, END]
    ids = {piece: place for place, piece in enumerate(pieces)}
    assert len(ids) == len(pieces)
    made = Tokenizer(BPE(ids, merges, unk_token=END, continuing_subword_prefix="", end_of_word_suffix="</w>", fuse_unk=False))
    made.normalizer = normalizers()
    made.pre_tokenizer = splitters()
    # As CLIP's published file has them: one is found in the normalised text, the other in the text as it is.
    made.add_special_tokens([AddedToken(START, normalized=True), AddedToken(END, normalized=False)])
    made.post_processor = RobertaProcessing((END, ids[END]), (START, ids[START]), trim_offsets=False, add_prefix_space=False)
    return made


def learnt(count):
    """The pairs that occur most often in the texts, each time the first of them."""
    words = collections.Counter()
    for text in TEXTS:
        for word, _ in splitters().pre_tokenize_str(normalizers().normalize_str(text)):
            words[(*word[:-1], word[-1] + "</w>")] += 1
    merges = []
    while len(merges) < count:
        pairs = collections.Counter()
        for word, times in words.items():
            for pair in zip(word, word[1:]):
                # No word counts for more than a few, or the long ones would be all there is.
                pairs[pair] += min(times, 3)
        # A piece can come about in two ways; the reference's list has no such second way.
        made = {"".join(pair) for pair in merges}
        best = min((pair for pair in pairs if "".join(pair) not in made), key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        joined = collections.Counter()
        for word, times in words.items():
            parts, at = [], 0
            while at < len(word):
                step = 2 if word[at : at + 2] == best else 1
                parts.append("".join(word[at : at + step]))
                at += step
            joined[tuple(parts)] += times
        words = joined
    return merges


def of_clip(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [tuple(line.split()) for line in file.read().split("\n")[1 : 1 + MERGES]]


def random_texts(count):
    draw = random.Random(7)
    take_apart = NFD().normalize_str
    alphabets = [range(0x20, 0x7F), range(0x20, 0x7F), range(0xA0, 0x250), range(0x300, 0x370), range(0x370, 0x530), range(0x590, 0x700), range(0x900, 0xE80), range(0x1E00, 0x2070), range(0x2C00, 0x2E80),
                 range(0x3000, 0x3100), range(0x4E00, 0x4F00), range(0xA640, 0xAB70), range(0xAC00, 0xAD00), range(0x1100, 0x1200), range(0xF900, 0xFB00), range(0x10000, 0x12000), range(0x1D100, 0x1D200),
                 range(0x1F300, 0x1F700), range(0x2F800, 0x2FA20), range(0, 0x20), range(0, 0xD800), range(0xE000, 0x110000), [ord(c) for c in "'''srtvmld<|> "],
                 [c for c in range(0x80, 0x20000) if not 0xAC00 <= c < 0xE000 and take_apart(chr(c)) != chr(c)]]
    # Letters and marks that are a part of another.
    alphabets.append(sorted({ord(part) for c in alphabets[-1] for part in take_apart(chr(c))}))
    for _ in range(count):
        text = ""
        for _ in range(draw.randrange(1, 12)):
            letters = draw.choice(alphabets)
            text += "".join(chr(draw.choice(letters)) for _ in range(draw.randrange(1, 8)))
            text += draw.choice(["", " ", "", draw.choice([START, END, START.upper(), END.upper(), START[:9], END[:5]]), "the", "'re", "'S", "ing", draw.choice(TEXTS)[:30]])
        if draw.random() < 0.3:
            text = take_apart(text)
        if draw.random() < 0.1:
            text = text.upper()
        yield text.encode("utf-8", "ignore").decode()


def line(made, text):
    return json.dumps({"text": text, "ids": made.encode(text).ids})


def write(name, made, texts):
    (OUT / name).write_text("".join(line(made, text) + "\n" for text in texts), encoding="utf-8")


def main(arguments):
    clip = tokenizer(of_clip(arguments[0])) if arguments else None
    if len(arguments) > 1:
        every = ("a" + chr(c) + "b " + chr(c) + " the" + chr(c) + "'S" for c in range(0x110000) if not 0xD800 <= c < 0xE000)
        for texts in (TEXTS, random_texts(int(arguments[1])), every):
            for text in texts:
                print(line(clip, text))
        return
    OUT.mkdir(parents=True, exist_ok=True)
    merges = learnt(MADE_UP)
    (OUT / "merges.txt").write_text("".join(["#version: 0.2\n", *(f"{left} {right}\n" for left, right in merges)]), encoding="utf-8")
    write("texts.jsonl", tokenizer(merges), TEXTS + list(random_texts(300)))
    if clip:
        write("clip.jsonl", clip, TEXTS + list(random_texts(100)))


if __name__ == "__main__":
    main(sys.argv[1:])
