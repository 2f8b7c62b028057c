#pragma once

#include <cstdint>
#include <string>

namespace hub::engine {

/// The date in UTC, ISO 8601. @param now  milliseconds since 1970-01-01 UTC.
std::string date_of(std::int64_t now);

/// The same with the time: "2026-11-24T14:03:00Z".
std::string time_of(std::int64_t now);

}  // namespace hub::engine
