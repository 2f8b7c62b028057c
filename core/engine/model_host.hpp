#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/text_model.hpp"

namespace hub::engine {

/// A model of this page: the one that reads what works are about is the first, those that see what posters look like come behind it, in the
/// order in which they are offered.
using ModelPlace = std::uint32_t;
inline constexpr ModelPlace text_place = 0;
inline constexpr ModelPlace first_picture_place = 1;

/// News of a model's files.
struct ModelNews {
  enum class Kind : std::uint8_t {
    absent,  ///< not all of them are here, and none is on its way
    coming,
    here,
    failed  ///< as absent, or, with code "runtime", they are here and cannot be run
  };
  Kind kind = Kind::absent;
  std::uint64_t got_bytes = 0;  ///< of download_bytes; some may be another model's too
  bool begun = false;           ///< some of them are this model's alone
  std::string code;             ///< of a failure: "network", "wrong_hash", "quota_exceeded", "blocked" or "runtime"
  std::string vocabulary;       ///< with Kind::here, the content of that file, where the model has one
};

/// What came of ModelHost::see.
enum class Seen : std::uint8_t {
  not_kept,  ///< there were no bytes for it
  seen,
  none  ///< the bytes are no picture
};

/// What the browser does with models: their files are downloaded when they are asked for, checked, and kept across visits, in no backup;
/// they run beside this thread.
class ModelHost {
 public:
  virtual ~ModelHost() = default;

  /// Which files are here? Answered by news.
  virtual void look_for_model(ModelPlace model) = 0;
  /// Downloads those that are missing; news come as it goes on, until they are here or it has failed.
  virtual void get_model(ModelPlace model) = 0;
  /// No more of that; what has come stays. Answered by news.
  virtual void stop_getting_model(ModelPlace model) = 0;
  /// Answered by news.
  virtual void remove_model(ModelPlace model) = 0;
  /// Ends it, so that its memory is free.
  virtual void end_model(ModelPlace model) = 0;

  /// Runs the model of texts, which is started for it where it does not run; answered once by Stories::embedded, or not at all after
  /// end_model().
  virtual void embed(std::uint32_t id, const TextBatch& batch) = 0;

  /// Runs a model of pictures likewise; answered by Looks::seen.
  ///
  /// @param key    as Pictures::Wish. @param days  how old kept bytes may be.
  /// @param bytes  null: those that are kept. Nothing is kept by this.
  virtual void see(ModelPlace model, std::uint32_t id, const std::string& key, int days, const std::string* bytes) = 0;

  /// Runs what such a model has for texts, if it has that; answered by Looks::described.
  virtual void describe(ModelPlace model, std::uint32_t id, const std::vector<std::int32_t>& pieces) = 0;
};

}  // namespace hub::engine
