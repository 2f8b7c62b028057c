#include "core/predictor/evaluation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <set>

#include "core/library/rating.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

namespace {

using Indices = std::vector<std::size_t>;

struct Split {
  Indices train;
  Indices test;
  bool is_future = false;  ///< all of it is later than what teaches
};

/// Predictions of one split's test ratings.
struct Scored {
  std::vector<double> stars;
  std::array<std::vector<double>, method_count> predicted;
  double train_mean = 0;
  std::size_t inside = 0;
  double width = 0;
};

/// Sums over splits, from which the measures follow.
struct Sums {
  double count = 0;
  double squares = 0;
  double absolute = 0;
  double squares_of_mean = 0;
  double pairs = 0;
  double right_pairs = 0;
  std::vector<double> stars;
  std::vector<double> predicted;
};

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Indices shuffled(std::size_t n, std::uint64_t seed) {
  Indices order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
  return order;
}

std::vector<Split> cross_validation(std::size_t n, std::uint64_t seed) {
  std::vector<Split> splits(5);
  const auto order = shuffled(n, seed);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t fold = 0; fold < splits.size(); ++fold)
      (k % splits.size() == fold ? splits[fold].test : splits[fold].train).push_back(order[k]);
  }
  return splits;
}

std::vector<Split> by_date(const Person& person) {
  std::set<std::string> dates;
  for (const auto& rating : person.ratings) {
    if (!rating.date.empty()) dates.insert(rating.date);
  }
  if (dates.size() < 6) return {};
  Indices order(person.ratings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return person.ratings[a].date < person.ratings[b].date; });
  const auto first = static_cast<std::ptrdiff_t>(order.size() * 4 / 5);
  return {{Indices(order.begin(), order.begin() + first), Indices(order.begin() + first, order.end()), true}};
}

/// Ranks from 1, ties sharing their mean rank.
std::vector<double> ranks(const std::vector<double>& values) {
  Indices order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> result(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) result[order[k]] = (static_cast<double>(i + end) + 1) / 2;
    i = end;
  }
  return result;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 1e-12 && bb > 1e-12 ? ab / std::sqrt(aa * bb) : 0;
}

Measures measures_of(const Sums& sums, double spearman) {
  return {std::sqrt(sums.squares / sums.count), sums.absolute / sums.count,
          sums.squares_of_mean > 0 ? 1 - sums.squares / sums.squares_of_mean : 0, spearman,
          sums.pairs > 0 ? sums.right_pairs / sums.pairs : 0.5};
}

/// The common recipe: the raw facts straight into XGBoost, with its customary parameters.
Expected<std::vector<double>> plain_xgboost(const std::vector<const Item*>& train, const std::vector<double>& stars,
                                            const std::vector<const Item*>& test, const std::vector<std::string>& genres,
                                            std::uint64_t seed) {
  std::vector<features::Feature> columns{{"community", features::Group::community, "stars"},
                                         {"votes", features::Group::popularity, "count"},
                                         {"year", features::Group::era, "year"},
                                         {"length", features::Group::length, "minutes, hours or pages"}};
  for (std::size_t k = 0; k < genres.size(); ++k) columns.push_back({"genre_" + std::to_string(k), features::Group::genres, "0 or 1"});
  const auto fill = [&](const Item& item, std::span<float> row) {
    const auto* rating = features::public_rating_of(item);
    row[0] = static_cast<float>(rating ? rating->out_of_five() : missing);
    row[1] = static_cast<float>(rating && rating->votes ? static_cast<double>(*rating->votes) : missing);
    row[2] = static_cast<float>(item.year ? *item.year : missing);
    row[3] = static_cast<float>(item.length.value_or(missing));
    for (std::size_t k = 0; k < genres.size(); ++k) {
      row[4 + k] = std::any_of(item.genres.begin(), item.genres.end(),
                               [&](const auto& genre) { return features::normalised_genre(genre) == genres[k]; })
                       ? 1.0F
                       : 0.0F;
    }
  };
  double mean = 0;
  for (const double value : stars) mean += value;
  mean /= static_cast<double>(stars.size());
  Matrix x(train.size(), columns.size());
  std::vector<float> labels;
  for (std::size_t i = 0; i < train.size(); ++i) {
    fill(*train[i], x.row(i));
    labels.push_back(static_cast<float>(stars[i] - mean));
  }
  Booster::Parameters parameters;
  parameters.max_depth = 6;
  parameters.eta = 0.1;
  parameters.min_child_weight = 1;
  parameters.lambda = 1;
  parameters.max_bin = 256;
  parameters.subsample = 0.8;
  parameters.colsample_bytree = 0.8;
  parameters.seed = static_cast<std::uint32_t>(seed);
  auto booster = Booster::begin(columns, x, labels, {}, parameters);
  if (!booster) return tl::unexpected(booster.error());
  for (int round = 0; round < 100; ++round) {
    if (auto done = booster->round(); !done) return tl::unexpected(done.error());
  }
  Matrix rows(test.size(), columns.size());
  for (std::size_t i = 0; i < test.size(); ++i) fill(*test[i], rows.row(i));
  const auto sums = booster->predict(rows);
  if (!sums) return tl::unexpected(sums.error());
  std::vector<double> predicted;
  for (const float sum : *sums) predicted.push_back(mean + static_cast<double>(sum));
  return predicted;
}

/// Trains and predicts as the product does: a model for each type among the ratings.
Expected<Scored> score(const Person& person, const Split& split, const Corpus& corpus, const std::vector<std::string>& genres,
                       std::uint64_t seed) {
  const auto at = [&](Method method) { return static_cast<std::size_t>(method); };
  Scored scored;
  std::vector<double> train_stars;
  std::vector<const Item*> train_items;
  std::vector<const Item*> test_items;
  std::vector<Terms> train_terms;
  std::vector<double> residual;
  double offset = 0;
  for (const auto i : split.train) {
    const auto& rating = person.ratings[i];
    train_items.push_back(rating.item);
    train_stars.push_back(rating.stars);
    scored.train_mean += rating.stars / static_cast<double>(split.train.size());
    const auto encoded = features::encode(*rating.item, corpus.statistics());
    offset += rating.stars - encoded.source_mean - encoded.community;
    train_terms.push_back(terms_of(encoded));
    residual.push_back(rating.stars - encoded.prior_mean());
  }
  offset /= static_cast<double>(split.train.size()) + 4;
  const Linear linear(train_terms, residual);
  for (const auto i : split.test) {
    const auto& rating = person.ratings[i];
    const auto encoded = features::encode(*rating.item, corpus.statistics());
    scored.stars.push_back(rating.stars);
    test_items.push_back(rating.item);
    scored.predicted[at(Method::mean)].push_back(scored.train_mean);
    scored.predicted[at(Method::community_offset)].push_back(encoded.source_mean + encoded.community + offset);
    scored.predicted[at(Method::linear)].push_back(encoded.prior_mean() + linear.predict(terms_of(encoded)).value);
  }
  auto plain = plain_xgboost(train_items, train_stars, test_items, genres, seed);
  if (!plain) return tl::unexpected(plain.error());
  scored.predicted[at(Method::plain_xgboost)] = std::move(*plain);

  auto& final = scored.predicted[at(Method::final)];
  final.resize(split.test.size());
  for (const MediaType type : media_types) {
    Indices places;
    std::vector<const Item*> items;
    std::vector<std::string> dates;
    for (std::size_t k = 0; k < split.test.size(); ++k) {
      if (test_items[k]->type != type) continue;
      // Only a prediction of the future is asked on a known day; a rating left out of the middle of the past is asked on none.
      dates.push_back(split.is_future ? person.ratings[split.test[k]].date : std::string());
      places.push_back(k);
      items.push_back(test_items[k]);
    }
    if (items.empty()) continue;
    std::vector<Example> examples;
    std::vector<Example> others;
    for (const auto i : split.train) {
      const auto& rating = person.ratings[i];
      (rating.item->type == type ? examples : others)
          .push_back({rating.item, std::clamp(rating.stars, lowest_rating, highest_rating), rating.date});
    }
    const auto model = train(type, corpus, std::move(examples), seed, std::move(others));
    if (!model) return tl::unexpected(model.error());
    const auto predictions = model->predict(items, dates);
    for (std::size_t k = 0; k < places.size(); ++k) {
      const auto& one = predictions[k];
      final[places[k]] = static_cast<double>(one.stars);
      const double stars = std::clamp(scored.stars[places[k]], lowest_rating, highest_rating);
      if (stars >= static_cast<double>(one.low) - 1e-6 && stars <= static_cast<double>(one.high) + 1e-6) ++scored.inside;
      scored.width += static_cast<double>(one.high) - static_cast<double>(one.low);
    }
  }
  for (auto& predicted : scored.predicted) {
    for (auto& value : predicted) value = std::clamp(value, 0.0, highest_rating);
  }
  return scored;
}

void add(Sums& sums, const Scored& scored, const std::vector<double>& predicted) {
  const auto& stars = scored.stars;
  for (std::size_t i = 0; i < stars.size(); ++i) {
    const double error = stars[i] - predicted[i];
    const double of_mean = stars[i] - scored.train_mean;
    sums.count += 1;
    sums.squares += error * error;
    sums.absolute += std::abs(error);
    sums.squares_of_mean += of_mean * of_mean;
    for (std::size_t k = 0; k < i; ++k) {
      if (stars[i] == stars[k]) continue;
      sums.pairs += 1;
      const double product = (stars[i] - stars[k]) * (predicted[i] - predicted[k]);
      sums.right_pairs += product > 0 ? 1.0 : product == 0 ? 0.5 : 0.0;
    }
  }
  sums.stars.insert(sums.stars.end(), stars.begin(), stars.end());
  sums.predicted.insert(sums.predicted.end(), predicted.begin(), predicted.end());
}

void unite(Sums& sums, const Sums& other) {
  sums.count += other.count;
  sums.squares += other.squares;
  sums.absolute += other.absolute;
  sums.squares_of_mean += other.squares_of_mean;
  sums.pairs += other.pairs;
  sums.right_pairs += other.right_pairs;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/// Gathers people (with Protocol::curve: runs) into one evaluation.
struct Gathered {
  std::array<Sums, method_count> pooled;
  std::array<std::vector<Measures>, method_count> each;
  std::set<std::string> names;
  std::size_t beats_mean = 0;
  std::size_t beats_community = 0;
  std::size_t positive = 0;
  std::size_t inside = 0;
  double width = 0;
  double seconds = 0;

  void take(const std::string& name, const std::vector<Scored>& splits) {
    names.insert(name);
    std::array<Measures, method_count> own;
    for (std::size_t method = 0; method < method_count; ++method) {
      Sums sums;
      for (const auto& scored : splits) add(sums, scored, scored.predicted[method]);
      own[method] = measures_of(sums, correlation(ranks(sums.stars), ranks(sums.predicted)));
      each[method].push_back(own[method]);
      unite(pooled[method], sums);
    }
    const auto& final = own[static_cast<std::size_t>(Method::final)];
    beats_mean += final.rmse < own[static_cast<std::size_t>(Method::mean)].rmse ? 1 : 0;
    beats_community += final.rmse < own[static_cast<std::size_t>(Method::community_offset)].rmse ? 1 : 0;
    positive += final.r2_train_mean > 0 ? 1 : 0;
    for (const auto& scored : splits) {
      inside += scored.inside;
      width += scored.width;
    }
  }

  Evaluation result() const {
    Evaluation evaluation;
    const auto runs = static_cast<double>(each.front().size());
    evaluation.people = names.size();
    evaluation.ratings = static_cast<std::size_t>(pooled.front().count);
    if (evaluation.ratings == 0) return evaluation;
    for (std::size_t method = 0; method < method_count; ++method) {
      const auto over_people = [&](double Measures::*member) {
        std::vector<double> values;
        for (const auto& measures : each[method]) values.push_back(measures.*member);
        return values;
      };
      const auto spearman = over_people(&Measures::spearman);
      evaluation.pooled[method] = measures_of(pooled[method], std::accumulate(spearman.begin(), spearman.end(), 0.0) / runs);
      evaluation.median[method] = {median_of(over_people(&Measures::rmse)), median_of(over_people(&Measures::mae)),
                                   median_of(over_people(&Measures::r2_train_mean)), median_of(spearman),
                                   median_of(over_people(&Measures::pair_order))};
    }
    evaluation.beats_mean = static_cast<double>(beats_mean) / runs;
    evaluation.beats_community = static_cast<double>(beats_community) / runs;
    evaluation.share_r2_positive = static_cast<double>(positive) / runs;
    evaluation.coverage80 = static_cast<double>(inside) / pooled.front().count;
    evaluation.width80 = width / pooled.front().count;
    evaluation.seconds = seconds;
    return evaluation;
  }
};

std::vector<std::string> most_common_genres(std::span<const Item* const> items, std::size_t most) {
  std::map<std::string, std::size_t> count;
  for (const Item* item : items) {
    for (const auto& genre : item->genres) ++count[features::normalised_genre(genre)];
  }
  std::vector<std::pair<std::string, std::size_t>> order(count.begin(), count.end());
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> names;
  for (const auto& [name, times] : order) {
    if (names.size() < most) names.push_back(name);
  }
  return names;
}

constexpr std::array<std::size_t, 8> curve_sizes{5, 10, 20, 40, 57, 80, 160, 320};
constexpr std::size_t fewest_tests = 10;

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::mean: return "mean";
    case Method::community_offset: return "community_offset";
    case Method::linear: return "linear";
    case Method::plain_xgboost: return "plain_xgboost";
    case Method::final: return "final";
  }
  return "";
}

Expected<std::map<std::size_t, Evaluation>> evaluate(std::span<const Item* const> items, std::span<const Person> people, Protocol protocol,
                                                     std::uint64_t seed, std::size_t fewest,
                                                     const std::function<void(std::size_t, std::size_t)>& progress) {
  const Corpus corpus(items);
  const auto genres = most_common_genres(items, 30);
  std::map<std::size_t, Gathered> gathered;
  if (protocol != Protocol::curve) gathered[0];
  // A curve over few people is drawn several times, so that it does not hang on one choice.
  const std::size_t draws = protocol == Protocol::curve ? std::clamp<std::size_t>(200 / std::max<std::size_t>(1, people.size()), 1, 10) : 1;

  std::size_t done = 0;
  for (const auto& person : people) {
    if (progress) progress(done++, people.size());
    const auto n = person.ratings.size();
    if (n < fewest) continue;
    std::vector<std::pair<std::size_t, std::vector<Split>>> runs;
    if (protocol == Protocol::cv5) runs.emplace_back(0, cross_validation(n, seed));
    if (protocol == Protocol::temporal) runs.emplace_back(0, by_date(person));
    if (protocol == Protocol::curve) {
      for (const auto size : curve_sizes) {
        for (std::size_t draw = 0; draw < draws && size + fewest_tests <= n; ++draw) {
          const auto order = shuffled(n, seed + 1000 * draw);
          const auto middle = order.begin() + static_cast<std::ptrdiff_t>(size);
          runs.push_back({size, {{Indices(order.begin(), middle), Indices(middle, order.end()), false}}});
        }
      }
    }
    for (const auto& [size, splits] : runs) {
      if (splits.empty()) continue;
      const auto begin = std::chrono::steady_clock::now();
      std::vector<Scored> scored;
      for (const auto& split : splits) {
        auto one = score(person, split, corpus, genres, seed);
        if (!one) return tl::unexpected(one.error());
        scored.push_back(std::move(*one));
      }
      auto& into = gathered[size];
      into.take(person.name, scored);
      into.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
  }
  std::map<std::size_t, Evaluation> results;
  for (const auto& [size, one] : gathered) results.emplace(size, one.result());
  return results;
}

}  // namespace hub::predictor
