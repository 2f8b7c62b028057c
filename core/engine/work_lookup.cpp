#include "core/engine/work_lookup.hpp"

#include <algorithm>
#include <utility>

#include "core/metadata/merge.hpp"

namespace hub::engine {
namespace {

using metadata::info;
using metadata::Inquiry;
using metadata::Service;

std::string quoted(std::string_view words) {
  return "“" + std::string(words) + "”";
}

/// The id by which a service can be asked for all of a work, or nothing. OMDb and TMDB take IMDb's.
std::string id_at(Service service, const Item& item) {
  auto id = item.ids.find(std::string(info(service).word));
  if (id == item.ids.end() && (service == Service::omdb || service == Service::tmdb)) id = item.ids.find("imdb");
  return id == item.ids.end() ? std::string() : id->second;
}

/// Whether IMDb knows it as another work than the one that was asked for.
bool is_another(const Item& item, const Item& work) {
  const auto id = item.ids.find("imdb");
  const auto wanted = work.ids.find("imdb");
  return wanted != work.ids.end() && (id == item.ids.end() ? work.title.empty() : id->second != wanted->second);
}

/// What to type for it: makers help where titles are short and many, and where the service looks into them.
std::string words_for(const Item& item) {
  std::string words = item.title;
  // "Dune (Dune, #1)": what is in brackets at the end is about the title.
  if (const auto bracket = words.rfind(" ("); bracket != std::string::npos && bracket > 0 && words.back() == ')') words.resize(bracket);
  const bool by_maker = item.type == MediaType::album || item.type == MediaType::book;
  if (by_maker && !item.creators.empty()) words += " " + item.creators.front().name;
  return words;
}

}  // namespace

bool is_refused(const Item& work, const std::vector<std::string>& refused) {
  return std::any_of(refused.begin(), refused.end(), [&](const std::string& id) {
    if (id == work.id) return true;
    const std::size_t colon = id.find(':');
    const auto own = colon == std::string::npos ? work.ids.end() : work.ids.find(id.substr(0, colon));
    return own != work.ids.end() && std::string_view(id).substr(colon + 1) == own->second;
  });
}

bool within_reach(const Inquiry& inquiry, const fetching::Addresses& addresses) {
  return !inquiry.wanted().empty() && addresses.of(inquiry.wanted().front()).has_value();
}

std::vector<protocol::AskedService> told_of(const std::vector<std::unique_ptr<Errand>>& errands) {
  std::vector<protocol::AskedService> told;
  for (const auto& errand : errands) {
    // There was no way to ask it, as it turned out: nothing was to be expected.
    if (errand->error() && errand->error()->code == "no_way") continue;
    const char* state = !errand->ended() ? "asking" : errand->error() ? "failed" : "answered";
    told.push_back({std::string(info(errand->service()).name), state, errand->error() ? errand->error()->code : std::string(),
                    errand->error() ? errand->error()->message : std::string()});
  }
  return told;
}

WorkLookup::WorkLookup(fetching::Queue& queue, Item work, fetching::Urgency urgency, std::function<bool(Service)> may_ask, std::string date,
                       std::function<void()> changed)
    : queue_(queue),
      work_(std::move(work)),
      urgency_(urgency),
      may_ask_(std::move(may_ask)),
      date_(std::move(date)),
      changed_(std::move(changed)) {}

bool WorkLookup::within_reach(const Inquiry& inquiry) const {
  return engine::within_reach(inquiry, queue_.addresses());
}

void WorkLookup::go_on() {
  const Item known = whole();
  for (const Service service : metadata::services_for(known.type)) {
    const std::string id = id_at(service, known);
    const bool begun = std::find(begun_.begin(), begun_.end(), service) != begun_.end();
    if (begun || id.empty() || !may_ask_(service)) continue;
    auto inquiry = Inquiry::details(service, known.type, id, date_);
    if (!inquiry || !within_reach(*inquiry)) continue;
    begun_.push_back(service);
    details_.push_back(std::make_unique<Errand>(queue_, service, std::move(*inquiry), urgency_,
                                                "Details of " + (known.title.empty() ? id : quoted(known.title)), changed_));
  }
}

void WorkLookup::find_by_imdb() {
  const auto id = work_.ids.find("imdb");
  if (id == work_.ids.end() || !may_ask_(Service::wikidata)) return;
  auto inquiry = Inquiry::search(Service::wikidata, work_.type, id->second, date_);
  if (!inquiry || !within_reach(*inquiry)) return;
  details_.push_back(
      std::make_unique<Errand>(queue_, Service::wikidata, std::move(*inquiry), urgency_, "Title of " + id->second, changed_));
}

void WorkLookup::search() {
  for (const Service service : metadata::services_for(work_.type)) {
    if (!may_ask_(service)) continue;
    auto inquiry = Inquiry::search(service, work_.type, words_for(work_), date_);
    if (inquiry && within_reach(*inquiry))
      searches_.push_back(
          std::make_unique<Errand>(queue_, service, std::move(*inquiry), urgency_, "Search for " + quoted(work_.title), changed_));
  }
}

std::vector<Item> WorkLookup::found() const {
  std::vector<Item> items;
  for (const auto& errand : searches_)
    for (Item& item : errand->items()) items.push_back(std::move(item));
  std::vector<Item> works = metadata::unite(items);
  std::erase_if(works, [&](const Item& work) { return is_refused(work, refused_); });
  return works;
}

void WorkLookup::same_as(Item found) {
  same_.push_back(std::move(found));
}

Item WorkLookup::whole() const {
  std::vector<Item> parts;
  // What a service says in full goes before what it says in a list.
  for (const auto& errand : details_)
    for (Item& item : errand->items())
      if (!is_another(item, work_) && !is_refused(item, refused_)) parts.push_back(std::move(item));
  parts.insert(parts.end(), same_.begin(), same_.end());
  parts.push_back(work_);
  Item whole = metadata::merge(parts);
  whole.id = work_.id;
  return whole;
}

bool WorkLookup::ended() const {
  const auto ended = [](const auto& errand) { return errand->ended(); };
  return std::all_of(details_.begin(), details_.end(), ended) && std::all_of(searches_.begin(), searches_.end(), ended);
}

std::vector<protocol::AskedService> WorkLookup::asked() const {
  auto told = told_of(details_);
  auto searched = told_of(searches_);
  told.insert(told.end(), searched.begin(), searched.end());
  return told;
}

}  // namespace hub::engine
