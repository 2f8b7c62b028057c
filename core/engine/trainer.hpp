#pragma once

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "core/engine/works.hpp"
#include "core/predictor/predictor.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// Keeps one model a type up to date with the library: a change marks a type stale, a stale type is trained in slices and then everything
/// of the type predicted again. A change that comes while its type is being trained starts that training over; the last model stays in use
/// until then.
class Trainer {
 public:
  /// What a finished refresh brings: predictions for all works of the type, in the order of `items`.
  struct Refreshed {
    MediaType type = MediaType::film;
    std::vector<Works::Ref> items;
    std::vector<predictor::Prediction> predictions;
  };

  void mark_stale(MediaType type);
  /// Takes one rating that was given, changed or cleared into the model in use, at once and without training: what the person looks at
  /// follows within a frame or two, the rest with the next training. @return  whether the model is another one now.
  bool follow(const Library& library, const Works& works, std::string_view item_id);
  /// Trained first when several are stale: what the person looks at.
  void prefer(MediaType type);

  bool busy() const;
  bool pending(MediaType type) const;

  /// One slice of a few milliseconds. @return what was finished by it, if anything. A model that cannot be trained leaves the last one in
  /// use and is reported through `failed`, once.
  std::optional<Refreshed> step(const Library& library, const Works& works, const std::function<void(MediaType, const Error&)>& failed);

  const predictor::Model& model(MediaType type) const;

  /// State of all types, for the interface.
  std::vector<protocol::TypeTraining> state() const;

 private:
  struct Running {
    MediaType type;
    std::vector<Works::Ref> held;  ///< the examples' items, alive as long as the model
    std::optional<predictor::TrainingJob> job;
    std::optional<predictor::Model> trained;
    Refreshed refreshed;
  };
  struct TypeState {
    bool stale = false;
    predictor::Model model;
    std::vector<Works::Ref> held;
  };

  void start(MediaType type, const Library& library, const Works& works, const std::function<void(MediaType, const Error&)>& failed);

  std::array<TypeState, media_type_count> types_;
  std::optional<Running> running_;
  MediaType preferred_ = MediaType::film;
};

/// "none", "community", "baseline", "trees".
const char* name_of(predictor::Basis basis);

}  // namespace hub::engine
