#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/imports/byte_source.hpp"
#include "core/imports/matching.hpp"
#include "core/library/library.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/backup.hpp"

namespace hub::engine {

/// Reading a file that the person brought, in slices: an export of some service, or a backup of this page.
class FileJob {
 public:
  /// Looks at the content. @return the error of the format's reader when nobody can read it.
  static Expected<FileJob> start(std::uint32_t id, std::string name, std::unique_ptr<const imports::ByteSource> file);

  std::uint32_t id() const { return id_; }
  const std::string& name() const { return name_; }
  double progress() const;

  /// @return whether there is more to do, or why the file cannot be read.
  Expected<bool> step();

  /// After the last step, one of the two is there.
  std::optional<imports::Parsed> parsed;
  std::optional<std::vector<Event>> backup;

 private:
  std::uint32_t id_ = 0;
  std::string name_;
  std::unique_ptr<imports::Reader> reader_;
  std::unique_ptr<const imports::ByteSource> backup_file_;
  std::uint64_t taken_ = 0;  ///< bytes of it
  std::unique_ptr<storage::BackupReader> backup_reader_;
};

/// What importing `parsed` would do to `library`, for the person to look at.
protocol::ImportPreview preview_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const std::string& file,
                                   const Library& library);

/// The same of every line, as a table (RFC 4180) in the order of the files and their lines: what happens to it, and why.
std::string report_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const Library& library);

/// The batch that carries it out: what is unchanged is left out, facts come only where the library does not hold them.
Imported batch_of(const imports::Parsed& parsed, const imports::MatchResult& matched, const std::string& file, const Library& library);

}  // namespace hub::engine
