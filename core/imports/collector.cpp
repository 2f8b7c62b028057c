#include "core/imports/collector.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "core/imports/item_ids.hpp"
#include "core/imports/words.hpp"
#include "core/library/limits.hpp"

namespace hub::imports {
namespace {

void sort_skipped(Parsed& parsed) {
  std::sort(parsed.skipped.begin(), parsed.skipped.end(),
            [](const auto& a, const auto& b) { return a.file != b.file ? a.file < b.file : a.line < b.line; });
}

void add(Facts& facts, const Facts& other, bool same_file) {
  same_file ? add_line(facts, other) : add_deeds(facts, other);
}

/// Puts the ratings of `row`, which was given on another day than those of `instead` that is later, among its earlier ones.
/// @return whether its own is one of them.
bool keep_earlier(Row& instead, Row& row) {
  const bool kept = !row.rating.date.empty() && row.rating.date < instead.rating.date;
  std::vector<Rating> all = std::move(row.earlier);
  if (kept) all.push_back(row.rating);
  for (Rating& rating : all) {
    const auto place = std::lower_bound(instead.earlier.begin(), instead.earlier.end(), rating.date,
                                        [](const Rating& other, const std::string& date) { return other.date < date; });
    if (place == instead.earlier.end() || place->date != rating.date) instead.earlier.insert(place, std::move(rating));
  }
  return kept;
}

/// One mention of each work, and none of those that are rated.
void merge_mentions(Parsed& parsed) {
  if (parsed.mentions.empty()) return;
  std::unordered_map<std::string_view, Row*> rated;
  for (Row& row : parsed.rows) rated.emplace(row.item.id, &row);
  std::unordered_map<std::string, std::size_t> first;
  std::vector<Mention> kept;
  for (Mention& mention : parsed.mentions) {
    if (const auto row = rated.find(mention.item.id); row != rated.end()) {
      add(row->second->facts, mention.facts, row->second->file == mention.file);
      continue;
    }
    const auto [found, fresh] = first.try_emplace(mention.item.id, kept.size());
    if (fresh)
      kept.push_back(std::move(mention));
    else
      add(kept[found->second].facts, mention.facts, kept[found->second].file == mention.file);
  }
  parsed.mentions = std::move(kept);
}

}  // namespace

Collector::Collector(std::string_view service, std::vector<std::string> notes, bool editions) : editions_(editions) {
  parsed_.source = service;
  parsed_.notes = std::move(notes);
}

void Collector::add(Draft draft) {
  dates_.see(draft.date);
  dates_.see(draft.last_date);
  drafts_.push_back(std::move(draft));
}

void Collector::mention(Draft draft, std::string reason) {
  parsed_.skipped.push_back({draft.row.line, std::move(reason), 0, true});
  dates_.see(draft.last_date);
  mentions_.push_back(std::move(draft));
}

Parsed Collector::finish(const DateEvidence* likewise) {
  settle_dates(likewise);
  give_ids();
  for (Draft& draft : drafts_) {
    Row& row = draft.row;
    for (CommunityRating& community : row.item.community) community.date = newest_;
    row.item = cleaned(std::move(row.item));
    if (const auto fine = check(row.item); fine)
      parsed_.rows.push_back(std::move(row));
    else
      skip(row.line, fine.error().message);
  }
  drafts_.clear();
  take_mentions();
  merge_repeated(parsed_);
  sort_skipped(parsed_);
  return std::move(parsed_);
}

void Collector::settle_dates(const DateEvidence* likewise) {
  const DateEvidence& evidence = !dates_.known() && likewise && likewise->known() ? *likewise : dates_;
  const DateOrder order = evidence.order();
  std::size_t refused = 0;
  const Draft* first_refused = nullptr;
  for (Draft& draft : drafts_) {
    const DateReading reading = read_date(draft.date, order);
    draft.row.rating.date = reading.iso;
    draft.row.facts.last = read_date(draft.last_date, order).iso;
    newest_ = std::max(newest_, reading.iso);
    if (reading.state == DateState::impossible || reading.state == DateState::unreadable) {
      ++refused;
      if (!first_refused) first_refused = &draft;
    }
  }
  for (Draft& draft : mentions_) draft.row.facts.last = read_date(draft.last_date, order).iso;
  if (evidence.open() && !dates_.example().empty())
    note("Dates such as " + quoted(dates_.example()) + " were read as " +
         (order == DateOrder::day_first ? "day, month, year" : "month, day, year") + "; nothing in the file says which it is.");
  if (refused > 0)
    note(in_words(refused, "rating has", "ratings have") + " a date that is not in the calendar or cannot be read, first in line " +
         std::to_string(first_refused->row.line) + ": " + quoted(first_refused->date) +
         (refused == 1 ? ". The rating is kept, without a date." : ". The ratings are kept, without a date."));
}

void Collector::give_ids() {
  std::unordered_map<std::string, const Item*> given;
  const auto give = [&](Item& item) {
    if (!item.id.empty()) return;
    item.id = id_of(item);
    if (editions_) return;
    const auto [first, fresh] = given.try_emplace(item.id, &item);
    if (!fresh) tell_apart(item, *first->second);
  };
  for (Draft& draft : drafts_) give(draft.row.item);
  for (Draft& draft : mentions_) give(draft.row.item);
}

void Collector::take_mentions() {
  for (Draft& draft : mentions_) {
    Row& row = draft.row;
    row.item = cleaned(std::move(row.item));
    if (check(row.item)) {
      parsed_.mentions.push_back({row.line, std::move(row.item), std::move(row.facts), row.file});
    } else {
      for (SkippedLine& skipped : parsed_.skipped)
        if (skipped.line == row.line) skipped.kept = false;
    }
  }
  mentions_.clear();
}

void tell_apart(Item& item, const Item& other) {
  for (const auto& [service, id] : item.ids) {
    const auto its = other.ids.find(service);
    if (its == other.ids.end() || its->second == id) continue;
    item.id += "-" + key_from(id, 20);
    return;
  }
}

void add_line(Facts& facts, const Facts& other) {
  Facts sum = facts;
  add_deeds(sum, other);
  sum.times = facts.times + other.times;
  sum.parts = facts.parts + other.parts;
  sum.hours = facts.hours + other.hours;
  facts = std::move(sum);
}

std::string place_of(const Parsed& parsed, std::uint32_t file, std::size_t line) {
  const std::string in_file = "line " + std::to_string(line);
  return file < parsed.files.size() ? parsed.files[file] + ", " + in_file : in_file;
}

void merge_repeated(Parsed& parsed) {
  std::unordered_map<std::string, std::uint32_t> counts;
  const auto counts_more = [](const Row& row, const Row& other) {
    return row.rating.date > other.rating.date || (row.rating.date == other.rating.date && row.file == other.file);
  };
  for (std::uint32_t i = 0; i < parsed.rows.size(); ++i) {
    const auto [found, fresh] = counts.try_emplace(parsed.rows[i].item.id, i);
    if (!fresh && counts_more(parsed.rows[i], parsed.rows[found->second])) found->second = i;
  }
  if (counts.size() < parsed.rows.size()) {
    std::vector<Row> rows;
    rows.reserve(counts.size());
    std::vector<bool> counted(parsed.rows.size(), false);
    for (const auto& [id, which] : counts) counted[which] = true;
    for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
      if (counted[i]) continue;
      const Row& row = parsed.rows[i];
      Row& instead = parsed.rows[counts.at(row.item.id)];
      add(instead.facts, row.facts, row.file == instead.file);
      // Another file of the same export may name the work by an id that this one lacks.
      if (row.file != instead.file) instead.item = merged(std::move(instead.item), row.item);
      const bool kept = keep_earlier(instead, parsed.rows[i]);
      const bool archive = !parsed.files.empty();
      parsed.skipped.push_back({row.line,
                                std::string("This title is rated more than once in the ") + (archive ? "archive; " : "file; ") +
                                    place_of(parsed, instead.file, instead.line) + " counts" +
                                    (instead.rating.date > row.rating.date || row.file == instead.file ? ", as the latest." : ".") +
                                    (kept ? " This one is kept with its day." : ""),
                                row.file, kept});
    }
    for (std::size_t i = 0; i < counted.size(); ++i)
      if (counted[i]) rows.push_back(std::move(parsed.rows[i]));
    parsed.rows = std::move(rows);
  }
  merge_mentions(parsed);
  sort_skipped(parsed);
}

}  // namespace hub::imports
