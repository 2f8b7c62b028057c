#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/imports/dates.hpp"
#include "core/imports/imports.hpp"

namespace hub::imports {

/// A rating whose date waits for the rest of the file, which tells how its dates are written.
struct Draft {
  Row row;
  std::string date;  ///< as written, or empty
};

/// Gathers what a reader finds line by line, and settles at the end what only the whole file can tell: how dates are written, which of
/// several ratings of one work counts, and ids for works that come without any.
class Collector {
 public:
  /// @param editions  whether different ids of the service can be one work (books); else two works that are alike in title and year and
  ///                  differ in the service's id stay two.
  Collector(std::string_view service, std::vector<std::string> notes, bool editions = false);

  void count_line() { ++parsed_.lines; }
  void note(std::string sentence) { parsed_.notes.push_back(std::move(sentence)); }
  void skip(std::size_t line, std::string reason) { parsed_.skipped.push_back({line, std::move(reason)}); }

  /// @param draft  its item may lack the id, which is then made of the title, the year and the first creator.
  void add(Draft draft);

  std::vector<Draft>& drafts() { return drafts_; }

  /// @param likewise  dates of the same file that were written by the same hand, asked where the ratings' own do not tell; or null.
  Parsed finish(const DateEvidence* likewise = nullptr);

 private:
  void settle_dates(const DateEvidence* likewise);
  void give_ids();

  Parsed parsed_;
  std::vector<Draft> drafts_;
  DateEvidence dates_;
  std::string newest_;
  bool editions_;
};

/// Of several rows of one work the one of the latest date counts, of equals the lower line; the others become skipped lines that say so.
/// Keeps `parsed.skipped` in the order of lines.
void merge_repeated(Parsed& parsed);

}  // namespace hub::imports
