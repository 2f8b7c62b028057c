#pragma once

#include "imgui_internal.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/library/media_type.hpp"

/// Where the person is, as the address bar says it.
namespace hub::ui {

enum class View { start, predict, library, accuracy, data };

struct Route {
  View view = View::start;
  std::string item;                    ///< id of the item open in Predict, such as "film/tt2543164"; else empty
  std::optional<MediaType> type = {};  ///< whose accuracy is looked at; nothing: Accuracy chooses
  bool songs = false;                  ///< Library shows the songs
  bool match = false;                  ///< Predict asks which work the item is; Library asks that of the titles that wait
  std::string shelf = {};              ///< what Library shows, as hub::to_address() says it
};
const Route& route();

/// Grows whenever the address bar has changed by itself: by a link, Back, Forward, or by hand.
std::uint64_t arrivals();

/// Goes there, as one step that Back takes back. Library shows what it showed last.
void go(View view);
/// Library shows something else now: as a step of its own, or in place of the one before.
void show_shelf(std::string shelf, bool step);
/// What Library shows where no address says it. Call it before anything else.
void begin_shelf(std::string shelf);
void go_songs();
/// The titles that wait for the person to say which work they are.
void go_review();
/// Asks which work the item is.
void open_match(std::string_view item_id);
void open_item(std::string_view item_id);
/// Shows an item without a step of its own (the first result, arrows through a list).
void replace_item(std::string_view item_id);
/// Shows the accuracy of another type, likewise.
void replace_accuracy(MediaType type);

/// "#/library?type=film": what Library showed last.
std::string href_of_library();
/// "#/film/tt2543164", for links.
std::string href_of(std::string_view item_id);
std::string_view href_of(View view);
inline constexpr std::string_view href_of_songs = "#/library/songs";
inline constexpr std::string_view href_of_review = "#/library/review";
/// "#/match/film/tt2543164": which work is it?
std::string href_of_match(std::string_view item_id);
/// "#/accuracy/film"
std::string href_of_accuracy(MediaType type);

/// The part of the title before “– Media Hub”, when a view knows better than its own name (the open item's title). Call it in each frame.
void title(std::string_view words);

/// What a view draws into: everything beside (or above) the navigation.
struct Page {
  ImRect box;   ///< screen coordinates
  bool narrow;  ///< less than 720 wide: one column
};

namespace views {
void start(const Page& page);
void predict(const Page& page);
void library(const Page& page);
void accuracy(const Page& page);
void data(const Page& page);
}  // namespace views

}  // namespace hub::ui
