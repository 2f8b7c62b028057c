#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/library/media_type.hpp"

namespace hub::ui {

/// A prediction that a rating has moved.
struct Move {
  std::string item_id;
  std::string title;
  float before = 0;  ///< stars
  float after = 0;
};

/// What the last rating that was given or cleared here has moved. Predictions come several times after it: at once those on the screen, all
/// when the model has been trained again; each is told from where it was before the rating.
class Moves {
 public:
  struct Told {
    std::string item_id;  ///< that was rated
    std::string title;
    MediaType type = MediaType::film;
    std::size_t count = 0;   ///< how many predictions of the type are others by a hundredth of a star
    std::vector<Move> most;  ///< of works whose names are known, the largest first
  };

  /// A rating is given or cleared.
  void begin(std::string_view item_id);
  void forget() { rated_.reset(); }
  /// A prediction came in place of another.
  void note(std::uint64_t key, float before);

  /// The rated work's id, or nothing.
  const std::optional<std::string>& rated() const { return rated_; }
  /// Stars before the rating, by key of the work.
  const std::unordered_map<std::uint64_t, float>& before() const { return before_; }

 private:
  std::optional<std::string> rated_;
  std::unordered_map<std::uint64_t, float> before_;
};

/// "Your rating moved 214 films: Nosferatu 3.62 → 3.71, Sunrise 4.02 → 3.96". Empty where nothing moved.
/// @param whose  what has moved them, as “Your rating”.
std::string words_of(std::string_view whose, const Moves::Told& told, std::size_t most);

}  // namespace hub::ui
