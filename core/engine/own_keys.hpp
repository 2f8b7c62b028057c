#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/library/error.hpp"
#include "core/metadata/services.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// The person's own keys for services that want one. They lie on this device in a file of their own, {"version":1,"keys":{"omdb":…}}: in no
/// event, no backup and no second copy of the journal.
class OwnKeys {
 public:
  static constexpr std::string_view file_name = "own-keys";

  /// Takes in what the file holds; one that cannot be read holds none.
  void open(storage::FileSystem& files);

  /// @return the key, or nothing.
  std::string of(metadata::Service service) const;
  const std::map<metadata::Service, std::string>& all() const { return keys_; }

  /// @param key  empty: none any more. @return Error "quota_exceeded" or "io" when it could not be put into the file; it holds until the
  /// page
  ///             is closed all the same.
  Expected<void> put(storage::FileSystem* files, metadata::Service service, std::string key);
  void remove_all(storage::FileSystem* files);

 private:
  std::map<metadata::Service, std::string> keys_;
};

/// Whether the text can be a key at all: 8 to 400 visible characters of ASCII.
bool may_be_key(std::string_view text);

}  // namespace hub::engine
