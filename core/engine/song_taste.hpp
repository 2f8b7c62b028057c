#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/library/library.hpp"
#include "core/predictor/like_evaluation.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// The person's taste in songs, kept up to date with the library in slices: songs that are liked against all others that were heard. All
/// songs that are known here are learnt from, so that what is told of each is its chance by a model that did not know the answer (one of
/// five folds). A change of songs while it is worked out starts it over; the last chances stay until then.
class SongTaste {
 public:
  /// From how many songs on there are chances, and how many must be liked, and how many not.
  static constexpr std::uint32_t fewest_songs = 10;
  static constexpr std::uint32_t fewest_of_either = 2;

  void mark_stale();
  bool busy() const { return stale_ || job_; }
  double progress() const { return job_ ? job_->progress() : 0; }

  /// One slice of some milliseconds. @return whether other chances are there now; Error "training_failed" with XGBoost's own words, after
  /// which the last ones stay.
  Expected<bool> step(const Library& library);

  protocol::SongTaste told(const Library& library) const;
  /// protocol::SongRecord[]; with stars on the scale of the person's music ratings, where there are some.
  storage::Bytes records(const Library& library) const;

 private:
  Expected<void> begin(const Library& library);  ///< no job where there are too few songs

  bool stale_ = true;
  std::vector<std::string> asked_;  ///< ids of the songs of `job_`
  std::optional<predictor::LikeEvaluationJob> job_;
  std::vector<std::string> ids_;
  std::optional<predictor::LikeEvaluation> known_;  ///< of `ids_`
};

}  // namespace hub::engine
