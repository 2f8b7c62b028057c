#include "core/library/name.hpp"

#include <mutex>
#include <unordered_set>

namespace hub {

const std::string Name::nothing;

Name::Name(std::string_view text) {
  if (text.empty()) return;
  static std::mutex guard;
  static std::unordered_set<std::string> held;
  const std::lock_guard lock(guard);
  text_ = &*held.emplace(text).first;
}

}  // namespace hub
