#include "core/features/story_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/library/search.hpp"

namespace hub::features {
namespace {

constexpr double saturation = 1.2;    ///< k1: how much a word says that comes again
constexpr double lengthening = 0.75;  ///< b: how much less it says in a long text

/// What says nothing of any story; in order.
constexpr std::array<std::string_view, 45> empty_words{
    "a",   "about", "an",   "and",  "are",  "as",  "at",   "be",   "by",   "for",  "from",  "has",   "have",  "he",   "her",
    "his", "in",    "into", "is",   "it",   "its", "must", "of",   "on",   "one",  "or",    "she",   "some",  "than", "that",
    "the", "their", "them", "they", "this", "to",  "was",  "were", "what", "when", "where", "which", "while", "who",  "with"};

/// Calls `take` with each word of a text that says something.
template <typename Take>
void for_each_word(std::string_view text, Take&& take) {
  const std::string plain = normalised_text(text);
  for (std::size_t begin = 0; begin < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', begin), plain.size());
    const std::string_view word = std::string_view(plain).substr(begin, end - begin);
    if (!word.empty() && !std::binary_search(empty_words.begin(), empty_words.end(), word)) take(std::string(word));
    begin = end + 1;
  }
}

}  // namespace

void StoryWords::add(const Item& work) {
  const auto place = static_cast<std::uint32_t>(lengths_.size());
  std::uint32_t length = 0;
  const auto take = [&](std::string word) {
    ++length;
    auto& occurrences = words_[std::move(word)];
    if (occurrences.empty() || occurrences.back().place != place) occurrences.push_back({place, 0});
    ++occurrences.back().count;
  };
  for_each_word(work.title, take);
  for (const std::string& genre : work.genres) for_each_word(genre, take);
  for (const std::string& keyword : work.keywords) for_each_word(keyword, take);
  for_each_word(work.synopsis, take);
  lengths_.push_back(length);
  all_words_ += length;
}

double StoryWords::rarity(std::size_t works) const {
  const auto having = static_cast<double>(works);
  return std::log(1 + (static_cast<double>(lengths_.size()) - having + 0.5) / (having + 0.5));
}

std::vector<StoryWords::Found> StoryWords::search(std::string_view words, std::size_t most) const {
  if (all_words_ == 0) return {};
  std::vector<std::string> sought;
  for_each_word(words, [&](std::string word) { sought.push_back(std::move(word)); });
  std::sort(sought.begin(), sought.end());
  sought.erase(std::unique(sought.begin(), sought.end()), sought.end());

  const double mean_length = static_cast<double>(all_words_) / static_cast<double>(lengths_.size());
  struct Sum {
    double score = 0;
    double told = 0;
    std::uint32_t words = 0;
  };
  std::unordered_map<std::uint32_t, Sum> sums;
  double whole = 0;
  for (const std::string& word : sought) {
    const auto found = words_.find(word);
    const double weight = rarity(found == words_.end() ? 0 : found->second.size());
    whole += weight;
    if (found == words_.end()) continue;
    for (const auto& [place, count] : found->second) {
      const double often = static_cast<double>(count);
      const double longer = 1 - lengthening + lengthening * static_cast<double>(lengths_[place]) / mean_length;
      Sum& sum = sums[place];
      sum.score += weight * often * (saturation + 1) / (often + saturation * longer);
      sum.told += weight;
      ++sum.words;
    }
  }
  std::vector<Found> all;
  all.reserve(sums.size());
  for (const auto& [place, sum] : sums)
    all.push_back({place, static_cast<float>(sum.score), static_cast<float>(sum.told / whole), sum.words});
  const auto better = [](const Found& a, const Found& b) { return a.score != b.score ? a.score > b.score : a.place < b.place; };
  const std::size_t count = std::min(most, all.size());
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(), better);
  all.resize(count);
  return all;
}

}  // namespace hub::features
