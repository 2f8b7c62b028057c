#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/features/work_vectors.hpp"
#include "core/library/item.hpp"

namespace hub::features {

/// How one source rates works of one type.
struct SourceStatistics {
  double mean = 3.5;          ///< of its ratings, in stars out of 5
  double votes_mean = 3.0;    ///< of log10(1 + votes)
  double votes_sd = 1.0;      ///< standard deviation of the same
  double votes_median = 200;  ///< votes
};

struct TypeStatistics {
  std::map<std::string, SourceStatistics, std::less<>> sources;
  SourceStatistics any;      ///< over all sources, for works of a source that is rare here
  double length_mean = 4.5;  ///< of ln(length)
  double length_sd = 0.5;
  std::vector<std::uint64_t> common_genres;     ///< token keys of the 24 most common, most common first
  std::vector<std::string> common_genre_names;  ///< normalised, beside them
  bool tells_series = false;                    ///< of some work it is known what series it belongs to
  bool tells_awards = false;                    ///< of some work it is known what it has won
  // Of how well posters fit texts (Embedders::agreement), where that is known of enough works.
  std::size_t agreements = 0;  ///< works that it is known of; 0 where they are too few for a spread
  double agreement_mean = 0;
  double agreement_sd = 0;

  bool tells_agreement() const { return agreements > 0; }
};

inline constexpr std::size_t most_common_genres = 24;

/// What is known of works without anybody's ratings: means, spreads, and how common each keyword and title word is.
struct Statistics {
  std::array<TypeStatistics, media_type_count> types;
  std::unordered_map<std::uint64_t, std::uint32_t> occurrences;  ///< of keywords and title words, in works
  std::size_t works = 0;
  /// Of what of works is known as vectors.
  struct Embedded {
    std::shared_ptr<const WorkVectors> vectors;  ///< null where there are none
    std::string model;                           ///< WorkVectors::model of those; empty without
    std::vector<float> mean;                     ///< of the vectors of all works; empty where none has one
  };
  std::array<Embedded, embedding_count> embedded;
  struct Agreement {
    std::shared_ptr<const WorkNumbers> numbers;  ///< null where there are none
    std::string model;                           ///< WorkNumbers::model of those; empty where no type tells it
  };
  Agreement agreement;

  Statistics();  ///< knows no works: round figures
  explicit Statistics(std::span<const Item* const> items, Embedders embedders = {});

  /// Vectors and numbers again for statistics that were kept, which tell of their model and mean alone; none where they are of another
  /// model.
  void look_up(Embedders embedders);

  const TypeStatistics& of(MediaType type) const { return types[index_of(type)]; }
  const SourceStatistics& of(MediaType type, std::string_view source) const;

  /// ln((N + 1) / (df + 1)) (Sparck Jones 1972).
  double inverse_document_frequency(std::uint64_t token) const;
};

/// The first community rating that anybody gave; nullptr when there is none.
const CommunityRating* public_rating_of(const Item& item);

}  // namespace hub::features
