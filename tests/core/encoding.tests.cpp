#include "core/imports/encoding.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "tests/core/catch.hpp"

using hub::imports::decode_text;
using hub::imports::DecodedText;
using hub::imports::Encoding;

namespace {

DecodedText decode(std::string_view bytes) {
  return decode_text(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

std::string utf16(std::u16string_view text, bool little_endian, bool marked) {
  std::string bytes;
  const auto put = [&](char16_t unit) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    bytes.push_back(little_endian ? low : high);
    bytes.push_back(little_endian ? high : low);
  };
  if (marked) put(0xFEFF);
  for (char16_t unit : text) put(unit);
  return bytes;
}

}  // namespace

TEST_CASE("encoding: UTF-8 with and without a mark") {
  CHECK(decode("Am\xC3\xA9lie, 9").text == "Am\xC3\xA9lie, 9");
  CHECK(decode("Am\xC3\xA9lie, 9").notes().empty());
  const DecodedText marked = decode("\xEF\xBB\xBFTitle");
  CHECK(marked.text == "Title");
  CHECK(marked.marked);
  CHECK(marked.encoding == Encoding::utf8);
  CHECK(decode("").text.empty());
}

TEST_CASE("encoding: UTF-16 in both orders, with a mark and without") {
  const std::u16string text = u"Const,Titel\nAmélie, \U0001F3AC, 千と千尋";
  const std::string expected = "Const,Titel\nAm\xC3\xA9lie, \xF0\x9F\x8E\xAC, \xE5\x8D\x83\xE3\x81\xA8\xE5\x8D\x83\xE5\xB0\x8B";
  for (bool little_endian : {true, false})
    for (bool marked : {true, false}) {
      const DecodedText decoded = decode(utf16(text, little_endian, marked));
      CHECK(decoded.text == expected);
      CHECK(decoded.encoding == (little_endian ? Encoding::utf16_le : Encoding::utf16_be));
      CHECK(decoded.marked == marked);
      CHECK(decoded.notes().size() == 1);
    }
  CHECK(decode(utf16(u"\xD83Dx", true, true)).text == "\xEF\xBF\xBDx");
}

TEST_CASE("encoding: Windows-1252 is what is left, and says so") {
  const DecodedText decoded = decode("Am\xE9lie \x96 \x80 5, caf\xE9");
  CHECK(decoded.encoding == Encoding::windows_1252);
  CHECK(decoded.text == "Am\xC3\xA9lie \xE2\x80\x93 \xE2\x82\xAC 5, caf\xC3\xA9");
  REQUIRE(decoded.notes().size() == 1);
  CHECK(decoded.notes().front().find("Windows-1252") != std::string::npos);
}

TEST_CASE("encoding: damage in UTF-8 does not make the whole file another encoding") {
  const DecodedText cut = decode("Am\xC3\xA9lie, \xE5\x8D");
  CHECK(cut.encoding == Encoding::utf8);
  CHECK(cut.text.starts_with("Am\xC3\xA9lie, \xEF\xBF\xBD"));
  CHECK(cut.notes().size() == 1);
  const DecodedText one_bad = decode("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF x");
  CHECK(one_bad.encoding == Encoding::utf8);
  CHECK(one_bad.replaced == 1);
}

TEST_CASE("encoding: NUL bytes are left out and told") {
  const DecodedText decoded = decode(std::string_view("a,b\0c\nd,e", 9));
  CHECK(decoded.text == "a,bc\nd,e");
  CHECK(decoded.nul_bytes == 1);
  CHECK(decoded.notes().size() == 1);
}
