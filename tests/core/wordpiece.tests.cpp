#include "core/features/wordpiece.hpp"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/cli/tokens.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using hub::features::WordPiece;

namespace {

std::string vocabulary_file() {
  return hub::tests::data_file("wordpiece/vocabulary.txt");
}

const WordPiece& pieces() {
  static const auto read = [] {
    std::ifstream stream(vocabulary_file(), std::ios::binary);
    return WordPiece::read({std::istreambuf_iterator<char>(stream), {}}).value();
  }();
  return read;
}

std::string read_failure(std::string vocabulary) {
  const auto read = WordPiece::read(std::move(vocabulary));
  REQUIRE_FALSE(read);
  CHECK(read.error().code == "bad_vocabulary");
  return read.error().message;
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

TEST_CASE("texts become the ids of the reference tokenizer", "[wordpiece]") {
  std::ifstream stream(hub::tests::data_file("wordpiece/texts.jsonl"));
  std::string line;
  std::size_t count = 0;
  while (std::getline(stream, line)) {
    const auto json = nlohmann::json::parse(line);
    const auto text = json.at("text").get<std::string>();
    INFO(line);
    CHECK(pieces().encode(text) == json.at("ids").get<std::vector<std::int32_t>>());
    ++count;
  }
  CHECK(count > 300);
}

TEST_CASE("a text that is too long loses its end and keeps its last id", "[wordpiece]") {
  const std::string text = "the weather [SEP] the lighthouse keeper's daughter";
  const auto whole = pieces().encode(text);
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
}

TEST_CASE("bytes that are no text count as nothing", "[wordpiece]") {
  CHECK(pieces().encode("the\xff weather\xc3") == pieces().encode("the weather"));
  CHECK(pieces().encode("\xed\xa0\x80") == pieces().encode(""));
}

TEST_CASE("a very long text takes time in proportion to its length", "[wordpiece]") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "[SE [unbelievably ";
  CHECK(pieces().encode(text).size() > 100'000);
  CHECK(pieces().encode(text, 128).size() == 128);
}

TEST_CASE("a vocabulary that is none is refused with the reason", "[wordpiece]") {
  CHECK(read_failure("") == "The vocabulary lacks [PAD].");
  CHECK(read_failure("[PAD]\n[UNK]\n[CLS]\n[SEP]\nx\n") == "The vocabulary lacks [MASK].");
  CHECK(read_failure("[PAD]\n[UNK]\n[UNK]\n") == "Line 3 of the vocabulary is there twice.");
  const auto windows = WordPiece::read("[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n[MASK]\r\nx");
  REQUIRE(windows);
  CHECK(windows->size() == 6);
  CHECK((windows->encode("X y") == std::vector<std::int32_t>{2, 5, 1, 3}));
}

TEST_CASE("hub tokens writes a line of ids for each line of text", "[wordpiece]") {
  const auto name = hub::tests::data_file("wordpiece/texts.jsonl");
  const auto vocabulary = vocabulary_file();
  const auto whole = tokens({name, "--vocabulary", vocabulary});
  CHECK(whole.code == 0);
  CHECK(whole.warnings.empty());
  std::ifstream stream(name);
  std::istringstream out(whole.out);
  std::string expected;
  std::string got;
  while (std::getline(stream, expected)) {
    REQUIRE(std::getline(out, got));
    CHECK(nlohmann::json::parse(got) == nlohmann::json{{"ids", nlohmann::json::parse(expected).at("ids")}});
  }
  CHECK_FALSE(std::getline(out, got));
  const auto cut = tokens({name, "--max", "2", "--vocabulary", vocabulary});
  CHECK(cut.out.starts_with("{\"ids\":[2,3]}\n{\"ids\":[2,3]}\n"));

  CHECK(tokens({name}).code == 2);
  CHECK(tokens({name, "--vocabulary", vocabulary, "--max", "1"}).code == 2);
  CHECK(tokens({name, "--vocabulary", vocabulary, "--max", "x"}).code == 2);
  CHECK(tokens({"--vocabulary", vocabulary}).code == 2);
  CHECK(tokens({"nowhere.jsonl", "--vocabulary", vocabulary}).code == 1);
  const auto wrong = tokens({vocabulary, "--vocabulary", vocabulary});
  CHECK(wrong.code == 1);
  CHECK(wrong.warnings.starts_with("line 1: "));
}
