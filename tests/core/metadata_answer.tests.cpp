#include "core/metadata/answer.hpp"

#include <random>

#include "core/library/json.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using metadata::Answer;
using metadata::Value;

namespace {

bool is_read(std::string_view text) {
  return Answer::parse(text, "It").has_value();
}

/// Compares all of a value with the same text read by the library's JSON reader.
void check_same(Value value, const Json& json) {
  CHECK(value.is_object() == json.is_object());
  CHECK(value.is_list() == json.is_array());
  CHECK(value.is_text() == json.is_string());
  CHECK(bool(value) == !json.is_null());
  if (json.is_string()) CHECK(value.text() == json.get<std::string>());
  if (json.is_number()) CHECK(value.number() == json.get<double>());
  if (json.is_boolean()) CHECK(value.is_true() == json.get<bool>());
  std::size_t count = 0;
  for (auto element = value.begin(); element != value.end(); ++element, ++count) {
    if (json.is_object()) check_same(*element, json[element.key()]);
    if (json.is_array()) check_same(*element, json[count]);
  }
  CHECK(count == (json.is_structured() ? json.size() : 0));
}

}  // namespace

TEST_CASE("An answer reads as JSON does") {
  const std::string text =
      R"( {"a":[1,-2.5e3,true,false,null,"x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é",{},[]],"":{"b":{"c":[[[0]]]}},"\u0061b":"k"} )";
  const auto answer = Answer::parse(text, "It");
  REQUIRE(answer);
  check_same(answer->root(), Json::parse(text));
  CHECK(answer->root()["ab"].text() == "k");
  CHECK(answer->root()[""]["b"]["c"].front().front().front().whole() == 0);
}

TEST_CASE("What is missing or of another kind reads as nothing") {
  const std::string text = R"({"n":null,"t":"12","w":7,"f":7.5,"big":1e300,"bad":"7x","o":{"a":1}})";
  const auto answer = Answer::parse(text, "It");
  REQUIRE(answer);
  const Value root = answer->root();
  CHECK_FALSE(root["absent"]);
  CHECK_FALSE(root["n"]);
  CHECK_FALSE(root["absent"]["a"]["b"].front()["c"]);
  CHECK(root["absent"].text().empty());
  CHECK(root["w"].text().empty());
  CHECK(root["w"].id() == "7");
  CHECK(root["t"].id() == "12");
  CHECK(root["t"].number() == 12);
  CHECK(root["f"].number() == 7.5);
  CHECK_FALSE(root["f"].whole());
  CHECK_FALSE(root["big"].whole());
  CHECK_FALSE(root["bad"].number());
  CHECK_FALSE(root["o"].number());
  CHECK_FALSE(root["o"].front());
  CHECK_FALSE(Value());
  CHECK_FALSE(Value().begin() != Value().end());
}

TEST_CASE("What is no JSON, too deep or too large is refused with a sentence") {
  for (const char* text : {"",         " ",   "{",  "[1,]", "{\"a\"}", "{\"a\":1,}", "[1 2]", "\"a",    "\"\\x\"", "\"\\u12g4\"",
                           "\"a\nb\"", "tru", "01", "1.",   "1e",      "-",          "nul",   "<html>", "{} {}",   "{1:2}"})
    CHECK_FALSE(is_read(text));
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(is_read(nested(metadata::deepest_answer)));
  CHECK_FALSE(is_read(nested(metadata::deepest_answer + 1)));
  CHECK_FALSE(is_read(std::string(1'000'000, '[')));
  const std::string large = "\"" + std::string(metadata::most_answer_bytes, 'a') + "\"";
  const auto refused = Answer::parse(large, "TVMaze");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "bad_answer");
  CHECK(refused.error().message.starts_with("TVMaze answered with more"));
  CHECK(is_read("\xEF\xBB\xBF{}"));
}

TEST_CASE("An answer cut or changed anywhere is read or refused as the library's reader does") {
  const std::string whole = R"({"results":[{"id":1,"name":"A\u00e9","tags":["x",null,-1.5e2]},{"id":"2"}],"next":null})";
  for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(is_read(whole.substr(0, length)));
  std::mt19937 random(7);
  for (int i = 0; i < 3'000; ++i) {
    std::string changed = whole;
    changed[random() % changed.size()] = "{}[]\",:0-9eE.\\u tfn"[random() % 19];
    // A lone surrogate is no text for the one and U+FFFD for the other.
    if (changed.find("\\ud") != std::string::npos) continue;
    INFO(changed);
    CHECK(is_read(changed) == Json::accept(changed));
  }
}
