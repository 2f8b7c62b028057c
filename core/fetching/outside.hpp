#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace hub::fetching {

/// What came of one request.
struct Arrival {
  int status = 0;                     ///< of HTTP; 0: no whole answer came (no network, a host that refuses pages, a broken connection)
  std::optional<double> retry_after;  ///< seconds that the service asks to be left alone for, where it says so
  std::string body;
  bool too_large = false;  ///< it was stopped as more than `most_bytes` came
};

/// What fetching needs of the world outside the core: a way to ask it, and clocks. Tests make one up.
class Outside {
 public:
  virtual ~Outside() = default;

  /// Begins a GET request. Nothing goes with it but the address: no cookie, no referrer. Answered later, once, by an Arrival for `id`; by
  /// none after stop().
  ///
  /// @param most_bytes  of the answer; what brings more is stopped.
  /// @param follow      whether redirects are followed, as far as the page's policy lets them; they fail otherwise.
  virtual void fetch(std::uint32_t id, const std::string& address, std::size_t most_bytes, bool follow) = 0;
  virtual void stop(std::uint32_t id) = 0;
  /// Whether the device says that it has a network at all.
  virtual bool online() = 0;
  /// Asks to be told that time has passed, once, in so many milliseconds. Of several that wait, the earliest counts and the others are
  /// forgotten: whoever is told asks again for what is still to come.
  virtual void call_in(double milliseconds) = 0;

  /// Milliseconds since 1970-01-01 UTC.
  virtual std::int64_t now() = 0;
  /// Milliseconds from any origin, never going back.
  virtual double ticks() = 0;
  /// Uniform over [0, 1).
  virtual double random() = 0;
};

}  // namespace hub::fetching
