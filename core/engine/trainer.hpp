#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/engine/data_hash.hpp"
#include "core/engine/works.hpp"
#include "core/predictor/factor_pool.hpp"
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
    std::vector<predictor::Expectation> predictions;
    std::string data;          ///< DataHash of what the model learnt from; empty for one that was put back
    double milliseconds = 0;   ///< of training
    bool was_trained = false;  ///< and not restored
  };

  /// What step() asks and tells.
  struct Calls {
    std::function<void(MediaType, const Error&)> failed;
    /// A model that was kept of just such a training, or nothing: then there is none to do.
    std::function<std::optional<predictor::TrainingJob>(MediaType, const std::string& data, const predictor::Settings&)> kept;
  };

  void mark_stale(MediaType type);
  /// Takes one rating that was given, changed or cleared into the model in use, at once and without training: what the person looks at
  /// follows within a frame or two, the rest with the next training. @return  whether the model is another one now.
  bool follow(const Library& library, const Works& works, std::string_view item_id);
  /// Trained first when several are stale: what the person looks at.
  void prefer(MediaType type);

  /// Takes a model into use as it is, until the type is stale again.
  void put_back(predictor::TrainingJob job);
  /// Whether a type was last trained with other settings than the library now holds.
  bool settings_differ(MediaType type, const Library& library) const;

  bool busy() const;
  bool pending(MediaType type) const;

  /// One slice of a few milliseconds. @return what was finished by it, if anything. A model that cannot be trained leaves the last one in
  /// use and is reported through `failed`, once.
  std::optional<Refreshed> step(const Library& library, const Works& works, const Calls& calls);

  const predictor::Model& model(MediaType type) const;
  /// What the models of all types have in common.
  const std::shared_ptr<predictor::FactorPool>& factors() const { return factors_; }

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
    predictor::Settings settings;  ///< of the last training that was begun
    predictor::Model model;
    std::vector<Works::Ref> held;
  };

  void start(MediaType type, const Library& library, const Works& works, const Calls& calls);

  std::array<TypeState, media_type_count> types_;
  std::optional<Running> running_;
  DataHash data_;
  std::shared_ptr<predictor::FactorPool> factors_ = std::make_shared<predictor::FactorPool>();
  MediaType preferred_ = MediaType::film;
};

/// "none", "community", "baseline", "trees".
const char* name_of(predictor::Basis basis);

}  // namespace hub::engine
