#include "wasm/ui/views/library_index.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/library/search.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/views/words.hpp"

namespace hub::ui::views {
namespace {

/// Alphabets of titles pass over a leading article.
std::string sorted_as(std::string normalised) {
  for (const std::string_view article : {"the ", "a ", "an "})
    if (normalised.size() > article.size() && normalised.compare(0, article.size(), article) == 0) return normalised.substr(article.size());
  return normalised;
}

int compare(float a, float b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

}  // namespace

void LibraryIndex::update(const LibraryQuery& query) {
  const Client& hub = client();
  const bool library_changed = seen_library_ != hub.library_revision();
  const bool predictions_changed = library_changed || seen_predictions_ != hub.predictions_revision();
  if (library_changed) read_library();
  if (predictions_changed) read_predictions();
  const bool by_prediction = query.column == LibraryColumn::predicted || query.column == LibraryColumn::gap;
  if (library_changed || !(query == query_) || (predictions_changed && by_prediction)) choose(query);
  seen_library_ = hub.library_revision();
  seen_predictions_ = hub.predictions_revision();
  query_ = query;
}

void LibraryIndex::read_library() {
  const Client& hub = client();
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  known.reserve(word_keys_.size());
  for (std::uint32_t i = 0; i < word_keys_.size(); ++i) known.emplace(word_keys_[i], i);
  rows_.clear();
  by_type_.fill(0);
  not_rated_ = 0;
  const auto entries = hub.library().entries();
  rows_.reserve(entries.size());
  for (const Entry* entry : entries) {
    Row row;
    row.entry = entry;
    row.key = key_of(entry->item.id);
    row.rating = entry->rating ? static_cast<float>(entry->rating->normalised()) : 0.0F;
    const auto found = known.find(row.key);
    if (found != known.end() && words_[found->second].title == entry->item.title) {
      row.words = found->second;
    } else {
      const std::string by = words::makers(entry->item);
      const std::string normal = normalised_text(entry->item.title);
      std::string find = normal;
      for (const std::string& more : {normalised_text(by), normalised_text(entry->item.original_title)})
        if (!more.empty()) find += " " + more;
      row.words = static_cast<std::uint32_t>(words_.size());
      words_.push_back({entry->item.title, sorted_as(normal), " " + find, normalised_text(by)});
      word_keys_.push_back(row.key);
      known.insert_or_assign(row.key, row.words);
    }
    ++by_type_[index_of(entry->item.type)];
    if (row.rating <= 0) ++not_rated_;
    rows_.push_back(row);
  }
}

void LibraryIndex::read_predictions() {
  const Client& hub = client();
  for (Row& row : rows_) {
    const auto predicted = hub.predicted(row.entry->item.id);
    row.predicted = predicted ? predicted->stars : 0.0F;
  }
}

void LibraryIndex::choose(const LibraryQuery& query) {
  order_.clear();
  std::vector<std::string> parts;
  const std::string text = normalised_text(query.text);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    parts.push_back(" " + text.substr(from, to - from));
    from = to + 1;
  }
  for (std::uint32_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    if (query.types != 0 && (query.types & (1U << index_of(row.entry->item.type))) == 0) continue;
    if (query.not_rated && row.rating > 0) continue;
    const std::string& find = words_[row.words].find;
    if (std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return find.find(part) == std::string::npos; })) continue;
    order_.push_back(i);
  }
  // What lacks the fact stands at the end whichever way the order goes; among equals the alphabet decides.
  const auto value = [&](const Row& row) -> float {
    switch (query.column) {
      case LibraryColumn::year: return row.entry->item.year ? static_cast<float>(*row.entry->item.year) : NAN;
      case LibraryColumn::type: return static_cast<float>(index_of(row.entry->item.type));
      case LibraryColumn::rating: return row.rating > 0 ? row.rating : NAN;
      case LibraryColumn::predicted: return row.predicted > 0 ? row.predicted : NAN;
      case LibraryColumn::gap: return row.rating > 0 && row.predicted > 0 ? row.rating - row.predicted : NAN;
      default: return NAN;
    }
  };
  const auto by_text = [&](const Row& a, const Row& b) -> int {
    switch (query.column) {
      case LibraryColumn::title: return words_[a.words].sort.compare(words_[b.words].sort);
      case LibraryColumn::by: return words_[a.words].by.compare(words_[b.words].by);
      case LibraryColumn::date: {
        const int dates = a.entry->rating && b.entry->rating ? a.entry->rating->date.compare(b.entry->rating->date) : 0;
        return dates != 0 ? dates : a.entry->changed < b.entry->changed ? -1 : a.entry->changed > b.entry->changed ? 1 : 0;
      }
      default: return 0;
    }
  };
  const auto lacks = [&](const Row& row) {
    if (query.column == LibraryColumn::date) return !row.entry->rating;
    if (query.column == LibraryColumn::by) return words_[row.words].by.empty();
    if (query.column == LibraryColumn::title) return false;
    return std::isnan(value(row));
  };
  const bool textual = query.column == LibraryColumn::title || query.column == LibraryColumn::by || query.column == LibraryColumn::date;
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t i, std::uint32_t j) {
    const Row& a = rows_[i];
    const Row& b = rows_[j];
    const bool a_lacks = lacks(a);
    const bool b_lacks = lacks(b);
    if (a_lacks != b_lacks) return b_lacks;
    int order = 0;
    if (!a_lacks) order = textual ? by_text(a, b) : compare(value(a), value(b));
    if (order != 0) return query.descending ? order > 0 : order < 0;
    const int names = words_[a.words].sort.compare(words_[b.words].sort);
    return names != 0 ? names < 0 : i < j;
  });
}

}  // namespace hub::ui::views
