#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/library/name.hpp"

namespace hub {

/// What services call a work: by service ("imdb", "isbn", …), in the order of their names. A sorted list, as a work has a handful at most;
/// used as the std::map that it is otherwise.
class Ids {
 public:
  using value_type = std::pair<Name, std::string>;
  using const_iterator = std::vector<value_type>::const_iterator;

  Ids() = default;
  Ids(std::initializer_list<value_type> entries) { insert(entries.begin(), entries.end()); }

  bool empty() const { return entries_.empty(); }
  std::size_t size() const { return entries_.size(); }
  const_iterator begin() const { return entries_.begin(); }
  const_iterator end() const { return entries_.end(); }

  const_iterator find(std::string_view service) const {
    const auto place = place_of(service);
    return place != entries_.end() && place->first == service ? place : entries_.end();
  }
  bool contains(std::string_view service) const { return find(service) != entries_.end(); }
  /// @param service  that there is
  const std::string& at(std::string_view service) const { return find(service)->second; }

  /// The service's, empty where there was none.
  std::string& operator[](std::string_view service) {
    const auto place = entries_.begin() + (place_of(service) - entries_.cbegin());
    if (place != entries_.end() && place->first == service) return place->second;
    return entries_.insert(place, {service, {}})->second;
  }
  /// Unless the service has one. @return  whether it had none.
  bool try_emplace(std::string_view service, std::string id) {
    if (contains(service)) return false;
    (*this)[service] = std::move(id);
    return true;
  }
  void insert_or_assign(std::string_view service, std::string id) { (*this)[service] = std::move(id); }
  /// Those of services that have none.
  template <typename Iterator>
  void insert(Iterator first, Iterator last) {
    for (; first != last; ++first) try_emplace(first->first, first->second);
  }
  void erase(std::string_view service) {
    std::erase_if(entries_, [&](const value_type& entry) { return entry.first == service; });
  }
  void clear() { entries_.clear(); }
  void shrink_to_fit() { entries_.shrink_to_fit(); }

  friend bool operator==(const Ids&, const Ids&) = default;

 private:
  const_iterator place_of(std::string_view service) const {
    return std::lower_bound(entries_.begin(), entries_.end(), service,
                            [](const value_type& entry, std::string_view one) { return std::string_view(entry.first) < one; });
  }

  std::vector<value_type> entries_;
};

}  // namespace hub
