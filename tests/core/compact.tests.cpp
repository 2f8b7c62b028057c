// What takes the place of standard containers where thousands of works are held: it must read as those do.

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/library/boxed.hpp"
#include "core/library/mostly_default.hpp"
#include "core/library/name.hpp"
#include "core/library/number_table.hpp"
#include "core/library/seldom.hpp"
#include "tests/core/catch.hpp"

namespace hub {
namespace {

TEST_CASE("number table: finds what was added, and nothing else, whatever the hashes", "[library]") {
  // Also hashes that all fall on the same cells.
  for (const std::uint64_t spread : {std::uint64_t{1}, std::uint64_t{1} << 40U, std::uint64_t{0}}) {
    std::mt19937_64 random(7);
    std::vector<std::uint64_t> keys;
    NumberTable table;
    std::map<std::uint64_t, std::uint32_t> expected;
    const auto hash_of = [&](std::uint64_t key) { return key * spread; };
    const auto find = [&](std::uint64_t key) {
      return table.find(hash_of(key), [&](std::uint32_t number) { return keys[number] == key; });
    };
    CHECK_FALSE(find(1));
    for (int i = 0; i < 700; ++i) {
      const std::uint64_t key = random() % 1000;
      const auto [place, fresh] = expected.emplace(key, static_cast<std::uint32_t>(keys.size()));
      CHECK(find(key).has_value() != fresh);
      if (!fresh) CHECK(find(key) == place->second);
      if (!fresh) continue;
      keys.push_back(key);
      table.add(place->second, [&](std::uint32_t number) { return hash_of(keys[number]); });
    }
    CHECK(table.size() == expected.size());
    for (std::uint64_t key = 0; key < 1000; ++key) {
      const auto known = expected.find(key);
      CHECK(find(key) == (known == expected.end() ? std::nullopt : std::optional(known->second)));
    }
    table.clear();
    CHECK_FALSE(find(keys.front()));
  }
}

TEST_CASE("mostly default: reads as what it holds, and a copy is its own", "[library]") {
  MostlyDefault<std::string> text;
  CHECK(text->empty());
  CHECK(text == std::string());
  text = std::string("late");
  MostlyDefault<std::string> copy = text;
  CHECK(copy == text);
  copy = std::string("later");
  CHECK(*text == "late");
  CHECK(*copy == "later");
  copy = std::string();
  CHECK(copy == MostlyDefault<std::string>());
  text = copy;
  CHECK(text->empty());
}

TEST_CASE("seldom: is the vector that was put in, empty or not, and a copy is its own", "[library]") {
  const std::vector<std::string> two{"one", "two"};
  Seldom<std::string> list;
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  CHECK(list == std::vector<std::string>());
  list = two;
  Seldom<std::string> copy = list;
  copy.push_back("three");
  CHECK(list == two);
  CHECK(copy.size() == 3);
  CHECK(copy.back() == "three");
  copy.erase_if([](const std::string& text) { return text.size() == 3; });
  CHECK(copy == std::vector<std::string>{"three"});
  copy.erase_if([](const std::string&) { return true; });
  CHECK(copy == Seldom<std::string>());
  // Asked for to be changed and left empty, it equals one that never was.
  copy.list();
  CHECK(copy == Seldom<std::string>());
  copy.tidy();
  CHECK(copy.empty());
  list.clear();
  CHECK(list.size() == 0);
}

TEST_CASE("boxed: is the optional that was put in, and a copy is its own", "[library]") {
  Boxed<std::string> nothing;
  CHECK_FALSE(nothing);
  Boxed<std::string> text = std::string("late");
  CHECK_FALSE(text == nothing);
  Boxed<std::string> copy = text;
  *copy = "later";
  CHECK(*text == "late");
  CHECK_FALSE(copy == text);
  copy = std::nullopt;
  CHECK(copy == nothing);
  CHECK(text.has_value());
}

TEST_CASE("name: equal texts are one, and compare as texts do", "[library]") {
  const Name drama = std::string("Drama");
  CHECK(drama == Name("Drama"));
  CHECK(&drama.text() == &Name("Drama").text());
  CHECK_FALSE(drama == Name("drama"));
  CHECK(drama == "Drama");
  CHECK(Name("Comedy") < drama);
  CHECK(Name().empty());
  CHECK(Name("") == Name());
  CHECK("a " + drama == "a Drama");
}

}  // namespace
}  // namespace hub
