#include "core/features/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/features/tokens.hpp"

namespace hub::features {

namespace {

/// Mean rating of the large sources over all that they rate, in stars. A library or a catalogue holds better-known works than the average,
/// so its own mean would be too high.
constexpr std::array<std::pair<std::string_view, double>, 6> known_means{
    {{"TMDB", 3.26}, {"IMDb", 3.49}, {"MyAnimeList", 3.69}, {"Goodreads", 4.00}, {"Metacritic", 3.59}, {"RateYourMusic", 3.52}}};

constexpr double unknown_mean = 3.5;
constexpr double unknown_mean_weight =
    20;  ///< in works: how many of a source's works it takes to trust their own mean as much as unknown_mean
constexpr std::size_t enough_works = 30;  ///< to trust a spread

double typical_mean(MediaType type) {
  switch (type) {
    case MediaType::film: return 3.4;
    case MediaType::show: return 3.69;
    case MediaType::game: return 3.59;
    case MediaType::album: return 3.52;
    case MediaType::book: return 4.0;
  }
  return unknown_mean;
}

std::optional<double> known_mean(std::string_view source) {
  for (const auto& [name, mean] : known_means) {
    if (name == source) return mean;
  }
  return std::nullopt;
}

struct Moments {
  double mean = 0;
  double sd = 1;
};

constexpr double least_sd = 0.05;

/// The sum runs over sorted values, so that the order of the works does not matter to the last bit.
Moments moments(std::vector<double>& values, double least = least_sd) {
  std::sort(values.begin(), values.end());
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::max(least, std::sqrt(squares / static_cast<double>(values.size())))};
}

struct Collected {
  std::vector<double> ratings;
  std::vector<double> log_votes;
};

void set_votes(SourceStatistics& statistics, std::vector<double>& log_votes) {
  if (log_votes.size() < enough_works) return;
  const auto [mean, sd] = moments(log_votes);  // sorts
  statistics.votes_mean = mean;
  statistics.votes_sd = sd;
  statistics.votes_median = std::pow(10.0, log_votes[log_votes.size() / 2]) - 1;
}

}  // namespace

namespace {

/// Where posters fit texts equally well in all works, that says nothing of any.
constexpr double least_agreement_sd = 1e-4;

/// @param agreements  of the works of a type; sorted by this.
void set_agreement(TypeStatistics& type, std::vector<double>& agreements) {
  if (agreements.size() < enough_works) return;
  const auto [mean, sd] = moments(agreements, 0);
  if (!(sd > least_agreement_sd)) return;
  type.agreements = agreements.size();
  type.agreement_mean = mean;
  type.agreement_sd = sd;
}

/// The mean of the vectors of these works; empty where none has one. Summed in whole numbers, so that the order of the works does not
/// matter.
std::vector<float> mean_of(std::span<const Item* const> items, const WorkVectors& vectors) {
  constexpr double one = 1 << 30;
  std::vector<float> vector(vectors.dimensions());
  std::vector<std::int64_t> sums(vectors.dimensions());
  double count = 0;
  for (const Item* item : items) {
    if (!vectors.of(*item, vector)) continue;
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += std::llround(static_cast<double>(vector[i]) * one);
    ++count;
  }
  if (count == 0) return {};
  for (std::size_t i = 0; i < sums.size(); ++i) vector[i] = static_cast<float>(static_cast<double>(sums[i]) / one / count);
  return vector;
}

}  // namespace

Statistics::Statistics() {
  for (const MediaType type : media_types) types[hub::index_of(type)].any.mean = typical_mean(type);
}

Statistics::Statistics(std::span<const Item* const> items, Embedders embedders) : Statistics() {
  works = items.size();
  for (const Embedding of : embeddings) {
    const auto& vectors = embedders[hub::features::index_of(of)];
    if (!vectors) continue;
    embedded[hub::features::index_of(of)].model = vectors->model();
    embedded[hub::features::index_of(of)].mean = mean_of(items, *vectors);
  }
  if (embedders.agreement) {
    std::array<std::vector<double>, media_type_count> agreements;
    for (const Item* item : items)
      if (const auto number = embedders.agreement->of(*item)) agreements[hub::index_of(item->type)].push_back(*number);
    for (const MediaType type : media_types) {
      set_agreement(types[hub::index_of(type)], agreements[hub::index_of(type)]);
      if (types[hub::index_of(type)].tells_agreement()) agreement.model = embedders.agreement->model();
    }
  }
  look_up(std::move(embedders));
  std::array<std::map<std::string, Collected>, media_type_count> by_source;
  std::array<std::vector<double>, media_type_count> log_lengths;
  std::array<std::map<std::string, std::size_t>, media_type_count> genres;
  std::vector<std::uint64_t> tokens;

  for (const Item* item : items) {
    const auto type = hub::index_of(item->type);
    if (const auto* rating = public_rating_of(*item)) {
      auto& collected = by_source[type][rating->source];
      collected.ratings.push_back(rating->out_of_five());
      if (rating->votes) collected.log_votes.push_back(std::log10(1.0 + static_cast<double>(*rating->votes)));
    }
    if (item->length && *item->length > 0) log_lengths[type].push_back(std::log(*item->length));
    if (!item->series.empty()) types[type].tells_series = true;
    if (!item->awards.empty() || item->awards_won || item->nominations) types[type].tells_awards = true;
    for (const auto& genre : item->genres) ++genres[type][normalised_genre(genre)];

    tokens.clear();
    for (const auto& keyword : item->keywords) tokens.push_back(token_key(Family::keywords, normalised(keyword)));
    for (const auto& word : title_words(item->title)) tokens.push_back(token_key(Family::title_words, word));
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (const auto token : tokens) ++occurrences[token];
  }

  for (const MediaType type : media_types) {
    auto& statistics = types[hub::index_of(type)];
    std::vector<double> all_votes;
    for (const auto& [source, collected] : by_source[hub::index_of(type)]) {
      all_votes.insert(all_votes.end(), collected.log_votes.begin(), collected.log_votes.end());
    }
    set_votes(statistics.any, all_votes);
    for (auto& [source, collected] : by_source[hub::index_of(type)]) {
      SourceStatistics one = statistics.any;
      if (const auto mean = known_mean(source)) {
        one.mean = *mean;
      } else {
        const auto count = static_cast<double>(collected.ratings.size());
        one.mean = (moments(collected.ratings).mean * count + unknown_mean * unknown_mean_weight) / (count + unknown_mean_weight);
        // Works without a public rating are expected where this type's works usually are.
        if (by_source[hub::index_of(type)].size() == 1) statistics.any.mean = one.mean;
      }
      set_votes(one, collected.log_votes);
      statistics.sources.emplace(source, one);
    }
    if (auto& lengths = log_lengths[hub::index_of(type)]; lengths.size() >= enough_works) {
      const auto [mean, sd] = moments(lengths);
      statistics.length_mean = mean;
      statistics.length_sd = sd;
    }
    std::vector<std::pair<std::string, std::size_t>> common(genres[hub::index_of(type)].begin(), genres[hub::index_of(type)].end());
    std::stable_sort(common.begin(), common.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (common.size() > most_common_genres) common.resize(most_common_genres);
    for (const auto& [name, count] : common) {
      statistics.common_genres.push_back(token_key(Family::genres, name));
      statistics.common_genre_names.push_back(name);
    }
  }
}

void Statistics::look_up(Embedders embedders) {
  for (const Embedding of : embeddings) {
    auto& vectors = embedders[hub::features::index_of(of)];
    Embedded& own = embedded[hub::features::index_of(of)];
    if (vectors && !own.mean.empty() && vectors->model() == own.model && vectors->dimensions() == own.mean.size())
      own.vectors = std::move(vectors);
  }
  if (embedders.agreement && !agreement.model.empty() && embedders.agreement->model() == agreement.model)
    agreement.numbers = std::move(embedders.agreement);
}

const SourceStatistics& Statistics::of(MediaType type, std::string_view source) const {
  const auto& statistics = types[hub::index_of(type)];
  const auto found = statistics.sources.find(source);
  return found == statistics.sources.end() ? statistics.any : found->second;
}

double Statistics::inverse_document_frequency(std::uint64_t token) const {
  const auto found = occurrences.find(token);
  const double count = found == occurrences.end() ? 0.0 : static_cast<double>(found->second);
  return std::max(0.1, std::log((static_cast<double>(works) + 1) / (count + 1)));
}

const CommunityRating* public_rating_of(const Item& item) {
  for (const auto& rating : item.community) {
    const bool nobody = rating.votes && *rating.votes <= 0;
    if (!nobody && rating.scale > 0 && std::isfinite(rating.rating)) return &rating;
  }
  return nullptr;
}

}  // namespace hub::features
