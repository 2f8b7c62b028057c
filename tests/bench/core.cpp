// The core's heavy work, one piece at a time: a name comes in by standard input, the seconds one run of it took go out, with the most
// megabytes of memory that were used by then. The same program is built natively and as WebAssembly, and tests/bench/wasm.mjs asks both in
// turn.

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/predictor/booster.hpp"
#include "core/predictor/predictor.hpp"
#include "core/predictor/random.hpp"
#include "tests/bench/measuring.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::bench;
using namespace hub::predictor;

namespace {

/// Continuous features, every tenth of which the label depends on, and noise. Nothing is missing.
class Table {
 public:
  static constexpr std::size_t rows = 5000;
  static constexpr std::size_t columns = 450;
  static constexpr int rounds = 200;

  Table() : x_(rows, columns) {
    Random random(11);
    for (std::size_t column = 0; column < columns; ++column) {
      names_.push_back({"f" + std::to_string(column), features::Group::genres, "stars"});
    }
    for (std::size_t i = 0; i < rows; ++i) {
      double label = 2 * (random.uniform() - 0.5);
      for (std::size_t column = 0; column < columns; ++column) {
        const double value = random.uniform() + random.uniform() - 1;
        x_.row(i)[column] = static_cast<float>(value);
        if (column % 10 == 0) label += value * (column % 20 == 0 ? 1 : value);
      }
      labels_.push_back(static_cast<float>(label));
    }
  }

  const Matrix& x() const { return x_; }

  Booster train() const {
    Booster::Parameters parameters;
    parameters.max_depth = 4;
    parameters.eta = 0.1;
    parameters.min_child_weight = 1;
    parameters.lambda = 1;
    parameters.max_bin = 256;
    auto booster = value_of(Booster::begin(names_, x_, labels_, {}, parameters));
    for (int i = 0; i < rounds; ++i) {
      if (auto done = booster.round(); !done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        std::exit(1);
      }
    }
    if (auto done = booster.end_training(); !done) {
      std::fprintf(stderr, "%s\n", done.error().message.c_str());
      std::exit(1);
    }
    return booster;
  }

 private:
  std::vector<features::Feature> names_;
  Matrix x_;
  std::vector<float> labels_;
};

/// A made-up person with as many ratings and as many works or more that are not rated, and the predictor trained on the ratings.
class Rater {
 public:
  explicit Rater(std::size_t ratings, std::size_t others = 0)
      : person_(std::max(ratings, (ratings + others + 1) / 2)),
        corpus_(person_.corpus()),
        rated_(person_.examples.begin(), person_.examples.begin() + static_cast<std::ptrdiff_t>(ratings)),
        model_(train()) {}

  Model train() const { return value_of(hub::predictor::train(MediaType::film, corpus_, rated_)); }
  std::size_t predict() const { return model_.predict(person_.pointers).size(); }
  /// One more rating, and what follows from it at once for the first `shown` of the other works.
  std::size_t rate(std::size_t shown) const {
    const Model after = value_of(model_.updated({person_.pointers[rated_.size()], 3.5, ""}));
    return after.expect(std::span(person_.pointers).subspan(rated_.size() + 1, shown)).size();
  }
  std::size_t explain() const {
    std::size_t contributions = 0;
    for (const Item* item : person_.pointers) contributions += model_.explain(*item).contributions.size();
    return contributions;
  }

 private:
  tests::SyntheticPerson person_;
  Corpus corpus_;
  std::vector<Example> rated_;
  Model model_;
};

struct Measurement {
  const char* name;
  int times;  ///< so many runs make one figure, for what is short beside the clock's ticks
  std::function<std::size_t()> run;
};

}  // namespace

int main() {
  std::optional<Table> table;
  std::optional<Booster> trees;
  std::map<std::size_t, Rater> raters;
  const auto data = [&]() -> const Table& { return table ? *table : table.emplace(); };
  const auto booster = [&]() -> const Booster& { return trees ? *trees : trees.emplace(data().train()); };
  const auto rater = [&](std::size_t ratings) -> const Rater& { return raters.try_emplace(ratings, ratings).first->second; };
  std::optional<Rater> large_library;
  const auto library = [&]() -> const Rater& { return large_library ? *large_library : large_library.emplace(1000U, 5000U); };

  const std::vector<Measurement> measurements{
      {"XGBoost train", 1, [&] { return static_cast<std::size_t>(data().train().rounds()); }},
      {"XGBoost predict", 20, [&] { return value_of(booster().predict(data().x())).size(); }},
      {"XGBoost SHAP", 1, [&] { return value_of(booster().contributions(data().x())).values.size(); }},
      {"train 300", 1, [&] { return rater(300).train().rating_count(); }},
      {"predict 300", 20, [&] { return rater(300).predict(); }},
      {"explain 300", 1, [&] { return rater(300).explain(); }},
      {"train 1000", 1, [&] { return rater(1000).train().rating_count(); }},
      {"predict 1000", 10, [&] { return rater(1000).predict(); }},
      {"explain 1000", 1, [&] { return rater(1000).explain(); }},
      {"train 10000", 1, [&] { return rater(10000).train().rating_count(); }},
      // A rating of somebody with 1,000: what is on the screen, and a library of 5,000.
      {"rate, 30 follow", 5, [&] { return library().rate(30); }},
      {"rate, 4999 follow", 1, [&] { return library().rate(4999); }},
  };

  for (std::string name; std::getline(std::cin, name);) {
    if (name == "names") {
      for (const auto& measurement : measurements) std::printf("%s\n", measurement.name);
    } else {
      const auto found =
          std::find_if(measurements.begin(), measurements.end(), [&](const Measurement& measurement) { return measurement.name == name; });
      if (found == measurements.end()) return 2;
      const double begin = bench::now();
      std::size_t made = 0;
      for (int i = 0; i < found->times; ++i) made += found->run();
      if (made == 0) return 1;
      std::printf("%.9f %.1f\n", (bench::now() - begin) / found->times, bench::megabytes());
    }
    std::fflush(stdout);
  }
  return 0;
}
