#include "core/engine/story_space.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/features/story.hpp"
#include "core/library/text.hpp"

namespace hub::engine {
namespace {

/// Works of a type from which on their mean says what is common to all, and nothing of any one.
constexpr std::size_t least_for_mean = 30;
/// A work whose text says no more than that has a length of its own that is rounding.
constexpr double least_distance = 0.01;
/// Of the works whose vectors are the most alike, how many have their themes compared, and what those count for.
constexpr std::size_t compared = 200;
constexpr double weight_of_themes = 0.5;

/// How close to a description works have to be: what is less than that, or much less than the closest, has at most a word or a mood in
/// common with it (measured on models/catalogue with tests/core/data/descriptions.json).
constexpr float least_cosine = 0.28F;
constexpr float least_of_closest = 0.6F;

}  // namespace

StorySpace::StorySpace(std::string model, std::size_t dimensions, std::function<std::vector<KeyedWork>()> works)
    : model_(std::move(model)), store_(dimensions), works_(std::move(works)) {}

std::optional<features::VectorStore::Row> StorySpace::row_of(const Item& work) const {
  const std::string story = features::story_of(work);
  return story.empty() ? std::nullopt : store_.find(key_of(story));
}

bool StorySpace::of(const Item& work, std::span<float> into) const {
  if (into.size() != store_.dimensions()) return false;
  const auto row = row_of(work);
  if (row) store_.read(*row, into);
  return row.has_value();
}

void StorySpace::find_mean(OfType& one) const {
  const std::size_t count = one.rows.size();
  std::vector<double> sum(store_.dimensions());
  if (count >= least_for_mean) {
    std::vector<float> vector(store_.dimensions());
    for (const auto row : one.rows) {
      store_.read(row, vector);
      for (std::size_t d = 0; d < sum.size(); ++d) sum[d] += static_cast<double>(vector[d]) / static_cast<double>(count);
    }
  }
  one.mean.assign(sum.begin(), sum.end());
  double squares = 0;
  for (const double mean : sum) squares += mean * mean;
  one.per_distance = store_.products(features::quantised(one.mean), one.rows);
  for (float& of_row : one.per_distance)
    of_row = static_cast<float>(1 / std::sqrt(std::max(1 + squares - 2 * static_cast<double>(of_row), least_distance)));
}

const StorySpace::OfType& StorySpace::of_type(MediaType type) {
  OfType& one = of_type_[index_of(type)];
  if (!one.stale) return one;
  one = OfType();
  one.stale = false;
  const auto all = works_();
  std::vector<Works::Ref> works;
  works.reserve(all.size());
  for (const KeyedWork& keyed : all) works.push_back(keyed.work);
  shared_.learn(works);
  // In the order of the rows: going through memory from front to back takes a tenth of the time.
  std::vector<std::pair<features::VectorStore::Row, const Works::Ref*>> found;
  for (const auto& [work, key] : all) {
    if (work->type != type) continue;
    if (const auto row = key == 0 ? std::nullopt : store_.find(key)) found.emplace_back(*row, &work);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [row, work] : found) {
    one.rows.push_back(row);
    one.works.push_back(*work);
  }
  find_mean(one);
  return one;
}

std::vector<StorySpace::Alike> StorySpace::like(const Item& work, MediaType type, std::size_t most) {
  // What is its own: the rest has nothing of the works of its type.
  std::vector<float> own(store_.dimensions());
  if (!of(work, own)) return {};
  const OfType& beside = of_type(work.type);
  double squares = 0;
  for (std::size_t d = 0; d < own.size(); ++d) {
    own[d] -= beside.mean[d];
    squares += static_cast<double>(own[d]) * static_cast<double>(own[d]);
  }
  const double per_length = 1 / std::sqrt(std::max(squares, least_distance));
  for (float& one : own) one = static_cast<float>(static_cast<double>(one) * per_length);

  const OfType& others = of_type(type);
  double common = 0;
  for (std::size_t d = 0; d < own.size(); ++d) common += static_cast<double>(own[d]) * static_cast<double>(others.mean[d]);
  const auto products = store_.products(features::quantised(own), others.rows);
  std::vector<Alike> alike;
  for (std::size_t place = 0; place < products.size(); ++place)
    if (others.works[place]->id != work.id)
      alike.push_back({others.works[place], (products[place] - static_cast<float>(common)) * others.per_distance[place]});
  const auto closer = [](const Alike& a, const Alike& b) { return a.likeness > b.likeness; };
  // Themes are compared word by word, which is not done for the many that are about something else.
  const auto looked_at = static_cast<std::ptrdiff_t>(std::min(alike.size(), compared));
  std::partial_sort(alike.begin(), alike.begin() + looked_at, alike.end(), closer);
  alike.resize(static_cast<std::size_t>(looked_at));
  for (Alike& one : alike) one.likeness += static_cast<float>(weight_of_themes * shared_.of(work, *one.work));
  std::stable_sort(alike.begin(), alike.end(), closer);
  alike.resize(std::min(alike.size(), most));
  return alike;
}

std::vector<StorySpace::Alike> StorySpace::near(const features::Quantised& vector, MediaType type, std::size_t most) {
  const OfType& one = of_type(type);
  std::vector<Alike> found;
  for (const auto& close : store_.nearest(vector, one.rows, most)) {
    if (close.likeness < least_cosine || (!found.empty() && close.likeness < least_of_closest * found.front().likeness)) break;
    found.push_back({one.works[close.place], close.likeness});
  }
  return found;
}

}  // namespace hub::engine
