#include "core/engine/session_state.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hub::engine {

std::vector<Works::Ref> Session::State::works_that_lack() {
  if (demo || mode == StorageMode::read_only) return {};
  struct Wanted {
    int rank;
    std::string_view date;
    std::int64_t changed;
    Works::Ref work;
  };
  std::vector<Wanted> wanted;
  for (const Entry* entry : own.entries()) {
    if (entry->forgotten || entry->not_interested) continue;
    // What is none of the works that are known would only be taken for one of them again.
    if (const Matched* said = own.match_of(entry->item->id); said && said->none) continue;
    Works::Ref work = works.find(entry->item->id);
    if (!work || work->title.empty() || !lacks_facts(*work)) continue;
    const int rank = entry->rating ? 0 : entry->deeds->wished ? 1 : 2;
    wanted.push_back({rank, entry->rating ? std::string_view(entry->rating->date) : std::string_view(), entry->changed, std::move(work)});
  }
  std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.date != b.date ? a.date > b.date : a.changed > b.changed;
  });
  std::vector<Works::Ref> all;
  all.reserve(wanted.size());
  for (Wanted& one : wanted) all.push_back(std::move(one.work));
  return all;
}

bool Session::State::keep_facts(std::vector<Item> items) {
  if (demo || mode == StorageMode::read_only) return false;
  if (facts_device.empty()) facts_device = host.random_id();
  std::vector<Payload> payloads;
  payloads.reserve(items.size());
  for (Item& item : items)
    // What left the library while it was asked for stays gone.
    if (own.find(item.id)) payloads.emplace_back(ItemAdded{std::move(item)});
  if (payloads.empty()) return true;
  facts_come = true;
  commit(std::move(payloads), 0, facts_device);
  facts_come = false;
  return true;
}

void Session::State::filling_changed() {
  const p::Filling now = fill.state();
  const std::string told = now.state + " " + std::to_string(now.done + now.left) + " " + now.words;
  const auto all = static_cast<double>(now.done + now.left);
  const bool same = told == fill_told;
  if (same && now.left > 0 && !fill_pace.due(all > 0 ? now.done / all : 0, host.ticks())) return;
  if (!same) fill_pace.restart(host.ticks());
  fill_told = told;
  post(now);
}

void Session::State::handle(const p::FillFacts& command, Bytes, std::uint32_t reply) {
  if (!may_change(reply)) return;
  fill.turn(command.on);
  post(fill.state(), {}, reply);
}

}  // namespace hub::engine
