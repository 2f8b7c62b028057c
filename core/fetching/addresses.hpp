#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/library/error.hpp"
#include "core/metadata/request.hpp"

namespace hub::fetching {

/// Where the services are reached, as web/services.json says:
///
///     {"version":1,"hosts":{"api.tvmaze.com":"https://api.tvmaze.com",
///     …},"proxy":"https://proxy.example","passed_on":["https://archive.org"]}
///
/// Whoever hosts the page can leave a service out, or put another address in its place; tests put their own. The proxy (web/proxy/), where
/// there is one, is asked for what wants a key and for pictures of such services. "passed_on" names the origins that hosts of pictures
/// redirect to, for the page's Content-Security-Policy alone. "unpaced":true has hosts that are on this machine asked as fast as they
/// answer, for measuring: they are made up, so there are no rules of theirs to keep. No other address loses its pace by it.
class Addresses {
 public:
  /// Reaches nothing.
  Addresses() = default;

  /// @return Error "bad_services" when the text is not of this form, or an address is neither https nor this machine.
  static Expected<Addresses> read(std::string_view json);

  /// @return  the whole address, or Error "no_way" with a sentence.
  Expected<std::string> of(const metadata::Request& request) const;

  /// Whether the request goes to the proxy and not to the service itself.
  bool by_proxy(const metadata::Request& request) const;
  /// Whether no pace need be kept for the request.
  bool unpaced(const metadata::Request& request) const;
  /// The proxy's host, or empty.
  std::string proxy_host() const;
  /// The proxy has no key for this service: from now on it cannot be asked that way.
  void proxy_lacks(metadata::Service service) { lacking_[static_cast<std::size_t>(service)] = true; }

  /// The person's own key for a service, which is then asked itself and not by the proxy; empty for none.
  void own_key(metadata::Service service, std::string key) { own_keys_[static_cast<std::size_t>(service)] = std::move(key); }

  /// Whether the host of a service's requests is reached at all, other than by the proxy.
  bool reaches(const std::string& host) const { return bases_.contains(host); }
  bool empty() const { return bases_.empty() && proxy_.empty(); }

 private:
  /// The person's key for such a request, where it can be used.
  std::string key_for(const metadata::Request& request) const;

  std::unordered_map<std::string, std::string> bases_;
  std::string proxy_;
  bool unpaced_ = false;
  std::array<bool, metadata::service_count> lacking_{};        ///< by service
  std::array<std::string, metadata::service_count> own_keys_;  ///< by service
};

}  // namespace hub::fetching
