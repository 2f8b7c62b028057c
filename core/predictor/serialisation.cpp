#include <algorithm>
#include <cmath>
#include <utility>

#include "core/predictor/archive.hpp"
#include "core/predictor/factor_pool.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/state.hpp"
#include "core/storage/crc32c.hpp"

namespace hub::predictor {

namespace {

constexpr std::uint32_t magic = 0x4D42'5548;  // "HUBM"
/// Of the layout below. Counts up with every change of it.
constexpr std::uint32_t layout = 9;

tl::unexpected<Error> damaged() {
  return failure("bad_model", "The saved model is damaged or of another version of this page.");
}

// Each of these lists the members of a struct that are kept. What follows from them is worked out anew.

void keep(auto& archive, Settings& settings) {
  archive(settings.max_depth), archive(settings.eta), archive(settings.rounds), archive(settings.min_child_weight);
  archive(settings.lambda), archive(settings.subsample), archive(settings.trees_most), archive(settings.trees_half);
  archive(settings.stack_penalty);
}

void keep(auto& archive, features::SourceStatistics& source) {
  archive(source.mean), archive(source.votes_mean), archive(source.votes_sd), archive(source.votes_median);
}

template <typename Archive>
void keep(Archive& archive, features::TypeStatistics& type) {
  std::vector<std::string> names;
  for (const auto& [name, source] : type.sources) names.push_back(name);
  archive.size(names);
  for (auto& name : names) {
    archive(name);
    keep(archive, type.sources[name]);
  }
  keep(archive, type.any);
  archive(type.length_mean), archive(type.length_sd);
  archive(type.common_genres);
  archive.size(type.common_genre_names);
  for (auto& name : type.common_genre_names) archive(name);
  archive(type.tells_series), archive(type.tells_awards);
  archive(type.agreements), archive(type.agreement_mean), archive(type.agreement_sd);
}

template <typename Archive>
void keep(Archive& archive, features::Statistics& statistics) {
  for (auto& type : statistics.types) keep(archive, type);
  archive(statistics.works);
  for (auto& one : statistics.embedded) archive(one.model), archive(one.mean);
  archive(statistics.agreement.model);
  std::vector<std::uint64_t> keys;
  std::vector<std::uint32_t> counts;
  keys.reserve(statistics.occurrences.size());
  counts.reserve(statistics.occurrences.size());
  for (const auto& [key, count] : statistics.occurrences) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  for (const auto key : keys) counts.push_back(statistics.occurrences.at(key));
  archive(keys), archive(counts);
  if constexpr (Archive::reading) {
    if (keys.size() != counts.size()) return archive.fail();
    statistics.occurrences.clear();
    for (std::size_t k = 0; k < keys.size(); ++k) statistics.occurrences.emplace(keys[k], counts[k]);
  }
}

template <typename Archive>
void keep(Archive& archive, features::Encoded& item) {
  archive(item.type), archive(item.has_community), archive(item.base), archive(item.source_mean), archive(item.community);
  archive(item.votes), archive(item.year), archive(item.length), archive(item.awards_won), archive(item.nominations);
  archive(item.agreement);
  for (auto& family : item.tokens) {
    archive.size(family);
    for (auto& token : family) archive(token.key), archive(token.weight);
  }
  for (auto& vector : item.embedded) {
    archive(vector.scale), archive(vector.values);
    if constexpr (Archive::reading) {
      if (vector.values.size() % 16 != 0) archive.fail();
    }
  }
}

template <typename Archive>
void keep(Archive& archive, Vector& values) {
  std::vector<double> list(values.begin(), values.end());
  archive(list);
  if constexpr (Archive::reading) {
    values.resize(static_cast<Index>(list.size()));
    std::copy(list.begin(), list.end(), values.begin());
  }
}

/// Rated works of a model. @param works  taken from or made.
template <typename Archive>
void keep(Archive& archive, Ratings& ratings, FactorPool* pool) {
  std::vector<features::SharedEncoded> items;
  std::vector<double> days;
  if constexpr (!Archive::reading) {
    items.assign(ratings.works->items().begin(), ratings.works->items().end());
    for (std::size_t i = 0; i < ratings.works->size(); ++i) days.push_back(ratings.works->day(i));
  }
  archive.size(items);
  for (auto& item : items) {
    features::Encoded one;
    if constexpr (!Archive::reading) one = *item;
    keep(archive, one);
    if constexpr (Archive::reading) item = shared_by(pool, std::move(one));
  }
  archive(days);
  for (auto* texts : {&ratings.ids, &ratings.titles}) {
    archive.size(*texts);
    for (auto& text : *texts) archive(text);
  }
  archive(ratings.stars);
  keep(archive, ratings.residual);
  archive(ratings.own);
  archive(ratings.today);
  if constexpr (Archive::reading) {
    const auto n = items.size();
    const bool whole = n > 0 && days.size() == n && ratings.ids.size() == n && ratings.titles.size() == n && ratings.stars.size() == n &&
                       static_cast<std::size_t>(ratings.residual.size()) == n && !ratings.own.empty() &&
                       std::all_of(ratings.own.begin(), ratings.own.end(), [n](std::uint32_t row) { return row < n; }) &&
                       std::all_of(items.begin(), items.end(),
                                   [](const features::SharedEncoded& item) { return index_of(item->type) < media_type_count; });
    if (!archive.good() || !whole) return archive.fail();
    ratings.works = std::make_shared<const RatedWorks>(std::move(items), std::move(days));
  }
}

/// A lower triangle, column by column.
template <typename Archive>
void keep(Archive& archive, LowerTriangle<float>& lower, Index n) {
  if constexpr (Archive::reading) {
    const auto numbers = static_cast<std::size_t>(n) * static_cast<std::size_t>(n + 1) / 2;
    if (archive.remaining() / sizeof(float) < numbers) return archive.fail();
    lower = LowerTriangle<float>(n);
  }
  for (Index j = 0; j < n; ++j) archive.raw(lower.column(j).data(), static_cast<std::size_t>(n - j) * sizeof(float));
}

template <typename Archive>
void keep(Archive& archive, Process& one) {
  archive(one.estimator);
  for (auto& weight : one.weights.of) archive(weight);
  archive(one.weights.noise);
  archive(one.rows);
  archive(one.ratings);
  bool factored = one.is_fitted();
  archive(factored);
  if (!factored) return;
  Vector residual;
  LowerTriangle<float> factor;
  if constexpr (!Archive::reading) {
    const auto& exact = std::get<GaussianProcess>(one.regression);
    residual = exact.residual();
    factor = exact.inverse_factor();
  }
  keep(archive, residual);
  keep(archive, factor, residual.size());
  if constexpr (Archive::reading) {
    const auto n = static_cast<std::size_t>(residual.size());
    if (!archive.good() || one.rows.size() != n || one.ratings.size() != n) return archive.fail();
    one.regression = GaussianProcess::with_factor(std::move(factor), std::move(residual));
  }
}

template <typename Archive>
void keep(Archive& archive, Trees& trees) {
  bool any = static_cast<bool>(trees);
  archive(any);
  if (!any) return;
  for (auto& forest : trees.forests) {
    std::vector<std::uint8_t> ubjson;
    if constexpr (!Archive::reading) {
      auto saved = forest->save();
      if (!saved) return archive.fail(saved.error());
      ubjson = std::move(*saved);
    }
    archive(ubjson);
    if constexpr (Archive::reading) {
      if (!archive.good()) return;
      auto loaded = Booster::load(ubjson);
      if (!loaded) return archive.fail();
      forest = std::make_shared<const Booster>(std::move(*loaded));
    }
  }
}

/// The linear models and the combination follow from the rest.
template <typename Archive>
void keep(Archive& archive, Fit& fit) {
  archive.size(fit.processes);
  for (auto& process : fit.processes) keep(archive, process);
  for (auto& share : fit.shares) archive(share);
  archive(fit.tree_share);
  archive(fit.drifts), archive(fit.ahead);
  for (bool& reads : fit.reads) archive(reads);
  keep(archive, fit.trees);
  for (auto& trees : fit.fold_trees) keep(archive, trees);
  archive(fit.fold);
  archive(fit.encodings.rows), archive(fit.encodings.columns);
  archive(fit.encodings.values);
}

/// Whether all that refers to ratings refers to ratings that there are.
bool fits_together(const Fit& fit, const Ratings& ratings) {
  const auto n = ratings.size();
  const auto all = ratings.works->size();
  if (fit.processes.empty() || fit.processes.front().estimator != Estimator::gaussian_process || fit.fold.size() != n) return false;
  for (const auto& one : fit.processes) {
    if (index_of(one.estimator) >= estimator_count) return false;
    std::vector<bool> seen(all, false);
    for (const auto row : one.rows) {
      if (row >= all || seen[row]) return false;
      seen[row] = true;
    }
    // A factor that is worked out again begins with covariances that the process before has left, where the two differ in noise alone.
    const bool is_second = &one == fit.processes.data() + 1;
    if (one.estimator == Estimator::cautious && !(is_second && one.rows == fit.processes.front().rows)) return false;
    if (one.is_fitted() != fit.processes.front().is_fitted()) return false;
    // It has learnt from the ratings of the type, in their order unless there are others among them.
    if (!std::all_of(one.ratings.begin(), one.ratings.end(), [all](std::uint32_t row) { return row < all; })) return false;
    if (one.estimator == Estimator::all_types) {
      const bool has_all = std::all_of(ratings.own.begin(), ratings.own.end(), [&](std::uint32_t row) { return seen[row]; });
      if (one.ratings != one.rows || !has_all) return false;
    } else if (one.ratings.size() < n || !std::equal(ratings.own.begin(), ratings.own.end(), one.ratings.begin())) {
      return false;
    }
  }
  if (!fit.trees) return true;
  if (fit.encodings.rows != n || fit.encodings.columns != ratings.tree_columns.size()) return false;
  return fit.encodings.values.size() == n * fit.encodings.columns &&
         std::all_of(fit.fold_trees.begin(), fit.fold_trees.end(), [](const Trees& trees) { return static_cast<bool>(trees); });
}

Expected<std::vector<std::uint8_t>> written(const Model::State& state, bool with_factors) {
  OutArchive archive;
  auto head = magic;
  auto format = layout;
  archive(head), archive(format);
  auto type = state.type;
  archive(type);
  features::Statistics statistics = *state.corpus;
  keep(archive, statistics);
  Fit fit = state.fit;
  if (!with_factors) {
    for (auto& one : fit.processes) one.regression = GaussianProcess();
  }
  keep(archive, fit.settings);
  bool rated = state.ratings != nullptr;
  archive(rated);
  if (rated) {
    Ratings ratings = *state.ratings;
    keep(archive, ratings, nullptr);
    keep(archive, fit);
  }
  if (archive.error) return tl::unexpected(*archive.error);
  auto sum = storage::crc32c(archive.bytes.data(), archive.bytes.size());
  archive(sum);
  return std::move(archive.bytes);
}

std::uint64_t mixed_in(std::uint64_t hash, double value) {
  // Rounded, as a sum over works differs in its last bits when they come in another order.
  return Random::mixed(hash ^ static_cast<std::uint64_t>(std::llround(value * 1e6)));
}

}  // namespace

std::uint64_t Corpus::fingerprint() const {
  const auto& of = statistics();
  std::uint64_t hash = Random::mixed(of.works);
  const auto add = [&](const features::SourceStatistics& source) {
    for (const double value : {source.mean, source.votes_mean, source.votes_sd, source.votes_median}) hash = mixed_in(hash, value);
  };
  for (const auto& type : of.types) {
    for (const auto& [name, source] : type.sources) {
      hash = Random::mixed(hash ^ key_of(name));
      add(source);
    }
    add(type.any);
    hash = mixed_in(mixed_in(hash, type.length_mean), type.length_sd);
    for (const auto genre : type.common_genres) hash = Random::mixed(hash ^ genre);
    hash = Random::mixed(hash ^ (type.tells_series ? 1U : 0U) ^ (type.tells_awards ? 2U : 0U));
  }
  for (const auto& embedded : of.embedded) {
    hash = Random::mixed(hash ^ key_of(embedded.model));
    for (const float number : embedded.mean) hash = mixed_in(hash, static_cast<double>(number));
  }
  if (!of.agreement.model.empty()) {
    hash = Random::mixed(hash ^ key_of(of.agreement.model));
    for (const auto& type : of.types)
      hash = mixed_in(mixed_in(Random::mixed(hash ^ type.agreements), type.agreement_mean), type.agreement_sd);
  }
  std::uint64_t words = 0;
  for (const auto& [key, count] : of.occurrences) words += Random::mixed(key ^ Random::mixed(count));
  return Random::mixed(hash ^ words);
}

Expected<std::vector<std::uint8_t>> Model::save(std::size_t most) const {
  const auto too_large = [] { return failure("too_large", "The model is larger than what is kept."); };
  std::size_t factors = 0;
  for (const auto& one : state_->fit.processes) {
    if (!one.exact()) return too_large();
    factors += one.rows.size() * (one.rows.size() + 1) / 2 * sizeof(float);
  }
  // Known before anything is copied: the factors are most of it where it is large.
  for (const bool with_factors : {true, false}) {
    if (with_factors && factors > most) continue;
    auto bytes = written(*state_, with_factors);
    if (!bytes || bytes->size() <= most) return bytes;
  }
  return too_large();
}

Expected<std::shared_ptr<Model::State>> state_from(std::span<const std::uint8_t> bytes, FactorPool* pool, features::Embedders embedders) {
  std::uint32_t sum = 0;
  if (bytes.size() < sizeof sum) return damaged();
  const auto body = bytes.first(bytes.size() - sizeof sum);
  std::memcpy(&sum, body.data() + body.size(), sizeof sum);
  if (storage::crc32c(body.data(), body.size()) != sum) return damaged();
  InArchive archive(body);
  std::uint32_t head = 0;
  std::uint32_t format = 0;
  archive(head), archive(format);
  if (head != magic || format != layout) return damaged();

  auto state = std::make_shared<Model::State>();
  archive(state->type);
  if (index_of(state->type) >= media_type_count) return damaged();
  auto corpus = std::make_shared<Corpus::Statistics>();
  keep(archive, static_cast<features::Statistics&>(*corpus));
  corpus->look_up(std::move(embedders));
  state->corpus = corpus;
  keep(archive, state->fit.settings);
  bool rated = false;
  archive(rated);
  if (rated && archive.good()) {
    auto ratings = std::make_shared<Ratings>();
    keep(archive, *ratings, pool);
    keep(archive, state->fit);
    if (!archive.at_end()) return damaged();
    ratings->type = &corpus->of(state->type);
    ratings->tree_columns = tree_features(*ratings->type);
    const bool of_type = std::all_of(ratings->own.begin(), ratings->own.end(),
                                     [&](std::uint32_t row) { return ratings->works->item(row).type == state->type; });
    if (!of_type || !fits_together(state->fit, *ratings)) return damaged();
    state->ratings = std::move(ratings);
  }
  if (!archive.at_end()) return damaged();
  return state;
}

}  // namespace hub::predictor
