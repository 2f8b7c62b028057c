#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"

namespace hub::engine {

/// The text model that this copy of the page offers, as models.json tells of it.
struct TextModel {
  std::string name;
  std::string licence;  ///< SPDX identifier
  std::string hash;     ///< SHA-256 of its weights, hexadecimal: vectors of another model are never compared with its own
  std::uint64_t download_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t dimensions = 0;   ///< of a vector; a multiple of 16
  std::size_t most_pieces = 0;  ///< of a text, those at both ends included
};

/// @return Error "bad_model" where the file names none that this program can use.
Expected<TextModel> read_text_model(std::string_view json);

/// Texts that go through the model together: rows of `length` pieces, the shorter ones filled up with 0 at the end.
struct TextBatch {
  std::vector<std::int32_t> pieces;   ///< row by row
  std::vector<std::uint32_t> counts;  ///< pieces of each row that are its own, at least 1
  std::size_t length = 0;
};

/// News of the model's files.
struct ModelNews {
  enum class Kind : std::uint8_t {
    absent,  ///< not all of them are here, and none is on its way
    coming,
    here,
    failed  ///< as absent, or, with code "runtime", they are here and cannot be run
  };
  Kind kind = Kind::absent;
  std::uint64_t got_bytes = 0;  ///< of download_bytes
  std::string code;             ///< of a failure: "network", "wrong_hash", "quota_exceeded", "blocked" or "runtime"
  std::string vocabulary;       ///< with Kind::here, the content of that file
};

/// What the browser does with the text model: its files are downloaded when they are asked for, checked, and kept across visits, in no
/// backup; it runs beside this thread.
class TextModelHost {
 public:
  virtual ~TextModelHost() = default;

  /// Which files are here? Answered by news.
  virtual void look_for_model() = 0;
  /// Downloads those that are missing; news come as it goes on, until they are here or it has failed.
  virtual void get_model() = 0;
  /// No more of that; what has come stays. Answered by news.
  virtual void stop_getting_model() = 0;
  /// Answered by news.
  virtual void remove_model() = 0;

  /// Runs the model, which is started for it where it does not run; answered once by Stories::embedded, or not at all after end_model().
  virtual void embed(std::uint32_t id, const TextBatch& batch) = 0;
  /// Ends it, so that its memory is free.
  virtual void end_model() = 0;
};

}  // namespace hub::engine
