#include "wasm/ui/views/library_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "core/library/search.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/views/words.hpp"

namespace hub::ui::views {
namespace {

constexpr std::uint64_t at_the_end = std::numeric_limits<std::uint64_t>::max();

std::string_view part(const LibraryIndex::Words& words, std::uint32_t from, std::uint32_t to) {
  return std::string_view(words.find).substr(from, to - from);
}
std::string_view title_of(const LibraryIndex::Words& words) {
  return part(words, words.title, words.title_end);
}
std::string_view by_of(const LibraryIndex::Words& words) {
  return part(words, words.by, words.by_end);
}

/// The first eight bytes, so that numbers compare as the texts do.
std::uint64_t beginning(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return number;
}

/// Alphabets of titles pass over a leading article.
std::size_t article(std::string_view normalised) {
  for (const std::string_view word : {"the ", "a ", "an "})
    if (normalised.size() > word.size() && normalised.starts_with(word)) return word.size();
  return 0;
}

LibraryIndex::Words words_of(const Item& item) {
  LibraryIndex::Words words;
  const std::string title = normalised_text(item.title);
  const std::string by = normalised_text(words::makers(item));
  const std::string original = normalised_text(item.original_title);
  words.find.reserve(title.size() + by.size() + original.size() + 3);
  words.find = " ";
  words.find += title;
  words.title = static_cast<std::uint32_t>(1 + article(title));
  words.title_end = static_cast<std::uint32_t>(words.find.size());
  if (!by.empty()) words.find += " ";
  words.by = static_cast<std::uint32_t>(words.find.size());
  words.find += by;
  words.by_end = static_cast<std::uint32_t>(words.find.size());
  if (!original.empty()) words.find += " " + original;
  words.first = beginning(title_of(words));
  return words;
}

std::uint64_t facts_of(const Item& item) {
  std::uint64_t facts = key_of(item.title);
  for (const Creator& creator : item.creators) facts = facts * 31 + key_of(creator.name);
  return facts;
}

/// So that whole numbers compare as these do (IEEE 754).
std::uint64_t ordered(float number) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &number, sizeof bits);
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

/// A calendar date and a time within 62 bits; what was rated on the same day stands in the order in which it came.
std::uint64_t ordered(std::string_view date, std::int64_t changed) {
  std::uint64_t day = 0;
  if (date.size() == 10) {
    const auto digits = [&](std::size_t from, std::size_t to) {
      std::uint64_t number = 0;
      for (std::size_t i = from; i < to; ++i) number = number * 10 + static_cast<std::uint64_t>(date[i] - '0');
      return number;
    };
    day = (std::min<std::uint64_t>(digits(0, 4), 4095) * 16 + digits(5, 7)) * 32 + digits(8, 10);
  }
  constexpr std::int64_t latest = (std::int64_t{1} << 41) - 1;
  return day << 41U | static_cast<std::uint64_t>(std::clamp<std::int64_t>(changed, 0, latest));
}

/// What a column of words is sorted by; empty where it is not known.
std::string_view column_word(const Item& item, LibraryColumn column) {
  if (column == LibraryColumn::language) return words::language(item.language);
  return item.genres.empty() ? std::string_view() : std::string_view(item.genres.front());
}

/// What groups of words are called after; empty where it is not known.
std::string group_word(const Item& item, LibraryGrouping grouping) {
  if (grouping == LibraryGrouping::creator) return words::makers(item, 1);
  return item.genres.empty() ? std::string() : item.genres.front();
}

bool in_words(LibraryGrouping grouping) {
  return grouping == LibraryGrouping::genre || grouping == LibraryGrouping::creator;
}

bool in_words(LibraryColumn column) {
  return column == LibraryColumn::genres || column == LibraryColumn::language;
}

/// The year's decade, also before the common era.
int decade_of(int year) {
  return year - (year % 10 + 10) % 10;
}

/// The half star that a rating of a finer scale is nearest to.
float half_star_of(float rating) {
  return std::max(std::round(rating * 2) / 2, 0.5F);
}

/// Gives each word its place in the alphabet, so that rows are compared by numbers.
void put_in_order(std::unordered_map<std::string, std::uint64_t>& ranks) {
  std::vector<std::pair<std::string, std::uint64_t*>> all;
  all.reserve(ranks.size());
  for (auto& [word, rank] : ranks) all.emplace_back(normalised_text(word), &rank);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < all.size(); ++i) *all[i].second = i > 0 && all[i].first == all[i - 1].first ? *all[i - 1].second : i;
}

}  // namespace

void LibraryIndex::update(const LibraryQuery& query) {
  const Client& hub = client();
  bool library_read = false;
  std::vector<std::uint32_t> changed;
  if (seen_library_ != hub.library_revision()) {
    const auto ids = hub.changed_since(seen_library_);
    if (!ids || !read_entries(*ids, changed)) {
      read_library();
      library_read = true;
    }
  }
  const bool predictions_changed = library_read || seen_predictions_ != hub.predictions_revision();
  if (predictions_changed) read_predictions();
  const bool by_prediction = query.column == LibraryColumn::predicted || query.column == LibraryColumn::gap;
  const bool other_order = query.column != query_.column || query.descending != query_.descending || query.grouping != query_.grouping;
  const bool other_choice = other_order || !(query == query_);
  // A letter more finds some of what was found.
  const bool narrower = query.types == query_.types && query.choice == query_.choice && !query_.text.empty() &&
                        normalised_text(query.text).starts_with(normalised_text(query_.text));
  seen_library_ = hub.library_revision();
  seen_predictions_ = hub.predictions_revision();
  query_ = query;
  const bool anew = library_read || other_order || (predictions_changed && by_prediction);
  if (anew || has_new_words(changed))
    sort();
  else if (!changed.empty())
    move(changed);
  if (anew || other_choice || !changed.empty()) {
    choose(narrower && !anew && changed.empty());
    make_groups();
    count_chosen();
  }
}

void LibraryIndex::count_chosen() {
  chosen_ = {};
  for (Group& group : groups_) group.chosen = 0;
  for (const Row& row : rows_) {
    if (!row.chosen) continue;
    ++chosen_.titles;
    chosen_.rated += row.rating > 0;
    chosen_.wished += row.wished;
    chosen_.seen += row.entry->deeds.seen;
  }
  if (chosen_.titles == 0) return;
  for (const std::uint32_t row : shown_) chosen_.shown += rows_[row].chosen;
  for (Group& group : groups_)
    for (std::size_t i = group.first; i < group.first + group.titles; ++i) group.chosen += rows_[shown_[i]].chosen;
}

void LibraryIndex::choose_between(std::size_t from, std::size_t to, bool on) {
  const std::size_t first = std::min(from, to);
  const std::size_t last = std::min(std::max(from, to) + 1, shown_.size());
  for (std::size_t i = first; i < last; ++i) rows_[shown_[i]].chosen = on;
  count_chosen();
}

void LibraryIndex::choose_none() {
  for (Row& row : rows_) row.chosen = false;
  for (Group& group : groups_) group.chosen = 0;
  chosen_ = {};
}

std::vector<std::string> LibraryIndex::chosen_ids() const {
  std::vector<std::string> ids;
  ids.reserve(chosen_.titles);
  for (const Row& row : rows_)
    if (row.chosen) ids.push_back(row.entry->item->id);
  return ids;
}

std::optional<std::size_t> LibraryIndex::place_of(std::uint64_t key) const {
  const auto found = std::find_if(shown_.begin(), shown_.end(), [&](std::uint32_t row) { return rows_[row].key == key; });
  if (found == shown_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - shown_.begin());
}

void LibraryIndex::count(const Row& row, bool in) {
  auto& of_type = by_type_[index_of(row.entry->item->type)];
  of_type = in ? of_type + 1 : of_type - 1;
  for (std::size_t i = 0; i < by_choice_.size(); ++i)
    if (is_of(row, static_cast<LibraryChoice>(i))) by_choice_[i] = in ? by_choice_[i] + 1 : by_choice_[i] - 1;
}

bool LibraryIndex::is_of(const Row& row, LibraryChoice choice) {
  switch (choice) {
    case LibraryChoice::all: return true;
    case LibraryChoice::not_rated: return row.rating <= 0;
    case LibraryChoice::wished: return row.wished;
    case LibraryChoice::seen: return row.seen;
  }
  return true;
}

void LibraryIndex::read_entry(Row& row, const Entry& entry) {
  row.entry = &entry;
  row.rating = entry.rating ? static_cast<float>(entry.rating->normalised()) : 0.0F;
  const Deeds& deeds = entry.deeds;
  row.wished = deeds.wished;
  row.seen = row.rating <= 0 && (deeds.seen || deeds.begun || deeds.dropped || deeds.times > 0 || deeds.parts > 0);
  const std::uint64_t facts = facts_of(entry.item);
  if (row.facts != facts || row.words.find.empty()) row.words = words_of(entry.item);
  row.facts = facts;
}

void LibraryIndex::read_library() {
  std::vector<Row> before = std::exchange(rows_, {});
  const auto entries = client().library().entries();
  rows_.reserve(entries.size());
  by_type_.fill(0);
  by_choice_.fill(0);
  for (const Entry* entry : entries) {
    if (entry->forgotten) continue;
    const std::uint64_t key = key_of(entry->item->id);
    const auto found = row_of_.find(key);
    // Words that were made are not made again.
    Row& row = rows_.emplace_back(found == row_of_.end() ? Row() : std::move(before[found->second]));
    row.key = key;
    read_entry(row, *entry);
    count(row, true);
  }
  row_of_.clear();
  row_of_.reserve(rows_.size());
  for (std::uint32_t i = 0; i < rows_.size(); ++i) row_of_.emplace(rows_[i].key, i);
}

/// @return false where an entry is gone, which moves all others.
bool LibraryIndex::read_entries(const std::vector<std::string>& ids, std::vector<std::uint32_t>& changed) {
  const Client& hub = client();
  for (const std::string& id : ids) {
    const Entry* entry = hub.library().find(id);
    const std::uint64_t key = key_of(id);
    const auto found = row_of_.find(key);
    if (!entry || entry->forgotten) {
      if (found != row_of_.end()) return false;
      continue;
    }
    const bool fresh = found == row_of_.end();
    const std::uint32_t at = fresh ? static_cast<std::uint32_t>(rows_.size()) : found->second;
    if (fresh) {
      rows_.emplace_back().key = key;
      row_of_.emplace(key, at);
      const auto predicted = hub.predicted(key);
      rows_.back().predicted = predicted ? predicted->stars : 0.0F;
    } else {
      count(rows_[at], false);
    }
    read_entry(rows_[at], *entry);
    count(rows_[at], true);
    if (std::find(changed.begin(), changed.end(), at) == changed.end()) changed.push_back(at);
  }
  return true;
}

void LibraryIndex::read_predictions() {
  const Client& hub = client();
  for (Row& row : rows_) {
    const auto predicted = hub.predicted(row.key);
    row.predicted = predicted ? predicted->stars : 0.0F;
  }
}

/// Where a row stands, as far as a number tells. What lacks the fact stands at the end whichever way the order goes.
std::uint64_t LibraryIndex::rank(const Row& row) const {
  std::uint64_t number = at_the_end;
  switch (query_.column) {
    case LibraryColumn::title: return 0;
    case LibraryColumn::by:
      if (const auto by = by_of(row.words); !by.empty()) number = beginning(by);
      break;
    case LibraryColumn::year:
      if (row.entry->item->year) number = ordered(static_cast<float>(*row.entry->item->year));
      break;
    case LibraryColumn::type: number = index_of(row.entry->item->type); break;
    case LibraryColumn::rating:
      if (row.rating > 0) number = ordered(row.rating);
      break;
    case LibraryColumn::predicted:
      if (row.predicted > 0) number = ordered(row.predicted);
      break;
    case LibraryColumn::gap:
      if (row.rating > 0 && row.predicted > 0) number = ordered(row.rating - row.predicted);
      break;
    case LibraryColumn::date:
      if (row.entry->rating) number = ordered(row.entry->rating->date, row.entry->changed);
      break;
    case LibraryColumn::community:
      if (const auto given = community_out_of_five(*row.entry->item)) number = ordered(static_cast<float>(*given));
      break;
    case LibraryColumn::length:
      if (row.entry->item->length) number = ordered(static_cast<float>(*row.entry->item->length));
      break;
    case LibraryColumn::genres:
    case LibraryColumn::language:
      if (const auto found = word_ranks_.find(std::string(column_word(*row.entry->item, query_.column))); found != word_ranks_.end())
        number = found->second;
      break;
    case LibraryColumn::mark: break;
  }
  if (number == at_the_end) return at_the_end;
  return query_.descending ? at_the_end - 1 - number : number;
}

/// Among rows of the same rank the texts decide: the rest of the makers' names, then the alphabet.
bool LibraryIndex::earlier_among_equals(std::uint32_t a, std::uint32_t b) const {
  const Words& one = rows_[a].words;
  const Words& other = rows_[b].words;
  if (query_.column == LibraryColumn::by) {
    const int order = by_of(one).compare(by_of(other));
    if (order != 0) return query_.descending ? order > 0 : order < 0;
  }
  int order = one.first < other.first ? -1 : one.first > other.first ? 1 : title_of(one).compare(title_of(other));
  if (query_.column == LibraryColumn::title && query_.descending) order = -order;
  return order != 0 ? order < 0 : a < b;
}

void LibraryIndex::rank_words() {
  word_ranks_.clear();
  group_ranks_.clear();
  if (in_words(query_.column)) {
    for (const Row& row : rows_)
      if (const auto word = column_word(*row.entry->item, query_.column); !word.empty()) word_ranks_.emplace(word, 0);
    put_in_order(word_ranks_);
  }
  if (in_words(query_.grouping)) {
    for (const Row& row : rows_)
      if (std::string word = group_word(*row.entry->item, query_.grouping); !word.empty()) group_ranks_.emplace(std::move(word), 0);
    put_in_order(group_ranks_);
  }
}

/// Whether a row that changed has a word that has no place in the alphabet yet.
bool LibraryIndex::has_new_words(const std::vector<std::uint32_t>& changed) const {
  return std::any_of(changed.begin(), changed.end(), [&](std::uint32_t at) {
    const Item& item = rows_[at].entry->item;
    if (in_words(query_.column)) {
      const std::string word(column_word(item, query_.column));
      if (!word.empty() && !word_ranks_.contains(word)) return true;
    }
    if (!in_words(query_.grouping)) return false;
    const std::string word = group_word(item, query_.grouping);
    return !word.empty() && !group_ranks_.contains(word);
  });
}

/// Where a row's group stands among the groups: what is later or more stands first, words by the alphabet, and last what lacks the fact.
std::uint64_t LibraryIndex::group_rank(const Row& row) const {
  const Item& item = row.entry->item;
  const auto falling = [](float number) { return at_the_end - 1 - ordered(number); };
  switch (query_.grouping) {
    case LibraryGrouping::none: return 0;
    case LibraryGrouping::type: return index_of(item.type);
    case LibraryGrouping::decade: return item.year ? falling(static_cast<float>(decade_of(*item.year))) : at_the_end;
    case LibraryGrouping::rating: return row.rating > 0 ? falling(half_star_of(row.rating)) : at_the_end;
    case LibraryGrouping::year_rated: {
      if (!row.entry->rating || row.entry->rating->date.size() < 4) return at_the_end;
      return at_the_end - 1 - beginning(std::string_view(row.entry->rating->date).substr(0, 4));
    }
    case LibraryGrouping::genre:
    case LibraryGrouping::creator: {
      const auto found = group_ranks_.find(group_word(item, query_.grouping));
      return found == group_ranks_.end() ? at_the_end : found->second;
    }
  }
  return 0;
}

std::string LibraryIndex::group_label(const Row& row) const {
  const Item& item = row.entry->item;
  switch (query_.grouping) {
    case LibraryGrouping::none: return {};
    case LibraryGrouping::type: return std::string(heading_of(item.type));
    case LibraryGrouping::decade: return item.year ? std::to_string(decade_of(*item.year)) + "s" : std::string("Year unknown");
    case LibraryGrouping::rating:
      return row.rating > 0 ? words::number(static_cast<double>(half_star_of(row.rating)), 1) + " stars" : std::string("Not rated");
    case LibraryGrouping::year_rated:
      if (!row.entry->rating) return "Not rated";
      return row.entry->rating->date.size() < 4 ? std::string("Rated, day unknown") : "Rated in " + row.entry->rating->date.substr(0, 4);
    case LibraryGrouping::genre:
    case LibraryGrouping::creator: {
      std::string word = group_word(item, query_.grouping);
      if (word.empty()) word = query_.grouping == LibraryGrouping::genre ? "Genre unknown" : "Maker unknown";
      return word;
    }
  }
  return {};
}

std::string LibraryIndex::label_of(const Group& group) const {
  return group_label(row(group.first));
}

void LibraryIndex::make_groups() {
  groups_.clear();
  if (query_.grouping != LibraryGrouping::none) {
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      const Row& row = rows_[shown_[i]];
      if (groups_.empty() || rows_[shown_[i - 1]].group != row.group) {
        Group& fresh = groups_.emplace_back();
        fresh.first = i;
        fresh.key = key_of(group_label(row));
        fresh.open = !closed_.contains(fresh.key);
      }
      Group& group = groups_.back();
      ++group.titles;
      if (row.rating <= 0) continue;
      ++group.rated;
      group.mean += (static_cast<double>(row.rating) - group.mean) / static_cast<double>(group.rated);
    }
  }
  place_groups();
}

void LibraryIndex::place_groups() {
  places_ = groups_.empty() ? shown_.size() : 0;
  for (Group& group : groups_) {
    group.before = places_;
    places_ += 1 + (group.open ? group.titles : 0);
  }
  ++shown_revision_;
}

void LibraryIndex::turn(const Group& group) {
  Group& turned = groups_[static_cast<std::size_t>(&group - groups_.data())];
  turned.open = !turned.open;
  if (turned.open)
    closed_.erase(turned.key);
  else
    closed_.insert(turned.key);
  place_groups();
}

void LibraryIndex::turn_all(bool open) {
  for (Group& group : groups_) {
    group.open = open;
    if (open)
      closed_.erase(group.key);
    else
      closed_.insert(group.key);
  }
  place_groups();
}

void LibraryIndex::sort() {
  rank_words();
  for (Row& row : rows_) row.group = group_rank(row);
  struct Place {
    std::uint64_t group;
    std::uint64_t rank;
    std::uint64_t first;
    std::uint32_t row;
  };
  std::vector<Place> places;
  places.reserve(rows_.size());
  // The texts lie scattered in memory; what is beside the number is enough for most comparisons.
  const bool by_first = query_.column != LibraryColumn::by && !(query_.column == LibraryColumn::title && query_.descending);
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    places.push_back({rows_[i].group, rank(rows_[i]), by_first ? rows_[i].words.first : 0, i});
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.group != b.group) return a.group < b.group;
    if (a.rank != b.rank) return a.rank < b.rank;
    if (a.first != b.first) return a.first < b.first;
    return earlier_among_equals(a.row, b.row);
  });
  sorted_.clear();
  for (const Place& place : places) sorted_.push_back(place.row);
}

/// Puts the rows that changed in their places; all others stay in order.
void LibraryIndex::move(const std::vector<std::uint32_t>& changed) {
  std::erase_if(sorted_, [&](std::uint32_t row) { return std::find(changed.begin(), changed.end(), row) != changed.end(); });
  for (const std::uint32_t row : changed) {
    rows_[row].group = group_rank(rows_[row]);
    const std::uint64_t its_rank = rank(rows_[row]);
    const auto place = std::lower_bound(sorted_.begin(), sorted_.end(), row, [&](std::uint32_t there, std::uint32_t) {
      if (rows_[there].group != rows_[row].group) return rows_[there].group < rows_[row].group;
      const std::uint64_t other = rank(rows_[there]);
      return other != its_rank ? other < its_rank : earlier_among_equals(there, row);
    });
    sorted_.insert(place, row);
  }
}

bool LibraryIndex::shows(const Row& row, const std::vector<std::string>& parts) const {
  if (query_.types != 0 && (query_.types & (1U << index_of(row.entry->item->type))) == 0) return false;
  if (!is_of(row, query_.choice)) return false;
  return std::all_of(parts.begin(), parts.end(), [&](const std::string& text) { return row.words.find.find(text) != std::string::npos; });
}

/// @param narrower  what is shown now holds all that will be shown.
void LibraryIndex::choose(bool narrower) {
  std::vector<std::string> parts;
  const std::string text = normalised_text(query_.text);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    parts.push_back(" " + text.substr(from, to - from));
    from = to + 1;
  }
  if (narrower) {
    std::erase_if(shown_, [&](std::uint32_t row) { return !shows(rows_[row], parts); });
    return;
  }
  // Looked at in the order in which they lie in memory.
  std::vector<bool> chosen(rows_.size());
  for (std::size_t row = 0; row < rows_.size(); ++row) chosen[row] = shows(rows_[row], parts);
  shown_.clear();
  for (const std::uint32_t row : sorted_)
    if (chosen[row]) shown_.push_back(row);
}

}  // namespace hub::ui::views
