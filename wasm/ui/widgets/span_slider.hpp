#pragma once

#include "imgui_internal.h"

#include <cstddef>
#include <span>
#include <string_view>

#include "core/library/library_query.hpp"

namespace hub::ui {

/// A stretch of the scale of stars, chosen by two thumbs below a bar for each half star: two sliders, “NAME, at least” and “NAME, at most”.
/// An end of the scale is an end that is open.
/// @param bars  how many there are of each half star, ten of them from half a star on.
/// @return      whether `value` was changed.
bool span_slider(const char* id, const ImRect& box, std::string_view name, std::span<const std::size_t> bars, Span<double>& value);
float span_slider_height();

}  // namespace hub::ui
