// Answers of the metadata services for any bytes: reading them as each kind of answer of each service, uniting and merging what comes out.
//
// The first two bytes choose the service and the type, and whether the rest is one answer or, between lines, several in the order in which
// they are asked for; HUB_FUZZ_SERVICE, a service's word, keeps to that one. What is promised: items that are well-formed, questions that
// can be asked, an end after few answers, and memory of at most ten times the answer beside a fixed amount for results of a bounded number.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "core/library/json.hpp"
#include "core/library/limits.hpp"
#include "core/metadata/inquiry.hpp"
#include "core/metadata/merge.hpp"
#include "tests/fuzz/memory.hpp"

using namespace hub;
using namespace hub::metadata;

namespace {

// The only service that is read, if one is named; a name that is none stops the run instead of testing another.
std::optional<Service> named_service() {
  const char* const word = std::getenv("HUB_FUZZ_SERVICE");
  if (!word) return std::nullopt;
  const auto service = service_from(word);
  if (!service) std::abort();
  return service;
}

constexpr std::size_t fixed_amount = 512 * 1024;

void check_requests(const Inquiry& inquiry) {
  if (inquiry.wanted().size() > 20) std::abort();
  for (const Request& request : inquiry.wanted()) {
    if (!request.path.starts_with("/") || request.host.empty() || request.path.size() > 20'000) std::abort();
    for (const char c : request.path)
      if (c <= 0x20 || c >= 0x7F || c == '#' || c == '\\' || c == '"') std::abort();
    if (!address_of(request, {"https://proxy.example", ""})) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const std::optional<Service> only = named_service();
  const auto service = only ? *only : services()[data[0] % service_count].service;
  const MediaType type = media_types[data[1] % media_type_count];
  const auto first = static_cast<Ask>(data[1] / media_type_count % (static_cast<unsigned>(Ask::find) + 1));
  const bool several = (data[0] & 128) != 0;
  std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  if (!knows(service, type)) return 0;

  std::optional<fuzz::MemoryBound> bound(std::in_place, 10 * size + fixed_amount);
  {
    auto inquiry = Inquiry::replay(service, type, first, "2026-11-24");
    if (!inquiry) std::abort();
    for (std::size_t taken = 0; !inquiry->wanted().empty(); ++taken) {
      if (taken > 20) std::abort();
      const std::size_t end = several ? std::min(text.find('\n'), text.size()) : text.size();
      const Request asked = inquiry->wanted().front();
      if (taken > 0 && text.empty()) {
        inquiry->give_up(asked);
        continue;
      }
      const auto fine = inquiry->take(asked, 200, text.substr(0, end));
      if (!fine && (fine.error().code.empty() || fine.error().message.empty())) std::abort();
      if (taken > 0) check_requests(*inquiry);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    bound.reset();
    const std::vector<Item> items = inquiry->items();
    for (const Item& item : items) {
      if (!check(item)) std::abort();
      // What is kept reads back as it was.
      const auto back = item_from_json(to_json(item));
      if (!back || !(*back == item)) std::abort();
    }
    for (const Item& item : unite(items)) {
      if (!check(item) || !check(allowed(item, Use::keep)) || !check(allowed(item, Use::learn))) std::abort();
    }
  }
  return 0;
}
