#pragma once

#include "imgui_internal.h"

#include <string>
#include <string_view>

#include "wasm/platform/field.hpp"

namespace hub::ui {

struct SearchFieldOptions {
  std::string_view name = "Search";
  std::string_view placeholder = {};
  std::string_view count = {};  ///< “8 found”, at the right
  ImGuiID controls = 0;         ///< the list of results
  ImGuiID active = 0;           ///< the result that arrows have reached
  input::Keys keys = input::no_keys;
  mirror::State expanded = mirror::State::unset;
};

/// Field with a magnifying glass, a count and, when it is not empty, a button “Clear search”.
FieldState search_field(const char* id, std::string& value, const ImRect& box, const SearchFieldOptions& options);

/// A plain text field in the same look.
FieldState text_field(const char* id, std::string& value, const ImRect& box, const FieldOptions& options);

}  // namespace hub::ui
