#pragma once

#include <cstddef>
#include <functional>

namespace hub::predictor {

/// Calls task(0) … task(count - 1), each once, in any order and perhaps at the same time, and returns when all are done. Whoever runs a
/// long computation passes one in: the core itself starts no threads, which a page does not have.
using ForEach = std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

inline void one_after_another(std::size_t count, const std::function<void(std::size_t)>& task) {
  for (std::size_t i = 0; i < count; ++i) task(i);
}

}  // namespace hub::predictor
