#pragma once

namespace hub::engine {

/// When the progress of something that runs is worth a message again. Each costs the page a frame, which on a machine without a graphics
/// processor takes the time that the work itself needs.
class Pace {
 public:
  /// @param step  share of the whole, 0 to 1, that has to be done since the last message.
  explicit Pace(double step) : step_(step) {}

  /// Something begins: the next progress is told at once.
  void restart() { told_ = -1; }

  /// Something began at `now`, which was told.
  void restart(double now) {
    told_ = 0;
    at_ = now;
  }

  /// @param progress  0 to 1, or more where several wholes are summed up.
  /// @param now       milliseconds (Host::ticks).
  /// @return whether to tell it; it counts as told then.
  bool due(double progress, double now) {
    if (told_ >= 0 && (progress - told_ < step_ || now - at_ < milliseconds_between)) return false;
    told_ = progress;
    at_ = now;
    return true;
  }

 private:
  static constexpr double milliseconds_between = 150;

  double step_;
  double told_ = -1;
  double at_ = 0;
};

}  // namespace hub::engine
