#include "core/features/byte_pairs.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "core/cli/tokens.hpp"
#include "core/features/composing.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"
#include "tests/core/merges_fixture.hpp"

using hub::features::BytePairs;

namespace {

using Ids = std::vector<std::int32_t>;

std::string whole_file(const std::string& name) {
  std::ifstream stream(hub::tests::data_file(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

const std::string& list() {
  static const auto read = whole_file("byte_pairs/merges.txt");
  return read;
}

/// Merges of the list that the reference made its ids with: all but the line of the version.
std::size_t merges() {
  return static_cast<std::size_t>(std::count(list().begin(), list().end(), '\n')) - 1;
}

const BytePairs& pieces() {
  static const auto read = BytePairs::read(list(), merges()).value();
  return read;
}

Ids encode_whole(std::string_view text) {
  return pieces().encode(text, SIZE_MAX);
}

std::string read_failure(std::string_view list, std::size_t count) {
  const auto read = BytePairs::read(list, count);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == "bad_vocabulary");
  return read.error().message;
}

std::u32string composed(std::u32string_view text) {
  hub::features::Composing composing;
  std::u32string out;
  for (const char32_t c : text) composing.put(c, out);
  composing.finish(out);
  return out;
}

struct Answer {
  int code;
  std::string out;
  std::string warnings;
};

Answer tokens(std::vector<std::string_view> arguments) {
  std::ostringstream out;
  std::ostringstream warnings;
  const int code = hub::cli::tokens_command(arguments, out, warnings);
  return {code, out.str(), warnings.str()};
}

}  // namespace

TEST_CASE("texts become the ids of CLIP's reference tokenizer", "[byte_pairs]") {
  std::istringstream stream(whole_file("byte_pairs/texts.jsonl"));
  std::string line;
  std::size_t count = 0;
  while (std::getline(stream, line)) {
    const auto json = nlohmann::json::parse(line);
    INFO(line);
    CHECK(encode_whole(json.at("text").get<std::string>()) == json.at("ids").get<Ids>());
    ++count;
  }
  CHECK(count > 400);
}

TEST_CASE("a text longer than CLIP reads loses its end and keeps its last id", "[byte_pairs]") {
  const std::string text = "the weather <|endoftext|> the lighthouse keeper's daughter <|startoftext|> é";
  const auto whole = encode_whole(text);
  REQUIRE(whole.size() > 10);
  for (std::size_t most = 2; most <= whole.size() + 2; ++most) {
    auto expected = whole;
    if (most < whole.size()) {
      expected.resize(most);
      expected.back() = whole.back();
    }
    CHECK(pieces().encode(text, most) == expected);
  }
  CHECK(pieces().encode(text, 0).size() == 2);

  std::string longer;
  for (int i = 0; i < 100; ++i) longer += "1 ";
  const auto cut = pieces().encode(longer);
  REQUIRE(cut.size() == 77);
  CHECK(cut.back() == whole.back());
}

TEST_CASE("each byte that is no text is a replacement character", "[byte_pairs]") {
  CHECK(encode_whole("the\xff weather\xc3") == encode_whole("the\uFFFD weather\uFFFD"));
  CHECK(encode_whole("\xed\xa0\x80") == encode_whole("\uFFFD\uFFFD\uFFFD"));
}

TEST_CASE("texts with a space between them are cut as each alone", "[byte_pairs]") {
  std::istringstream stream(whole_file("byte_pairs/texts.jsonl"));
  std::string line;
  std::string together;
  Ids expected;
  while (std::getline(stream, line)) {
    const auto json = nlohmann::json::parse(line);
    together += json.at("text").get<std::string>() + ' ';
    const auto ids = json.at("ids").get<Ids>();
    expected.insert(expected.end(), ids.begin() + 1, ids.end() - 1);
  }
  const auto ids = encode_whole(together);
  CHECK(Ids(ids.begin() + 1, ids.end() - 1) == expected);
}

TEST_CASE("a word of any length takes time in proportion to its length", "[byte_pairs]") {
  for (const std::string part : {"a", "mississippi", "\u0301\u0323", "!'", "<|startoftex"}) {
    INFO(part);
    std::string text;
    while (text.size() < 300'000) text += part;
    CHECK(encode_whole(text).size() > 1'000);
    CHECK(pieces().encode(text).size() == 77);
  }
}

TEST_CASE("marks are put into their order and joined with their letter", "[byte_pairs]") {
  CHECK(composed(U"") == U"");
  CHECK(composed(U"plain") == U"plain");
  // Of Unicode's annex 15 and its file of tests.
  CHECK(composed(U"a\u0323\u0307") == U"\u1EA1\u0307");
  CHECK(composed(U"a\u0307\u0323") == U"\u1EA1\u0307");
  CHECK(composed(U"\u1E0B\u0323") == U"\u1E0D\u0307");
  CHECK(composed(U"a\u0315\u0300\u05AE\u0300b") == U"\u00E0\u05AE\u0300\u0315b");
  CHECK(composed(U"\u212B\u2126") == U"\u00C5\u03A9");
  CHECK(composed(U"\u0958") == U"\u0915\u093C");
  CHECK(composed(U"\u0301a\u0301") == U"\u0301\u00E1");
  CHECK(composed(U"\u1100\u1161\u11A8\u11A8") == U"\uAC01\u11A8");
  CHECK(composed(U"\u09C7\u09BE") == U"\u09CB");
  CHECK(composed(U"\u09C7\u0301\u09BE") == U"\u09C7\u0301\u09BE");
  CHECK(composed(U"\u03B1\u0345\u0301") == U"\u1FB4");
}

TEST_CASE("a list of merges that is not whole is refused with the reason", "[byte_pairs]") {
  CHECK(read_failure("", 1) == "The list of merges does not begin with its version.");
  CHECK(read_failure("i n\nt h\n", 1) == "The list of merges does not begin with its version.");
  CHECK(read_failure("#version: 0.2", 0) == "The list of merges does not begin with its version.");
  CHECK(read_failure("#version: 0.2\ni n\n", 2) == "The list of merges ends after 1 of 2.");
  CHECK(read_failure("#version: 0.2\ni n\nt h", 2) == "The list of merges ends after 1 of 2.");
  CHECK(read_failure(list(), BytePairs::merges_of_clip) == "The list of merges ends after " + std::to_string(merges()) + " of 48894.");
  for (const std::string line : {"", "t", "t ", " t", "t  h", "t h ", "inn h", "t h</w", "</w> t", "\x01 t", "\xff t", "t h</w></w>"}) {
    INFO(line);
    CHECK(read_failure("#version: 0.2\ni n\n" + line + "\n", 2) ==
          "Line 3 of the list of merges is not two pieces that are known by then.");
  }
  CHECK(read_failure("#version: 0.2\ni n\nin g\ni n\n", 3) == "Line 4 of the list of merges makes a piece that is there already.");
  CHECK(read_failure("#version: 0.2\na b\nb c\nab c\na bc\n", 4) == "Line 5 of the list of merges makes a piece that is there already.");

  // Every beginning of the list is no list.
  for (std::size_t size = 0; size < list().size(); size += 97) CHECK_FALSE(BytePairs::read(list().substr(0, size), merges()));
  CHECK_FALSE(BytePairs::read(std::string_view(list()).substr(0, list().size() - 1), merges()));
}

TEST_CASE("a list of merges may have lines of either kind, and more of them than are taken", "[byte_pairs]") {
  const auto two = BytePairs::read("\"bpe#version: 0.2\r\nt h\r\nth e</w>\r\nx y z\r\n", 2);
  REQUIRE(two);
  CHECK(two->size() == 516);
  CHECK((two->encode("The th") == Ids{514, 513, 83, 256 + 71, 515}));
  const auto none = BytePairs::read("#version: 0.2\n", 0);
  REQUIRE(none);
  CHECK((none->encode("!~\u00A1") == Ids{512, 0, 93, 126, 94 + 256, 513}));
}

TEST_CASE("hub tokens --clip writes a line of ids for each line of text", "[byte_pairs]") {
  const auto name = hub::tests::data_file("byte_pairs/texts.jsonl");
  // As a list of the length of CLIP's is wanted, one is made.
  const auto made = (std::filesystem::temp_directory_path() / ("hub-merges-" + std::to_string(std::random_device()()) + ".txt")).string();
  std::ofstream(made, std::ios::binary) << hub::tests::long_merges();
  const auto read = BytePairs::read(hub::tests::long_merges());
  REQUIRE(read);
  CHECK(read->size() == 49'408);

  const auto whole = tokens({name, "--clip", "--vocabulary", made});
  CHECK(whole.code == 0);
  CHECK(whole.warnings.empty());
  std::istringstream stream(whole_file("byte_pairs/texts.jsonl"));
  std::istringstream out(whole.out);
  std::string text;
  std::string got;
  while (std::getline(stream, text)) {
    REQUIRE(std::getline(out, got));
    const auto expected = read->encode(nlohmann::json::parse(text).at("text").get<std::string>(), SIZE_MAX);
    CHECK(nlohmann::json::parse(got) == nlohmann::json{{"ids", expected}});
  }
  CHECK_FALSE(std::getline(out, got));
  const auto cut = tokens({"--clip", name, "--max", "2", "--vocabulary", made});
  CHECK(cut.out.starts_with("{\"ids\":[49406,49407]}\n{\"ids\":[49406,49407]}\n"));

  CHECK(tokens({name, "--clip"}).code == 2);
  const auto short_list = hub::tests::data_file("byte_pairs/merges.txt");
  const auto wrong = tokens({name, "--clip", "--vocabulary", short_list});
  CHECK(wrong.code == 1);
  CHECK(wrong.warnings == "The list of merges ends after " + std::to_string(merges()) + " of 48894.\n");
  // Without the word, it is the other tokenizer's.
  CHECK(tokens({name, "--vocabulary", made}).warnings == "The vocabulary lacks [PAD].\n");
  std::filesystem::remove(made);
}
