#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "core/engine/works.hpp"

namespace hub::engine {

/// Tells whether a model learnt from what is in the library now: a hash over every rated work's id, facts, stars and day of rating, in the
/// order of the ids, and over the statistics of all works. Facts are hashed once, as they are never changed in place.
class DataHash {
 public:
  /// @return  16 hexadecimal digits; the same in every session with the same ratings, catalogue and facts.
  std::string of(MediaType type, const Library& library, const Works& works);

 private:
  std::uint64_t facts(const Works::Ref& item);

  std::unordered_map<Works::Ref, std::uint64_t> known_;
};

}  // namespace hub::engine
