#include "wasm/platform/frame.hpp"

#include "wasm/platform/display.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace hub::frame {
namespace {

struct Ease {
  float from = 0, to = 0;
  double begun = 0;
  double used = 0;
};

constexpr double never = std::numeric_limits<double>::infinity();

double time_now = 0;
double time_before = 0;
int frames_wanted = 0;
double animated_until = 0;
double wake_time = never;
std::uint64_t frames_drawn = 0;
std::unordered_map<std::uint32_t, Ease> eases;

}  // namespace

double now() {
  return time_now;
}
float delta() {
  return static_cast<float>(std::clamp(time_now - time_before, 0.0, 0.05));
}
std::uint64_t count() {
  return frames_drawn;
}

void request(int frames) {
  frames_wanted = std::max(frames_wanted, frames);
  boundary::page_request_frame();
}

void animate_until(double time) {
  animated_until = std::max(animated_until, time);
}
void wake_at(double time) {
  wake_time = std::min(wake_time, time);
}

float ease(std::uint32_t id, float target, float seconds) {
  auto [found, fresh] = eases.try_emplace(id);
  Ease& ease = found->second;
  const bool stale = !fresh && time_before > 0 && ease.used < time_before;
  if (fresh || stale || display::reduced_motion()) {
    ease = {target, target, time_now, time_now};
    return target;
  }
  ease.used = time_now;
  const auto value_at = [&](double time) {
    const float t = std::clamp(static_cast<float>((time - ease.begun) / std::max(seconds, 0.001F)), 0.0F, 1.0F);
    const float rest = 1.0F - t;
    return ease.to + (ease.from - ease.to) * rest * rest * rest;
  };
  if (target != ease.to) {
    // The way starts at the frame before this one, so that the first step is already seen.
    const float here = value_at(time_now);
    ease.from = here;
    ease.to = target;
    ease.begun = time_now;
  }
  if (time_now < ease.begun + static_cast<double>(seconds)) animate_until(ease.begun + static_cast<double>(seconds) + 0.02);
  return value_at(time_now);
}

void begin(double seconds) {
  time_before = time_now;
  time_now = std::max(seconds, time_now);
  ++frames_drawn;
  if (frames_wanted > 0) --frames_wanted;
  if (wake_time <= time_now) wake_time = never;
  if (eases.size() > 4096) std::erase_if(eases, [](const auto& entry) { return entry.second.used < time_before; });
}

double next() {
  if (frames_wanted > 0 || animated_until > time_now || mirror::wants_frame()) return 0;
  if (wake_time != never) return std::max(1.0, (wake_time - time_now) * 1000.0);
  return -1;
}

}  // namespace hub::frame
