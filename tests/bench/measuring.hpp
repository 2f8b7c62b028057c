#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "core/library/error.hpp"

namespace hub::bench {

/// Seconds. On Linux those that this thread was on a processor, so that what else runs on the machine counts less.
inline double now() {
  if (std::FILE* file = std::fopen("/proc/thread-self/schedstat", "r")) {
    double nanoseconds = 0;
    const bool read = std::fscanf(file, "%lf", &nanoseconds) == 1;
    std::fclose(file);
    if (read) return nanoseconds * 1e-9;
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What a benchmark cannot do without, or its end with the error's words.
template <typename T>
T value_of(Expected<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

}  // namespace hub::bench
