#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/features/vector_store.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// Vectors of works, kept beside the journal and in no backup, in files `stories-0001` and so on. They are a cache: what is missing or
/// damaged is made again.
///
/// What is in a file: vector_records.hpp. A file is added to until it is full; when there are too many vectors, the oldest file goes whole.
class VectorFiles {
 public:
  static constexpr std::size_t most_vectors = 50'000;  ///< the browser reads all files when the page opens: 20 MB at 384 dimensions
  static constexpr std::size_t file_bytes = std::size_t{256} << 10U;

  /// @param name  of the files, before their numbers: "stories".
  explicit VectorFiles(std::string_view name = "stories") : prefix_(std::string(name) + "-") {}

  /// Puts what the files hold into `store`. Files of another model go, and so do damaged ones' unreadable ends.
  ///
  /// @param may_write  this tab is the one that writes; else nothing is changed, now or later. @param spared  files that begin with this
  ///                   (vectors_head) are somebody else's, and are let be. Empty: there are none.
  void open(storage::FileSystem& files, std::string_view model, features::VectorStore& store, bool may_write, std::string_view spared = {});

  struct Model {
    std::string model;  ///< hash of its weights
    std::size_t dimensions = 0;
  };
  /// The model other than this one whose file was begun last; nothing where no file is of another.
  std::optional<Model> other_model(storage::FileSystem& files, std::string_view model) const;

  bool may_write() const { return files_ != nullptr; }
  /// Puts these rows into files; they are durable after the next sync, which the caller asks for.
  void write(const features::VectorStore& store, const std::vector<features::VectorStore::Row>& rows);
  /// The sync has ended well.
  void synced() { unsynced_.clear(); }
  /// There was no room: the files that it was about must not stand in the way of the ratings' next write-back.
  void withdraw();
  void remove_all();

  std::size_t size() const;  ///< vectors in files

 private:
  void remove(std::uint32_t number);
  std::string name_of_file(std::uint32_t number) const;
  std::vector<std::uint32_t> numbers_of(storage::FileSystem& files) const;  ///< rising

  std::string prefix_;
  storage::FileSystem* files_ = nullptr;
  std::string head_;  ///< of each file
  std::size_t dimensions_ = 0;
  std::map<std::uint32_t, std::size_t> counts_;  ///< vectors by the file's number
  std::uint32_t spared_ = 0;                     ///< the last number of files that were let be; 0 without
  std::vector<std::uint32_t> unsynced_;
};

}  // namespace hub::engine
