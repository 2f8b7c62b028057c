#pragma once

#include <cstddef>
#include <functional>

namespace hub::cli {

/// A predictor::ForEach that shares the tasks out to as many threads as the machine has cores.
void on_all_cores(std::size_t count, const std::function<void(std::size_t)>& task);

}  // namespace hub::cli
