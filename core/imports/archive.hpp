#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/imports/imports.hpp"

namespace hub::imports {

/// Reads a zip archive as one export: every file in it that a format recognises, also packed once more (gzip, zip), one at a time. Looks
/// into the archive up to the first such file before it returns.
///
/// @return  or the Error of ZipArchive::open, of its only file, or "unknown_format" where none is known.
Expected<std::unique_ptr<Reader>> open_archive(std::unique_ptr<const ByteSource> source);

/// What several files of one archive add up to: each work once, every line told by its file. `files[i]` says what was read of the i-th name
/// in `names`.
///
/// The same work has one id in all of them: ids that files of one service made by its own id or by title and year are brought together.
Parsed merged_files(std::vector<std::string> names, std::vector<Parsed> files);

/// "animelist.xml.gz" without its last ending.
std::string without_gz(std::string name);

}  // namespace hub::imports
