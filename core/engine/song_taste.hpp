#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/song_file.hpp"
#include "core/library/library.hpp"
#include "core/predictor/like_evaluation.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// The person's taste in songs, kept up to date with the library in slices: songs that are liked against all others that were heard. All
/// songs that are known here are learnt from, so that what is told of each is its chance by a model that did not know the answer (one of
/// five folds). A change of songs while it is worked out starts it over; the last chances stay until then. Where they are known already for
/// just these songs, as what was changed was changed back or from a file of before, nothing is worked out.
class SongTaste {
 public:
  /// From how many songs on there are chances, and how many must be liked, and how many not.
  static constexpr std::uint32_t fewest_songs = 10;
  static constexpr std::uint32_t fewest_of_either = 2;

  void mark_stale();
  bool busy() const { return stale_ || job_; }
  double progress() const { return job_ ? job_->progress() : 0; }

  /// One slice of some milliseconds. @param kept  what may hold the chances from before.
  /// @return whether other chances are there now; Error "training_failed" with XGBoost's own words, after which the last ones stay.
  Expected<bool> step(const Library& library, const SongFile& kept);

  /// The chances that are known and were worked out here, to be kept; null where there are none or they were taken already.
  const predictor::LikeEvaluation* take_new();
  const std::string& data() const { return data_; }  ///< hash of what the known chances were learnt from

  protocol::SongTaste told(const Library& library) const;
  /// protocol::SongRecord[]; with stars on the scale of the person's music ratings, where there are some.
  storage::Bytes records(const Library& library) const;

 private:
  /// @return whether other chances are there now; there is no job then, nor where nothing is to be worked out.
  Expected<bool> begin(const Library& library, const SongFile& kept);

  bool stale_ = true;
  std::vector<std::string> asked_;  ///< ids of the songs of `job_`
  std::optional<predictor::LikeEvaluationJob> job_;
  std::vector<std::string> ids_;
  std::optional<predictor::LikeEvaluation> known_;  ///< of `ids_`
  std::string asked_data_;                          ///< hash of what `job_` learns from
  std::string data_;
  bool new_ = false;  ///< see take_new()
};

}  // namespace hub::engine
