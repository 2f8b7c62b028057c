#include "core/engine/session.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>

#include "core/imports/byte_source.hpp"
#include "core/library/json.hpp"
#include "core/storage/backup.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"
#include "tests/core/session_fixture.hpp"

using hub::MediaType;
using namespace hub::tests;

namespace {

constexpr const char* export_file =
    "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
    "tt5000001,9,2024-02-01,North Pier,https://www.imdb.com/title/tt5000001/,Movie,7.1,101,2001,\"Drama, Crime\",5100,2001-05-01,Ada Kern\n"
    "tt5000002,3,2024-02-02,South Pier,https://www.imdb.com/title/tt5000002/,Movie,6.1,95,2004,Comedy,900,2004-05-01,Bo Lind\n"
    "tt5000003,,2024-02-02,No Rating,https://www.imdb.com/title/tt5000003/,Movie,6.1,95,2004,Comedy,900,2004-05-01,Bo Lind\n";

}  // namespace

TEST_CASE("opening an empty store sends an empty library and says where things stand") {
  Fixture f;
  REQUIRE(f.host.last<p::Opened>());
  CHECK_FALSE(f.host.last<p::Opened>()->read_only);
  CHECK(f.replica().rating_count() == 0);
  CHECK(f.host.last<p::StorageState>()->state == "saved");
  for (const auto& type : f.host.last<p::Training>()->types) CHECK_FALSE(type.pending);
  CHECK(f.host.last<p::Predictions>());
}

TEST_CASE("a rating is told at once, saved only after the write-back, and moves the other predictions") {
  Fixture f;
  const double before = f.predicted(id_of(30));
  f.send(p::Rate{id_of(3), 0.5});
  CHECK(f.replica().find(id_of(3))->rating->value == 0.5);
  CHECK(f.host.last<p::StorageState>()->state == "saving");
  CHECK(f.host.last<p::Training>()->types[0].pending);
  f.files.finish();
  CHECK(f.host.last<p::StorageState>()->state == "saved");
  for (const int other : {6, 9, 12}) f.send(p::Rate{id_of(other), 0.5});
  f.settle();
  CHECK_FALSE(f.host.last<p::Training>()->types[0].pending);
  CHECK(f.predicted(id_of(30)) < before);
}

TEST_CASE("a title that is skipped is not suggested any more, until that is undone or it is rated") {
  Fixture f;
  const auto suggested = [&f](const std::string& id) {
    f.send(p::Suggest{60});
    const auto& items = f.host.last<p::Suggestions>()->items;
    return std::any_of(items.begin(), items.end(), [&](const hub::Item& item) { return item.id == id; });
  };
  CHECK(suggested(id_of(5)));
  f.send(p::Skip{id_of(5)});
  CHECK_FALSE(suggested(id_of(5)));
  f.send(p::Undo{});
  CHECK(suggested(id_of(5)));
  f.send(p::Skip{id_of(5)});
  f.send(p::Rate{id_of(5), 3});
  CHECK(suggested(id_of(5)));
}

TEST_CASE("what was saved is there when the page is opened again") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.send(p::Rate{id_of(4), 2});
  f.send(p::ClearRating{id_of(4)});
  f.settle();
  TestHost host;
  host.device = "ffffffffffffffff";
  Session again(f.files, host, catalogue(), {});
  again.open(StorageMode::writer);
  CHECK(host.last<p::Opened>()->device == "0123456789abcdef");
  hub::Library library;
  for (const auto& message : host.messages)
    if (const auto* added = std::get_if<p::EventsAdded>(&message))
      for (const auto& event : added->events) REQUIRE(library.apply(event));
  CHECK(library.rating_count() == 1);
  CHECK(library.find(id_of(3))->rating->value == 4.5);
}

TEST_CASE("a rating whose title's facts were lost with a damaged part of the journal counts again when the facts come back") {
  TestHost host;
  SlowFileSystem files;
  {
    hub::storage::Store store(files);
    REQUIRE(store.open());
    const std::vector<hub::Event> left{
        {{"00000000000000aa", 2}, 1'600'000'000'000, hub::Rated{id_of(3), {2.0, hub::RatingScale::half_stars, "2020-09-13", "here"}, {}}},
        {{"00000000000000aa", 4}, 1'600'000'000'001, hub::Undone{{"00000000000000aa", 3}}}};
    REQUIRE(store.append(left));
  }
  Session session(files, host, catalogue(), {});
  session.open(StorageMode::writer);
  REQUIRE(host.last<p::EventsAdded>()->events.size() == 2);
  CHECK(host.last<p::Opened>()->warnings.empty());

  session.receive(p::Skip{id_of(3)}, {}, 1);  // brings the facts along
  hub::Library replica;
  for (const auto& message : host.messages)
    if (const auto* added = std::get_if<p::EventsAdded>(&message)) (void)replica.merge(added->events);
  REQUIRE(replica.find(id_of(3)));
  REQUIRE(replica.find(id_of(3))->rating);
  CHECK(replica.find(id_of(3))->rating->value == 2.0);
}

TEST_CASE("what opening had to mend is made durable at once") {
  SlowFileSystem files;
  {
    TestHost host;
    Session session(files, host, catalogue(), {});
    session.open(StorageMode::writer);
    session.receive(p::Rate{id_of(3), 4.5}, {}, 1);
    while (!files.waiting.empty()) files.finish();
  }
  for (const std::string& name : files.list())
    if (name.starts_with("segment-")) {
      Bytes bytes = *files.read(name);
      bytes.insert(bytes.end(), {1, 2, 3});  // a record that was cut off in the middle
      REQUIRE(files.write(name, bytes));
    }
  TestHost host;
  Session session(files, host, catalogue(), {});
  session.open(StorageMode::writer);
  CHECK_FALSE(host.last<p::Opened>()->warnings.empty());
  CHECK(host.last<p::StorageState>()->state == "saving");
  REQUIRE_FALSE(files.waiting.empty());
  while (!files.waiting.empty()) files.finish();
  CHECK(host.last<p::StorageState>()->state == "saved");
}

TEST_CASE("what had to be done before opening is told, and what is there is written back at once") {
  TestHost host;
  SlowFileSystem files;
  {
    Session session(files, host, catalogue(), demo());
    session.open(StorageMode::writer);
    session.receive(p::Rate{id_of(3), 2}, {}, 1);
    while (!files.waiting.empty()) files.finish();
  }
  for (const StorageMode mode : {StorageMode::writer, StorageMode::read_only}) {
    Session session(files, host, catalogue(), demo());
    session.open(mode, "It was brought back.");
    REQUIRE(host.last<p::Opened>()->warnings.size() == 1);
    CHECK(host.last<p::Opened>()->warnings[0] == "It was brought back.");
    CHECK(host.replica().find(id_of(3))->rating->value == 2);
    CHECK(files.waiting.size() == (mode == StorageMode::writer ? 1 : 0));
    while (!files.waiting.empty()) files.finish();
  }
}

TEST_CASE("a failed write-back is said, nothing is lost in memory, and the next change tries again") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.files.finish(hub::failure("quota_exceeded", "No more space. Download a backup."));
  CHECK(f.host.last<p::StorageState>()->state == "failed");
  CHECK(f.host.last<p::StorageState>()->message == "No more space. Download a backup.");
  CHECK(f.replica().rating_count() == 1);
  f.send(p::MakeBackup{});
  while (f.session.run(1000)) {
  }
  CHECK(f.host.last_bulk<p::FileReady>().size() > 100);
  f.send(p::Rate{id_of(4), 4.5});
  f.settle();
  CHECK(f.host.last<p::StorageState>()->state == "saved");
}

TEST_CASE("saving is tried again on the person's word, and other tabs hear of it then") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.files.finish(hub::failure("quota_exceeded", "No more space."));
  const std::size_t told = f.host.broadcasts.size();
  f.send(p::SaveAgain{});
  CHECK(f.host.last<p::StorageState>()->state == "saving");
  f.files.finish();
  CHECK(f.host.last<p::StorageState>()->state == "saved");
  REQUIRE(f.host.broadcasts.size() == told + 1);
  CHECK(f.host.broadcasts.back().find(id_of(3)) != std::string::npos);

  // With nothing to save there is nothing to do.
  f.send(p::SaveAgain{});
  CHECK(f.files.waiting.empty());
  CHECK(f.host.last<p::StorageState>()->state == "saved");
}

TEST_CASE("undo and redo go through every change of this device") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.send(p::Rate{id_of(3), 2});
  f.send(p::Undo{});
  CHECK(f.replica().find(id_of(3))->rating->value == 4.5);
  f.send(p::Undo{});
  CHECK(f.replica().rating_count() == 0);
  f.send(p::Undo{});
  CHECK(f.host.last<p::Failed>()->code == "nothing_to_undo");
  f.send(p::Redo{});
  f.send(p::Redo{});
  CHECK(f.replica().find(id_of(3))->rating->value == 2);
  f.send(p::Redo{});
  CHECK(f.host.last<p::Failed>()->code == "nothing_to_redo");
}

TEST_CASE("ratings off the scale and of unknown titles are refused") {
  Fixture f;
  f.send(p::Rate{"film/tt9999999", 3});
  CHECK(f.host.last<p::Failed>()->code == "unknown_item");
  f.send(p::Rate{id_of(1), 7});
  CHECK(f.host.last<p::Failed>()->code == "bad_rating");
  CHECK(f.replica().events().empty());
}

TEST_CASE("an import is previewed, taken as one batch, undone as one, and changes nothing the second time") {
  Fixture f;
  f.send(p::ReadFile{"ratings.csv"}, bytes(export_file));
  f.settle();
  const auto* preview = f.host.last<p::ImportPreview>();
  REQUIRE(preview);
  CHECK(preview->source == "IMDb");
  CHECK(preview->ratings == 2);
  CHECK(preview->added == 2);
  CHECK(preview->skipped == 1);
  REQUIRE(preview->skips.size() == 1);
  CHECK(preview->skips[0].line == 4);
  CHECK(f.replica().rating_count() == 0);

  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.replica().rating_count() == 2);
  CHECK(f.replica().find("film/tt5000001")->item->title == "North Pier");
  CHECK(f.host.last<p::StorageState>()->state == "saved");

  f.send(p::ReadFile{"again.csv"}, bytes(export_file));
  f.settle();
  CHECK(f.host.last<p::ImportPreview>()->unchanged == 2);
  const auto events = f.replica().events().size();
  f.send(p::ConfirmImport{});
  CHECK(f.replica().events().size() == events);

  f.send(p::Undo{});
  CHECK(f.replica().rating_count() == 0);
  CHECK(f.replica().find("film/tt5000001") == nullptr);
}

TEST_CASE("the report of an import accounts for every line of its file") {
  Fixture f;
  f.send(p::ReportImport{});
  CHECK(f.host.last<p::Failed>()->code == "no_preview");
  const auto report = [&] {
    f.send(p::ReportImport{});
    REQUIRE(f.host.last<p::FileReady>());
    const Bytes& file = f.host.last_bulk<p::FileReady>();
    return std::string(file.begin(), file.end());
  };
  const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
  f.send(p::ReadFile{"ratings.csv"}, bytes(export_file));
  f.settle();
  const std::string before = report();
  CHECK(before.starts_with("File,Line,Title,Year,Type,Rating,What happens,Why\r\n"));
  CHECK(std::count(before.begin(), before.end(), '\n') == 4);
  CHECK(has(before, ",2,"));
  CHECK(has(before, "North Pier"));
  CHECK(has(before, "Rating added"));
  CHECK(has(before, ",4,,,,,Skipped,"));
  f.send(p::ConfirmImport{});
  f.settle();
  f.send(p::ReadFile{"ratings.csv"}, bytes(export_file));
  f.settle();
  const std::string again = report();
  CHECK(has(again, "Already in your library"));
  CHECK_FALSE(has(again, "Rating added"));
  CHECK(std::count(again.begin(), again.end(), '\n') == 4);
}

TEST_CASE("an archive is one batch, and each line of its preview names its file") {
  Fixture f;
  const std::string archive = hub::tests::text_of("archives/letterboxd.zip");
  f.send(p::ReadFile{"letterboxd.zip"}, bytes(archive));
  f.settle();
  const auto* preview = f.host.last<p::ImportPreview>();
  REQUIRE(preview);
  CHECK(preview->source == "Letterboxd");
  CHECK(preview->ratings == 4);
  CHECK(preview->skipped == 1);
  CHECK(preview->seen > 0);
  CHECK(preview->wished == 1);
  CHECK(preview->earlier == 1);
  REQUIRE_FALSE(preview->changes.empty());
  CHECK(preview->changes[0].file == "ratings.csv");
  for (const auto& line : preview->skips) CHECK_FALSE(line.file.empty());
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.replica().rating_count() == 4);
  CHECK(f.replica().events().size() == 1);
  f.send(p::ReadFile{"letterboxd.zip"}, bytes(archive));
  f.settle();
  CHECK(f.host.last<p::ImportPreview>()->unchanged == 4);
  f.send(p::Undo{});
  CHECK(f.replica().rating_count() == 0);
}

TEST_CASE("titles of a file that the catalogue knows get its ids, rated or not") {
  Fixture f;
  const hub::Item known = film(3, "Ada Kern", 5);
  f.send(p::ReadFile{"ratings.csv"}, bytes("Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,film 3," + std::to_string(*known.year) +
                                           ",https://boxd.it/1,4.5\n2024-01-03,Harbour Lights,2019,https://boxd.it/2,3\n"));
  f.settle();
  REQUIRE(f.host.last<p::ImportPreview>());
  CHECK(f.host.last<p::ImportPreview>()->added == 2);
  f.send(p::ConfirmImport{});
  f.settle();
  REQUIRE(f.replica().find(known.id));
  CHECK(f.replica().find(known.id)->rating->value == 4.5);
  CHECK(f.replica().find("film/harbour-lights--2019") != nullptr);

  // Another service knows more of the same work: it stays one, and the facts come in.
  f.send(p::ReadFile{"imdb.csv"},
         bytes("Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,"
               "Release Date,Directors\ntt9000901,8,2024-02-03,Harbour Lights,,movie,7.1,101,2019,Drama,1000,,Ada Kern\n"));
  f.settle();
  f.send(p::ConfirmImport{});
  f.settle();
  const auto library = f.replica();
  CHECK(library.rating_count() == 2);
  CHECK(library.find("film/tt9000901") == nullptr);
  const hub::Entry* lights = library.find("film/harbour-lights--2019");
  REQUIRE(lights);
  CHECK(lights->rating->value == 8);
  CHECK(lights->item->ids.at("imdb") == "tt9000901");
  CHECK(lights->item->length == 101);

  const hub::Item seen = film(4, "Bo Lind", 5);
  f.send(p::ReadFile{"watched.csv"},
         bytes("Date,Name,Year,Letterboxd URI\n2024-01-02,film 4," + std::to_string(*seen.year) + ",https://boxd.it/7\n"));
  f.settle();
  CHECK(f.host.last<p::ImportPreview>()->ratings == 0);
  CHECK(f.host.last<p::ImportPreview>()->skipped == 0);
  CHECK(f.host.last<p::ImportPreview>()->told_anew == 1);
  f.send(p::ConfirmImport{});
  CHECK(f.replica().rating_count() == 2);
  const auto after = f.replica();
  REQUIRE(after.find(seen.id));
  CHECK(after.find(seen.id)->deeds->seen);
  CHECK(after.find(seen.id)->deeds->last == "2024-01-02");
}

TEST_CASE("a file that nobody can read is said to be so and changes nothing") {
  Fixture f;
  for (const auto& content : {Bytes(), bytes("hello"), Bytes(5000, 0xff), bytes("{\"media_hub_backup\":1,\"broken")}) {
    f.host.messages.clear();
    f.host.bulks.clear();
    f.send(p::ReadFile{"what.bin"}, content);
    f.settle();
    REQUIRE(f.host.last<p::Failed>());
    CHECK_FALSE(f.host.last<p::Failed>()->message.empty());
    CHECK(f.host.count<p::EventsAdded>() == 0);
  }
}

TEST_CASE("the backup that follows each change is of one's own library, told of in silence, and takes no turn of one that is asked for") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.settle();
  f.send(p::OpenDemo{});
  f.settle();
  f.host.messages.clear();
  f.host.bulks.clear();
  f.host.replies.clear();
  f.session.receive(p::MakeBackup{true}, {}, 701);
  f.session.receive(p::MakeBackup{}, {}, 702);
  f.session.receive(p::MakeBackup{true}, {}, 703);
  f.settle();
  std::map<std::uint32_t, std::string> files;
  std::size_t progress = 0;
  for (std::size_t i = 0; i < f.host.messages.size(); ++i) {
    if (std::holds_alternative<p::FileReady>(f.host.messages[i]))
      files[f.host.replies[i]] = std::string(f.host.bulks[i].begin(), f.host.bulks[i].end());
    if (const auto* job = std::get_if<p::JobProgress>(&f.host.messages[i])) progress += job->ended ? 1 : 0;
  }
  // The one that was asked for twice is answered once.
  CHECK(files.size() == 2);
  REQUIRE(files.contains(702));
  REQUIRE(files.contains(703));
  CHECK(files[703].find("\"" + id_of(3) + "\"") != std::string::npos);
  CHECK(files[703].find("demo000000000000") == std::string::npos);
  CHECK(files[702].find("demo000000000000") != std::string::npos);
  CHECK(progress == 1);
}

TEST_CASE("a backup restores into an empty library and merges into another without doubling") {
  Fixture f;
  for (int i = 1; i <= 5; ++i) f.send(p::Rate{id_of(i), 0.5 * i});
  f.send(p::MakeBackup{});
  f.settle();
  const Bytes backup = f.host.last_bulk<p::FileReady>();
  const auto before = f.replica();

  Fixture other;
  other.send(p::Rate{id_of(40), 3});
  other.host.device = "fedcba9876543210";
  const bool replace = GENERATE(false, true);
  other.send(p::ReadFile{"b.jsonl"}, backup);
  other.settle();
  INFO((other.host.last<p::Failed>() ? other.host.last<p::Failed>()->message : std::string("nothing failed")));
  REQUIRE(other.host.last<p::RestorePreview>());
  CHECK(other.host.last<p::RestorePreview>()->ratings == 5);
  other.send(p::ConfirmRestore{replace});
  other.settle();
  CHECK(other.replica().rating_count() >= 5);
  CHECK((other.replica().find(id_of(40)) != nullptr) == !replace);
  CHECK(other.host.last<p::StorageState>()->state == "saved");

  // As any change, it can be undone and done again, and both are on disk.
  const std::size_t restored = other.replica().rating_count();
  CHECK(other.host.last<p::Opened>()->undo == "restored b.jsonl");
  other.send(p::Undo{});
  other.settle();
  CHECK(other.replica().rating_count() == 1);
  CHECK(other.replica().find(id_of(40))->rating->value == 3);
  CHECK(other.host.last<p::Opened>()->undo.empty());
  CHECK(other.host.last<p::Opened>()->redo == "restored b.jsonl");
  CHECK(other.host.last<p::StorageState>()->state == "saved");
  other.send(p::Redo{});
  other.settle();
  CHECK(other.replica().rating_count() == restored);
  {
    TestHost again;
    Session opened(other.files, again, catalogue(), demo());
    opened.open(StorageMode::writer);
    CHECK(again.replica().rating_count() == restored);
  }
  // After another change it is that one's turn, and the restored backup stays.
  other.send(p::Rate{id_of(41), 2});
  other.send(p::Undo{});
  other.settle();
  CHECK(other.replica().rating_count() == restored);

  // Into itself: nothing is new.
  f.send(p::ReadFile{"b.jsonl"}, backup);
  f.settle();
  CHECK(f.host.last<p::RestorePreview>()->new_events == 0);
  f.send(p::ConfirmRestore{false});
  f.settle();
  CHECK(f.replica().rating_count() == before.rating_count());
  CHECK(f.replica().events().size() == before.events().size());
}

TEST_CASE("the demo is left without a trace") {
  Fixture f;
  f.send(p::Rate{id_of(50), 3.5});
  f.settle();
  const auto files_before = f.files.list();
  const auto bytes_before = f.host.last<p::StorageState>()->bytes;
  f.send(p::OpenDemo{});
  f.settle();
  CHECK(f.host.last<p::Opened>()->demo);
  CHECK(f.host.last<p::StorageState>()->state == "demo");
  CHECK(f.replica().rating_count() == 2);
  f.send(p::Rate{id_of(9), 5});
  f.settle();
  CHECK(f.replica().rating_count() == 3);
  CHECK(f.files.list() == files_before);
  f.send(p::LeaveDemo{});
  f.settle();
  CHECK_FALSE(f.host.last<p::Opened>()->demo);
  CHECK(f.replica().rating_count() == 1);
  CHECK(f.replica().find(id_of(50))->rating->value == 3.5);
  CHECK(f.host.last<p::StorageState>()->bytes == bytes_before);
}

TEST_CASE("what a person does in the demo can be undone and restore is refused there") {
  Fixture f;
  f.send(p::OpenDemo{});
  f.send(p::Rate{id_of(9), 5});
  f.send(p::Undo{});
  f.settle();
  CHECK(f.replica().rating_count() == 2);
  f.send(p::DeleteEverything{});
  CHECK(f.host.last<p::Failed>()->code == "demo");
}

TEST_CASE("what is rated after everything was deleted stands beside a backup from before, on the same device") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.send(p::MakeBackup{});
  f.settle();
  const Bytes backup = f.host.last_bulk<p::FileReady>();
  f.host.device = "fedcba9876543210";
  f.send(p::DeleteEverything{});
  f.settle();
  f.send(p::Rate{id_of(4), 2});
  f.settle();
  f.send(p::ReadFile{"backup.jsonl"}, backup);
  f.settle();
  f.send(p::ConfirmRestore{false});
  f.settle();
  CHECK(f.replica().find(id_of(3))->rating->value == 4.5);
  CHECK(f.replica().find(id_of(4))->rating->value == 2);

  // The new name is kept: the next start goes on counting where this one was.
  TestHost host;
  Session again(f.files, host, catalogue(), {});
  again.open(StorageMode::writer);
  CHECK(host.last<p::Opened>()->device == "fedcba9876543210");
}

TEST_CASE("deleting everything leaves an empty library that is saved as such") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.settle();
  f.send(p::DeleteEverything{});
  f.settle();
  CHECK(f.replica().entries().empty());
  CHECK(f.host.last<p::StorageState>()->state == "saved");
  TestHost host;
  Session again(f.files, host, catalogue(), {});
  again.open(StorageMode::writer);
  CHECK(host.last<p::EventsAdded>()->events.empty());
}

TEST_CASE("what was deleted is gone from the device at once, and comes back by Undo until the next change") {
  Fixture f;
  f.send(p::Rate{id_of(3), 4.5});
  f.settle();
  const auto on_disk = [&] {
    TestHost host;
    Session again(f.files, host, catalogue(), {});
    again.open(StorageMode::writer);
    return host.replica().rating_count();
  };
  f.send(p::DeleteEverything{});
  f.settle();
  CHECK(f.host.last<p::Opened>()->undo == "deleted everything");
  CHECK(f.host.last<p::Opened>()->deleted_held);
  CHECK(f.host.last<p::Notice>()->undoable);
  CHECK(f.replica().rating_count() == 0);
  CHECK(on_disk() == 0);

  SECTION("undone, it is on disk again; done again, it is gone again") {
    f.send(p::Undo{});
    f.settle();
    CHECK(f.replica().find(id_of(3))->rating->value == 4.5);
    CHECK_FALSE(f.host.last<p::Opened>()->deleted_held);
    CHECK(f.host.last<p::Opened>()->redo == "deleted everything");
    CHECK(f.host.last<p::StorageState>()->state == "saved");
    CHECK(on_disk() == 1);
    f.send(p::Redo{});
    f.settle();
    CHECK(f.replica().rating_count() == 0);
    CHECK(on_disk() == 0);
    f.send(p::Undo{});
    f.settle();
    CHECK(on_disk() == 1);
  }
  SECTION("a look at the demo is no change") {
    f.send(p::OpenDemo{});
    f.settle();
    CHECK_FALSE(f.host.last<p::Opened>()->deleted_held);
    f.send(p::LeaveDemo{});
    f.settle();
    f.send(p::Undo{});
    f.settle();
    CHECK(f.replica().rating_count() == 1);
  }
  SECTION("after another change it is that one's turn") {
    f.send(p::Rate{id_of(4), 2});
    f.send(p::Undo{});
    f.send(p::Undo{});
    f.settle();
    CHECK(f.host.last<p::Failed>()->code == "nothing_to_undo");
    CHECK(f.replica().rating_count() == 0);
  }
  SECTION("for good, nothing is held any more") {
    f.send(p::DeleteEverything{.for_good = true});
    f.settle();
    CHECK_FALSE(f.host.last<p::Opened>()->deleted_held);
    CHECK(f.host.last<p::Opened>()->undo.empty());
    CHECK_FALSE(f.host.last<p::Notice>()->undoable);
    f.send(p::Undo{});
    CHECK(f.host.last<p::Failed>()->code == "nothing_to_undo");
    CHECK(f.replica().rating_count() == 0);
  }
}

TEST_CASE("a second tab follows the first, may not write, and takes over") {
  Fixture writer;
  writer.send(p::Rate{id_of(3), 4.5});
  writer.settle();
  TestHost host;
  Session reader(writer.files, host, catalogue(), {});
  reader.open(StorageMode::read_only);
  CHECK(host.last<p::Opened>()->read_only);
  reader.receive(p::Rate{id_of(5), 1}, {}, 1);
  CHECK(host.last<p::Failed>()->code == "read_only");

  writer.host.broadcasts.clear();
  writer.send(p::Rate{id_of(4), 2});
  CHECK(writer.host.broadcasts.empty());  // not before it is saved
  writer.settle();
  REQUIRE(writer.host.broadcasts.size() == 1);
  reader.follow(writer.host.broadcasts[0]);
  const auto* added = host.last<p::EventsAdded>();
  REQUIRE(added->events.size() == 1);
  CHECK(std::get<hub::Rated>(added->events[0].payload).item_id == id_of(4));

  reader.open(StorageMode::writer);
  host.messages.clear();
  host.bulks.clear();
  reader.receive(p::Rate{id_of(5), 1}, {}, 2);
  CHECK(host.last<p::EventsAdded>());
}

TEST_CASE("a long history reaches the interface and other tabs whole, in portions") {
  Fixture writer;
  TestHost host;
  Session reader(writer.files, host, catalogue(), {});
  reader.open(StorageMode::read_only);

  // As a backup brings it: imports of a thousand titles each.
  hub::Library history;
  for (int batch = 0; batch < 6; ++batch) {
    hub::Imported imported{"IMDb", "ratings.csv", {}, {}};
    for (int i = 0; i < 1000; ++i) {
      hub::Item item;
      item.id = "film/made-up-" + std::to_string(batch * 1000 + i);
      item.title = "Made up " + std::to_string(i);
      hub::Deeds wish;
      wish.wished = true;
      imported.told.push_back({item.id, wish});
      imported.items.emplace_back(std::move(item));
    }
    REQUIRE(history.apply(history.make("feedfeedfeedfeed", 1'700'000'000'000 + batch, std::move(imported))));
  }
  std::string file;
  hub::storage::BackupWriter backup(history.events(), 0, [&](std::string_view piece) { file += piece; });
  while (backup.step()) {
  }
  writer.host.broadcasts.clear();
  writer.session.receive(p::ReadFile{"backup.jsonl"}, std::make_unique<hub::imports::HeldBytes>(Bytes(file.begin(), file.end())), 7);
  writer.settle();
  writer.host.messages.clear();
  writer.send(p::ConfirmRestore{true});
  writer.settle();

  CHECK(writer.host.count<p::EventsAdded>() > 1);
  CHECK(writer.replica().entries().size() == 6000);
  REQUIRE(writer.host.broadcasts.size() > 1);
  for (const std::string& text : writer.host.broadcasts) CHECK(text.size() < file.size() / 2);
  for (const std::string& text : writer.host.broadcasts) reader.follow(text);
  CHECK(host.replica().entries().size() == 6000);
  CHECK(host.replica().events().size() == history.events().size());
}

TEST_CASE("without storage the page goes on in memory and says why") {
  Fixture f(StorageMode::memory);
  CHECK(f.host.last<p::StorageState>()->state == "memory");
  CHECK(f.host.last<p::StorageState>()->message == "Storage is blocked.");
  f.send(p::Rate{id_of(3), 4.5});
  f.settle();
  CHECK(f.replica().rating_count() == 1);
  CHECK(f.host.last<p::StorageState>()->state == "memory");
}

TEST_CASE("a rating during training starts that training over, and the last word counts") {
  Fixture f;
  for (int i = 0; i < 30; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 5.0 : 2.0});
  f.host.tick += 200;
  REQUIRE(f.session.run(1));  // under way
  f.send(p::Rate{id_of(31), 5});
  f.settle();
  CHECK(f.host.last<p::Training>()->types[0].ratings == 31);
  CHECK(f.host.last<p::Training>()->types[0].basis == "trees");
}

TEST_CASE("after a rating what it moved is told at once, and the training leaves time for drawing and writing it") {
  Fixture f;
  for (int i = 0; i < 12; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 5.0 : 2.0});
  f.settle();
  f.send(p::Search{"Film 4", MediaType::film, 20});
  const auto told = f.host.count<p::Predictions>();
  f.host.alarm.reset();
  f.send(p::Rate{id_of(20), 5});
  CHECK(f.host.count<p::Predictions>() == told + 1);
  REQUIRE(f.host.alarm);
  CHECK_FALSE(f.session.run(1000));
  f.host.tick += 60;
  f.send(p::Rate{id_of(20), 4.5});
  f.host.tick = std::max(f.host.tick, *f.host.alarm);
  f.host.alarm.reset();
  f.session.time_passed();
  // Rated again meanwhile: it rests anew.
  CHECK_FALSE(f.session.run(1000));
  REQUIRE(f.host.alarm);
  f.host.tick = *f.host.alarm;
  f.session.time_passed();
  CHECK(f.session.run(0));
}

TEST_CASE("the same events give the same predictions, bit for bit") {
  const auto run = [] {
    Fixture f;
    for (int i = 0; i < 40; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 2.0});
    f.settle();
    return f.host.last_bulk<p::Predictions>();
  };
  CHECK(run() == run());
}

TEST_CASE("reasons and base add up to the predicted rating") {
  Fixture f;
  for (int i = 0; i < 40; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 2.5});
  f.settle();
  f.send(p::Inspect{id_of(48)});
  const auto* details = f.host.last<p::Details>();
  INFO(p::write(p::Message{*details}));
  double sum = details->base;
  for (const auto& reason : details->reasons) sum += reason.stars;
  CHECK(std::min(5.0, std::max(0.5, sum)) == Approx(details->stars).margin(1e-4));
  CHECK(details->low <= details->stars);
  CHECK(details->high >= details->stars);
}

TEST_CASE("a report tells how good a model is beside simple ways of predicting, and is worked out anew when ratings change") {
  Fixture f;
  for (int i = 0; i < 30; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 2.5 + 0.5 * (i % 2)});
  f.settle();
  f.send(p::InspectModel{MediaType::film});
  const auto* first = f.host.last<p::ModelReport>();
  REQUIRE(first);
  CHECK(first->pending);  // what takes longer is on its way
  CHECK_FALSE(first->misses.empty());
  f.settle();
  const auto* report = f.host.last<p::ModelReport>();
  CHECK_FALSE(report->pending);
  CHECK(report->ratings == 30);
  REQUIRE(report->methods.size() >= 5);
  CHECK(report->methods.front().method == "final");
  const auto rmse_of = [&](std::string_view name) {
    for (const auto& method : report->methods)
      if (method.method == name) return method.rmse;
    return -1.0;
  };
  // One director is rated far above the other: whoever sees directors is ahead of the mean.
  CHECK(rmse_of("final") > 0);
  CHECK(rmse_of("final") < rmse_of("mean"));
  CHECK(rmse_of("plain_xgboost") > 0);
  CHECK(rmse_of("neighbours") > 0);
  REQUIRE(report->curve.size() >= 2);
  CHECK(report->curve[0].ratings < report->curve[1].ratings);
  REQUIRE_FALSE(report->calibration.empty());
  for (std::size_t i = 1; i < report->calibration.size(); ++i) CHECK(report->calibration[i].held >= report->calibration[i - 1].held);
  for (std::size_t i = 1; i < report->misses.size(); ++i)
    CHECK(std::abs(report->misses[i].rated - report->misses[i].predicted) <=
          std::abs(report->misses[i - 1].rated - report->misses[i - 1].predicted) + 1e-6);
  CHECK(std::get<p::ModelReport>(p::read_message(p::write(p::Message{*report}))->body).methods.size() == report->methods.size());

  f.send(p::Rate{id_of(40), 1});
  f.settle();
  CHECK(f.host.last<p::ModelReport>()->ratings == 31);
  CHECK_FALSE(f.host.last<p::ModelReport>()->pending);

  f.send(p::InspectModel{});
  const auto before = f.host.count<p::ModelReport>();
  f.send(p::Rate{id_of(41), 1});
  f.settle();
  CHECK(f.host.count<p::ModelReport>() == before);
}

TEST_CASE("what is looked at moves with a rating before any training") {
  Fixture f;
  for (int i = 0; i < 30; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 2.5});
  f.settle();
  f.send(p::Search{"", MediaType::film, 50});
  f.send(p::Inspect{id_of(45)});  // by the director of id 48
  f.host.messages.clear();
  f.host.bulks.clear();
  f.send(p::Rate{id_of(48), 1});
  REQUIRE(f.host.last<p::Predictions>());  // without any run()
  CHECK(f.host.last<p::Predictions>()->count > 0);
  CHECK(f.host.last<p::Details>()->item_id == id_of(45));
  const double at_once = f.host.last<p::Details>()->stars;
  f.settle();
  const double after_training = f.host.last<p::Details>()->stars;
  CHECK(std::abs(at_once - after_training) < 0.25);
  CHECK_FALSE(f.host.last<p::Details>()->held_out);
  CHECK_FALSE(f.host.last<p::Details>()->carried.empty());
  f.send(p::Inspect{id_of(48)});
  CHECK(f.host.last<p::Details>()->held_out);
}

TEST_CASE("beside each rating that carries a prediction is told what it would be without it, once the model rests") {
  Fixture f;
  for (int i = 0; i < 15; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 2.5});
  f.send(p::Inspect{id_of(45)});
  for (const auto& one : f.host.last<p::Details>()->carried) CHECK(one.moves == 0);
  f.settle();
  const auto before = *f.host.last<p::Details>();
  REQUIRE_FALSE(before.carried.empty());
  const auto& strongest = before.carried.front();
  CHECK(strongest.moves != 0);
  f.send(p::ClearRating{strongest.item_id});
  f.settle();
  CHECK(f.host.last<p::Details>()->stars - before.stars == Approx(strongest.moves).margin(0.05));
  // Of a rated work, whose prediction leaves its own rating out, that is not known.
  f.send(p::Inspect{before.carried.back().item_id});
  REQUIRE(f.host.last<p::Details>()->held_out);
  for (const auto& one : f.host.last<p::Details>()->carried) CHECK(one.moves == 0);
}

TEST_CASE("a report says from how many ratings on predictions can be tested, and from there on holds the test") {
  Fixture f;
  f.send(p::InspectModel{MediaType::film});
  REQUIRE(f.host.last<p::ModelReport>());
  const auto needed = f.host.last<p::ModelReport>()->needs.methods;
  REQUIRE(needed > 1);
  for (std::uint32_t i = 0; i < needed; ++i) {
    CHECK(f.host.last<p::ModelReport>()->methods.empty());
    f.send(p::Rate{id_of(static_cast<int>(i)), 1 + 0.5 * (i % 7)});
    f.settle();
  }
  REQUIRE_FALSE(f.host.last<p::ModelReport>()->methods.empty());
  CHECK(f.host.last<p::ModelReport>()->methods[0].method == "final");
}

TEST_CASE("what is looked for in the library is found among what is in it, and no longer once it is taken out") {
  Fixture f;
  const auto found = [&](const std::string& query) {
    f.send(p::FindInLibrary{query});
    CHECK(f.host.last<p::FoundInLibrary>()->query == query);
    const Bytes& bulk = f.host.last_bulk<p::FoundInLibrary>();
    std::vector<std::uint64_t> keys(bulk.size() / sizeof(std::uint64_t));
    if (!bulk.empty()) std::memcpy(keys.data(), bulk.data(), bulk.size());
    return keys;
  };
  CHECK(found("film 4").empty());  // the catalogue has it, the library does not
  f.send(p::Rate{id_of(4), 4});
  CHECK(found("film 4") == std::vector<std::uint64_t>{hub::key_of(id_of(4))});
  CHECK(f.host.last<p::FoundInLibrary>()->meant.empty());
  CHECK(found("").empty());
  f.send(p::ChangeTogether{"removed", {id_of(4)}, 0});
  CHECK(found("film 4").empty());
  f.send(p::Undo{});
  CHECK(found("film 4").size() == 1);
}

TEST_CASE("every command and message survives being written and read") {
  const auto text = p::write(p::Command{p::Search{"dune \"part\" ü", MediaType::book, 9}}, 12);
  const auto command = p::read_command(text);
  REQUIRE(command);
  CHECK(command->id == 12);
  CHECK(std::get<p::Search>(command->body).query == "dune \"part\" ü");
  CHECK(std::get<p::Search>(command->body).type == MediaType::book);

  p::Details details;
  details.item = film(3, "Ada Kern", 7.5);
  details.item_id = details.item->id;
  details.reasons = {{"people", "Ada Kern", 0.25}};
  const auto message = p::read_message(p::write(p::Message{details}));
  REQUIRE(message);
  CHECK(std::get<p::Details>(message->body).item == details.item);
  CHECK(std::get<p::Details>(message->body).reasons[0].stars == 0.25);

  for (const char* bad : {"", "{", "[]", "{\"kind\":7}", "{\"kind\":\"dance\"}", "{\"kind\":\"rate\",\"stars\":\"many\"}"}) {
    const auto refused = p::read_command(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "bad_message");
  }
}

TEST_CASE("what is said last counts, also on a clock that is behind a restored history") {
  Fixture ahead;
  ahead.host.time += 1'000'000'000;
  ahead.send(p::Rate{id_of(3), 4.5});
  ahead.send(p::MakeBackup{});
  ahead.settle();
  Fixture f;
  f.host.device = "fedcba9876543210";
  f.send(p::ReadFile{"b.jsonl"}, ahead.host.last_bulk<p::FileReady>());
  f.settle();
  f.send(p::ConfirmRestore{false});
  f.settle();
  f.send(p::Rate{id_of(3), 1});
  f.settle();
  CHECK(f.replica().find(id_of(3))->rating->value == 1);
}
