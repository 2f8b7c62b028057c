// Predict: what a person would rate a title, with its range and the reasons. On a desk the results stand beside the open title; on a phone
// it is one after the other.

#include <algorithm>
#include <string>

#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/predict_details.hpp"
#include "wasm/ui/views/predict_list.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui::views {
namespace {

/// A title that was opened from elsewhere brings its type along.
void follow_item(const std::string& item) {
  static std::string followed;
  if (item == followed) return;
  followed = item;
  const auto type = media_type_from(std::string_view(item).substr(0, item.find('/')));
  if (type && *type != predict_search().type) {
    predict_search().type = *type;
    predict_search().query.clear();
  }
}

void nothing_open(const ImRect& box) {
  const MediaType type = predict_search().type;
  const std::size_t rated = client().library().rating_count(type);
  const std::string several(noun_of(type, true));
  const std::string what =
      rated > 0
          ? "What you would rate it appears here, with its range and the reasons, learnt from " + words::count(rated) +
                " of your ratings of " + several + "."
          : "Rate some " + several + " that you know, or import your ratings, and this page learns what you would make of the others.";
  empty_state("nothing", box, {.icon = Icon::star, .title = "Choose one of the " + several, .words = what});
}

}  // namespace

void predict(const Page& page) {
  const std::string item = route().item;
  follow_item(item);
  if (route().match) return match_title(page, item);
  if (page.narrow) {
    if (item.empty()) {
      predict_list(page.box, true, true);
    } else {
      const std::string& query = predict_search().query;
      predict_details(page.box, true, item, query.empty() ? std::string("All results") : "Results for “" + query + "”");
    }
    return;
  }
  const float column = std::clamp(page.box.GetWidth() * 0.35F, 288.0F, theme::grown(372));
  const float split = std::round(page.box.Min.x + column);
  predict_list(ImRect(page.box.Min, ImVec2(split, page.box.Max.y)), false, item.empty());
  ImGui::GetWindowDrawList()->AddLine(ImVec2(split, page.box.Min.y), ImVec2(split, page.box.Max.y), theme::colors().line, 1.0F);
  const ImRect beside(ImVec2(split + 1, page.box.Min.y), page.box.Max);
  if (item.empty())
    nothing_open(beside);
  else
    predict_details(beside, false, item, {});
}

}  // namespace hub::ui::views
