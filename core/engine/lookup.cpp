#include "core/engine/lookup.hpp"

#include <algorithm>
#include <utility>

#include "core/engine/date.hpp"
#include "core/library/search.hpp"
#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

using metadata::info;
using metadata::Inquiry;
using metadata::Service;

constexpr std::size_t most_remembered = 50;
/// Kept answers of one service that are looked through for them: reading one takes up to a millisecond.
constexpr std::size_t most_looked_through = 60;

std::string quoted(std::string_view words) {
  return "“" + std::string(words) + "”";
}

/// The service's own page of a work, or the service's page.
std::string page_of(Service service, const Item& item) {
  std::string address(info(service).address);
  const auto id = item.ids.find(std::string(info(service).word));
  if (id == item.ids.end()) return address;
  switch (service) {
    case Service::wikidata: return address + "wiki/" + id->second;
    case Service::tvmaze: return address + "shows/" + id->second;
    case Service::musicbrainz: return address + "release-group/" + id->second;
    case Service::open_library: return address + "works/" + id->second;
    default: return address;
  }
}

}  // namespace

bool may_ask_for(std::string_view words) {
  return normalised_text(words).size() >= Lookup::least_letters;
}

std::vector<protocol::Attribution> attributions(const Item& item) {
  std::vector<protocol::Attribution> all;
  for (const auto& service : metadata::services()) {
    const bool gave = item.provenance == service.name ||
                      std::any_of(item.sources.begin(), item.sources.end(),
                                  [&](const FactSource& source) { return source.name == service.name && source.facts != 0; });
    if (gave) all.push_back({std::string(service.name), std::string(service.notice), page_of(service.service, item)});
  }
  return all;
}

Lookup::Lookup(fetching::Outside& outside, Calls calls) : outside_(outside), calls_(std::move(calls)), queue_(outside, cache_, ledger_) {}

std::vector<protocol::Attribution> Lookup::services() const {
  std::vector<protocol::Attribution> all;
  for (const auto& service : metadata::services()) {
    const bool asked = std::any_of(media_types.begin(), media_types.end(), [&](MediaType type) {
      const auto inquiry = Inquiry::search(service.service, type, "any", "2026");
      return inquiry && within_reach(*inquiry, queue_.addresses());
    });
    if (asked) all.push_back({std::string(service.name), std::string(service.notice), std::string(service.address)});
  }
  return all;
}

std::vector<std::string> Lookup::by_proxy() const {
  std::vector<std::string> names;
  for (const auto& service : metadata::services())
    if (queue_.addresses().by_proxy({service.service, metadata::Ask::search, {}, {}})) names.emplace_back(service.name);
  return names;
}

void Lookup::search(MediaType type, std::string_view words) {
  search_.reset();
  if (queue_.addresses().empty() || !may_ask_for(words)) return;
  search_.emplace();
  search_->type = type;
  search_->words = words;
  for (const Service service : metadata::services_for(type)) {
    auto inquiry = Inquiry::search(service, type, words, date_of(outside_.now()));
    if (inquiry && within_reach(*inquiry, queue_.addresses())) search_->planned.emplace_back(service, std::move(*inquiry));
  }
  search_->due = outside_.ticks() + rest;
  outside_.call_in(rest);
}

void Lookup::end_search() {
  search_.reset();
}

void Lookup::begin_search() {
  search_->begun = true;
  for (auto& [service, inquiry] : std::exchange(search_->planned, {}))
    search_->errands.push_back(std::make_unique<Errand>(queue_, service, std::move(inquiry), fetching::Urgency::typed,
                                                        "Search for " + quoted(search_->words), [this] { found_more_ = true; }));
}

std::vector<Item> Lookup::found() const {
  if (!search_) return {};
  std::vector<Item> items;
  for (const Errand* errand : search_->order)
    for (Item& item : errand->items()) items.push_back(std::move(item));
  if (search_->remembered) items.insert(items.end(), search_->remembered->begin(), search_->remembered->end());
  std::vector<Item> united = metadata::unite(items);
  const std::string wanted = normalised_text(search_->words);
  std::stable_partition(united.begin(), united.end(), [&](const Item& item) {
    return normalised_text(item.title) == wanted || normalised_text(item.original_title) == wanted;
  });
  return united;
}

std::vector<Item> Lookup::remembered(MediaType type, std::string_view words) const {
  constexpr std::string_view any = "xyzzy";
  const std::int64_t now = outside_.now();
  std::vector<Item> items;
  SearchIndex index;
  for (const Service service : metadata::services_for(type)) {
    const auto one = Inquiry::search(service, type, any, date_of(now));
    if (!one) continue;
    // What stands before and after the words is the same in each search.
    const std::string key = one->wanted().front().host + one->wanted().front().path;
    const std::size_t first = key.find(any);
    const std::size_t last = key.rfind(any);
    if (first == std::string::npos) continue;
    auto like = cache_.like(std::string_view(key).substr(0, first), std::string_view(key).substr(last + any.size()), now);
    like.resize(std::min(like.size(), most_looked_through));
    for (const auto* kept : like) {
      Inquiry inquiry = *Inquiry::search(service, type, any, date_of(kept->at));
      const std::string* body = &kept->body;
      while (!inquiry.wanted().empty()) {
        const metadata::Request asked = inquiry.wanted().front();
        if (body)
          (void)inquiry.take(asked, 200, *body);
        else
          inquiry.give_up(asked);
        const auto* next = inquiry.wanted().empty() ? nullptr : cache_.find(inquiry.wanted().front(), now);
        body = next ? &next->body : nullptr;
      }
      for (Item& item : inquiry.items()) {
        index.add(item);
        items.push_back(std::move(item));
      }
    }
  }
  std::vector<Item> fitting;
  for (const auto& hit : index.search(words, type, most_remembered)) fitting.push_back(items[hit.slot]);
  return fitting;
}

std::vector<protocol::AskedService> Lookup::asked() const {
  if (!search_) return {};
  std::vector<protocol::AskedService> told = told_of(search_->errands);
  for (const auto& [service, inquiry] : search_->planned) told.push_back({std::string(info(service).name), "asking", {}, {}});
  return told;
}

void Lookup::open(const Item& work, std::vector<std::string> refused) {
  if (opened_ && opened_->work().id == work.id) return;
  opened_.emplace(
      queue_, work, fetching::Urgency::opened, [](Service) { return true; }, date_of(outside_.now()), [this] { know_more_ = true; });
  opened_->refuse(std::move(refused));
  opened_->go_on();
  // Only its id is known, by a link from elsewhere.
  if (work.title.empty()) opened_->find_by_imdb();
}

void Lookup::end_open() {
  opened_.reset();
}

Item Lookup::opened() const {
  return opened_ ? opened_->whole() : Item{};
}

std::vector<protocol::AskedService> Lookup::asked_of_opened() const {
  return opened_ ? opened_->asked() : std::vector<protocol::AskedService>{};
}

void Lookup::stay_offline(bool on) {
  queue_.stay_offline(on);
  run();
}

void Lookup::arrived(std::uint32_t id, fetching::Arrival arrival) {
  queue_.arrived(id, std::move(arrival));
  tell();
}

void Lookup::run() {
  if (search_ && !search_->begun) {
    const double left = search_->due - outside_.ticks();
    if (left <= 0)
      begin_search();
    else
      outside_.call_in(left);
  }
  queue_.run();
  tell();
}

void Lookup::tell() {
  if (std::exchange(know_more_, false) && opened_) {
    opened_->go_on();
    calls_.details(opened_->work().id);
  }
  if (std::exchange(found_more_, false) && search_) {
    for (const auto& errand : search_->errands)
      if (std::find(search_->order.begin(), search_->order.end(), errand.get()) == search_->order.end() && !errand->items().empty())
        search_->order.push_back(errand.get());
    const bool silent = std::any_of(search_->errands.begin(), search_->errands.end(), [](const auto& errand) { return errand->error(); });
    if (silent && !search_->remembered) search_->remembered = remembered(search_->type, search_->words);
    calls_.found();
  }
  if (told_ != ledger_.revision()) {
    told_ = ledger_.revision();
    calls_.ledger();
  }
}

}  // namespace hub::engine
