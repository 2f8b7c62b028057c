#include "core/engine/resemblance.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace hub::engine {
namespace {

const std::string* first_in_both(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const auto found = std::find_if(left.begin(), left.end(),
                                  [&](const std::string& one) { return std::find(right.begin(), right.end(), one) != right.end(); });
  return found == left.end() ? nullptr : &*found;
}

std::set<std::string> themes_of(const Item& item) {
  std::set<std::string> themes(item.genres.begin(), item.genres.end());
  themes.insert(item.keywords.begin(), item.keywords.end());
  return themes;
}

}  // namespace

void SharedThemes::learn(const std::vector<Works::Ref>& works) {
  const std::size_t difference = works.size() > works_ ? works.size() - works_ : works_ - works.size();
  if (difference * 100 <= works_ && works_ > 0) return;
  counts_.clear();
  works_ = works.size();
  for (const Works::Ref& work : works)
    for (const std::string& theme : themes_of(*work)) ++counts_[theme];
}

double SharedThemes::weight(const std::string& word) const {
  const auto found = counts_.find(word);
  const double count = found == counts_.end() ? 1.0 : static_cast<double>(found->second);
  // Squared, as it is in both works' vectors.
  const double weight = std::log(1.0 + static_cast<double>(works_) / count);
  return weight * weight;
}

double SharedThemes::of(const Item& item, const Item& other) const {
  const auto left = themes_of(item);
  const auto right = themes_of(other);
  double both = 0;
  double of_left = 0;
  double of_right = 0;
  for (const std::string& theme : left) {
    of_left += weight(theme);
    if (right.contains(theme)) both += weight(theme);
  }
  for (const std::string& theme : right) of_right += weight(theme);
  return both > 0 ? both / std::sqrt(of_left * of_right) : 0;
}

std::string shared_words(const Item& item, const Item& other) {
  for (const Creator& one : item.creators)
    for (const Creator& another : other.creators)
      if (one.name == another.name) return one.name;
  if (const auto* name = first_in_both(item.cast, other.cast)) return *name;
  if (const auto* keyword = first_in_both(item.keywords, other.keywords)) return *keyword;
  if (const auto* genre = first_in_both(item.genres, other.genres)) return *genre;
  return {};
}

}  // namespace hub::engine
