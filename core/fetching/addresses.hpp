#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/library/error.hpp"
#include "core/metadata/request.hpp"

namespace hub::fetching {

/// Where the services are reached, as web/services.json says: {"version":1,"hosts":{"api.tvmaze.com":"https://api.tvmaze.com", …}}. Whoever
/// hosts the page can leave a service out, or put another address in its place; tests put their own. Beside "hosts", "passed_on" names the
/// origins that hosts of pictures redirect to, for the page's Content-Security-Policy alone.
class Addresses {
 public:
  /// Reaches nothing.
  Addresses() = default;

  /// @return Error "bad_services" when the text is not of this form, or an address is neither https nor this machine.
  static Expected<Addresses> read(std::string_view json);

  /// @return  the whole address, or Error "no_way" with a sentence.
  Expected<std::string> of(const metadata::Request& request) const;

  /// Whether the host of a service's requests is reached at all.
  bool reaches(const std::string& host) const { return bases_.contains(host); }
  bool empty() const { return bases_.empty(); }

 private:
  std::unordered_map<std::string, std::string> bases_;
};

}  // namespace hub::fetching
