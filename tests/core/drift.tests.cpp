#include <array>
#include <cstdio>

#include "core/predictor/predictor.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using hub::tests::SyntheticPerson;

namespace {

/// A person who rates one work a month, and from some rating on gives so many stars less.
Model rated_by_month(SyntheticPerson& person, std::size_t change, double less) {
  for (std::size_t i = 0; i < person.examples.size(); ++i) {
    std::array<char, 16> date{};
    std::snprintf(date.data(), date.size(), "%04u-%02u-01", static_cast<unsigned>(2000 + i / 12), static_cast<unsigned>(1 + i % 12));
    person.examples[i].date = date.data();
    if (i >= change) person.examples[i].stars = std::max(0.5, person.examples[i].stars - less);
  }
  auto model = train(MediaType::film, person.corpus(), person.examples);
  REQUIRE(model);
  return *model;
}

/// Mean width of the intervals of works that are not rated.
double width(const Model& model, const SyntheticPerson& person, const std::string& date) {
  const auto works = person.unrated();
  double sum = 0;
  for (const auto& one : model.predict(works, std::vector<std::string>(works.size(), date))) sum += static_cast<double>(one.high - one.low);
  return sum / static_cast<double>(works.size());
}

}  // namespace

TEST_CASE("an interval is wider for the future of somebody whose future was hard to tell", "[drift]") {
  SyntheticPerson person(120);
  const auto model = rated_by_month(person, 84, 1.5);
  CHECK(width(model, person, "2010-02-01") > 1.1 * width(model, person, ""));
}

TEST_CASE("an interval is hardly wider for the future of somebody who stays the same", "[drift]") {
  SyntheticPerson person(120);
  const auto model = rated_by_month(person, 120, 0);
  const double ahead = width(model, person, "2010-02-01");
  CHECK(ahead >= width(model, person, "") - 1e-9);
  CHECK(ahead < 1.1 * width(model, person, ""));
}

TEST_CASE("a model that was saved knows how far ahead it can see", "[drift]") {
  SyntheticPerson person(120);
  const auto model = rated_by_month(person, 84, 1.5);
  const auto loaded = Model::load(*model.save());
  REQUIRE(loaded);
  CHECK(width(*loaded, person, "2010-02-01") == width(model, person, "2010-02-01"));
}
