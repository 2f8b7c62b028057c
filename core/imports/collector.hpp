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
  std::string date;       ///< as written, or empty
  std::string last_date;  ///< of facts.last, as written, or empty
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

  /// A line that has no rating and says something else of a work. It is skipped with `reason`, and what it says is kept.
  void mention(Draft draft, std::string reason);

  std::vector<Draft>& drafts() { return drafts_; }

  /// @param likewise  dates of the same file that were written by the same hand, asked where the ratings' own do not tell; or null.
  Parsed finish(const DateEvidence* likewise = nullptr);

 private:
  void settle_dates(const DateEvidence* likewise);
  void give_ids();
  void take_mentions();

  Parsed parsed_;
  std::vector<Draft> drafts_;
  std::vector<Draft> mentions_;
  DateEvidence dates_;
  std::string newest_;
  bool editions_;
};

/// Of several rows of one work the one of the latest date counts, of equals the lower line (of several files, the file that comes first);
/// the others become skipped lines that say so. Mentions of one work become one, and those of a work that is rated go to its row. Keeps
/// `parsed.skipped` in the order of files and lines.
void merge_repeated(Parsed& parsed);

/// Puts behind the id of `item`, which is also that of `other`, an id of a service by which the two are different works; if there is one.
void tell_apart(Item& item, const Item& other);

/// What two lines of one file say of one work: counts add up.
void add_line(Facts& facts, const Facts& other);

}  // namespace hub::imports
