#pragma once

namespace hub::fetching {

/// When a service may be asked again: the leaky bucket as virtual scheduling (ITU-T I.371, generic cell rate algorithm). All times are
/// milliseconds on one clock.
class Allowance {
 public:
  /// @param pause    between two requests on average.
  /// @param at_once  how many may follow each other without one after a rest; at least 1.
  Allowance(double pause, unsigned at_once) : pause_(pause), slack_(pause * (at_once - 1)) {}

  /// How long until the next request may go; 0 when it may now.
  double wait(double now) const {
    const double free = due_ - slack_ > held_until_ ? due_ - slack_ : held_until_;
    return free > now ? free - now : 0;
  }

  /// How long the service still wants to be left alone.
  double held(double now) const { return held_until_ > now ? held_until_ - now : 0; }

  /// A request goes now.
  void take(double now) { due_ = (due_ > now ? due_ : now) + pause_; }

  /// The service wants to be left alone until then.
  void hold(double until) {
    if (until > held_until_) held_until_ = until;
  }

 private:
  double pause_;
  double slack_;
  double due_ = 0;  ///< when the next would be due if they came evenly
  double held_until_ = 0;
};

}  // namespace hub::fetching
