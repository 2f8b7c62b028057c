#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/json.hpp"
#include "core/predictor/factor_pool.hpp"
#include "core/predictor/predictor.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// A training that has ended: what there is to know of it beside the model.
struct Trained {
  std::string data;         ///< DataHash of what was learnt from
  double milliseconds = 0;  ///< of training
};

/// Models kept beside the journal, so that they need not be trained again: of each a card, `model-film-<id>.json`, and what predicts,
/// `model-film-<id>.bin` (predictor::Model::save). They are a cache: what is missing or damaged is trained anew.
class ModelFiles {
 public:
  static constexpr std::size_t most_a_type = 3;
  /// Of a model, as the browser reads all files when the page opens: what has larger factors (from about 700 ratings on) is kept without
  /// them; what is larger still, or has no exact ones (predictor::Limits), is not kept for restoring, only its card.
  static constexpr std::size_t most_bytes = 8 * 1024 * 1024;

  struct Card {
    MediaType type = MediaType::film;
    std::string id;
    std::string made;  ///< ISO 8601, UTC
    std::string code;  ///< predictor::version
    std::string data;
    std::uint32_t ratings = 0;
    predictor::Settings settings;
    std::optional<double> rmse;
    bool whole = false;  ///< the model is there, not the card alone
  };

  /// @param files  must outlive this.
  explicit ModelFiles(storage::FileSystem& files) : files_(&files) {}

  /// Reads the cards that there are; what cannot be read is passed over.
  void open();

  /// Newest first. @param in_use  id of one of them, or empty.
  std::vector<protocol::ModelCard> cards(MediaType type, std::string_view in_use) const;

  /// The newest card of each type, whole, for a backup: when it was made of which data, with which settings, and its errors on held-out
  /// ratings. An array.
  Json manifests() const;

  /// The card of a model that this program would train just so, or nothing.
  const Card* find(MediaType type, std::string_view data, const predictor::Settings& settings) const;
  const Card* find(MediaType type, std::string_view id) const;

  /// @param pool       of the models in use.
  /// @param embedders  as of TrainingJob::restore.
  /// @return  what makes the model whole again, in slices, or Error "bad_model" for what is damaged or not there.
  Expected<predictor::TrainingJob> read(const Card& card, std::shared_ptr<predictor::FactorPool> pool, features::Embedders embedders) const;

  /// Writes a model and its card and removes what is more than most_a_type. A model that is there already stays the only one.
  /// @param now  milliseconds since 1970-01-01 UTC.  @return  the card's id.
  Expected<std::string> write(const predictor::Model& model, const Trained& trained, std::int64_t now);

  void remove(MediaType type, const std::string& id);
  void remove_all();

 private:
  storage::FileSystem* files_;
  std::array<std::vector<Card>, media_type_count> cards_;  ///< newest first
};

}  // namespace hub::engine
