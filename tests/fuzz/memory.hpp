// What a target may allocate: counted by the address sanitizer's own hooks, whatever way it is asked for.
#pragma once

#include <sanitizer/allocator_interface.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace hub::fuzz {

inline std::size_t in_use = 0;
inline std::size_t most_in_use = 0;

inline void allocated(const volatile void*, std::size_t size) {
  in_use += size;
  most_in_use = std::max(most_in_use, in_use);
}

inline void freed(const volatile void* place) {
  if (place) in_use -= __sanitizer_get_allocated_size(place);
}

inline const int hooks_installed = __sanitizer_install_malloc_and_free_hooks(allocated, freed);

/// Stops the program when more was held at once during its life than `most` bytes above what was held when it began.
class MemoryBound {
 public:
  explicit MemoryBound(std::size_t most) : before_(in_use), most_(most) {
    if (hooks_installed == 0) std::abort();
    most_in_use = in_use;
  }
  ~MemoryBound() {
    if (most_in_use - before_ > most_) std::abort();
  }
  MemoryBound(const MemoryBound&) = delete;
  MemoryBound& operator=(const MemoryBound&) = delete;

 private:
  std::size_t before_;
  std::size_t most_;
};

/// What reading a file of a person may take: ten times the file and 64 MB beside it.
constexpr std::size_t most_for_file(std::size_t size) {
  return 10 * size + 64'000'000;
}

}  // namespace hub::fuzz
