#!/usr/bin/env python3
"""Makes profile.json, the ratings of one invented person, out of taste.json and the catalogue beside it.

  models/demo/make_profile.py            writes models/demo/profile.json
  models/demo/make_profile.py --check    writes nothing; fails where the file differs from what would be written

A rating is what the public says, moved by the person's taste (weights on genres, keywords, creators, language and era, written down in
taste.json), a few surprises and noise, on the person's own use of the scale, to the half star. Every chance is drawn from the seed and the
item's id and not from a running generator, so that a title that is added to the catalogue changes little of what is there.
"""
import argparse
import hashlib
import json
import math
import sys
from datetime import date, timedelta
from pathlib import Path

here = Path(__file__).resolve().parent
seed = 11
wanted = {"film": 45, "show": 28, "game": 28, "album": 25, "book": 25}
files = {"film": "films", "show": "shows", "game": "games", "album": "albums", "book": "books"}
most_rated = 0.6  # of a type: the rest is there to be predicted
kept_back = 3  # of a type: every so many of the best loved titles stay unrated, so that there is something to recommend
first_day, last_day = date(2023, 11, 1), date(2026, 10, 31)
scale_mean, scale_deviation = 3.5, 1.05  # how this person uses the stars
noise_deviation = 0.25


def chance(item_id, purpose):
    """Uniform in (0, 1), the same at every run and on every machine."""
    digest = hashlib.sha256(f"{seed}/{purpose}/{item_id}".encode()).digest()
    return (int.from_bytes(digest[:6], "big") + 0.5) / 2**48


def normal(item_id, purpose):
    """Standard normal by Box and Muller (1958)."""
    return math.sqrt(-2 * math.log(chance(item_id, purpose + "/radius"))) * math.cos(2 * math.pi * chance(item_id, purpose + "/angle"))


def public_stars(item):
    """The mean of the public ratings, each mapped to 0-5."""
    values = [entry["rating"] / entry["scale"] * 5 for entry in item["community"]]
    return sum(values) / len(values)


def liking(item, taste):
    """How far the person's taste moves an item, in stars. Many small likings of one kind count for less than their sum."""
    total = 0.0
    told = {"genres": item["genres"], "keywords": item["keywords"], "creators": {creator["name"] for creator in item["creators"]}}
    for field, names in told.items():
        total += 1.1 * math.tanh(sum(taste[field].get(name, 0.0) for name in sorted(names)) / 1.1)
    total += taste["languages"].get(item["language"], 0.0)
    total += [weight for year, weight in taste["since"] if item["year"] >= year][-1]
    return total


def choose(items, likings, count, taste):
    """The titles this person has got round to: more of what is liked, of what has a strong taste to it either way, and of the people whose
    names mean something to them. Chance decides (weighted sampling without replacement, Efraimidis and Spirakis 2006). The surprises are
    all there."""
    loved = sorted(items, key=lambda item: (-likings[item["id"]], item["id"]))[: len(items) // 5]
    back = {item["id"] for place, item in enumerate(loved) if place % kept_back == 1}

    def key(item):
        known = any(creator["name"] in taste["creators"] for creator in item["creators"])
        pull = 0.3 * likings[item["id"]] + 0.5 * abs(likings[item["id"]]) + 0.7 * known
        return item["id"] in taste["surprises"], chance(item["id"], "choose") ** math.exp(-pull)

    order = sorted((item for item in items if item["id"] not in back or item["id"] in taste["surprises"]), key=key, reverse=True)
    return order[: min(count, int(most_rated * len(items)))]


def day(item):
    """A day in the three years, more of them late than early, and not before the work was out."""
    start = max(first_day, date(item["year"] + 1, 1, 1)) if item["year"] > 0 else first_day
    span = (last_day - start).days
    return (start + timedelta(days=round(span * chance(item["id"], "day") ** 0.8))).isoformat()


def profile():
    taste = json.loads((here / "taste.json").read_text(encoding="utf-8"))
    rated = []
    for kind, count in wanted.items():
        items = json.loads((here.parent / "catalogue" / f"{files[kind]}.json").read_text(encoding="utf-8"))["items"]
        usual = sum(public_stars(item) for item in items) / len(items)
        likings = {item["id"]: liking(item, taste) for item in items}
        for item in choose(items, likings, count, taste):
            above_usual = taste["public"] * (public_stars(item) - usual)
            rated.append((item, likings[item["id"]] + above_usual + taste["surprises"].get(item["id"], 0.0)))
    mean = sum(value for _, value in rated) / len(rated)
    deviation = math.sqrt(sum((value - mean) ** 2 for _, value in rated) / len(rated))
    spread = math.sqrt(scale_deviation**2 - noise_deviation**2)
    ratings = []
    for item, value in rated:
        stars = scale_mean + spread * (value - mean) / deviation + noise_deviation * normal(item["id"], "noise")
        ratings.append({"item": item["id"], "stars": min(5.0, max(0.5, math.floor(stars * 2 + 0.5) / 2)), "date": day(item)})
    ratings.sort(key=lambda rating: (rating["date"], rating["item"]))
    lines = ",\n".join(json.dumps(rating, separators=(",", ":")) for rating in ratings)
    return f'{{"version":1,"name":{json.dumps(taste["name"])},"ratings":[\n{lines}\n]}}\n'


def main():
    parser = argparse.ArgumentParser(description="Makes the demo profile from taste.json and the catalogue.")
    parser.add_argument("--check", action="store_true", help="only say whether profile.json is up to date")
    check = parser.parse_args().check
    path, text = here / "profile.json", profile()
    if not check:
        path.write_text(text, encoding="utf-8")
    elif not path.exists() or path.read_text(encoding="utf-8") != text:
        sys.exit("models/demo/profile.json is out of date. Run models/demo/make_profile.py.")


if __name__ == "__main__":
    main()
