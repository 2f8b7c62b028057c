#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/library/error.hpp"
#include "core/metadata/request.hpp"
#include "core/storage/file_system.hpp"

namespace hub::fetching {

/// Answers of services, for as long as their terms allow (ServiceInfo::cache_days) and there is room. They lie in files of their own,
/// `answers-0001` and so on, beside the journal and in no backup. What is missing or damaged is asked again, which is all that is lost.
///
/// A file holds answers one after the other, each behind a line of JSON: {"service":word,"key":host and path,"at":milliseconds,
/// "size":bytes,"crc":CRC-32C of all of it}. A file is added to until it is full; when there are too many, the oldest goes whole.
class AnswerCache {
 public:
  static constexpr std::size_t most_bytes = std::size_t{4} << 20U;           ///< the browser reads all files when the page opens
  static constexpr std::size_t most_answer_bytes = std::size_t{768} << 10U;  ///< larger ones are not kept
  /// Of a file: a changed file is written back whole.
  static constexpr std::size_t file_bytes = std::size_t{256} << 10U;

  struct Kept {
    metadata::Service service;
    std::string key;
    std::int64_t at = 0;  ///< when it came, milliseconds since 1970-01-01 UTC
    std::string body;
    std::uint32_t file = 0;  ///< 0: in none yet
  };

  /// Takes in what the files hold, and drops what is too old from them. What was in memory before stays and is written with the rest.
  ///
  /// @param may_write  this tab is the one that writes.
  void open(storage::FileSystem& files, std::int64_t now, bool may_write);

  /// @return  null where there is none, or only one that is too old. Valid until the next call.
  const Kept* find(const metadata::Request& request, std::int64_t now) const;

  /// Those whose host and path begin and end so, the newest first. Valid until the next call that is not const.
  std::vector<const Kept*> like(std::string_view begin, std::string_view end, std::int64_t now) const;

  void put(const metadata::Request& request, std::int64_t now, std::string body);

  /// Whether there is something to write.
  bool unwritten() const { return files_ && fresh_ > 0; }
  /// Puts what is new into files; it is durable after the next sync, which the caller asks for.
  void write();
  /// The sync has ended well.
  void synced() { unsynced_.clear(); }
  /// There was no room: the files that it was about must not stand in the way of the ratings' next write-back.
  void withdraw();

  void remove_all();

  std::size_t bytes() const { return bytes_; }
  std::size_t size() const { return order_.size(); }

 private:
  using Order = std::list<Kept>;

  void read_file(const std::string& name, std::uint32_t number, std::int64_t now);
  void rewrite(std::uint32_t file);
  void erase(Order::iterator kept);
  void make_room();

  storage::FileSystem* files_ = nullptr;
  Order order_;  ///< oldest first
  std::unordered_map<std::string, Order::iterator> by_key_;
  std::map<std::uint32_t, std::size_t> sizes_;  ///< of the files, by number
  std::vector<std::uint32_t> unsynced_;
  std::size_t bytes_ = 0;
  std::size_t fresh_ = 0;  ///< how many are in no file yet
};

}  // namespace hub::fetching
