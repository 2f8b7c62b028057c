// Songs from a file to their chances: read, kept in the library and its history, learnt from, and told.

#include "core/library/song.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "core/engine/song_file.hpp"
#include "core/engine/song_taste.hpp"
#include "core/imports/song_reader.hpp"
#include "core/library/event_text.hpp"
#include "core/library/item.hpp"
#include "core/library/json.hpp"
#include "core/library/library.hpp"
#include "core/predictor/random.hpp"
#include "core/storage/backup.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

const std::string here = "00000000000000aa";

double of(const AudioFeatures& audio, Audio which) {
  const auto& value = audio[static_cast<std::size_t>(which)];
  REQUIRE(value);
  return *value;
}

bool lacks(const AudioFeatures& audio, Audio which) {
  return !audio[static_cast<std::size_t>(which)].has_value();
}

Song song(const std::string& title, bool liked, std::optional<double> energy = std::nullopt) {
  Song made;
  made.title = title;
  made.artists = {"Ada Kern"};
  made.id = song_id(made.title, made.artists.front());
  made.liked = liked;
  made.audio[static_cast<std::size_t>(Audio::energy)] = energy;
  return made;
}

Imported batch(std::vector<Song> songs) {
  Imported imported;
  imported.source = "a table of songs";
  imported.file = "songs.csv";
  imported.songs = std::move(songs);
  return imported;
}

struct Listener {
  Library library;
  std::int64_t now = 1'000;
  EventId does(Payload payload) {
    const Event event = library.make(here, now += 10, std::move(payload));
    const auto change = library.apply(event);
    INFO((change ? "" : change.error().message));
    REQUIRE(change);
    return event.id;
  }
};

/// A table of songs that are liked where they are loud and fast, and a few by mistake.
std::string table_of_songs(std::size_t count) {
  std::string text = "song_title,artist,energy,tempo,target\n";
  predictor::Random random(7);
  for (std::size_t i = 0; i < count; ++i) {
    const double energy = random.uniform();
    const double tempo = 80 + 80 * random.uniform();
    const bool slip = random.uniform() < 0.05;
    const bool liked = (energy + (tempo - 80) / 80 > 1) != slip;
    text += "Song " + std::to_string(i) + ",Artist " + std::to_string(i % 9) + "," + std::to_string(energy) + "," + std::to_string(tempo) +
            (liked ? ",1\n" : ",0\n");
  }
  return text;
}

storage::Bytes bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

std::vector<p::SongRecord> records_in(const storage::Bytes& bytes) {
  std::vector<p::SongRecord> records(bytes.size() / sizeof(p::SongRecord));
  if (!bytes.empty()) std::memcpy(records.data(), bytes.data(), bytes.size());
  return records;
}

}  // namespace

TEST_CASE("songs: a table that says what is liked is read with how the songs sound") {
  const auto parsed = parse_file("songs.csv");
  CHECK(parsed.source == "a table of songs");
  CHECK(parsed.rows.empty());
  REQUIRE(parsed.songs.size() == 3);
  const imports::Song& low = parsed.songs[0];
  CHECK(low.title == "Low Water");
  CHECK(low.artist == "The Pier Lamps");
  CHECK(low.liked);
  CHECK(of(low.audio, Audio::energy) == 0.72);
  CHECK(of(low.audio, Audio::loudness) == -8.795);
  CHECK(of(low.audio, Audio::duration_ms) == 204600);
  CHECK(lacks(low.audio, Audio::speechiness));
  const imports::Song& quiet = parsed.songs[1];
  CHECK_FALSE(quiet.liked);
  CHECK_FALSE(quiet.disliked);
  CHECK(lacks(quiet.audio, Audio::key));  // -1 stands for none
  CHECK(lacks(quiet.audio, Audio::time_signature));
  CHECK(of(quiet.audio, Audio::mode) == 0);
  CHECK(imports::artists_in(parsed.songs[2].artist) == std::vector<std::string>{"Ada Kern", "The Pier Lamps"});
  CHECK(reason_of(parsed, 5) == "There is no title here.");
}

TEST_CASE("songs: a playlist's table is told by its headings, and its name says whether its songs are liked") {
  const auto liked = parse_file("Liked Songs.csv");
  REQUIRE(liked.songs.size() == 2);
  CHECK(liked.songs[0].liked);
  CHECK(liked.songs[0].spotify == "aaaaaaaaaaaaaaaaaaaaa1");
  CHECK(liked.songs[0].album == "Salt & Iron");
  CHECK(of(liked.songs[0].audio, Audio::popularity) == 61);
  CHECK(lacks(liked.songs[1].audio, Audio::energy));
  CHECK(notes_say(liked, "taken as liked"));
  const auto heard = parse(text_of("Liked Songs.csv"), "Sunday morning.csv");
  REQUIRE(heard.songs.size() == 2);
  CHECK_FALSE(heard.songs[0].liked);
  CHECK(notes_say(heard, "taken as heard"));
}

TEST_CASE("songs: artists are parted where a list parts them, not within a name") {
  using imports::artists_in;
  CHECK(artists_in("Tyler, The Creator") == std::vector<std::string>{"Tyler, The Creator"});
  CHECK(artists_in("A;B; C") == std::vector<std::string>{"A", "B", "C"});
  CHECK(artists_in("A,B") == std::vector<std::string>{"A", "B"});
  CHECK(artists_in("").empty());
  CHECK(imports::read_audio(Audio::mode, "Major") == 1.0);
  CHECK(imports::read_audio(Audio::mode, "minor") == 0.0);
  CHECK_FALSE(imports::read_audio(Audio::tempo, "fast"));
  CHECK_FALSE(imports::read_audio(Audio::energy, "-0.5"));
}

TEST_CASE("songs: one song in two spellings is one, and titles of signs alone are told apart") {
  CHECK(song_id("Low Water", "The Pier Lamps") == song_id("LOW  WATER", "the pier lamps"));
  CHECK(song_id("Low Water", "The Pier Lamps") != song_id("Low Water", "Ada Kern"));
  CHECK(song_id("???", "A") != song_id("!!!", "A"));
  CHECK_FALSE(song_id("???", "").empty());
  CHECK(song_id(std::string(5'000, 'x'), std::string(5'000, 'y')).size() <= 200);
}

TEST_CASE("songs: what imports tell adds up, and an import that is undone takes its own back") {
  Listener person;
  Song plain = song("Ebb", false);
  plain.plays = 3;
  person.does(batch({plain}));
  Song more = song("Ebb", true, 0.4);
  more.plays = 2;
  const EventId second = person.does(batch({more, song("Tide", false)}));
  const Song* ebb = person.library.song(plain.id);
  REQUIRE(ebb);
  CHECK(ebb->liked);
  CHECK(ebb->plays == 3);
  CHECK(of(ebb->audio, Audio::energy) == 0.4);
  CHECK(person.library.songs().size() == 2);
  CHECK(person.library.describe(second) == "imported 2 songs from a table of songs");
  person.does(Undone{second});
  CHECK(person.library.songs().size() == 1);
  CHECK_FALSE(person.library.song(plain.id)->liked);
  CHECK(lacks(person.library.song(plain.id)->audio, Audio::energy));
  person.does(Redone{second});
  CHECK(person.library.song(plain.id)->liked);
  CHECK(person.library.songs().size() == 2);
}

TEST_CASE("songs: what is said here stands whatever files say, until it is undone") {
  Listener person;
  person.does(batch({song("Ebb", true)}));
  const std::string id = song("Ebb", true).id;
  const EventId said = person.does(SongMarked{id, false, true});
  CHECK_FALSE(person.library.song(id)->liked);
  CHECK(person.library.song(id)->disliked);
  CHECK(person.library.describe(said) == "disliked Ebb");
  person.does(batch({song("Ebb", true, 0.5)}));
  CHECK_FALSE(person.library.song(id)->liked);
  CHECK(of(person.library.song(id)->audio, Audio::energy) == 0.5);
  person.does(Undone{said});
  CHECK(person.library.song(id)->liked);
  CHECK_FALSE(person.library.song(id)->disliked);
  const auto unknown = person.library.apply(person.library.make(here, 9'000, SongMarked{"nowhere", true, false}));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "unknown_song");
}

TEST_CASE("songs: the same events in another order are the same songs") {
  Listener person;
  person.does(batch({song("Ebb", false), song("Tide", true)}));
  person.does(SongMarked{song("Ebb", false).id, true, false});
  const EventId third = person.does(batch({song("Ebb", false, 0.3)}));
  person.does(Undone{third});
  auto events = person.library.events();
  std::reverse(events.begin(), events.end());
  Library other;
  CHECK(other.merge(events).songs);
  const auto a = person.library.songs();
  const auto b = other.songs();
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(*a[i] == *b[i]);
}

TEST_CASE("songs: in the written history they come back as they were, and what is wrong is refused") {
  Song whole = song("Ebb \"and\" Flow", true, 0.25);
  whole.artists = {"Ada Kern", "Bo Lind"};
  whole.album = "Ebb";
  whole.spotify = "aaaaaaaaaaaaaaaaaaaaa1";
  whole.audio[static_cast<std::size_t>(Audio::loudness)] = -7.5;
  whole.disliked = true;
  whole.plays = 4;
  whole.broken_off = 1;
  whole.hours = 0.5;
  whole.last = "2024-02-29";
  const EventId id{"00112233aabbccdd", 7};
  for (const Payload& payload : {Payload(batch({whole, song("Tide", false)})), Payload(SongMarked{whole.id, true, false}),
                                 Payload(SongMarked{whole.id, false, false})}) {
    const Event event{id, 5, payload};
    CHECK(event_text(event) == json_text(to_json(event)));
    const auto back = event_from_text(event_text(event));
    REQUIRE(back);
    CHECK(*back == event);
  }
  const auto refused = [](const std::string& song) {
    const auto read = event_from_text(R"({"id":["00000000000000aa",1],"k":"imported","t":1,"source":"X","songs":[)" + song + "]}");
    return read ? std::string() : read.error().code;
  };
  CHECK(refused(R"({"id":"a","title":"A"})").empty());
  CHECK(refused(R"({"id":"","title":"A"})") == "bad_event");
  CHECK(refused(R"({"id":"a"})") == "bad_event");
  CHECK(refused(R"({"id":"a","title":"A","audio":{"energy":"loud"}})") == "bad_event");
  CHECK(refused(R"({"id":"a","title":"A","did":["sung"]})") == "bad_event");
}

TEST_CASE("songs: what version 2 wrote reads as it was, and version 2 leaves what is newer alone") {
  const std::string marked = R"({"did":["wished"],"id":["00112233aabbccdd",1],"item":"film/a","k":"marked","t":5})";
  storage::MemoryFileSystem files;
  const storage::Format of_version_2{{nullptr}};
  {
    storage::Store store(files, of_version_2);
    REQUIRE(store.open());
    REQUIRE(store.append(std::vector<Event>{*event_from_text(marked)}));
    store.sync([](Expected<void>) {});
  }
  {
    storage::Store store(files);
    const auto opening = store.open();
    REQUIRE(opening);
    CHECK(opening->warnings.empty());
    REQUIRE(opening->events.size() == 1);
    CHECK(event_text(opening->events[0]) == marked);
    REQUIRE(store.append(std::vector<Event>{{{"00112233aabbccdd", 2}, 6, batch({song("Ebb", true)})}}));
    store.sync([](Expected<void>) {});
  }
  storage::Store old(files, of_version_2);
  const auto refused = old.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
}

TEST_CASE("songs: a file is previewed, imported, undone as one, and tells nothing new the second time") {
  Fixture f;
  const auto file = bytes_of(text_of("songs.csv"));
  f.send(p::ReadFile{"songs.csv"}, file);
  f.settle();
  const auto* preview = f.host.last<p::ImportPreview>();
  REQUIRE(preview);
  CHECK(preview->songs == 3);
  CHECK(preview->songs_liked == 2);
  CHECK(preview->songs_with_sound == 2);
  CHECK(preview->songs_anew == 3);
  CHECK(preview->skipped == 1);
  REQUIRE(preview->changes.size() == 3);
  CHECK(preview->changes[0].title == "Low Water · The Pier Lamps");
  CHECK(preview->changes[0].detail == "liked");
  CHECK(preview->changes[1].detail == "heard");
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.last<p::Notice>()->text == "Imported 3 songs from a table of songs");
  CHECK(f.replica().songs().size() == 3);

  // Also where something else was said of a song in the meantime.
  f.send(p::MarkSong{song_id("Low Water", "The Pier Lamps"), "neither"});
  CHECK_FALSE(f.replica().song(song_id("Low Water", "The Pier Lamps"))->liked);
  f.send(p::ReadFile{"songs (1).csv"}, file);
  f.settle();
  CHECK(f.host.last<p::ImportPreview>()->songs_anew == 0);
  const auto events = f.replica().events().size();
  f.send(p::ConfirmImport{});
  CHECK(f.replica().events().size() == events);
  CHECK(f.host.last<p::Notice>()->text == "Nothing to do: all of it is in your library already.");

  f.send(p::Undo{});
  CHECK(f.replica().song(song_id("Low Water", "The Pier Lamps"))->liked);
  f.send(p::Undo{});
  CHECK(f.replica().songs().empty());
}

TEST_CASE("songs: what Spotify tells of them is kept, and what is told of one elsewhere is added") {
  Fixture f;
  f.send(p::ReadFile{"YourLibrary.json"}, bytes_of(text_of("spotify-library.json")));
  f.settle();
  const auto* preview = f.host.last<p::ImportPreview>();
  REQUIRE(preview);
  CHECK(preview->songs == 3);
  CHECK(preview->songs_liked == 2);
  CHECK(preview->songs_disliked == 1);
  CHECK(preview->songs_with_sound == 0);
  CHECK(preview->liked == 1);  // an album
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.last<p::Notice>()->text == "Imported 1 title and 3 songs from Spotify");
  f.send(p::ReadFile{"StreamingHistory_music_0.json"}, bytes_of(text_of("spotify-plays.json")));
  f.settle();
  f.send(p::ConfirmImport{});
  f.send(p::ReadFile{"songs.csv"}, bytes_of(text_of("songs.csv")));
  f.settle();
  f.send(p::ConfirmImport{});
  f.settle();
  const Library replica = f.replica();
  const Song* water = replica.song(song_id("Low Water", "The Pier Lamps"));
  REQUIRE(water);
  CHECK(water->liked);
  CHECK(water->plays > 0);
  CHECK(water->has_audio());
  CHECK(water->spotify == "aaaaaaaaaaaaaaaaaaaaa1");
  // Of an album nothing is rated by that.
  CHECK(replica.rating_count() == 0);
}

TEST_CASE("songs: a backup carries them to another library") {
  Listener person;
  person.does(batch({song("Ebb", true, 0.4), song("Tide", false)}));
  person.does(SongMarked{song("Tide", false).id, true, false});
  std::string text;
  storage::BackupWriter writer(person.library.events(), 5, [&](std::string_view piece) { text += piece; });
  while (writer.step()) {
  }
  storage::BackupReader reader;
  REQUIRE(reader.take(text));
  auto events = reader.finish();
  REQUIRE(events);
  Library other;
  (void)other.merge(std::move(*events));
  REQUIRE(other.songs().size() == 2);
  CHECK(*other.songs()[0] == *person.library.songs()[0]);
  CHECK(*other.songs()[1] == *person.library.songs()[1]);
}

TEST_CASE("songs: chances are worked out while they are watched, in slices, by models that did not know the answer") {
  Fixture f;
  f.send(p::ReadFile{"songs.csv"}, bytes_of(table_of_songs(120)));
  f.settle();
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.count<p::SongTaste>() == 0);

  f.send(p::WatchSongs{true});
  REQUIRE(f.host.count<p::SongTaste>() == 1);
  CHECK(f.host.last<p::SongTaste>()->pending);
  CHECK(f.host.last<p::SongTaste>()->songs == 120);
  CHECK(f.host.last<p::SongTaste>()->methods.empty());
  // A slice is short: other commands are answered in between.
  CHECK(f.session.run(1));
  f.send(p::Search{"Film 3", MediaType::film, 5});
  CHECK(f.host.last<p::SearchDone>()->query == "Film 3");
  f.settle();
  const auto taste = *f.host.last<p::SongTaste>();
  CHECK_FALSE(taste.pending);
  REQUIRE(taste.methods.size() == 5);
  CHECK(taste.methods[0].method == "final");
  CHECK(taste.methods[0].auc > 0.8);
  CHECK(taste.methods[4].method == "share");
  CHECK(taste.methods[0].log_loss < taste.methods[4].log_loss);
  CHECK(taste.ratings == 0);
  REQUIRE(taste.gap);
  CHECK(taste.bins.size() > 1);

  const auto records = records_in(f.host.last_bulk<p::SongTaste>());
  REQUIRE(records.size() == 120);
  const Library replica = f.replica();
  double liked = 0;
  double others = 0;
  double likes = 0;
  for (const Song* one : replica.songs()) {
    const auto record = std::find_if(records.begin(), records.end(), [&](const auto& it) { return it.key == key_of(one->id); });
    REQUIRE(record != records.end());
    CHECK(record->chance > 0);
    CHECK(record->chance < 1);
    CHECK(record->stars == 0);
    (one->liked ? liked : others) += static_cast<double>(record->chance);
    likes += one->liked ? 1 : 0;
  }
  CHECK(liked / likes > others / (120 - likes) + 0.2);

  // What is said of one makes them stale; who looks away is told no more.
  f.send(p::MarkSong{replica.songs()[0]->id, replica.songs()[0]->liked ? "disliked" : "liked"});
  CHECK(f.host.last<p::SongTaste>()->pending);
  f.session.run(3);
  f.send(p::WatchSongs{false});
  const auto told = f.host.count<p::SongTaste>();
  f.settle();
  CHECK(f.host.count<p::SongTaste>() == told);
  f.send(p::WatchSongs{true});
  f.settle();
  CHECK_FALSE(f.host.last<p::SongTaste>()->pending);
}

TEST_CASE("songs: chances that were worked out once are there at once when the page is opened again, and anew where they cannot be read") {
  Fixture f;
  f.send(p::ReadFile{"songs.csv"}, bytes_of(table_of_songs(60)));
  f.settle();
  f.send(p::ConfirmImport{});
  f.send(p::WatchSongs{true});
  f.settle();
  CHECK_FALSE(f.host.last<p::SongTaste>()->pending);
  const std::string before = p::write(*f.host.last<p::SongTaste>(), 0);
  const Bytes chances = f.host.last_bulk<p::SongTaste>();
  REQUIRE_FALSE(chances.empty());
  REQUIRE(f.files.read("song-chances"));

  // How often they are told until they are known: where nothing is worked out, first that they are awaited and then what they are.
  const auto opened_again = [&] {
    TestHost host;
    Session again(f.files, host, catalogue(), {});
    again.open(StorageMode::writer);
    while (again.run(1000)) {
    }
    again.receive(p::WatchSongs{true}, {}, 1);
    while (again.run(1000)) {
    }
    const auto told = host.count<p::SongTaste>();
    CHECK(host.last_bulk<p::SongTaste>() == chances);
    CHECK(p::write(*host.last<p::SongTaste>(), 0) == before);
    while (!f.files.waiting.empty()) f.files.finish();
    return told;
  };
  CHECK(opened_again() == 2);
  Bytes damaged = *f.files.read("song-chances");
  damaged[damaged.size() / 2] ^= 1;
  REQUIRE(f.files.write("song-chances", damaged));
  CHECK(opened_again() > 2);
  CHECK(opened_again() == 2);
  REQUIRE(f.files.remove("song-chances"));
  CHECK(opened_again() > 2);

  f.send(p::DeleteEverything{});
  f.settle();
  CHECK_FALSE(f.files.read("song-chances"));
}

TEST_CASE("songs: what is kept of their chances is for just these songs") {
  hub::storage::MemoryFileSystem files;
  const engine::SongFile kept(&files);
  CHECK_FALSE(kept.read("a"));
  predictor::LikeEvaluation evaluation;
  evaluation.songs = 2;
  evaluation.liked = 1;
  evaluation.methods.push_back({"final", {0.75, 0.5, 0.2, 0.1, {{0, 0.5, 2, 0.25, 0.5}}, {}}});
  evaluation.held_out = {0.25, 0.75};
  REQUIRE(kept.write("a", evaluation));
  CHECK_FALSE(kept.read("b"));
  const auto back = kept.read("a");
  REQUIRE(back);
  CHECK(back->held_out == evaluation.held_out);
  CHECK(back->methods.at(0).second.reliability.at(0).count == 2);
  const Bytes whole = *files.read("song-chances");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    REQUIRE(files.write("song-chances", Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))));
    CHECK_FALSE(kept.read("a"));
  }
  evaluation.held_out = {0.25, 1.5};
  REQUIRE(kept.write("a", evaluation));
  CHECK_FALSE(kept.read("a"));
  kept.remove();
  CHECK(files.list().empty());
  CHECK_FALSE(engine::SongFile().read("a"));
  CHECK(engine::SongFile().write("a", evaluation));
}

TEST_CASE("songs: likes that follow one another cost one training, and one that is taken back none") {
  Fixture f;
  f.send(p::ReadFile{"songs.csv"}, bytes_of(table_of_songs(60)));
  f.settle();
  f.send(p::ConfirmImport{});
  f.send(p::WatchSongs{true});
  f.settle();
  const Bytes chances = f.host.last_bulk<p::SongTaste>();
  const Library replica = f.replica();
  const auto songs = replica.songs();
  const auto opposite = [](const Song* song) { return song->liked ? "disliked" : "liked"; };
  const auto told = f.host.count<p::SongTaste>();
  for (std::size_t i = 0; i < 3; ++i) {
    f.send(p::MarkSong{songs[i]->id, opposite(songs[i])});
    CHECK(f.host.last<p::SongTaste>()->pending);
    while (f.session.run(1000)) {
    }
    f.host.tick += 500;
  }
  // Each was told, and nothing of them was begun.
  CHECK(f.host.count<p::SongTaste>() == told + 3);
  REQUIRE(f.host.alarm);
  f.host.tick += 600;
  f.session.time_passed();
  f.settle();
  CHECK_FALSE(f.host.last<p::SongTaste>()->pending);
  const Bytes others = f.host.last_bulk<p::SongTaste>();
  CHECK(others.size() == chances.size());
  CHECK(others != chances);

  f.send(p::MarkSong{songs[9]->id, opposite(songs[9])});
  f.send(p::Undo{});
  const auto before = f.host.count<p::SongTaste>();
  f.settle();
  CHECK(f.host.count<p::SongTaste>() == before + 1);
  CHECK_FALSE(f.host.last<p::SongTaste>()->pending);
  CHECK(f.host.last_bulk<p::SongTaste>() == others);
}

TEST_CASE("songs: too few, or of one kind alone, have no chances, and undo takes the chances away") {
  Fixture f;
  f.send(p::WatchSongs{true});
  f.settle();
  CHECK(f.host.last<p::SongTaste>()->songs == 0);
  CHECK(f.host.last<p::SongTaste>()->needed == engine::SongTaste::fewest_songs);
  std::string liked = "song_title,artist,energy,tempo,valence,target\n";
  for (int i = 0; i < 12; ++i) liked += "Song " + std::to_string(i) + ",A,0." + std::to_string(i) + ",100,0.5,1\n";
  f.send(p::ReadFile{"songs.csv"}, bytes_of(liked));
  f.settle();
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.last<p::SongTaste>()->songs == 12);
  CHECK(f.host.last<p::SongTaste>()->liked == 12);
  CHECK_FALSE(f.host.last<p::SongTaste>()->pending);
  CHECK(f.host.last<p::SongTaste>()->methods.empty());
  f.send(p::ReadFile{"more.csv"}, bytes_of(table_of_songs(30)));
  f.settle();
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.last<p::SongTaste>()->methods.size() == 5);
  CHECK_FALSE(f.host.last_bulk<p::SongTaste>().empty());
  f.send(p::Undo{});
  f.settle();
  CHECK(f.host.last<p::SongTaste>()->songs == 12);
  CHECK(f.host.last<p::SongTaste>()->methods.empty());
  CHECK(f.host.last_bulk<p::SongTaste>().empty());
}

TEST_CASE("songs: who rates music has songs and albums on one scale") {
  Fixture f;
  std::string text = "Title,Artist,Type,Rating\n";
  for (int i = 0; i < 30; ++i)
    text += "Album " + std::to_string(i) + ",Artist " + std::to_string(i % 7) + ",album," + std::to_string(i % 10 + 1) + "\n";
  f.send(p::ReadFile{"albums.csv"}, bytes_of(text));
  f.settle();
  f.send(p::ConfirmImport{});
  f.send(p::ReadFile{"songs.csv"}, bytes_of(table_of_songs(60)));
  f.settle();
  f.send(p::ConfirmImport{});
  f.send(p::WatchSongs{true});
  f.settle();
  REQUIRE(f.replica().rating_count(MediaType::album) == 30);
  CHECK(f.host.last<p::SongTaste>()->ratings == 30);
  auto records = records_in(f.host.last_bulk<p::SongTaste>());
  REQUIRE(records.size() == 60);
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.chance < b.chance; });
  for (std::size_t i = 0; i < records.size(); ++i) {
    CHECK(records[i].stars >= 0.5F);
    CHECK(records[i].stars <= 5.0F);
    if (i > 0) CHECK(records[i].stars >= records[i - 1].stars);
  }
  CHECK(records.back().stars > records.front().stars + 1);
}
