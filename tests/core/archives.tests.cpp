#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/zip.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"

using namespace hub;
using namespace hub::tests;
using imports::ByteSpan;
using imports::Parsed;
using imports::ZipArchive;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes archive(const std::string& name) {
  const std::string text = text_of("archives/" + name);
  return {text.begin(), text.end()};
}

Parsed read(const std::string& name) {
  return parse_file("archives/" + name);
}

Error refusal(const Bytes& bytes) {
  const auto parsed = imports::parse("export.zip", bytes);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().message.find("othing was changed") != std::string::npos);
  return parsed.error();
}

/// "ratings.csv, line 2" and the reason, for each line that is no row.
std::map<std::string, std::string> reasons_of(const Parsed& parsed) {
  std::map<std::string, std::string> reasons;
  for (const auto& skipped : parsed.skipped) reasons[place_of(parsed, skipped.file, skipped.line)] = skipped.reason;
  return reasons;
}

const imports::Mention& mention_of(const Parsed& parsed, std::string_view title) {
  const auto found = std::find_if(parsed.mentions.begin(), parsed.mentions.end(), [&](const auto& it) { return it.item.title == title; });
  INFO(title);
  REQUIRE(found != parsed.mentions.end());
  return *found;
}

}  // namespace

TEST_CASE("archives: packed, stored, streamed and long zip files give the same") {
  const std::string name = GENERATE("stored.zip", "streamed.zip", "zip64.zip");
  const Parsed parsed = read(name);
  CHECK(parsed.source == "Letterboxd");
  CHECK(parsed.files == std::vector<std::string>{"ratings.csv"});
  REQUIRE(parsed.rows.size() == 3);
  CHECK(row_of(parsed, "Harbour Lights").rating.value == 4.5);
  CHECK(place_of(parsed, parsed.rows[2].file, parsed.rows[2].line) == "ratings.csv, line 4");
  CHECK(parsed.notes.empty());
}

TEST_CASE("archives: what stands before an archive moves its places and nothing else") {
  const imports::HeldBytes source(archive("before.zip"));
  const auto zip = ZipArchive::open(source);
  REQUIRE(zip);
  REQUIRE(zip->entries().size() == 1);
  const auto file = zip->read(zip->entries()[0]);
  REQUIRE(file);
  CHECK(std::string(file->begin(), file->end()).starts_with("Date,Name,Year"));
}

TEST_CASE("archives: a whole export of Letterboxd is one import with each film once") {
  const Parsed parsed = read("letterboxd.zip");
  CHECK(parsed.source == "Letterboxd");
  CHECK(parsed.rows.size() == 4);
  CHECK(parsed.lines == 12);

  const imports::Row& lights = row_of(parsed, "Harbour Lights");
  CHECK(lights.rating == Rating{4.5, RatingScale::half_stars, "2021-03-04", "Letterboxd"});
  CHECK(place_of(parsed, lights.file, lights.line) == "ratings.csv, line 2");
  CHECK(lights.item.ids.at("letterboxd") == "aaa1");
  CHECK(lights.facts.seen);
  CHECK(lights.facts.times == 2);
  CHECK(lights.facts.last == "2021-03-03");
  // Rated in the diary alone; its address comes from another file.
  const imports::Row& tide = row_of(parsed, "Low Tide");
  CHECK(place_of(parsed, tide.file, tide.line) == "diary.csv, line 4");
  CHECK(tide.facts.seen);

  // Films of one name and year stay apart, though another file names the second of them alone or first.
  std::map<std::string, const imports::Row*> same;
  for (const imports::Row& row : parsed.rows)
    if (row.item.title == "The Same Name") same[row.item.ids.at("letterboxd")] = &row;
  REQUIRE(same.size() == 2);
  CHECK(same.at("aaa4")->rating.value == 3);
  CHECK_FALSE(same.at("aaa4")->facts.liked);
  CHECK_FALSE(same.at("aaa4")->facts.seen);
  CHECK(same.at("aaa5")->rating.value == 2);
  CHECK(same.at("aaa5")->facts.liked);
  CHECK(same.at("aaa5")->facts.seen);

  CHECK(parsed.mentions.size() == 2);
  CHECK(mention_of(parsed, "Seen Only").facts.seen);
  CHECK_FALSE(mention_of(parsed, "Seen Only").facts.wished);
  CHECK(mention_of(parsed, "Not Yet").facts.wished);
  CHECK_FALSE(mention_of(parsed, "Not Yet").facts.seen);

  const auto reasons = reasons_of(parsed);
  CHECK(reasons.at("diary.csv, line 2") ==
        "This title is rated more than once in the file; line 3 counts, as the latest. This one is kept with its day.");
  CHECK(reasons.at("diary.csv, line 3") == "This title is rated more than once in the archive; ratings.csv, line 2 counts.");
  CHECK(reasons.at("watched.csv, line 3") == "Finished, but not rated.");
  CHECK(reasons.at("watchlist.csv, line 2") == "On your list for later, and not rated.");
  CHECK(reasons.at("likes/films.csv, line 2") == "Liked, but not rated.");
  // What was deleted is not brought back.
  CHECK(notes_say(parsed, "deleted/diary.csv"));
  CHECK(notes_say(parsed, "lists/mine.csv"));
  CHECK(notes_say(parsed, "3 files"));
}

TEST_CASE("archives: slices of any size give the same, and progress never goes back") {
  const Parsed whole = read("letterboxd.zip");
  for (const std::size_t size : {1U, 2U, 1000U}) {
    auto reader = imports::open("export.zip", archive("letterboxd.zip"));
    REQUIRE(reader);
    double before = 0;
    while ((*reader)->step(size)) {
      CHECK((*reader)->progress() >= before);
      before = (*reader)->progress();
      CHECK(before <= 1);
    }
    const Parsed parsed = (*reader)->take();
    CHECK(parsed.lines == whole.lines);
    CHECK(parsed.files == whole.files);
    CHECK(reasons_of(parsed) == reasons_of(whole));
  }
}

TEST_CASE("archives: archives and packed files in an archive") {
  const Parsed parsed = read("nested.zip");
  CHECK(parsed.source == "Letterboxd and MyAnimeList");
  CHECK(std::find(parsed.files.begin(), parsed.files.end(), "inner/export.zip/ratings.csv") != parsed.files.end());
  CHECK(std::find(parsed.files.begin(), parsed.files.end(), "animelist.xml") != parsed.files.end());
  CHECK(parsed.rows.size() == 3 + parse_file("myanimelist.xml").rows.size());
}

TEST_CASE("archives: a packed file is read as the file that it is") {
  const Parsed plain = parse_file("myanimelist.xml");
  const Parsed packed = read("animelist.xml.gz");
  CHECK(packed.files.empty());
  REQUIRE(packed.rows.size() == plain.rows.size());
  for (std::size_t i = 0; i < plain.rows.size(); ++i) CHECK(packed.rows[i].item == plain.rows[i].item);
  // In two members, with zeros behind them.
  CHECK(read("members.csv.gz").rows.size() == 3);
}

TEST_CASE("archives: names in old code pages and with the wrong slashes, and such as lead out of the archive") {
  const Parsed parsed = read("names.zip");
  std::vector<std::string> files = parsed.files;
  std::sort(files.begin(), files.end());
  CHECK(files == std::vector<std::string>{"Bücher/ratings.csv", "diary.csv"});
  CHECK(notes_say(parsed, "größe.csv"));
  CHECK(imports::zip_entry_name("../../etc/passwd", true) == "etc/passwd");
  CHECK(imports::zip_entry_name("C:\\a\\.\\b.csv", true) == "a/b.csv");
  CHECK(imports::zip_entry_name("a\nb\x1B\xE2\x80\xAE.csv", true).find('\n') == std::string::npos);
  CHECK(imports::zip_entry_name(std::string(5000, 'x'), true).size() <= 300);
  CHECK(imports::zip_entry_name("\x81", false) == "ü");
}

TEST_CASE("archives: what cannot be opened says why and what to do") {
  CHECK(refusal(archive("empty.zip")).code == "empty_file");
  CHECK(refusal(archive("none.zip")).code == "unknown_format");
  // A folder of something else, all of it named.
  const Error several = refusal(archive("several.zip"));
  CHECK(several.code == "unknown_format");
  CHECK(several.message.find("a/readme.txt, b.csv") != std::string::npos);
  CHECK(refusal(archive("overlapping.zip")).code == "too_large");
  const auto parsed = [](const char* name) { return refusal(archive(name)); };
  CHECK(parsed("encrypted.zip").code == "encrypted");
  CHECK(parsed("encrypted.zip").message.find("“ratings.csv” in this zip archive is protected by a password") != std::string::npos);
  CHECK(parsed("bzip2.zip").code == "unknown_method");
  CHECK(parsed("bzip2.zip").message.find("(bzip2)") != std::string::npos);
  CHECK(parsed("checksum.zip").code == "damaged");
  CHECK(parsed("checksum.zip").message.find("checksum does not agree") != std::string::npos);
  CHECK(parsed("bomb.zip").code == "too_large");
  CHECK(parsed("bomb.zip").message.find("would unpack to 21.0 MB from 20 kB") != std::string::npos);
  CHECK(parsed("bomb.csv.gz").code == "too_large");
}

TEST_CASE("archives: an archive cut off anywhere is refused") {
  const Bytes bytes = archive("letterboxd.zip");
  for (std::size_t size = 4; size < bytes.size(); ++size) {
    const auto opened = imports::open("export.zip", Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    REQUIRE_FALSE(opened);
    REQUIRE(opened.error().code == "damaged");
  }
  const Bytes packed = archive("animelist.xml.gz");
  for (std::size_t size = 4; size < packed.size(); ++size)
    REQUIRE_FALSE(imports::open("a.gz", Bytes(packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(size))));
}

TEST_CASE("archives: with any byte changed, all lines that are read are accounted for") {
  const Bytes bytes = archive("letterboxd.zip");
  std::size_t read_anyway = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    Bytes damaged = bytes;
    damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ 0x55U);
    const auto parsed = imports::parse("export.zip", damaged);
    if (!parsed) {
      REQUIRE_FALSE(parsed.error().message.empty());
      continue;
    }
    ++read_anyway;
    REQUIRE(parsed->rows.size() + parsed->skipped.size() == parsed->lines);
  }
  // One damaged file costs no other.
  CHECK(read_anyway > bytes.size() / 2);
}

TEST_CASE("archives: a damaged file of several is named, and the others are read") {
  Bytes bytes = archive("letterboxd.zip");
  const imports::HeldBytes source(bytes);
  const auto zip = ZipArchive::open(source);
  REQUIRE(zip);
  const auto diary =
      std::find_if(zip->entries().begin(), zip->entries().end(), [](const auto& entry) { return entry.name == "diary.csv"; });
  REQUIRE(diary != zip->entries().end());
  const auto at = static_cast<std::size_t>(diary->offset) + 30 + 9 + static_cast<std::size_t>(diary->packed) / 2;
  bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 0xFFU);
  const auto parsed = imports::parse("export.zip", bytes);
  REQUIRE(parsed);
  CHECK(parsed->rows.size() == 3);
  CHECK(notes_say(*parsed, "“diary.csv” in this zip archive is damaged"));
}

namespace {

/// Zeros of any length in the place of one stored entry's content, without holding them; what was read is counted.
class WithGap final : public imports::ByteSource {
 public:
  WithGap(Bytes before, std::uint64_t gap, Bytes after) : before_(std::move(before)), gap_(gap), after_(std::move(after)) {}

  std::uint64_t size() const override { return before_.size() + gap_ + after_.size(); }
  Expected<Bytes> read(std::uint64_t offset, std::uint64_t count) const override {
    if (gone) return tl::unexpected(imports::unreadable());
    const std::uint64_t from = std::min(offset, size());
    Bytes bytes(static_cast<std::size_t>(std::min(count, size() - from)));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const std::uint64_t at = from + i;
      if (at < before_.size())
        bytes[i] = before_[static_cast<std::size_t>(at)];
      else if (at >= before_.size() + gap_)
        bytes[i] = after_[static_cast<std::size_t>(at - before_.size() - gap_)];
    }
    *most = std::max(*most, bytes.size());
    return bytes;
  }

  std::shared_ptr<std::size_t> most = std::make_shared<std::size_t>(0);  ///< bytes read at once
  bool gone = false;

 private:
  Bytes before_;
  std::uint64_t gap_;
  Bytes after_;
};

/// Bytes of a number, the lowest first.
void put(Bytes& bytes, std::uint64_t value, int count) {
  for (; count > 0; --count, value >>= 8) bytes.push_back(static_cast<std::uint8_t>(value));
}

/// An archive of a picture of `gap` bytes and a table, both stored, as a service hands out everything it has of somebody.
/// @param more_directory  bytes that it says its list of files has beyond those it has
std::unique_ptr<WithGap> with_picture(std::uint64_t gap, const std::string& picture, std::uint64_t more_directory = 0) {
  const std::string table = "Const,Your Rating,Date Rated,Title,Title Type,Year\ntt9000001,8,2024-03-01,Harbour Lights,Movie,2001\n";
  const Bytes content(table.begin(), table.end());
  const auto local = [](Bytes& bytes, const std::string& name, std::uint64_t size, std::uint32_t sum) {
    put(bytes, 0x04034B50, 4), put(bytes, 20, 2), put(bytes, 0, 2), put(bytes, 0, 2), put(bytes, 0, 4), put(bytes, sum, 4);
    put(bytes, size, 4), put(bytes, size, 4), put(bytes, name.size(), 2), put(bytes, 0, 2);
    bytes.insert(bytes.end(), name.begin(), name.end());
  };
  const auto central = [](Bytes& bytes, const std::string& name, std::uint64_t size, std::uint32_t sum, std::uint64_t offset) {
    put(bytes, 0x02014B50, 4), put(bytes, 20, 2), put(bytes, 20, 2), put(bytes, 0, 2), put(bytes, 0, 2), put(bytes, 0, 4),
        put(bytes, sum, 4);
    put(bytes, size, 4), put(bytes, size, 4), put(bytes, name.size(), 2), put(bytes, 0, 2), put(bytes, 0, 2), put(bytes, 0, 2),
        put(bytes, 0, 2);
    put(bytes, 0, 4), put(bytes, offset, 4);
    bytes.insert(bytes.end(), name.begin(), name.end());
  };
  Bytes before;
  local(before, picture, gap, 0);
  Bytes after;
  local(after, "ratings.csv", content.size(), imports::crc32_of(content));
  after.insert(after.end(), content.begin(), content.end());
  const std::uint64_t directory = before.size() + gap + after.size();
  const std::size_t start = after.size();
  central(after, picture, gap, 0, 0);
  central(after, "ratings.csv", content.size(), imports::crc32_of(content), before.size() + gap);
  const std::uint64_t length = after.size() - start + more_directory;
  put(after, 0x06054B50, 4), put(after, 0, 4), put(after, 2, 2), put(after, 2, 2), put(after, length, 4), put(after, directory, 4),
      put(after, 0, 2);
  return std::make_unique<WithGap>(std::move(before), gap, std::move(after));
}

}  // namespace

TEST_CASE("archives: of a large archive no more is read than what its tables are") {
  auto source = with_picture(std::uint64_t{3} << 30, "photos/holiday.JPG");
  const auto most = source->most;
  auto reader = imports::open("everything.zip", std::unique_ptr<const imports::ByteSource>(std::move(source)));
  REQUIRE(reader);
  while ((*reader)->step(100)) {
  }
  const Parsed parsed = (*reader)->take();
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.title == "Harbour Lights");
  CHECK(notes_say(parsed, "photos/holiday.JPG"));
  // The end of an archive, where its directory is looked for.
  CHECK(*most < 0x11000);
}

TEST_CASE("archives: a list of files that would fill the memory is not read") {
  auto source = with_picture(std::uint64_t{3} << 30, "photo.jpg", std::uint64_t{2} << 30);
  const auto zip = ZipArchive::open(*source);
  REQUIRE_FALSE(zip);
  CHECK(zip.error().code == "too_large");
  CHECK(*source->most < 0x11000);
}

TEST_CASE("archives: a file that is gone is told") {
  auto source = with_picture(100, "photo.jpg");
  source->gone = true;
  const auto never = imports::open("export.zip", std::unique_ptr<const imports::ByteSource>(std::move(source)));
  REQUIRE_FALSE(never);
  CHECK(never.error().code == "unreadable");

  source = with_picture(100, "photo.jpg");
  const auto zip = ZipArchive::open(*source);
  REQUIRE(zip);
  source->gone = true;
  const auto later = zip->read(zip->entries()[1]);
  REQUIRE_FALSE(later);
  CHECK(later.error().code == "unreadable");
  CHECK(later.error().message.find("choose it once more") != std::string::npos);
}
