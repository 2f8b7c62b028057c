#include "core/features/story.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace hub::features {
namespace {

void add(std::string& text, std::string_view part) {
  if (part.empty()) return;
  if (!text.empty()) text += text.ends_with('.') || text.ends_with('!') || text.ends_with('?') ? " " : ". ";
  text += part;
}

std::string listed(const std::vector<std::string>& words, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, words.size()); ++i) text += (i == 0 ? "" : ", ") + words[i];
  return text;
}

}  // namespace

std::string story_of(const Item& item) {
  if (item.genres.empty() && item.keywords.empty() && item.synopsis.empty()) return {};
  std::string text = item.title;
  add(text, listed(item.genres, item.genres.size()));
  add(text, listed(item.keywords, story_keywords));
  add(text, item.synopsis);
  return text;
}

std::vector<float> mean_vector(std::span<const float> states, std::size_t pieces, std::size_t dimensions) {
  std::vector<double> sum(dimensions);
  for (std::size_t piece = 0; piece < pieces; ++piece)
    for (std::size_t d = 0; d < dimensions; ++d) sum[d] += static_cast<double>(states[piece * dimensions + d]);
  double squares = 0;
  for (const double one : sum) squares += one * one;
  std::vector<float> vector(dimensions);
  const double length = std::sqrt(squares);
  if (!(length > 0) || !std::isfinite(length)) return vector;
  for (std::size_t d = 0; d < dimensions; ++d) vector[d] = static_cast<float>(sum[d] / length);
  return vector;
}

}  // namespace hub::features
