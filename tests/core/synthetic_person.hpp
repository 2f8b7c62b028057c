#pragma once
// Works with made-up facts and a person whose taste is known, for the predictor's tests.

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include "core/predictor/predictor.hpp"
#include "core/predictor/random.hpp"

namespace hub::tests {

struct SyntheticPerson {
  std::deque<Item> works;  ///< twice as many as are rated; the first half is
  std::vector<const Item*> pointers;
  std::vector<predictor::Example> examples;

  /// @param taste  how much of the rating is taste (genre and creator); 0 is noise around the public's rating.
  explicit SyntheticPerson(std::size_t ratings, std::uint64_t seed = 1, double taste = 1, MediaType type = MediaType::film) {
    predictor::Random random(seed);
    const std::vector<std::string> genres{"Drama", "Comedy", "Science fiction", "Horror", "Romance", "War"};
    for (std::size_t i = 0; i < 2 * ratings; ++i) {
      Item item;
      item.type = type;
      item.id = std::string(name_of(type)) + "/s" + std::to_string(i);
      item.title = "Work number " + std::to_string(i);
      item.year = 1950 + static_cast<int>(random.below(70));
      const auto genre = static_cast<std::size_t>(random.below(genres.size()));
      item.genres = {genres[genre]};
      const auto creator = random.below(12);
      item.creators = {{"director", "Director " + std::to_string(creator)}};
      item.cast = {"Actor " + std::to_string(random.below(30))};
      item.keywords = {"theme " + std::to_string(random.below(20)), "place " + std::to_string(random.below(20))};
      item.language = random.below(4) == 0 ? "fr" : "en";
      item.length = 80.0 + static_cast<double>(random.below(80));
      const double quality = 5 + 4 * random.uniform();
      item.community = {{"IMDb", quality, 10, 100 + static_cast<long>(random.below(100000)), "2024"}};
      const double liking = (genre == 2 ? 0.9 : genre == 3 ? -0.9 : 0.0) + (creator < 3 ? 0.7 : creator > 9 ? -0.7 : 0.0);
      const double noise = 1.2 * (random.uniform() + random.uniform() - 1);
      const double stars = quality / 2 - 0.3 + taste * liking + noise;
      works.push_back(std::move(item));
      pointers.push_back(&works.back());
      if (i < ratings) examples.push_back({&works.back(), std::clamp(std::round(stars * 2) / 2, 0.5, 5.0), ""});
    }
  }

  predictor::Corpus corpus() const { return predictor::Corpus(pointers); }
  std::vector<const Item*> unrated() const { return {pointers.begin() + static_cast<std::ptrdiff_t>(examples.size()), pointers.end()}; }
};

}  // namespace hub::tests
