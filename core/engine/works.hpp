#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/features/work_vectors.hpp"
#include "core/library/library.hpp"
#include "core/library/number_table.hpp"
#include "core/library/search.hpp"
#include "core/predictor/predictor.hpp"

namespace hub::engine {

/// Every work that is known: the bundled catalogue and the library's own items, merged where both describe the same one (the library's
/// facts win). Items are shared and never changed in place, so that a model can go on using the facts it was trained on.
class Works {
 public:
  using Ref = std::shared_ptr<const Item>;

  explicit Works(std::shared_ptr<const std::vector<Item>> catalogue);

  /// Takes over what the library says now of these ids. @return  the types whose facts differ now.
  std::array<bool, media_type_count> update(const Library& library, const std::vector<std::string>& ids);

  /// @return  null when no such work is known.
  Ref find(std::string_view id) const;

  /// A work that a service found: find() knows it from now on, unless the library or the catalogue does; it is no part of what is searched,
  /// suggested or learnt from. The last `most_found` are kept.
  void put_found(Ref item);
  /// The work as it was last found, or null when none was, or it is in the library or the catalogue by now.
  Ref found(std::string_view id) const;

  /// Grows with every change of what the library or the catalogue says.
  std::uint64_t revision() const { return revision_; }

  /// All works of a type, in order of first appearance.
  std::vector<Ref> of_type(MediaType type) const;

  /// Best first; `total` receives how many match.
  std::vector<Ref> search(std::string_view query, MediaType type, std::size_t limit, std::size_t* total) const;

  struct InLibrary {
    std::vector<std::uint64_t> keys;  ///< key_of the ids, best first
    std::string meant;                ///< @see SearchIndex::All
  };
  /// What the library itself holds that all words are found in, whatever its type. @see SearchIndex::search_all
  InLibrary search_library(std::string_view query) const;

  /// Statistics over all works, made anew only when facts or texts have changed.
  const predictor::Corpus& corpus() const;

  /// What is written about works, and their posters, as vectors, for those who learn from corpus().
  void learn_from(features::Embedders embedders);
  const features::Embedders& embedders() const { return embedders_; }
  /// Other works than before have a vector.
  void vectors_changed() { corpus_.reset(); }

 private:
  static constexpr std::size_t most_found = 400;

  void put(std::string_view id, Ref item);
  std::optional<std::uint32_t> slot_of(std::string_view id) const;
  Ref held(std::string_view id) const;  ///< in the library or the catalogue

  std::shared_ptr<const std::vector<Item>> catalogue_;
  std::unordered_map<std::string, const Item*> in_catalogue_;
  std::vector<Ref> slots_;           ///< by the search index's slot; null where a work is gone
  std::vector<std::uint64_t> keys_;  ///< key_of their ids, by slot
  NumberTable slot_of_;              ///< by the id
  std::vector<bool> in_library_;     ///< by slot
  SearchIndex index_;
  std::uint64_t revision_ = 0;
  std::unordered_map<std::string, Ref> found_;
  std::deque<std::string> found_order_;  ///< oldest first
  features::Embedders embedders_;
  mutable std::optional<predictor::Corpus> corpus_;
};

}  // namespace hub::engine
