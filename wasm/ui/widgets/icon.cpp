#include "wasm/ui/widgets/icon.hpp"

#include <array>
#include <cmath>
#include <initializer_list>

#include "wasm/ui/widgets/stars.hpp"

namespace hub::ui {

namespace {

/// Strokes in a square of 24 units, as designers of icons use it.
struct Pen {
  ImDrawList* list;
  ImVec2 origin;
  float unit;
  float width;
  ImU32 color;

  [[nodiscard]] ImVec2 at(float x, float y) const { return {origin.x + x * unit, origin.y + y * unit}; }
  void lines(std::initializer_list<ImVec2> points, bool closed = false) const {
    list->PathClear();
    for (const ImVec2& point : points) list->PathLineTo(at(point.x, point.y));
    list->PathStroke(color, width, closed ? ImDrawFlags_Closed : ImDrawFlags_None);
  }
  void circle(float x, float y, float radius) const { list->AddCircle(at(x, y), radius * unit, color, 0, width); }
  void dot(float x, float y, float radius) const { list->AddCircleFilled(at(x, y), radius * unit, color); }
  void box(float x0, float y0, float x1, float y1, float radius) const {
    list->AddRect(at(x0, y0), at(x1, y1), color, radius * unit, width);
  }
  /// Arc of an ellipse, angles in turns, clockwise from the right.
  void arc(float x, float y, float rx, float ry, float from, float to) const {
    constexpr int count = 20;
    list->PathClear();
    for (int i = 0; i <= count; ++i) {
      const float angle = 6.2831853F * (from + (to - from) * static_cast<float>(i) / static_cast<float>(count));
      list->PathLineTo(at(x + rx * std::cos(angle), y + ry * std::sin(angle)));
    }
    list->PathStroke(color, width);
  }
};

/// The outline of a heart as a path, in the pen's square.
void heart(const Pen& pen) {
  // Two round halves, and straight sides that touch them, down to the point.
  constexpr float radius = 4.6F;
  constexpr float middle = 8.9F;
  pen.list->PathClear();
  pen.list->PathLineTo(pen.at(12, 20.5F));
  pen.list->PathArcTo(pen.at(12 - radius, middle), radius * pen.unit, 2.45F, 6.2831853F, 16);
  pen.list->PathArcTo(pen.at(12 + radius, middle), radius * pen.unit, 3.1415927F, 6.2831853F + 0.69F, 16);
}

}  // namespace

void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color) {
  const Pen pen{list, ImVec2(center.x - size / 2, center.y - size / 2), size / 24.0F, std::fmax(1.4F, size / 24.0F * 1.8F), color};
  switch (icon) {
    case Icon::none: break;
    case Icon::home: pen.lines({{4, 11}, {12, 4}, {20, 11}, {20, 20}, {4, 20}}, true); break;
    case Icon::star: draw_star(list, center, size * 0.92F, 0, 0, color); break;
    case Icon::library:
      pen.box(3.5F, 4, 8, 20, 0.8F);
      pen.box(9.5F, 4, 14, 20, 0.8F);
      pen.lines({{15.5F, 5}, {18.2F, 4.3F}, {21.8F, 19.2F}, {19.1F, 19.9F}}, true);
      break;
    case Icon::target:
      pen.circle(12, 12, 8.5F);
      pen.circle(12, 12, 4.4F);
      pen.dot(12, 12, 1.2F);
      break;
    case Icon::database:
      pen.arc(12, 6, 7.5F, 2.8F, 0, 1);
      pen.lines({{4.5F, 6}, {4.5F, 18}});
      pen.lines({{19.5F, 6}, {19.5F, 18}});
      pen.arc(12, 12, 7.5F, 2.8F, 0, 0.5F);
      pen.arc(12, 18, 7.5F, 2.8F, 0, 0.5F);
      break;
    case Icon::search:
      pen.circle(10.5F, 10.5F, 6.5F);
      pen.lines({{15.4F, 15.4F}, {20.5F, 20.5F}});
      break;
    case Icon::undo:
      pen.lines({{8, 4}, {4, 8}, {8, 12}});
      pen.lines({{4, 8}, {14, 8}});
      pen.arc(14, 13.5F, 5.5F, 5.5F, -0.25F, 0.25F);
      pen.lines({{14, 19}, {8, 19}});
      break;
    case Icon::redo:
      pen.lines({{16, 4}, {20, 8}, {16, 12}});
      pen.lines({{20, 8}, {10, 8}});
      pen.arc(10, 13.5F, 5.5F, 5.5F, -0.25F, -0.75F);
      pen.lines({{10, 19}, {16, 19}});
      break;
    case Icon::chevron_left: pen.lines({{14.5F, 5}, {7.5F, 12}, {14.5F, 19}}); break;
    case Icon::chevron_right: pen.lines({{9.5F, 5}, {16.5F, 12}, {9.5F, 19}}); break;
    case Icon::chevron_down: pen.lines({{5, 9.5F}, {12, 16.5F}, {19, 9.5F}}); break;
    case Icon::chevron_up: pen.lines({{5, 14.5F}, {12, 7.5F}, {19, 14.5F}}); break;
    case Icon::close:
      pen.lines({{6, 6}, {18, 18}});
      pen.lines({{18, 6}, {6, 18}});
      break;
    case Icon::upload:
      pen.lines({{12, 16}, {12, 4}});
      pen.lines({{7, 9}, {12, 4}, {17, 9}});
      pen.lines({{4, 15}, {4, 20}, {20, 20}, {20, 15}});
      break;
    case Icon::download:
      pen.lines({{12, 4}, {12, 16}});
      pen.lines({{7, 11}, {12, 16}, {17, 11}});
      pen.lines({{4, 15}, {4, 20}, {20, 20}, {20, 15}});
      break;
    case Icon::trash:
      pen.lines({{4, 7}, {20, 7}});
      pen.lines({{9, 7}, {9, 4}, {15, 4}, {15, 7}});
      pen.lines({{6, 7}, {7, 20}, {17, 20}, {18, 7}});
      pen.lines({{10, 11}, {10.3F, 16}});
      pen.lines({{14, 11}, {13.7F, 16}});
      break;
    case Icon::heart:
      heart(pen);
      list->PathStroke(color, pen.width, ImDrawFlags_Closed);
      break;
    case Icon::heart_filled:
      heart(pen);
      list->PathFillConcave(color);
      break;
    case Icon::check: pen.lines({{4.5F, 12.5F}, {9.5F, 17.5F}, {19.5F, 6.5F}}); break;
    case Icon::warning:
      pen.lines({{12, 3.5F}, {21.5F, 20}, {2.5F, 20}}, true);
      pen.lines({{12, 9.5F}, {12, 14}});
      pen.dot(12, 17, 1.1F);
      break;
    case Icon::info:
      pen.circle(12, 12, 8.8F);
      pen.lines({{12, 11}, {12, 16.5F}});
      pen.dot(12, 7.8F, 1.1F);
      break;
    case Icon::sort_up:
      pen.lines({{12, 19}, {12, 5}});
      pen.lines({{6.5F, 10.5F}, {12, 5}, {17.5F, 10.5F}});
      break;
    case Icon::sort_down:
      pen.lines({{12, 5}, {12, 19}});
      pen.lines({{6.5F, 13.5F}, {12, 19}, {17.5F, 13.5F}});
      break;
    case Icon::plus:
      pen.lines({{12, 5}, {12, 19}});
      pen.lines({{5, 12}, {19, 12}});
      break;
    case Icon::sparkle:
      pen.lines({{11, 3}, {13, 9.5F}, {19.5F, 11.5F}, {13, 13.5F}, {11, 20}, {9, 13.5F}, {2.5F, 11.5F}, {9, 9.5F}}, true);
      pen.lines({{19, 3}, {19, 7}});
      pen.lines({{17, 5}, {21, 5}});
      break;
    case Icon::lock:
      pen.box(5, 11, 19, 20.5F, 1.6F);
      pen.arc(12, 8.5F, 4, 4.5F, 0.5F, 1);
      pen.lines({{8, 8.5F}, {8, 11}});
      pen.lines({{16, 8.5F}, {16, 11}});
      break;
    case Icon::refresh:
      pen.arc(12, 12, 7.5F, 7.5F, 0.05F, 0.82F);
      pen.lines({{15.2F, 8.4F}, {19.4F, 8.4F}, {19.4F, 4.2F}});
      break;
    case Icon::sun:
      pen.circle(12, 12, 4);
      for (int i = 0; i < 8; ++i) {
        const float angle = 0.7853982F * static_cast<float>(i);
        const float x = std::cos(angle);
        const float y = std::sin(angle);
        pen.lines({{12 + 6.6F * x, 12 + 6.6F * y}, {12 + 9.2F * x, 12 + 9.2F * y}});
      }
      break;
    case Icon::moon: {
      pen.arc(12, 12, 8.2F, 8.2F, 0.02F, 0.73F);
      pen.arc(16.2F, 7.6F, 6.2F, 6.2F, 0.17F, 0.61F);
      break;
    }
    case Icon::eye:
      pen.arc(12, 16.5F, 10.5F, 10, 0.57F, 0.93F);
      pen.arc(12, 7.5F, 10.5F, 10, 0.07F, 0.43F);
      pen.circle(12, 12, 2.8F);
      break;
    case Icon::filter:
      pen.lines({{4, 7}, {20, 7}});
      pen.lines({{7, 12}, {17, 12}});
      pen.lines({{10, 17}, {14, 17}});
      break;
    case Icon::more:
      pen.dot(5.5F, 12, 1.7F);
      pen.dot(12, 12, 1.7F);
      pen.dot(18.5F, 12, 1.7F);
      break;
  }
}

}  // namespace hub::ui
