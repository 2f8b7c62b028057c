// The tokenizer of CLIP for any bytes, first those of a list of merges of its own and then of a text.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/features/byte_pairs.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto cut = std::min(all.find('\0'), all.size());
  const auto list = "#version: 0.2\n" + std::string(all.substr(0, cut));
  const auto lines = static_cast<std::size_t>(std::count(list.begin(), list.end(), '\n'));
  auto pieces = hub::features::BytePairs::read(list, std::min<std::size_t>(lines - 1, 65'000));
  if (!pieces) {
    if (pieces.error().message.empty()) std::abort();
    // The text is read all the same.
    pieces = hub::features::BytePairs::read("#version: 0.2\nt h\nth e</w>\na a\naa aa\na a</w>\n", 5);
  }
  const auto text = all.substr(std::min(cut + 1, all.size()));
  const auto ids = pieces->encode(text, SIZE_MAX);
  const auto begin = static_cast<std::int32_t>(pieces->size()) - 2;
  // Three bytes for each that is no text; the letters that are longest when they are taken apart have four bytes and become twelve.
  if (ids.size() < 2 || ids.size() > 3 * text.size() + 2 || ids.front() != begin || ids.back() != begin + 1) std::abort();
  for (const auto id : ids)
    if (id < 0 || static_cast<std::size_t>(id) >= pieces->size()) std::abort();
  for (const std::size_t most : {2u, 3u, 17u, 77u}) {
    const auto shorter = pieces->encode(text, most);
    if (shorter.size() != std::min(most, ids.size()) || !std::equal(shorter.begin(), shorter.end() - 1, ids.begin())) std::abort();
  }
  // White space keeps apart what is before it and behind it.
  const auto twice = pieces->encode(std::string(text) + ' ' + std::string(text), SIZE_MAX);
  const auto inner = ids.size() - 2;
  if (twice.size() != 2 * inner + 2 || !std::equal(ids.begin() + 1, ids.end() - 1, twice.begin() + 1) ||
      !std::equal(ids.begin() + 1, ids.end() - 1, twice.begin() + 1 + static_cast<std::ptrdiff_t>(inner)))
    std::abort();
  return 0;
}
