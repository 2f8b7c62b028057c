#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/protocol/protocol.hpp"
#include "wasm/ui/layout.hpp"

/// The parts of Accuracy, each a card about one side of a type's report.
namespace hub::ui::views {

struct AccuracyPage {
  const protocol::ModelReport& report;
  bool narrow = false;
};

/// How far off the predictions are, beside every other way of predicting.
void accuracy_headline(Column& column, const AccuracyPage& page);
/// Whether ranges hold what they promise.
/// @param least_height  of the card, which stands beside another.
/// @return              what the card needs.
float accuracy_calibration(Column& column, const AccuracyPage& page, float least_height);
/// What more ratings bring; likewise.
float accuracy_curve(Column& column, const AccuracyPage& page, float least_height);
void accuracy_misses(Column& column, const AccuracyPage& page);
/// Where predictions miss to one side.
void accuracy_groups(Column& column, const AccuracyPage& page);
/// What ratings of other types add.
float accuracy_together(Column& column, const AccuracyPage& page, float least_height);
/// Seconds that the search for better settings takes, unless somebody chooses others.
inline constexpr std::uint32_t tuning_seconds = 60;
/// The search for better settings.
float accuracy_tuning(Column& column, const AccuracyPage& page, float least_height);
void accuracy_models(Column& column, const AccuracyPage& page);
/// How well it is told which songs the person likes. Draws nothing where there are none.
void accuracy_songs(Column& column, bool narrow);

/// “Use the model of 24 Nov 2026, 14:03 UTC”
std::string name_of_use(const protocol::ModelCard& card);

/// Instead of a part that is not there: that it is being worked out, or from how many ratings on there is one.
/// @param from  number of ratings; 0: not known.
/// @param what  how the part begins a sentence: “This chart”.
void accuracy_missing(Column& column, const AccuracyPage& page, std::uint32_t from, std::string_view what);

/// A quiet button under the first rows of a list: all of it, or only these again.
/// @param what  in the button's name: “misses”.
void accuracy_show_all(Column& column, const char* id, std::string_view what, std::size_t count, bool& all);

/// “film”, “films”
std::string_view accuracy_noun(const AccuracyPage& page, bool plural);

/// “18 %”, which no line break parts.
/// @param share  0 … 1, may be more.
std::string accuracy_percent(double share);

/// Text over the column's width in a colour of the theme.
void accuracy_paragraph(Column& column, std::string_view words, bool muted = true);
void accuracy_note(Column& column, std::string_view words);

}  // namespace hub::ui::views
