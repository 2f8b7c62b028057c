#include "wasm/ui/tokens.hpp"

#include <string>

#include "tests/core/catch.hpp"

using namespace hub::ui::tokens;

TEST_CASE("contrast is that of WCAG", "[tokens]") {
  CHECK(contrast(0x000000, 0xffffff) == Approx(21.0));
  CHECK(contrast(0xffffff, 0x000000) == Approx(21.0));
  CHECK(contrast(0x808080, 0x808080) == Approx(1.0));
  // The greyest grey that passes on white, as published with the guideline's technique G18.
  CHECK(contrast(0x767676, 0xffffff) == Approx(4.54).margin(0.005));
}

TEST_CASE("every text can be read on every ground it stands on, in every theme", "[tokens]") {
  for (const Theme& theme : themes) {
    for (const Pair& pair : pairs) {
      INFO(std::string(theme.name) << ": " << std::string(pair.name));
      CHECK(contrast(theme.colors->*pair.front, theme.colors->*pair.back) >= pair.least);
    }
  }
}

TEST_CASE("high contrast has at least 7 : 1 for text", "[tokens]") {
  for (const Theme& theme : {Theme{"dark", &dark_contrast}, Theme{"light", &light_contrast}}) {
    for (const Pair& pair : pairs) {
      if (pair.least < 4.5) continue;
      INFO(std::string(theme.name) << ": " << std::string(pair.name));
      CHECK(contrast(theme.colors->*pair.front, theme.colors->*pair.back) >= 7.0);
    }
  }
}

TEST_CASE("types' dots stand out from the grounds they stand on", "[tokens]") {
  for (const Theme& theme : themes) {
    for (const Rgb dot : theme.colors->types) {
      INFO(std::string(theme.name));
      CHECK(contrast(dot, theme.colors->background) >= 3.0);
      CHECK(contrast(dot, theme.colors->surface) >= 3.0);
      CHECK(contrast(dot, theme.colors->raised) >= 3.0);
    }
  }
}

TEST_CASE("a cover's title can be read on its darkened foot", "[tokens]") {
  for (const CoverColors& cover : covers) CHECK(contrast(0xffffff, cover.bottom) >= 4.5);
}
