#include "core/imports/series.hpp"

#include <string>

#include "tests/core/catch.hpp"

using namespace hub;
using imports::series_in_title;
using All = std::vector<Series>;

TEST_CASE("A book's title names its series in parentheses at its end") {
  CHECK(series_in_title("Leviathan Falls (The Expanse, #9)") == All{{"The Expanse", "9"}});
  CHECK(series_in_title("I Shall Wear Midnight (Discworld, #38; Tiffany Aching, #4)") == All{{"Discworld", "38"}, {"Tiffany Aching", "4"}});
  CHECK(series_in_title("Hellion (Awaken Online #5) ") == All{{"Awaken Online", "5"}});
  CHECK(series_in_title("The Forsyte Saga (The Forsyte Chronicles, #1-3)") == All{{"The Forsyte Chronicles", "1-3"}});
  CHECK(series_in_title("The Eleventh Metal (Mistborn, #0.5)") == All{{"Mistborn", "0.5"}});
  CHECK(series_in_title("Alif (Annotated) (Ships, #2)") == All{{"Ships", "2"}});
}

TEST_CASE("Other parentheses in a title tell no series") {
  const auto title =
      GENERATE(as<std::string>(), "", "(The Expanse, #9)", "The Iliad (Penguin Classics)", "Twenty (20)", "Sum (#1)", "Ship (Harbours, #)",
               "Ship (Harbours, #one)", "Ship (Harbours, #1) again", "Ship (Harbours, #1", "()", "a()");
  CHECK(series_in_title(title).empty());
}
