#include "core/library/event_bytes.hpp"

#include <cstdint>
#include <limits>
#include <vector>

#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using namespace hub;

namespace {

std::vector<Event> one_of_each() {
  const EventId id{"00112233aabbccdd", 7};
  const Rating rating{7.3, RatingScale::ten, "2024-05-31", "IMDb"};
  Deeds deeds;
  deeds.dropped = deeds.liked = true;
  deeds.parts = 12;
  deeds.hours = 0.1;
  deeds.last = "2024-02-29";
  Item odd;
  odd.id = "album/é";
  odd.type = MediaType::album;
  odd.title = std::string("a\0b\xff", 4);
  odd.year = -44;
  odd.length = std::numeric_limits<double>::denorm_min();
  odd.ids = {{"isbn", "1"}, {"wikidata", "Q1"}};
  odd.creators = {{"artist", "X"}, {"", "Y"}};
  odd.community = {{"IMDb", -0.5, 10, 2'000'000'000L, "2024"}, {"X", 3, 5, std::nullopt, ""}};
  odd.sources = {{"Wikidata", "2026-01-01", set_of(Fact::title) | set_of(Fact::poster)}, {"", "", 0}};
  odd.series = {{"S", "1-3"}, {"", ""}};
  odd.awards = {"", "A"};
  odd.awards_won = 0;
  odd.nominations = -1;
  Song song;
  song.id = "é / x";
  song.title = "É";
  song.artists = {"X", ""};
  song.audio[3] = -0.25;
  song.audio[13] = 0;
  song.disliked = true;
  song.plays = 4'000'000'000U;
  Imported heard;
  heard.songs = {song, Song()};
  std::vector<Event> events;
  for (const Payload& payload :
       {Payload(Rated{"show/tt1", rating, odd}), Payload(Rated{"film/x", rating, std::nullopt}), Payload(Unrated{"book/b"}),
        Payload(ItemAdded{odd}), Payload(ItemAdded{}),
        Payload(Imported{"IMDb", "ratings (1).csv", {odd, Item()}, {{"show/tt1", rating}, {"", {}}}, {{"show/tt1", deeds}}}),
        Payload(Skipped{"game/g"}), Payload(NotInterested{"album/a"}), Payload(SettingChanged{"theme", "dark"}), Payload(Undone{id}),
        Payload(Redone{{"ffff", std::numeric_limits<std::uint64_t>::max()}}), Payload(Marked{"book/b", deeds, odd}),
        Payload(Marked{"book/b", {}, std::nullopt}), Payload(heard), Payload(SongMarked{"é / x", true, false}),
        Payload(ChangedTogether{ChangedTogether::Deed::removed, std::nullopt, {"film/x", "book/b"}}),
        Payload(ChangedTogether{ChangedTogether::Deed::rated, rating, {}})})
    events.push_back({id, events.size() % 2 ? std::int64_t{1'712'345'678'901} : std::int64_t{-1}, payload});
  return events;
}

}  // namespace

TEST_CASE("Events come back from their bytes as they were") {
  const auto events = one_of_each();
  const auto back = events_from_bytes(event_bytes(events));
  REQUIRE(back);
  CHECK(*back == events);
  CHECK(events_from_bytes({})->empty());
}

TEST_CASE("Bytes that were cut short or changed are refused or read as something else, and nothing worse") {
  const auto whole = event_bytes(one_of_each());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = events_from_bytes(std::span(whole).first(size));
    // Where an event ends, what is there is whole.
    if (cut) CHECK(event_bytes(*cut) == std::vector<std::uint8_t>(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
  }
  CHECK_FALSE(events_from_bytes(std::span(whole).first(whole.size() - 1)));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{0x7f}, std::uint8_t{0x80}, std::uint8_t{0xff}}) {
      auto changed = whole;
      changed[at] = value;
      (void)events_from_bytes(changed);
    }
  }
}
