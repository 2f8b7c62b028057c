// The tokenizer for any bytes, first those of a vocabulary of its own and then of a text.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/features/wordpiece.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(all.find('\0'), all.size());
  const auto pieces = hub::features::WordPiece::read("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n" + std::string(all.substr(0, cut)));
  if (!pieces) {
    if (pieces.error().message.empty()) std::abort();
    return 0;
  }
  const auto text = all.substr(std::min(cut + 1, all.size()));
  const auto ids = pieces->encode(text);
  if (ids.size() < 2 || ids.size() > size + 2 || ids.front() != 2 || ids.back() != 3) std::abort();
  for (const auto id : ids)
    if (id < 0 || static_cast<std::size_t>(id) >= pieces->size()) std::abort();
  for (const std::size_t most : {2u, 3u, 17u}) {
    const auto shorter = pieces->encode(text, most);
    if (shorter.size() != std::min(most, ids.size()) || !std::equal(shorter.begin(), shorter.end() - 1, ids.begin())) std::abort();
  }
  return 0;
}
