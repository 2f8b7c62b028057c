#include "core/engine/own_keys.hpp"

#include <algorithm>
#include <utility>

#include "core/library/json.hpp"

namespace hub::engine {
namespace {

constexpr std::size_t least_letters = 8;
constexpr std::size_t most_letters = 400;

}  // namespace

bool may_be_key(std::string_view text) {
  return text.size() >= least_letters && text.size() <= most_letters &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

void OwnKeys::open(storage::FileSystem& files) {
  keys_.clear();
  const auto bytes = files.read(file_name);
  if (!bytes) return;
  const auto whole = parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!whole || !whole->is_object() || whole->value("version", Json()) != 1 || !whole->contains("keys") || !(*whole)["keys"].is_object())
    return;
  for (const auto& [word, key] : (*whole)["keys"].items()) {
    const auto service = metadata::service_from(word);
    if (service && metadata::info(*service).door == metadata::Door::key && key.is_string() && may_be_key(key.get_ref<const std::string&>()))
      keys_[*service] = key.get<std::string>();
  }
}

std::string OwnKeys::of(metadata::Service service) const {
  const auto found = keys_.find(service);
  return found == keys_.end() ? std::string() : found->second;
}

Expected<void> OwnKeys::put(storage::FileSystem* files, metadata::Service service, std::string key) {
  if (key.empty())
    keys_.erase(service);
  else
    keys_[service] = std::move(key);
  if (!files) return {};
  if (keys_.empty()) {
    (void)files->remove(file_name);
    return {};
  }
  Json keys = Json::object();
  for (const auto& [one, its_key] : keys_) keys[std::string(metadata::info(one).word)] = its_key;
  const std::string text = Json{{"version", 1}, {"keys", std::move(keys)}}.dump();
  return files->write(file_name, storage::Bytes(text.begin(), text.end()));
}

void OwnKeys::remove_all(storage::FileSystem* files) {
  keys_.clear();
  if (files) (void)files->remove(file_name);
}

}  // namespace hub::engine
