#include "wasm/ui/views/library_index.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include "core/library/search.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/views/words.hpp"

namespace hub::ui::views {
namespace {

constexpr std::uint64_t at_the_end = std::numeric_limits<std::uint64_t>::max();

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

/// The title as it stands in the alphabet.
std::string title_of(const Item& item) {
  std::string title = normalised_text(item.title);
  title.erase(0, article(title));
  return title;
}

std::string by_of(const Item& item) {
  return normalised_text(words::makers(item));
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

bool by_prediction(LibraryColumn column) {
  return column == LibraryColumn::predicted || column == LibraryColumn::gap;
}

bool in_words(LibraryColumn column) {
  return column == LibraryColumn::genres || column == LibraryColumn::language;
}

/// The year's decade, also before the common era.
int decade_of(int year) {
  return year - (year % 10 + 10) % 10;
}

float half_star_of(float rating) {
  return static_cast<float>(half_star(static_cast<double>(rating)));
}

/// Gives each word its place in the alphabet, so that rows are compared by numbers.
void rank_alphabetically(std::unordered_map<std::string, std::uint64_t>& ranks) {
  std::vector<std::pair<std::string, std::uint64_t*>> all;
  all.reserve(ranks.size());
  for (auto& [word, rank] : ranks) all.emplace_back(normalised_text(word), &rank);
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (std::size_t i = 0; i < all.size(); ++i) *all[i].second = i > 0 && all[i].first == all[i - 1].first ? *all[i - 1].second : i;
}

}  // namespace

void LibraryIndex::update(const LibraryQuery& query) {
  Client& hub = client();
  hub.find_in_library(query.text);
  // Until there is a first answer everything stays as it is.
  LibraryQuery asked = query;
  if (!query.text.empty() && hub.in_library().query.empty()) {
    asked.text.clear();
    if (query.column == LibraryColumn::match) asked.column = query_.column;
    if (query.column == LibraryColumn::match) asked.descending = query_.descending;
  }
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
  const bool others_found = seen_found_ != hub.in_library().revision || (library_read && !asked.text.empty());
  if (others_found) read_found();
  const bool by_match = asked.column == LibraryColumn::match;
  const bool other_order = asked.column != query_.column || asked.descending != query_.descending || asked.grouping != query_.grouping;
  const bool other_choice = other_order || !(asked == query_) || others_found || (predictions_changed && asked.predicted.any());
  seen_library_ = hub.library_revision();
  seen_predictions_ = hub.predictions_revision();
  seen_found_ = hub.in_library().revision;
  const auto other_since = [&](LibraryColumn column) {
    return library_read || !changed.empty() || (predictions_changed && by_prediction(column));
  };
  if (other_since(resting_.column)) resting_ = {};
  if (by_match && query_.column != LibraryColumn::match && !other_since(query_.column))
    resting_ = {query_.column, query_.descending, query_.grouping, std::move(sorted_)};
  query_ = std::move(asked);
  const bool anew = library_read || other_order || (predictions_changed && by_prediction(query_.column)) ||
                    (by_match && (others_found || !changed.empty()));
  if (anew || has_new_words(changed))
    put_in_order();
  else if (!changed.empty())
    move(changed);
  if (anew || other_choice || !changed.empty()) {
    choose();
    make_groups();
    if (chosen_.titles > 0) count_chosen();
  }
}

const std::string& LibraryIndex::meant() const {
  static const std::string none;
  return query_.text.empty() ? none : client().in_library().meant;
}

/// Titles that came since the engine answered are asked for by the next question, and not shown until then.
void LibraryIndex::read_found() {
  for (const std::uint32_t row : found_) rows_[row].found = 0;
  found_.clear();
  const auto& keys = client().in_library().keys;
  found_.reserve(keys.size());
  for (const std::uint64_t key : keys) {
    const auto row = find_row(key);
    if (!row) continue;
    found_.push_back(*row);
    rows_[*row].found = static_cast<std::uint32_t>(found_.size());
  }
}

std::optional<std::uint32_t> LibraryIndex::find_row(std::uint64_t key) const {
  return row_of_.find(key, [&](std::uint32_t row) { return rows_[row].key == key; });
}

namespace {

LibraryTitle title_in(const LibraryIndex::Row& row) {
  return {.item = row.entry->item,
          .rating = static_cast<double>(row.rating),
          .predicted = static_cast<double>(row.predicted),
          .wished = row.wished,
          .seen = row.seen};
}

}  // namespace

void LibraryIndex::count_chosen() {
  chosen_ = {};
  for (Group& group : groups_) group.chosen = 0;
  for (const Row& row : rows_) {
    if (!row.chosen) continue;
    ++chosen_.titles;
    chosen_.rated += row.rating > 0;
    chosen_.wished += row.wished;
    chosen_.seen += row.entry->deeds->seen;
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
    if (is_of(title_in(row), static_cast<LibraryChoice>(i))) by_choice_[i] = in ? by_choice_[i] + 1 : by_choice_[i] - 1;
}

void LibraryIndex::read_entry(Row& row, const Entry& entry) {
  row.entry = &entry;
  row.rating = entry.rating ? static_cast<float>(entry.rating->normalised()) : 0.0F;
  const Deeds& deeds = entry.deeds;
  row.wished = deeds.wished;
  row.seen = row.rating <= 0 && (deeds.seen || deeds.begun || deeds.dropped || deeds.times > 0 || deeds.parts > 0);
  const std::uint64_t facts = key_of(entry.item->title);
  if (row.facts != facts) row.first = beginning(title_of(entry.item));
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
    const auto found = row_of_.find(key, [&](std::uint32_t place) { return before[place].key == key; });
    // What was made of the title is not made again.
    Row& row = rows_.emplace_back(found ? std::move(before[*found]) : Row());
    row.key = key;
    row.found = 0;
    read_entry(row, *entry);
    count(row, true);
  }
  found_.clear();
  row_of_.clear();
  for (std::uint32_t i = 0; i < rows_.size(); ++i) hold_row(i);
}

void LibraryIndex::hold_row(std::uint32_t row) {
  row_of_.add(row, [&](std::uint32_t place) { return rows_[place].key; });
}

/// @return false where an entry is gone, which moves all others.
bool LibraryIndex::read_entries(const std::vector<std::string>& ids, std::vector<std::uint32_t>& changed) {
  const Client& hub = client();
  for (const std::string& id : ids) {
    const Entry* entry = hub.library().find(id);
    const std::uint64_t key = key_of(id);
    const auto found = find_row(key);
    if (!entry || entry->forgotten) {
      if (found) return false;
      continue;
    }
    const bool fresh = !found;
    const std::uint32_t at = found.value_or(static_cast<std::uint32_t>(rows_.size()));
    if (fresh) {
      rows_.emplace_back().key = key;
      hold_row(at);
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
      if (const auto by = by_of(row.entry->item); !by.empty()) number = beginning(by);
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
    case LibraryColumn::match: return row.found > 0 ? row.found : at_the_end;
    case LibraryColumn::mark: break;
  }
  if (number == at_the_end) return at_the_end;
  return query_.descending ? at_the_end - 1 - number : number;
}

/// What decides among rows of the same rank: the rest of the makers' names, then the alphabet. Made only for those that it has to decide
/// among, and not kept.
LibraryIndex::Texts LibraryIndex::texts_of(std::uint32_t row) const {
  const Item& item = rows_[row].entry->item;
  return {query_.column == LibraryColumn::by ? by_of(item) : std::string(), title_of(item), row};
}

bool LibraryIndex::earlier(const Texts& a, const Texts& b) const {
  const int by = a.by.compare(b.by);
  if (by != 0) return query_.descending ? by > 0 : by < 0;
  int order = a.title.compare(b.title);
  if (query_.column == LibraryColumn::title && query_.descending) order = -order;
  return order != 0 ? order < 0 : a.row < b.row;
}

void LibraryIndex::rank_words() {
  word_ranks_.clear();
  group_ranks_.clear();
  if (in_words(query_.column)) {
    for (const Row& row : rows_)
      if (const auto word = column_word(*row.entry->item, query_.column); !word.empty()) word_ranks_.emplace(word, 0);
    rank_alphabetically(word_ranks_);
  }
  if (in_words(query_.grouping)) {
    for (const Row& row : rows_)
      if (std::string word = group_word(*row.entry->item, query_.grouping); !word.empty()) group_ranks_.emplace(std::move(word), 0);
    rank_alphabetically(group_ranks_);
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
  if (query_.grouping == LibraryGrouping::none) return 0;
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

void LibraryIndex::put_in_order() {
  rank_words();
  for (Row& row : rows_) row.group = group_rank(row);
  Resting& kept = resting_;
  if (query_.column == LibraryColumn::match && query_.grouping == LibraryGrouping::none)
    sorted_ = found_;
  else if (!kept.sorted.empty() && kept.column == query_.column && kept.descending == query_.descending && kept.grouping == query_.grouping)
    sorted_ = std::move(std::exchange(kept, {}).sorted);
  else
    sort();
}

void LibraryIndex::sort() {
  struct Place {
    std::uint64_t group;
    std::uint64_t rank;
    std::uint64_t first;
    std::uint32_t row;
  };
  std::vector<Place> places;
  places.reserve(rows_.size());
  // What is beside the number is enough for most comparisons; texts are made for the few that are left.
  const auto first_of = [&](const Row& row) -> std::uint64_t {
    if (query_.column == LibraryColumn::by || query_.column == LibraryColumn::match) return 0;
    return query_.column == LibraryColumn::title && query_.descending ? ~row.first : row.first;
  };
  for (std::uint32_t i = 0; i < rows_.size(); ++i)
    // By how well they fit stands only what is found.
    if (query_.column != LibraryColumn::match || rows_[i].found > 0)
      places.push_back({rows_[i].group, rank(rows_[i]), first_of(rows_[i]), i});
  const auto same = [](const Place& a, const Place& b) { return a.group == b.group && a.rank == b.rank && a.first == b.first; };
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    if (a.group != b.group) return a.group < b.group;
    if (a.rank != b.rank) return a.rank < b.rank;
    return a.first < b.first;
  });
  sorted_.clear();
  sorted_.reserve(places.size());
  std::vector<Texts> tied;
  for (std::size_t i = 0; i < places.size();) {
    std::size_t end = i + 1;
    while (end < places.size() && same(places[i], places[end])) ++end;
    if (end == i + 1) {
      sorted_.push_back(places[i].row);
    } else {
      tied.clear();
      for (std::size_t at = i; at < end; ++at) tied.push_back(texts_of(places[at].row));
      std::sort(tied.begin(), tied.end(), [&](const Texts& a, const Texts& b) { return earlier(a, b); });
      for (const Texts& one : tied) sorted_.push_back(one.row);
    }
    i = end;
  }
}

/// Puts the rows that changed in their places; all others stay in order.
void LibraryIndex::move(const std::vector<std::uint32_t>& changed) {
  std::erase_if(sorted_, [&](std::uint32_t row) { return std::find(changed.begin(), changed.end(), row) != changed.end(); });
  for (const std::uint32_t row : changed) {
    rows_[row].group = group_rank(rows_[row]);
    const std::uint64_t its_rank = rank(rows_[row]);
    const Texts its_texts = texts_of(row);
    const auto place = std::lower_bound(sorted_.begin(), sorted_.end(), row, [&](std::uint32_t there, std::uint32_t) {
      if (rows_[there].group != rows_[row].group) return rows_[there].group < rows_[row].group;
      const std::uint64_t other = rank(rows_[there]);
      return other != its_rank ? other < its_rank : earlier(texts_of(there), its_texts);
    });
    sorted_.insert(place, row);
  }
}

/// The parts of the question that leave a row out.
unsigned LibraryIndex::against(const Row& row) const {
  return parts_against(query_, title_in(row)) | (!query_.text.empty() && row.found == 0 ? bit_of(LibraryPart::text) : 0U);
}

void LibraryIndex::choose() {
  if ((parts_asked(query_) & ~bit_of(LibraryPart::text)) == 0) {
    parts_.assign(rows_.size(), static_cast<std::uint8_t>(query_.text.empty() ? 0U : bit_of(LibraryPart::text)));
    for (const std::uint32_t row : found_) parts_[row] = 0;
  } else {
    // Looked at in the order in which they lie in memory.
    parts_.resize(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) parts_[row] = static_cast<std::uint8_t>(against(rows_[row]));
  }
  shown_.clear();
  for (const std::uint32_t row : sorted_)
    if (parts_[row] == 0) shown_.push_back(row);
}

namespace {

std::size_t half_stars(float stars) {
  return std::min<std::size_t>(static_cast<std::size_t>(half_star_of(stars) * 2) - 1, 9);
}

template <typename Names>
std::vector<LibraryIndex::Value> most_frequent_first(const Names& counts) {
  std::vector<LibraryIndex::Value> values;
  for (const auto& [name, titles] : counts) values.push_back({std::string(name), titles});
  std::sort(values.begin(), values.end(), [](const LibraryIndex::Value& a, const LibraryIndex::Value& b) {
    return a.titles != b.titles ? a.titles > b.titles : a.name < b.name;
  });
  return values;
}

}  // namespace

const LibraryIndex::Values& LibraryIndex::values() {
  const std::pair now{shown_revision_, seen_predictions_};
  if (std::exchange(values_of_, now) == now) return values_;
  values_ = {};
  std::unordered_map<std::string_view, std::size_t> genres;
  std::unordered_map<std::string_view, std::size_t> languages;
  std::unordered_map<int, std::size_t> decades;
  for (const std::string& chosen : query_.genres) genres[chosen];
  for (const std::string& chosen : query_.languages) languages[chosen];
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    const unsigned parts = parts_[i];
    // One that a single part leaves out counts beside the values of that part, as one of them would show it.
    const auto but_for = [&](LibraryPart part) { return (parts & ~bit_of(part)) == 0; };
    for (std::size_t part = 0; part < library_part_count; ++part) values_.left_out[part] += parts == 1U << part;
    const Item& item = row.entry->item;
    if (parts == 0)
      for (const std::string& genre : item.genres) ++genres[genre];
    if (but_for(LibraryPart::language) && !item.language.empty()) ++languages[item.language];
    if (but_for(LibraryPart::years) && item.year) ++decades[decade_of(*item.year)];
    if (but_for(LibraryPart::type)) ++values_.types[index_of(item.type)];
    if (but_for(LibraryPart::choice))
      for (std::size_t choice = 0; choice < library_choice_count; ++choice)
        values_.choices[choice] += is_of(title_in(row), static_cast<LibraryChoice>(choice));
    if (but_for(LibraryPart::rating) && row.rating > 0) ++values_.ratings[half_stars(row.rating)];
    if (but_for(LibraryPart::predicted) && row.predicted > 0) ++values_.predictions[half_stars(row.predicted)];
  }
  values_.genres = most_frequent_first(genres);
  values_.languages = most_frequent_first(languages);
  values_.decades.assign(decades.begin(), decades.end());
  std::sort(values_.decades.begin(), values_.decades.end(), std::greater<>());
  return values_;
}

}  // namespace hub::ui::views
