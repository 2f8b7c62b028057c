#!/usr/bin/env python3
"""Writes tests/core/data/wordpiece/: a vocabulary, texts, and their ids by the reference tokenizer (PyPI package "tokenizers", the version of
models/text/requirements.txt). The texts are made up here. The files are kept in the repository, so the tests need none of this.

    python3 tests/core/reference/wordpiece.py [VOCABULARY]

Given a vocabulary, it writes nothing but prints a great many random texts and their ids, one JSON object a line, for `hub tokens`.
"""

import json
import pathlib
import random
import sys

from tokenizers import AddedToken, Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "wordpiece"
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

TEXTS = [
    "", " ", "\n\t\r", "a", "A lighthouse keeper's daughter learns to read the weather.", "HARBOUR LIGHTS (2019)", "unbelievably",
    "The cat sat; the dog didn't - why?! (nobody knows...)", "3.14159 + 2,71828 = ?", "e-mail@example.org #tag $5 50% ^_^ `x` ~y~ <b>|\\/",
    "Crème brûlée, naïve façade, Ångström, Łódź, Straße, İstanbul, ĲSSEL", "ﬁne ligature ﬀ ½ ² Ⅷ ① ㍿ Ａｂｃ", "e\u0301 a\u0308\u0323 o\u0323\u0308 \u0301x",
    "Περί φύσεως ΟΔΥΣΣΕΥΣ ὀδύσσεια ᾅδης", "Москва слезам не верит; Ёлка, Йод", "Њујорк ѝ ґанок", "ქართული ᲥᲐᲠᲗᲣᲚᲘ", "Հայերեն լեզու",
    "שָׁלוֹם עולם", "مُحَمَّد السلام عليكم ١٢٣", "फ़िल्म हिन्दी में क्ष", "বাংলা চলচ্চিত্র", "தமிழ் திரைப்படம் கொ", "తెలుగు సినిమా", "ภาพยนตร์ไทย กำลัง", "ພາສາລາວ", "བོད་སྐད།", "ខ្មែរ។", "မြန်မာ",
    "千と千尋の神隠し", "東京物語 1953", "한국 영화 기생충", "각 힣 가", "\u1100\u1161\u11a8", "カタカナ ひらがな ﾊﾝｶｸ ゛ ガ か\u3099", "豈 更 車 \ufa0e \U0002f800 \U00020000 \U0002b740 \U0002b820",
    "🎬 film 👩\u200d👩\u200d👧 👍🏽 🇫🇷 ❤️ #️⃣", "zero\u200bwidth no\u00adbreak\u00a0space word\u2060joiner \ufeffbom", "\u2028line\u2029paragraph\u0085next\u000btab\u000cfeed",
    "nul\u0000 bell\u0007 esc\u001b del\u007f c1\u0081 \ufffd x\ufffdy", "private \ue000 \U000f0000 unassigned \u0378 \U000e0080 tag\U000e0061", "right\u202eto\u202cleft \u2066x\u2069 \u061c",
    "[SEP]", "a [SEP] b", "[sep] [Sep]", "[CLS][SEP][PAD][UNK][MASK]", "x[MASK]y", "[[SEP]]", "[ SEP ]", "[SE[SEP]P]", "[UNK", "é[SEP]É", "\u4e00[SEP]\u4e00",
    "a" * 99, "a" * 100, "a" * 101, "é" * 100, "é" * 101, "ab" * 50 + "!" + "c" * 101, "\u0301" * 200 + "a", "각" * 34, "word " * 700, "!" * 300,
    "«guillemets» „low“ ‚single‘ — – … ‽ 、。「括弧」 ؟ ، ؛ ।", "\u055a\u0589\u05be\u0700\u0e4f\u104a\u1361\u166d\u16eb\u1735\u17d4\u1800\u2cf9\u2e00\u3001\ua4fe\ua60d\ua8ce\ufe10\U00010100\U0001039f\U00011047",
    "Ⓐ Ⓩ ⓐ Ꭰ ꭰ Ꮳ Ⰰ Ꙁ Ꞌ Ɡ Ꭓ \U00010400 \U00010c80 \U000118a0 \U0001e900", "Ǆ ǅ ǆ ẞ ﬃ ŉ ǰ ΐ և ẖ", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𝟙𝟚", "\u1d15e \U0001d15e\u0323 \U0001d1bb \u302e\u302f",
    "tab\tseparated\tvalues", "CamelCaseWord snake_case_word kebab-case-word", "don’t ‘quote’ “double”", "https://example.org/a?b=c&d=%20#e", "No. 5: 10,000 km², −3°C, €7.50, £2 ¥300 ₹9",
]


def tokenizer(pieces):
    made = Tokenizer(WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100))
    made.normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    made.add_special_tokens([AddedToken(word, normalized=False) for word in SPECIALS])
    ends = [(word, pieces.index(word)) for word in ("[CLS]", "[SEP]")]
    made.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    return made


def vocabulary():
    """Every letter that the texts come down to, at the beginning of a word and inside, and some longer pieces."""
    normalise = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=True, lowercase=True).normalize_str
    letters = sorted({letter for text in TEXTS for letter in normalise(text) if not letter.isspace()} | set("abcdefghijklmnopqrstuvwxyz0123456789"))
    # Some are left out, so that there are words without pieces.
    letters = [letter for i, letter in enumerate(letters) if i % 17 != 5 or letter.isascii()]
    longer = ["the", "un", "##believ", "##able", "##ably", "light", "##house", "##s", "harbour", "weather", "##er", "##ing", "##lly", "keeper", "daughter", "read",
              "creme", "brulee", "москва", "##ва", "film", "word", "##word", "##case", "東", "##京", "aaaa", "##aaaa", "##ab", "20", "##19", "don", "...", "www"]
    return list(dict.fromkeys(SPECIALS + letters + ["##" + letter for letter in letters] + longer))


def random_texts(count):
    draw = random.Random(7)
    alphabets = [range(0x20, 0x7F), range(0xA0, 0x250), range(0x300, 0x370), range(0x370, 0x530), range(0x590, 0x700), range(0x900, 0xE80), range(0x1E00, 0x2070),
                 range(0x2C00, 0x2E80), range(0x3000, 0x3100), range(0x4E00, 0x4F00), range(0xA640, 0xAB70), range(0xAC00, 0xAD00), range(0xF900, 0xFB00), range(0x10000, 0x12000),
                 range(0x1D100, 0x1D200), range(0x1F300, 0x1F700), range(0x2F800, 0x2FA20), range(0, 0x20), range(0, 0xD800), range(0xE000, 0x110000)]
    for _ in range(count):
        text = ""
        for _ in range(draw.randrange(1, 12)):
            alphabet = draw.choice(alphabets)
            text += "".join(chr(draw.choice(alphabet)) for _ in range(draw.randrange(1, 8)))
            text += draw.choice(["", " ", "", draw.choice(SPECIALS), "the", "ing", draw.choice(TEXTS)[:30]])
        yield text


def main(arguments):
    if arguments:
        pieces = pathlib.Path(arguments[0]).read_text(encoding="utf-8").split("\n")
        made = tokenizer([piece for piece in pieces if piece])
        every = ("a" + chr(c) + "b " + chr(c) + " the" + chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000)
        for texts in (TEXTS, random_texts(200_000), every):
            for text in texts:
                print(json.dumps({"text": text, "ids": made.encode(text).ids}))
        return
    pieces = vocabulary()
    made = tokenizer(pieces)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "vocabulary.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    lines = [json.dumps({"text": text, "ids": made.encode(text).ids}) for text in TEXTS + list(random_texts(300))]
    (OUT / "texts.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
