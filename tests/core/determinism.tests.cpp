#include <cstring>
#include <fstream>
#include <sstream>

#include "core/predictor/predictor.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

bool same_bits(const std::vector<Prediction>& a, const std::vector<Prediction>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::memcmp(&a[i].stars, &b[i].stars, sizeof(float)) != 0 || std::memcmp(&a[i].low, &b[i].low, sizeof(float)) != 0 ||
        std::memcmp(&a[i].high, &b[i].high, sizeof(float)) != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("the order of the ratings does not matter, to the bit", "[determinism]") {
  for (const std::size_t count : {3U, 15U, 120U}) {
    const SyntheticPerson person(count);
    const auto corpus = person.corpus();
    auto examples = person.examples;
    const auto first = train(MediaType::film, corpus, examples)->predict(person.pointers);
    std::reverse(examples.begin(), examples.end());
    std::rotate(examples.begin(), examples.begin() + static_cast<std::ptrdiff_t>(count / 3), examples.end());
    CHECK(same_bits(first, train(MediaType::film, corpus, examples)->predict(person.pointers)));
  }
}

TEST_CASE("predicting many at once is predicting each", "[determinism]") {
  const SyntheticPerson person(60);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  const auto all = model->predict(person.pointers);
  for (std::size_t i = 0; i < all.size(); i += 7) CHECK(model->predict({&person.pointers[i], 1}).front().stars == all[i].stars);
}

TEST_CASE("what is expected is what is predicted, without its range", "[determinism]") {
  SyntheticPerson person(60);
  person.works[7].type = MediaType::book;
  person.examples.erase(person.examples.begin() + 7);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  for (const Model& one : {*model, Model()}) {
    const auto predictions = one.predict(person.pointers);
    const auto expectations = one.expect(person.pointers);
    REQUIRE(expectations.size() == predictions.size());
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      CHECK(std::memcmp(&expectations[i].stars, &predictions[i].stars, sizeof(float)) == 0);
      CHECK(expectations[i].basis == predictions[i].basis);
    }
  }
}

// The file was written by a native build on x86-64; WebAssembly reads it in the same test.
TEST_CASE("every build gives the same predictions", "[determinism]") {
  const SyntheticPerson person(150, 9);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  REQUIRE(model);
  const auto predictions = model->predict(person.pointers);
  std::ifstream file(tests::data_file("predictor/predictions.txt"));
  REQUIRE(file);
  for (const auto& prediction : predictions) {
    double stars = 0;
    double low = 0;
    double high = 0;
    REQUIRE(file >> stars >> low >> high);
    CHECK(static_cast<double>(prediction.stars) == Approx(stars).margin(1e-4));
    CHECK(static_cast<double>(prediction.low) == Approx(low).margin(1e-4));
    CHECK(static_cast<double>(prediction.high) == Approx(high).margin(1e-4));
  }
}

// Writes that file anew, after a change of the predictor that is meant to change predictions: hub_tests "[.write-predictions]"
TEST_CASE("write the reference predictions", "[.write-predictions]") {
  const SyntheticPerson person(150, 9);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  std::ofstream file(tests::data_file("predictor/predictions.txt"));
  file.precision(7);
  for (const auto& prediction : model->predict(person.pointers))
    file << prediction.stars << ' ' << prediction.low << ' ' << prediction.high << '\n';
  REQUIRE(file.good());
}
