#!/usr/bin/env python3
"""Writes tests/core/data/imports/archives/: zip and gzip files as other programs make them, and broken ones.

Needs Python 3.9 or newer and nothing else. What is in them is made up. The archives are kept in the repository, so the tests need none of this.
"""

import gzip
import io
import pathlib
import struct
import zipfile
import zlib

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "imports" / "archives"
DAY = (2025, 3, 4, 5, 6, 8)

RATINGS = """Date,Name,Year,Letterboxd URI,Rating
2021-03-04,Harbour Lights,2019,https://boxd.it/aaa1,4.5
2021-03-05,The Same Name,2010,https://boxd.it/aaa4,3
2021-03-06,The Same Name,2010,https://boxd.it/aaa5,2
"""
DIARY = """Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date
2020-01-02,Harbour Lights,2019,https://boxd.it/e1,4,,,2020-01-01
2021-03-04,Harbour Lights,2019,https://boxd.it/e2,4.5,Yes,,2021-03-03
2021-05-01,Low Tide,2001,https://boxd.it/e3,3.5,,,2021-04-30
"""
WATCHED = """Date,Name,Year,Letterboxd URI
2021-03-06,The Same Name,2010,https://boxd.it/aaa5
2020-01-02,Harbour Lights,2019,https://boxd.it/aaa1
2021-05-01,Low Tide,2001,https://boxd.it/aaa6
2022-01-01,Seen Only,1999,https://boxd.it/aaa7
"""
WATCHLIST = "Date,Name,Year,Letterboxd URI\n2022-02-02,Not Yet,2024,https://boxd.it/aaa8\n"
LIKES = "Date,Name,Year,Letterboxd URI\n2021-03-06,The Same Name,2010,https://boxd.it/aaa5\n"
DELETED = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2019-01-02,Taken Back,2000,https://boxd.it/e9,1,,,2019-01-01\n"
LIST = "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2025-01-01,x,,,\n"
PROFILE = "Date Joined,Username,Given Name\n2019-01-01,ada,Ada\n"

LETTERBOXD = {
    "profile.csv": PROFILE,
    "watched.csv": WATCHED,
    "diary.csv": DIARY,
    "ratings.csv": RATINGS,
    "watchlist.csv": WATCHLIST,
    "likes/films.csv": LIKES,
    "deleted/diary.csv": DELETED,
    "lists/mine.csv": LIST,
}


def info(name, method=zipfile.ZIP_DEFLATED):
    entry = zipfile.ZipInfo(name, DAY)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def archive(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_file:
        for name, text in files.items():
            zip_file.writestr(info(name, method), text)
    return out.getvalue()


class OneWay(io.RawIOBase):
    """A pipe: what is written to it cannot be gone back to, so that sizes stand behind the data."""

    def __init__(self):
        self.data = b""

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def streamed(files):
    pipe = OneWay()
    with zipfile.ZipFile(pipe, "w") as zip_file:
        for name, text in files.items():
            with zip_file.open(info(name), "w") as entry:
                entry.write(text.encode())
    return pipe.data


def zip64(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_file:
        for name, text in files.items():
            with zip_file.open(info(name), "w", force_zip64=True) as entry:
                entry.write(text.encode())
    data = out.getvalue()
    # Python writes the long form of the directory for large archives alone: it is put in by hand, and so are the long sizes of its entries.
    end = data.rindex(b"PK\5\6")
    count, size, offset = struct.unpack_from("<HII", data, end + 10)
    directory = b""
    at = offset
    for _ in range(count):
        head = bytearray(data[at : at + 46])
        packed, unpacked, name, extra, comment = struct.unpack_from("<IIHHH", head, 20)
        (local,) = struct.unpack_from("<I", head, 42)
        long_form = struct.pack("<HHQQQ", 1, 24, unpacked, packed, local)
        struct.pack_into("<IIHHH", head, 20, 0xFFFFFFFF, 0xFFFFFFFF, name, len(long_form), 0)
        struct.pack_into("<I", head, 42, 0xFFFFFFFF)
        directory += bytes(head) + data[at + 46 : at + 46 + name] + long_form
        at += 46 + name + extra + comment
    start = data[:offset]
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), offset)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, offset + len(directory), 1)
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return start + directory + record + locator + tail


def patched(data, method=None, flags=None, checksum=None):
    """The same with one value changed in each local header and in the directory."""
    data = bytearray(data)
    for mark, base in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            if flags is not None:
                struct.pack_into("<H", data, at + base, flags)
            if method is not None:
                struct.pack_into("<H", data, at + base + 2, method)
            if checksum is not None:
                struct.pack_into("<I", data, at + base + 8, checksum)
            at = data.find(mark, at + 4)
    return bytes(data)


def names_as_bytes(pairs):
    """A stored archive whose names are exactly these bytes."""
    data = directory = b""
    for name, text in pairs:
        body = text.encode()
        common = struct.pack("<HHHHIIIHH", 0, 0, 0, 0x5A64, zlib.crc32(body), len(body), len(body), len(name), 0)
        directory += struct.pack("<4sHH", b"PK\1\2", 20, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(data)) + name
        data += b"PK\3\4" + struct.pack("<H", 20) + common + name + body
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(pairs), len(pairs), len(directory), len(data), 0)
    return data + directory + end


def overlapping():
    """Two entries of the directory that share one local file and more bytes than the archive has."""
    data = archive({"a.csv": "x" * 2000}, zipfile.ZIP_STORED)
    end = data.rindex(b"PK\5\6")
    size, offset = struct.unpack_from("<II", data, end + 12)
    directory = data[offset : offset + size] * 3
    tail = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 3, 3, len(directory), offset, 0)
    return data[:offset] + directory + tail


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    ratings = {"ratings.csv": RATINGS}
    anime = (OUT.parent / "myanimelist.xml").read_bytes()
    files = {
        "letterboxd.zip": archive(LETTERBOXD),
        "streamed.zip": streamed(ratings),
        "stored.zip": archive(ratings, zipfile.ZIP_STORED),
        "zip64.zip": zip64(ratings),
        "before.zip": b"#!/bin/sh\nexit 0\n" * 9 + archive(ratings),
        "bzip2.zip": archive(ratings, zipfile.ZIP_BZIP2),
        "encrypted.zip": patched(archive(ratings), flags=1),
        "checksum.zip": patched(archive(ratings), checksum=12345),
        "bomb.zip": archive({"ratings.csv": "\0" * (20 << 20)}),
        "overlapping.zip": overlapping(),
        "names.zip": names_as_bytes([(b"B\x81cher\\ratings.csv", RATINGS), (b"..\\..\\C:\\diary.csv", DIARY), ("größe.csv".encode(), "x")]),
        "none.zip": archive({"readme.txt": "Nothing to see.", "__MACOSX/._ratings.csv": RATINGS}),
        "several.zip": archive({"a/readme.txt": "Nothing to see.", "b.csv": "Month,Rent\n1,2\n"}),
        "empty.zip": archive({}),
        "animelist.xml.gz": gzip.compress(anime, mtime=0),
        "members.csv.gz": gzip.compress(RATINGS[:70].encode(), mtime=0) + gzip.compress(RATINGS[70:].encode(), mtime=0) + b"\0" * 20,
        "bomb.csv.gz": gzip.compress(b"\0" * (20 << 20), mtime=0),
    }
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as outer:
        outer.writestr(info("inner/export.zip"), files["stored.zip"])
        outer.writestr(info("animelist.xml.gz"), files["animelist.xml.gz"])
    files["nested.zip"] = inner.getvalue()
    for name, data in files.items():
        (OUT / name).write_bytes(data)


if __name__ == "__main__":
    main()
