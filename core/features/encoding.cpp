#include "core/features/encoding.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hub::features {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double trusted_votes = 20;  ///< that halve a public rating's distance from its source's mean

/// Calls `take` with the normalised text and the words to show for each member.
template <typename Take>
void for_each_member(const Item& item, Family family, Take&& take) {
  switch (family) {
    case Family::creators:
      for (const auto& creator : item.creators) take(normalised(creator.name), creator.name);
      break;
    case Family::cast:
      for (const auto& name : item.cast) take(normalised(name), name);
      break;
    case Family::genres:
      for (const auto& genre : item.genres) take(normalised_genre(genre), genre);
      break;
    case Family::keywords:
      for (const auto& keyword : item.keywords) take(normalised(keyword), keyword);
      break;
    case Family::title_words:
      for (const auto& word : title_words(item.title)) take(word, word);
      break;
    case Family::companies:
      for (const auto& company : item.companies) take(normalised(company), company);
      break;
    case Family::language:
      if (!item.language.empty()) take(normalised(item.language), item.language);
      break;
    case Family::countries:
      for (const auto& country : item.countries) take(normalised(country), country);
      break;
    case Family::decade:
      if (item.year) {
        const int decade = static_cast<int>(std::floor(*item.year / 10.0)) * 10;
        const auto words = std::to_string(decade) + "s";
        take(words, words);
      }
      break;
    case Family::series:
      for (const auto& series : item.series) take(normalised_series(series.name), series.name);
      break;
    case Family::awards:
      for (const auto& award : item.awards) take(normalised(award), award);
      break;
  }
}

Quantised embedding_of(const Item& item, const Statistics::Embedded& known) {
  if (!known.vectors) return {};
  std::vector<float> vector(known.mean.size());
  if (!known.vectors->of(item, vector)) return {};
  double squares = 0;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    vector[i] -= known.mean[i];
    squares += static_cast<double>(vector[i]) * static_cast<double>(vector[i]);
  }
  // What is as the mean of all says nothing.
  if (!(squares > 1e-12)) return {};
  const auto scale = static_cast<float>(1 / std::sqrt(squares));
  for (float& number : vector) number *= scale;
  return quantised(vector);
}

double agreement_of(const Item& item, const Statistics& statistics) {
  const auto& type = statistics.of(item.type);
  if (!type.tells_agreement() || !statistics.agreement.numbers) return missing;
  const auto number = statistics.agreement.numbers->of(item);
  return number ? std::clamp((*number - type.agreement_mean) / type.agreement_sd, -3.0, 3.0) : missing;
}

}  // namespace

Encoded encode(const Item& item, const Statistics& statistics) {
  Encoded encoded;
  encoded.type = item.type;
  const auto& type = statistics.of(item.type);
  encoded.source_mean = type.any.mean;
  encoded.votes = missing;
  if (const auto* rating = public_rating_of(item)) {
    const auto& source = statistics.of(item.type, rating->source);
    const double votes = rating->votes ? static_cast<double>(*rating->votes) : source.votes_median;
    encoded.has_community = true;
    encoded.source_mean = source.mean;
    encoded.base = rating->out_of_five();
    encoded.community = (encoded.base - source.mean) * votes / (votes + trusted_votes);
    if (rating->votes) encoded.votes = std::clamp((std::log10(1 + votes) - source.votes_mean) / source.votes_sd, -4.0, 4.0);
  } else {
    encoded.base = type.any.mean;
    // Votes without a rating (too few to be shown) still say how well known it is.
    if (!item.community.empty() && item.community.front().votes) {
      const auto& source = statistics.of(item.type, item.community.front().source);
      const double votes = static_cast<double>(std::max(0L, *item.community.front().votes));
      encoded.votes = std::clamp((std::log10(1 + votes) - source.votes_mean) / source.votes_sd, -4.0, 4.0);
    }
  }
  encoded.year = item.year ? std::clamp((*item.year - 2000) / 20.0, -3.0, 2.0) : missing;
  encoded.length = item.length && *item.length > 0 && std::isfinite(*item.length)
                       ? std::clamp((std::log(*item.length) - type.length_mean) / type.length_sd, -3.0, 3.0)
                       : missing;
  encoded.awards_won = item.awards_won ? static_cast<double>(*item.awards_won) : missing;
  encoded.agreement = agreement_of(item, statistics);
  encoded.nominations = item.nominations ? static_cast<double>(*item.nominations) : missing;

  for (const Family family : families) {
    auto& tokens = encoded.tokens[index_of(family)];
    const bool rare_counts_more = family == Family::keywords || family == Family::title_words;
    for_each_member(item, family, [&](const std::string& text, const std::string&) {
      const auto key = token_key(family, text);
      tokens.push_back({key, rare_counts_more ? statistics.inverse_document_frequency(key) : 1.0});
    });
    std::sort(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) { return a.key < b.key; });
    tokens.erase(std::unique(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) { return a.key == b.key; }), tokens.end());
    double squares = 0;
    for (const auto& token : tokens) squares += token.weight * token.weight;
    const double norm = squares > 0 ? 1 / std::sqrt(squares) : 0;
    for (auto& token : tokens) token.weight *= norm;
  }
  for (std::size_t e = 0; e < embedding_count; ++e) encoded.embedded[e] = embedding_of(item, statistics.embedded[e]);
  return encoded;
}

std::vector<Member> members(const Item& item, Family family) {
  std::vector<Member> result;
  for_each_member(item, family, [&](const std::string& text, const std::string& words) {
    const auto key = token_key(family, text);
    if (std::none_of(result.begin(), result.end(), [&](const Member& member) { return member.key == key; })) result.push_back({key, words});
  });
  return result;
}

}  // namespace hub::features
