#pragma once
// The outside as a test makes it up: requests wait until the test answers them, and clocks go where it says.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/fetching/outside.hpp"

namespace hub::tests {

class MadeUpOutside final : public fetching::Outside {
 public:
  void fetch(std::uint32_t id, const std::string& address, std::size_t, bool) override {
    out[id] = address;
    sent.push_back(address);
  }
  void stop(std::uint32_t id) override { stopped += out.erase(id); }
  bool online() override { return has_network; }
  void call_in(double milliseconds) override {
    const double at = tick + milliseconds;
    if (!alarm || at < *alarm) alarm = at;
  }
  std::int64_t now() override { return time; }
  double ticks() override { return tick; }
  double random() override { return 0.5; }

  void pass(double milliseconds) {
    tick += milliseconds;
    time += static_cast<std::int64_t>(milliseconds);
  }

  std::map<std::uint32_t, std::string> out;  ///< addresses of the requests under way
  std::vector<std::string> sent;             ///< all there were
  std::size_t stopped = 0;
  bool has_network = true;
  std::optional<double> alarm;
  std::int64_t time = 1'790'000'000'000;
  double tick = 1000;
};

}  // namespace hub::tests
