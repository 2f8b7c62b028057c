#pragma once
// What the benchmarks measure with, natively and as WebAssembly.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#ifndef __EMSCRIPTEN__
#include <sys/resource.h>
#endif

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

/// The most memory that this process has used so far: resident natively, WebAssembly's own, which never shrinks, there.
inline double megabytes() {
#ifdef __EMSCRIPTEN__
  return static_cast<double>(__builtin_wasm_memory_size(0)) * 65536 / 1e6;
#else
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e6;
#endif
}

/// What a benchmark cannot do without, or its end with the error's words.
template <typename T>
T value_of(Expected<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s\n", result.error().message.c_str());
  std::exit(1);
}

}  // namespace hub::bench
