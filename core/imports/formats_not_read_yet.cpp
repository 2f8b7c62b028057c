#include <array>
#include <utility>

#include "core/imports/service.hpp"

namespace hub::imports {
namespace {

Certainty sure_if(bool recognised) {
  return recognised ? Certainty::sure : Certainty::none;
}

template <const char* service>
Expected<std::unique_ptr<Reader>> refuse(SourceFile&&) {
  return failure("not_yet", "This looks like an export from " + std::string(service) + ", which is not read yet. Nothing was changed. " +
                                std::string(what_is_read));
}

constexpr char kitsu[] = "Kitsu";
constexpr char spotify[] = "Spotify";
constexpr char yamtrack[] = "Yamtrack";
constexpr char netflix[] = "Netflix";

// By the headings and field names that files of these services were seen to have (README.md).
constexpr std::array<Format, 4> not_read_yet{{
    {yamtrack,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"mediaid", "source", "mediatype"}));
     },
     refuse<yamtrack>},
    {kitsu,
     [](const SourceFile& file) {
       return sure_if(is_json(file) && begins_with_any(file, {"\"libraryEntries\"", "kitsu.io", "kitsu.app"}));
     },
     refuse<kitsu>},
    {spotify,
     [](const SourceFile& file) {
       return sure_if(is_json(file) && begins_with_any(file, {"spotify:", "\"msPlayed\"", "\"ms_played\""}));
     },
     refuse<spotify>},
    {netflix, [](const SourceFile& file) { return sure_if(file.head.size() == 2 && file.head[0] == "title" && file.head[1] == "date"); },
     refuse<netflix>},
}};

}  // namespace

std::span<const Format> formats_not_read_yet() {
  return not_read_yet;
}

}  // namespace hub::imports
