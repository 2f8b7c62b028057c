#include "core/engine/works.hpp"

namespace hub::engine {

Works::Works(std::shared_ptr<const std::vector<Item>> catalogue) : catalogue_(std::move(catalogue)) {
  in_catalogue_.reserve(catalogue_->size());
  for (const Item& item : *catalogue_) {
    in_catalogue_.emplace(item.id, &item);
    // Aliases the catalogue's own storage: no second copy of its facts.
    put(item.id, Ref(catalogue_, &item));
  }
}

void Works::put(std::string_view id, Ref item) {
  corpus_.reset();
  ++revision_;
  const auto found = slot_of(id);
  if (!found) {
    if (!item) return;
    const std::uint32_t slot = index_.add(*item);
    slots_.push_back(std::move(item));
    keys_.push_back(key_of(id));
    slot_of_.add(slot, [&](std::uint32_t one) { return keys_[one]; });
    return;
  }
  // A work that is gone keeps its slot, found by nothing.
  index_.replace(*found, item ? *item : Item{});
  slots_[*found] = std::move(item);
}

std::array<bool, media_type_count> Works::update(const Library& library, const std::vector<std::string>& ids) {
  std::array<bool, media_type_count> touched{};
  for (const std::string& id : ids) {
    const Entry* entry = library.find(id);
    const auto known = in_catalogue_.find(id);
    const Item* bundled = known == in_catalogue_.end() ? nullptr : known->second;
    Ref now;
    if (entry && bundled) {
      now = std::make_shared<const Item>(merged(entry->item, *bundled));
    } else if (entry) {
      now = entry->item.pointer();
    } else if (bundled) {
      now = Ref(catalogue_, bundled);
    }
    const Ref before = held(id);
    if (!((now && before && *now == *before) || (!now && !before))) {
      if (now) touched[index_of(now->type)] = true;
      if (before) touched[index_of(before->type)] = true;
      put(id, std::move(now));
    }
    const auto slot = slot_of(id);
    if (!slot) continue;
    if (in_library_.size() < slots_.size()) in_library_.resize(slots_.size());
    in_library_[*slot] = entry && !entry->forgotten;
  }
  return touched;
}

std::optional<std::uint32_t> Works::slot_of(std::string_view id) const {
  const std::uint64_t key = key_of(id);
  return slot_of_.find(key, [&](std::uint32_t slot) { return keys_[slot] == key; });
}

Works::Ref Works::held(std::string_view id) const {
  const auto slot = slot_of(id);
  return slot ? slots_[*slot] : nullptr;
}

Works::Ref Works::find(std::string_view id) const {
  Ref known = held(id);
  return known ? known : found(id);
}

void Works::put_found(Ref item) {
  const auto [place, fresh] = found_.insert_or_assign(item->id, item);
  if (!fresh) return;
  found_order_.push_back(place->first);
  if (found_order_.size() <= most_found) return;
  found_.erase(found_order_.front());
  found_order_.pop_front();
}

Works::Ref Works::found(std::string_view id) const {
  if (held(id)) return nullptr;
  const auto found = found_.find(std::string(id));
  return found == found_.end() ? nullptr : found->second;
}

std::vector<Works::Ref> Works::of_type(MediaType type) const {
  std::vector<Ref> all;
  for (const Ref& item : slots_)
    if (item && item->type == type) all.push_back(item);
  return all;
}

std::vector<Works::Ref> Works::search(std::string_view query, MediaType type, std::size_t limit, std::size_t* total) const {
  std::vector<Ref> found;
  for (const SearchIndex::Hit& hit : index_.search(query, type, limit, total))
    if (slots_[hit.slot]) found.push_back(slots_[hit.slot]);
  return found;
}

Works::InLibrary Works::search_library(std::string_view query) const {
  SearchIndex::All all = index_.search_all(query, in_library_);
  InLibrary found{{}, std::move(all.meant)};
  found.keys.reserve(all.hits.size());
  for (const SearchIndex::Hit& hit : all.hits)
    if (slots_[hit.slot]) found.keys.push_back(keys_[hit.slot]);
  return found;
}

void Works::learn_from(features::Embedders embedders) {
  embedders_ = std::move(embedders);
  corpus_.reset();
}

const predictor::Corpus& Works::corpus() const {
  if (!corpus_) {
    std::vector<const Item*> items;
    items.reserve(slots_.size());
    for (const Ref& item : slots_)
      if (item) items.push_back(item.get());
    corpus_.emplace(items, embedders_);
  }
  return *corpus_;
}

}  // namespace hub::engine
