#pragma once

#include <string>
#include <vector>

#include "core/protocol/protocol.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// Whether an answer is still waited for.
bool asking(const std::vector<protocol::AskedService>& asked);
/// How much of what was asked has come to an end, 0 … 1.
float asked_share(const std::vector<protocol::AskedService>& asked);
/// One quiet line: who is asked at the moment, and who did not answer. Empty when all is well.
std::string asked_words(const std::vector<protocol::AskedService>& asked);

/// The notices of services, each with a link to where its facts are from, one under the other.
void draw_attributions(Column& column, const std::vector<protocol::Attribution>& attributions);
float attributions_height(float width, const std::vector<protocol::Attribution>& attributions);

/// Those of all services whose facts are in the library, beside one another, for the foot of a view; nothing where there are none.
void draw_sources(Column& column);
/// The same in two lines at most, where a list scrolls above it: more than fit are counted, with a link to Data, which names them.
void draw_sources_foot(Column& column);
/// With the room above it.
float sources_foot_height(float width);

}  // namespace hub::ui::views
