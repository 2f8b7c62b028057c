#pragma once

#include <optional>
#include <string>

#include "core/library/library.hpp"
#include "core/predictor/settings.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// Settings of the predictor that a search found and that are in use, with what spoke for them. They are a setting of the library, so that
/// they are in its history like everything else.
struct Tuned {
  predictor::Settings settings;
  std::uint32_t trials = 0;
  double rmse_default = 0;    ///< on ratings that no trial saw, stars
  double rmse_best = 0;       ///< likewise
  double standard_error = 0;  ///< of the difference
};

/// The setting's key: "predictor.film".
std::string tuned_key(MediaType type);
std::string tuned_value(const Tuned& tuned);

/// @return  nothing where no search found better settings, or where what is written there is not to be understood.
std::optional<Tuned> tuned_of(const Library& library, MediaType type);

/// The settings to train a type with.
predictor::Settings settings_of(const Library& library, MediaType type);

/// What is told of settings that are in use.
protocol::Tuning told(const Tuned& tuned);

}  // namespace hub::engine
