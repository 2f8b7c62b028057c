#include "core/engine/session_state.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace hub::engine {
namespace {

/// How well known a work is, for choosing what to ask about.
long votes_of(const Item& item) {
  long most = 0;
  for (const CommunityRating& rating : item.community) most = std::max(most, rating.votes.value_or(0));
  return most;
}

bool is_imdb(std::string_view key) {
  return key.size() >= 9 && key.size() <= 12 && key.starts_with("tt") &&
         std::all_of(key.begin() + 2, key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Whether what was typed may say what a work is about: the beginning of a title does not, nor do a few letters.
bool is_description(const p::SearchDone& here) {
  constexpr std::size_t least_letters = 4;
  const std::string typed = normalised_text(here.query);
  return typed.size() >= least_letters && std::none_of(here.items.begin(), here.items.end(),
                                                       [&](const Item& item) { return normalised_text(item.title).starts_with(typed); });
}

/// What an item's id says of a work that nobody here knows: its type and the id that a service has for it; nothing of its title.
std::optional<Item> work_named(const std::string& id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto type = media_type_from(id.substr(0, slash));
  if (!type) return std::nullopt;
  Item work;
  work.id = id;
  work.type = *type;
  const std::string key = id.substr(slash + 1);
  const std::size_t colon = key.find(':');
  if (colon != std::string::npos)
    work.ids[key.substr(0, colon)] = key.substr(colon + 1);
  else if (is_imdb(key))
    work.ids["imdb"] = key;
  else
    return std::nullopt;
  return work;
}

}  // namespace

void Session::State::handle(const p::Search& command, Bytes, std::uint32_t reply) {
  p::SearchDone done;
  done.query = command.query;
  done.type = command.type;
  std::size_t total = 0;
  if (normalised_text(command.query).empty()) {
    auto all = works.of_type(command.type);
    std::erase_if(all, [&](const Works::Ref& item) {
      const Entry* entry = library().find(item->id);
      return entry && (entry->rating || entry->not_interested);
    });
    std::stable_sort(all.begin(), all.end(), [&](const Works::Ref& a, const Works::Ref& b) {
      const auto stars = [&](const Works::Ref& item) {
        const auto found = predicted.find(item->id);
        return found == predicted.end() ? 0.0f : found->second;
      };
      return stars(a) > stars(b);
    });
    total = all.size();
    for (std::size_t i = 0; i < all.size() && i < command.limit; ++i) done.items.push_back(*all[i]);
  } else {
    for (const auto& item : works.search(command.query, command.type, command.limit, &total)) done.items.push_back(*item);
  }
  done.total = static_cast<std::uint32_t>(total);
  here = std::move(done);
  found_too.clear();
  trainer.prefer(command.type);
  lookup.search(command.type, command.query);
  const std::string described = is_description(here) ? command.query : std::string();
  stories.type(described);
  sight.type(described);
  send_results(reply);
}

void Session::State::handle(const p::FindInLibrary& command, Bytes, std::uint32_t reply) {
  Works::InLibrary found = works.search_library(command.query);
  Bytes bulk(found.keys.size() * sizeof(std::uint64_t));
  if (!bulk.empty()) std::memcpy(bulk.data(), found.keys.data(), bulk.size());
  post(p::FoundInLibrary{command.query, std::move(found.meant)}, std::move(bulk), reply);
}

void Session::State::handle(const p::Inspect& command, Bytes, std::uint32_t reply) {
  inspected = command.item_id;
  const auto item = works.find(inspected);
  if (item) trainer.prefer(item->type);
  if (works.found(inspected)) {
    // It keeps this id, whatever surer one turns up.
    for (const auto& [service, id] : item->ids) opened_ids.try_emplace(outer_id(item->type, service, id), inspected);
    lookup.open(*item);
  } else if (const auto named = item ? std::nullopt : work_named(inspected)) {
    lookup.open(*named);
  } else if (const auto too = found_too.find(inspected); item && too != found_too.end()) {
    // It was found here and by services: they are asked for what is not known here.
    Item asked = *item;
    asked.ids.insert(too->second.begin(), too->second.end());
    lookup.open(asked, refused_of(inspected));
  } else if (lookup.opened_id() != inspected) {
    lookup.end_open();
  }
  // One that services found is read for as long as the page is open.
  stories.look_at(works.found(inspected) ? for_learning(item) : nullptr);
  send_details(reply);
}

void Session::State::handle(const p::Suggest& command, Bytes, std::uint32_t reply) {
  // The best known of each type in turn, so that a dozen says something about all five.
  std::array<std::vector<Works::Ref>, media_type_count> by_type;
  for (const MediaType type : media_types) {
    auto& candidates = by_type[index_of(type)];
    candidates = works.of_type(type);
    std::erase_if(candidates, [&](const Works::Ref& item) {
      const Entry* entry = library().find(item->id);
      // What they mean to see they have not seen, and cannot rate.
      const bool unseen = entry && entry->deeds->wished && !entry->deeds->seen;
      return entry && (entry->skipped || entry->not_interested || unseen);
    });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Works::Ref& a, const Works::Ref& b) { return votes_of(*a) > votes_of(*b); });
  }
  p::Suggestions suggestions;
  for (std::size_t rank = 0; suggestions.items.size() < command.count; ++rank) {
    bool any = false;
    for (const auto& candidates : by_type) {
      if (rank >= candidates.size()) continue;
      any = true;
      if (suggestions.items.size() < command.count) suggestions.items.push_back(*candidates[rank]);
    }
    if (!any) break;
  }
  post(suggestions, {}, reply);
}

}  // namespace hub::engine
