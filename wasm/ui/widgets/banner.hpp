#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

enum class BannerKind { info, good, warning, error };

struct BannerOptions {
  BannerKind kind = BannerKind::info;
  std::string_view action = {};  ///< label of a button, empty for none
  std::string_view second = {};  ///< of one after it
  bool dismissable = false;      ///< a button “Dismiss”
};
struct BannerResult {
  float height = 0;
  bool action = false;
  bool second = false;
  bool dismissed = false;
};

/// A line or more across the page with what is so and what can be done. Kind is told by an icon and its words too, not by colour alone.
BannerResult banner(const char* id, ImVec2 at, float width, std::string_view words, const BannerOptions& options = {});

}  // namespace hub::ui
