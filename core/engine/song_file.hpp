#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/predictor/like_evaluation.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// The last chances of songs, kept beside the journal in the file `song-chances`, so that opening the page does not work them out again.
/// They are a cache: what is missing, damaged (CRC-32C), of other songs or of another version of the predictor is worked out anew.
class SongFile {
 public:
  /// @param files  must outlive this; null where nothing can be kept.
  explicit SongFile(storage::FileSystem* files = nullptr) : files_(files) {}

  /// @param data  hash of what is learnt from.
  /// @return      what was written for just that, or nothing.
  std::optional<predictor::LikeEvaluation> read(std::string_view data) const;

  /// In place of what is there. @return Error "quota_exceeded" or "io".
  Expected<void> write(std::string_view data, const predictor::LikeEvaluation& evaluation) const;

  void remove() const;

 private:
  storage::FileSystem* files_;
};

}  // namespace hub::engine
