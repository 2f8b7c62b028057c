#include "core/predictor/factor_pool.hpp"
#include "core/predictor/fit.hpp"
#include "core/predictor/state.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace hub::predictor {

std::optional<double> day_of(const std::string& date) {
  int year = 0;
  int month = 1;
  int day = 1;
  const auto read = [&](std::size_t from, std::size_t length, int& value) {
    return date.size() >= from + length && std::from_chars(date.data() + from, date.data() + from + length, value).ec == std::errc();
  };
  if (!read(0, 4, year)) return std::nullopt;
  if (read(5, 2, month)) read(8, 2, day);
  return 365.25 * year + 30.44 * (month - 1) + (day - 1);
}

std::shared_ptr<Ratings> ratings_from(MediaType type, const Corpus& corpus, const std::vector<Example>& examples, FactorPool* pool) {
  auto ratings = std::make_shared<Ratings>();
  std::vector<features::SharedEncoded> items;
  std::vector<double> days;
  std::optional<double> latest;
  items.reserve(examples.size());
  days.reserve(examples.size());
  ratings->residual.resize(static_cast<Index>(examples.size()));
  for (const auto& example : examples) {
    if (example.item->type == type) ratings->own.push_back(static_cast<std::uint32_t>(items.size()));
    items.push_back(shared_by(pool, features::encode(*example.item, corpus.statistics())));
    ratings->ids.push_back(example.item->id);
    ratings->titles.push_back(example.item->title);
    ratings->residual[static_cast<Index>(ratings->stars.size())] = example.stars - items.back()->prior_mean();
    ratings->stars.push_back(example.stars);
    const auto day = day_of(example.date);
    if (day) latest = std::max(latest.value_or(*day), *day);
    days.push_back(day.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  ratings->today = latest.value_or(std::numeric_limits<double>::quiet_NaN());
  ratings->works = std::make_shared<const RatedWorks>(std::move(items), std::move(days));
  ratings->type = &corpus.statistics().of(type);
  ratings->tree_columns = tree_features(*ratings->type);
  return ratings;
}

}  // namespace hub::predictor
