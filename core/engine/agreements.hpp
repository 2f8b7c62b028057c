#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/engine/vector_files.hpp"
#include "core/engine/works.hpp"
#include "core/features/vector_store.hpp"

namespace hub::engine {

/// How well the posters of works fit what is written about them: the cosine of what a model of pictures and texts says of both. This is
/// which texts are yet to be read for that, and what came of those that were; the model, and what it said of the posters, is Looks'.
///
/// A number is kept under the hash of poster and text together, in files that name the model, so that none tells of another poster, another
/// text or another model. What is missing or damaged there is read again.
class Agreements {
 public:
  struct Pair {
    Works::Ref work;
    std::uint64_t poster = 0;  ///< under which what the model says of it is found
    std::uint64_t key = 0;     ///< of poster and text
  };

  /// @param model  the hash of its weights.
  explicit Agreements(std::string_view model);

  /// Takes in what is kept. @param files  null where nothing is.
  void open(storage::FileSystem* files, bool may_write);

  /// Works, posters or their order may be others than those planned for.
  void change() { stale_ = true; }
  bool planned() const { return !stale_; }
  /// @param seen  works whose posters the model has seen, the most useful first; their keys are worked out here. One that no text tells of
  /// has no number.
  void plan(std::vector<Pair> seen);

  /// Takes the next one, whose text is now being read. @param id  of what the model is asked. @return  null when there is none.
  const Pair* begin(std::uint32_t id);
  /// What is being read; null when nothing is.
  const Pair* running() const { return running_ ? &*running_ : nullptr; }
  bool runs(std::uint32_t id) const { return running_ && id_ == id; }
  /// @param cosine  -1 … 1, or nothing where the model has none: it is not asked again before the next visit. @param now  ticks.
  void end(std::optional<double> cosine, double now);
  /// Nothing comes of what is being read.
  void drop();

  /// Of the planned works those that can have a number, and those that do.
  std::uint32_t all() const { return all_; }
  std::uint32_t read() const { return read_; }

  /// @param poster  as in Pair. @return  -1 … 1; nothing where it is not known.
  std::optional<double> of(const Item& work, std::uint64_t poster) const;
  bool empty() const { return store_.size() == 0; }

  /// Ticks since which numbers are in no file yet; nothing when there are none.
  std::optional<double> unwritten_since() const;
  void write();
  VectorFiles& files() { return files_; }
  void remove_all();

 private:
  std::optional<std::uint64_t> key_of_pair(const Works::Ref& work, std::uint64_t poster);

  features::VectorStore store_{1};  ///< a number is a vector of one
  VectorFiles files_;
  std::string model_;
  std::vector<features::VectorStore::Row> unwritten_;
  double unwritten_since_ = 0;

  std::unordered_map<Works::Ref, std::uint64_t> texts_;  ///< hash of each one's, made once; 0 without
  bool stale_ = true;
  std::vector<Pair> queue_;                    ///< the next one last
  std::unordered_set<std::uint64_t> without_;  ///< of which the model says nothing
  std::optional<Pair> running_;
  bool running_counts_ = false;  ///< it is one of the planned
  std::uint32_t id_ = 0;
  std::uint32_t all_ = 0;
  std::uint32_t read_ = 0;
};

}  // namespace hub::engine
