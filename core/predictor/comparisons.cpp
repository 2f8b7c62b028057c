#include "core/predictor/comparisons.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "core/predictor/linear.hpp"

namespace hub::predictor {

namespace {

using features::Encoded;
using features::Family;

constexpr std::size_t plain_genres = 30;
constexpr std::size_t neighbour_count = 10;

double cosine(const std::vector<features::Token>& a, const std::vector<features::Token>& b) {
  double sum = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i].key == b[k].key) {
      sum += a[i].weight * b[k].weight;
      ++i;
      ++k;
    } else if (a[i].key < b[k].key) {
      ++i;
    } else {
      ++k;
    }
  }
  return sum;
}

double similarity(const Encoded& a, const Encoded& b) {
  double sum = a.type == b.type ? 0.2 : 0.0;
  for (const Family family : {Family::creators, Family::cast, Family::genres, Family::keywords, Family::title_words, Family::companies})
    sum += cosine(a.of(family), b.of(family));
  if (std::isfinite(a.year) && std::isfinite(b.year)) sum += 0.5 * std::exp(-2 * (a.year - b.year) * (a.year - b.year));
  return sum + 0.5 * std::exp(-2 * (a.community - b.community) * (a.community - b.community));
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<features::Feature> plain_columns(std::size_t genres) {
  std::vector<features::Feature> columns{{"community", features::Group::community, "stars"},
                                         {"votes", features::Group::popularity, "count"},
                                         {"year", features::Group::era, "year"},
                                         {"length", features::Group::length, "minutes, hours or pages"}};
  for (std::size_t k = 0; k < genres; ++k) columns.push_back({"genre_" + std::to_string(k), features::Group::genres, "0 or 1"});
  return columns;
}

}  // namespace

Booster::Parameters plain_parameters(std::uint64_t seed) {
  Booster::Parameters parameters;
  parameters.max_depth = 6;
  parameters.eta = 0.1;
  parameters.min_child_weight = 1;
  parameters.lambda = 1;
  parameters.max_bin = 256;
  parameters.subsample = 0.8;
  parameters.colsample_bytree = 0.8;
  parameters.seed = static_cast<std::uint32_t>(seed);
  return parameters;
}

Comparisons::Comparisons(std::span<const Item* const> items) {
  const features::Statistics statistics(items);
  std::map<std::uint64_t, std::size_t> genres;
  for (const Item* item : items) {
    const auto& encoded = encoded_.emplace(item, features::encode(*item, statistics)).first->second;
    for (const auto& token : encoded.of(Family::genres)) ++genres[token.key];
  }
  std::vector<std::pair<std::uint64_t, std::size_t>> order(genres.begin(), genres.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (const auto& [key, count] : order) {
    if (common_genres_.size() < plain_genres) common_genres_.push_back(key);
  }
}

std::vector<double> Comparisons::mean(const Question& question) const {
  return std::vector<double>(question.test.size(), mean_of(question.stars));
}

std::vector<double> Comparisons::community_offset(const Question& question) const {
  double offset = 0;
  for (std::size_t i = 0; i < question.train.size(); ++i) {
    const auto& item = of(question.train[i]);
    offset += question.stars[i] - item.source_mean - item.community;
  }
  offset /= static_cast<double>(question.train.size()) + 4;
  std::vector<double> predicted;
  for (const Item* item : question.test) predicted.push_back(of(item).source_mean + of(item).community + offset);
  return predicted;
}

std::vector<double> Comparisons::linear(const Question& question) const {
  std::vector<Terms> terms;
  std::vector<double> residual;
  for (std::size_t i = 0; i < question.train.size(); ++i) {
    const auto& item = of(question.train[i]);
    terms.push_back(terms_of(item));
    residual.push_back(question.stars[i] - item.prior_mean());
  }
  const Linear fitted(terms, residual);
  std::vector<double> predicted;
  for (const Item* item : question.test) predicted.push_back(of(item).prior_mean() + fitted.predict(terms_of(of(item))).value);
  return predicted;
}

std::vector<double> Comparisons::neighbours(const Question& question) const {
  std::vector<double> above;
  for (std::size_t i = 0; i < question.train.size(); ++i) above.push_back(question.stars[i] - of(question.train[i]).prior_mean());
  const double offset = std::accumulate(above.begin(), above.end(), 0.0) / (static_cast<double>(above.size()) + 4);
  std::vector<double> predicted;
  std::vector<std::pair<double, std::size_t>> near(above.size());
  for (const Item* item : question.test) {
    for (std::size_t i = 0; i < above.size(); ++i) near[i] = {-similarity(of(item), of(question.train[i])), i};
    const auto end = near.begin() + static_cast<std::ptrdiff_t>(std::min(neighbour_count, near.size()));
    std::partial_sort(near.begin(), end, near.end());
    // One neighbour's worth of doubt keeps few or distant ones from saying too much.
    double weights = 1;
    double sum = 0;
    for (auto one = near.begin(); one != end; ++one) {
      weights -= one->first;
      sum -= one->first * (above[one->second] - offset);
    }
    predicted.push_back(of(item).prior_mean() + offset + sum / weights);
  }
  return predicted;
}

Expected<std::vector<double>> Comparisons::plain_xgboost(const Question& question) const {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  const auto columns = plain_columns(common_genres_.size());
  const auto table_of = [&](const std::vector<const Item*>& items) {
    Matrix x(items.size(), columns.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      const Item& item = *items[i];
      const auto row = x.row(i);
      const auto* rating = features::public_rating_of(item);
      row[0] = static_cast<float>(rating ? rating->out_of_five() : missing);
      row[1] = static_cast<float>(rating && rating->votes ? static_cast<double>(*rating->votes) : missing);
      row[2] = static_cast<float>(item.year ? *item.year : missing);
      row[3] = static_cast<float>(item.length.value_or(missing));
      const auto& genres = of(&item).of(Family::genres);
      for (std::size_t k = 0; k < common_genres_.size(); ++k) {
        const auto is_this = [&](const features::Token& token) { return token.key == common_genres_[k]; };
        row[4 + k] = std::any_of(genres.begin(), genres.end(), is_this) ? 1.0F : 0.0F;
      }
    }
    return x;
  };
  const double mean = mean_of(question.stars);
  std::vector<float> labels;
  for (const double stars : question.stars) labels.push_back(static_cast<float>(stars - mean));
  auto booster = Booster::begin(columns, table_of(question.train), labels, {}, plain_parameters(question.seed));
  if (!booster) return tl::unexpected(booster.error());
  for (int round = 0; round < plain_rounds; ++round) {
    if (auto done = booster->round(); !done) return tl::unexpected(done.error());
  }
  const auto sums = booster->predict(table_of(question.test));
  if (!sums) return tl::unexpected(sums.error());
  std::vector<double> predicted;
  for (const float sum : *sums) predicted.push_back(mean + static_cast<double>(sum));
  return predicted;
}

}  // namespace hub::predictor
