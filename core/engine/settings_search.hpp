#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/engine/tuned.hpp"
#include "core/engine/works.hpp"
#include "core/predictor/tuning.hpp"

namespace hub::engine {

/// Fewer ratings cannot tell better settings from luck.
inline constexpr std::uint32_t fewest_for_tuning = 40;

/// The search for settings of the predictor that suit a person's ratings of one type better than the default ones, in slices. Until it has
/// ended nothing has changed.
class SettingsSearch {
 public:
  /// @param seconds  budget.
  /// @param clock    seconds since any moment.
  /// @return         Error "too_few" below `fewest_for_tuning` ratings of the type.
  static Expected<SettingsSearch> start(std::uint32_t job, MediaType type, const Library& library, const Works& works, double seconds,
                                        std::function<double()> clock);

  /// Some milliseconds of training. @return  whether there is more to do; an error of the training ends the search.
  Expected<bool> step();

  std::uint32_t job() const { return job_; }
  MediaType type() const { return type_; }
  std::string label() const;  ///< “Looking for better settings for films”
  double progress() const { return tuning_.progress(); }
  protocol::Tuning running() const;

  /// Once step has said false: settings that gain more than the standard error of the gain, or nothing; `tuning` receives the figures.
  std::optional<Tuned> finish(protocol::Tuning& tuning) const;

 private:
  struct Training;
  SettingsSearch(std::uint32_t job, MediaType type, predictor::TuningJob tuning) : job_(job), type_(type), tuning_(std::move(tuning)) {}

  std::uint32_t job_;
  MediaType type_;
  predictor::TuningJob tuning_;
};

}  // namespace hub::engine
