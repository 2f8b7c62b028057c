#include "core/storage/journal.hpp"

#include <numeric>

#include "core/storage/crc32c.hpp"
#include "tests/core/catch.hpp"

using namespace hub::storage;

TEST_CASE("CRC-32C gives the sums of RFC 3720, B.4") {
  Bytes bytes(32, 0);
  CHECK(crc32c(bytes.data(), bytes.size()) == 0x8A9136AA);
  bytes.assign(32, 0xFF);
  CHECK(crc32c(bytes.data(), bytes.size()) == 0x62A8AB43);
  std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
  CHECK(crc32c(bytes.data(), bytes.size()) == 0x46DD794E);
  CHECK(crc32c(std::string(bytes.rbegin(), bytes.rend())) == 0x113FDB5C);
  const Bytes read_command{0x01, 0xc0, 0, 0,    0, 0, 0, 0,    0,    0, 0, 0, 0, 0, 0, 0, 0x14, 0, 0, 0, 0, 0, 0x04, 0,
                           0,    0,    0, 0x14, 0, 0, 0, 0x18, 0x28, 0, 0, 0, 0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0,    0};
  CHECK(crc32c(read_command.data(), read_command.size()) == 0xD9963A56);
  CHECK(crc32c("123456789") == 0xE3069283);
}

TEST_CASE("A sum made in pieces is that of the whole") {
  const std::string text = "The quick brown fox jumps over the lazy dog, twice over.";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) CHECK(crc32c(text.substr(cut), crc32c(text.substr(0, cut))) == crc32c(text));
}

TEST_CASE("A snapshot tells whether anything is missing") {
  Bytes file;
  append_head(file, {FileKind::snapshot, 1, 7});
  append_record(file, "{\"a\":1}");
  append_record(file, "{\"b\":2}");
  Bytes whole = file;
  append_end(whole, 2);
  Scan found = scan(whole);
  CHECK(found.whole());
  CHECK(found.ended);
  CHECK(found.head == FileHead{FileKind::snapshot, 1, 7});
  CHECK(found.payloads == std::vector<std::string_view>{"{\"a\":1}", "{\"b\":2}"});
  CHECK_FALSE(scan(file).ended);
  Bytes short_by_one = file;
  append_end(short_by_one, 3);
  CHECK_FALSE(scan(short_by_one).ended);
}

TEST_CASE("Bytes of any kind are read to their end in a time that their size bounds") {
  Bytes hostile;
  append_head(hostile, {FileKind::segment, 1, 1});
  // At every second byte a record seems to begin that takes up all the rest.
  while (hostile.size() < 200'000) hostile.insert(hostile.end(), {0x00, 0x01});
  const Scan found = scan(hostile);
  CHECK(found.payloads.empty());
  CHECK(found.damage.size() == 1);
}
