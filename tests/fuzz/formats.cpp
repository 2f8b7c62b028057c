// Each format by itself, for any text: the first byte says which one reads the rest, whether it would recognise it or not.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/imports/encoding.hpp"
#include "core/imports/format.hpp"
#include "core/imports/words.hpp"
#include "core/library/limits.hpp"
#include "tests/fuzz/memory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  if (size < 2) return 0;
  hub::imports::SourceFile file;
  file.name = data[0] % 2 == 0 ? "watchlist.csv" : "likes/films.csv";
  file.text = hub::imports::decode_text(std::vector<std::uint8_t>(data + 1, data + size)).text;
  if (file.text.empty()) return 0;
  file.layout = hub::imports::detect_layout(file.text);
  hub::imports::CsvRecord first;
  hub::imports::CsvReader(file.text, file.layout).next(first);
  for (const auto& field : first.fields) file.head.push_back(hub::imports::comparable(field));

  const auto formats = hub::imports::formats();
  auto reader = formats[data[0] % formats.size()]->open(std::move(file));
  if (!reader) {
    if (reader.error().code.empty() || reader.error().message.empty()) std::abort();
    return 0;
  }
  while ((*reader)->step(1 + data[0] % 5u))
    if (!((*reader)->progress() >= 0 && (*reader)->progress() <= 1)) std::abort();
  const hub::imports::Parsed parsed = (*reader)->take();
  if (parsed.rows.size() + parsed.skipped.size() != parsed.lines) std::abort();
  for (const auto& row : parsed.rows)
    if (!hub::check(row.item) || !hub::check(row.rating) || !hub::is_date(row.facts.last)) std::abort();
  for (const auto& mention : parsed.mentions)
    if (!hub::check(mention.item) || !hub::is_date(mention.facts.last)) std::abort();
  for (const auto& song : parsed.songs)
    if (song.title.empty() || !hub::is_date(song.last)) std::abort();
  for (const auto& skipped : parsed.skipped)
    if (skipped.reason.empty()) std::abort();
  return 0;
}
