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
  std::sort(parsed.skipped.begin(), parsed.skipped.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
}

}  // namespace

Collector::Collector(std::string_view service, std::vector<std::string> notes, bool editions) : editions_(editions) {
  parsed_.source = service;
  parsed_.notes = std::move(notes);
}

void Collector::add(Draft draft) {
  dates_.see(draft.date);
  drafts_.push_back(std::move(draft));
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
    newest_ = std::max(newest_, reading.iso);
    if (reading.state == DateState::impossible || reading.state == DateState::unreadable) {
      ++refused;
      if (!first_refused) first_refused = &draft;
    }
  }
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
  for (Draft& draft : drafts_) {
    Item& item = draft.row.item;
    if (!item.id.empty()) continue;
    item.id = id_of(item);
    if (editions_) continue;
    const auto [first, fresh] = given.try_emplace(item.id, &item);
    if (fresh) continue;
    for (const auto& [service, id] : item.ids) {
      const auto other = first->second->ids.find(service);
      if (other == first->second->ids.end() || other->second == id) continue;
      item.id += "-" + key_from(id, 20);
      break;
    }
  }
}

void merge_repeated(Parsed& parsed) {
  std::unordered_map<std::string, std::uint32_t> counts;
  for (std::uint32_t i = 0; i < parsed.rows.size(); ++i) {
    const auto [found, fresh] = counts.try_emplace(parsed.rows[i].item.id, i);
    if (!fresh && parsed.rows[i].rating.date >= parsed.rows[found->second].rating.date) found->second = i;
  }
  if (counts.size() == parsed.rows.size()) return;
  std::vector<Row> rows;
  rows.reserve(counts.size());
  std::vector<bool> counted(parsed.rows.size(), false);
  for (const auto& [id, which] : counts) counted[which] = true;
  for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
    if (counted[i]) continue;
    const Row& row = parsed.rows[i];
    const Row& instead = parsed.rows[counts.at(row.item.id)];
    parsed.skipped.push_back(
        {row.line, "This title is rated more than once in the file; line " + std::to_string(instead.line) + " counts, as the latest."});
  }
  for (std::size_t i = 0; i < counted.size(); ++i)
    if (counted[i]) rows.push_back(std::move(parsed.rows[i]));
  parsed.rows = std::move(rows);
  sort_skipped(parsed);
}

}  // namespace hub::imports
