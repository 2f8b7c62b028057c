// What the Library shows, from any address that somebody was sent: read without complaint, and what is understood of it stays the same when
// it is written and read once more.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/library/library_query.hpp"
#include "tests/fuzz/memory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  const hub::LibraryQuery query = hub::library_query_from({reinterpret_cast<const char*>(data), size});
  const std::string address = hub::to_address(query);
  if (address.size() > 4 * size + 1000 || hub::to_address(hub::library_query_from(address)) != address) std::abort();
  return 0;
}
