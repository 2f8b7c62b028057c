#include "core/cli/matching.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <deque>
#include <ostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/cli/evaluate_files.hpp"
#include "core/cli/file_bytes.hpp"
#include "core/imports/imports.hpp"
#include "core/imports/item_ids.hpp"
#include "core/imports/matching.hpp"

namespace hub::cli {
namespace {

constexpr std::array<double, 10> confidences{0.999, 0.99, 0.98, 0.95, 0.9, 0.6, 0.5, 0.3, 0.1, imports::least_asked};

struct Options {
  std::string file, items;
  bool hide_years = false;
  bool hide_makers = false;
  bool half = false;
};

bool read_options(std::span<const std::string_view> arguments, Options& options) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == "--half") {
      options.half = true;
    } else if (word == "--hide" && i + 1 < arguments.size()) {
      const std::string_view what = arguments[++i];
      if (what != "years" && what != "makers") return false;
      (what == "years" ? options.hide_years : options.hide_makers) = true;
    } else if (word.starts_with("-")) {
      return false;
    } else if (options.file.empty()) {
      options.file = word;
    } else if (options.items.empty()) {
      options.items = word;
    } else {
      return false;
    }
  }
  return !options.items.empty();
}

/// An id as it is compared: services and tables write other letters before the number.
std::string id_key(MediaType type, std::string_view id) {
  const std::size_t number = id.find_first_of("0123456789");
  if (number != std::string_view::npos && number <= 4) id.remove_prefix(number);
  const std::size_t first = std::min(id.find_first_not_of('0'), id.size());
  return std::string(name_of(type)) + "/" + std::string(id.substr(first));
}

struct Labelled {
  Item line;  ///< without ids
  std::string other_name;
  const Item* work;  ///< that it is
  bool known;        ///< whether that can be found
};

struct Counts {
  std::size_t taken = 0;
  std::size_t right = 0;
};

void tell(std::ostream& out, std::string_view what, const Counts& counts, std::size_t findable) {
  char text[120];
  const double precision = counts.taken > 0 ? 100.0 * static_cast<double>(counts.right) / static_cast<double>(counts.taken) : 100;
  const double recall = findable > 0 ? 100.0 * static_cast<double>(counts.right) / static_cast<double>(findable) : 0;
  std::snprintf(text, sizeof text, "%-22.*s %7zu %7zu %9.2f %% %9.2f %%\n", static_cast<int>(what.size()), what.data(), counts.taken,
                counts.right, precision, recall);
  out << text;
}

}  // namespace

int matching_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes) {
  Options options;
  if (!read_options(arguments, options)) {
    notes << "Usage: hub matching FILE ITEMS [--hide years] [--hide makers] [--half]\n";
    return 2;
  }
  auto bytes = bytes_of_file(options.file);
  if (!bytes) {
    notes << "The file " << options.file << " cannot be opened.\n";
    return 1;
  }
  const auto parsed = imports::parse(options.file, std::move(*bytes));
  if (!parsed) {
    notes << parsed.error().message << '\n';
    return 1;
  }
  const auto works = read_works(options.items);
  if (!works) {
    notes << works.error().message << '\n';
    return 1;
  }
  std::unordered_map<std::string, const Item*> by_id;
  for (const Item& work : *works) by_id.try_emplace(id_key(work.type, std::string_view(work.id).substr(work.id.find('/') + 1)), &work);
  std::vector<Labelled> lines;
  std::vector<const Item*> unknown;
  for (const imports::Row& row : parsed->rows) {
    const Item* work = nullptr;
    for (const auto& [service, id] : row.item.ids)
      if (const auto found = by_id.find(id_key(row.item.type, id)); !work && found != by_id.end()) work = found->second;
    if (!work) continue;
    Item line = row.item;
    line.ids.clear();
    if (options.hide_years) line.year.reset();
    if (options.hide_makers) line.creators.clear();
    line.id = imports::id_of(line);
    const bool known = !options.half || lines.size() % 2 == 0;
    if (!known) unknown.push_back(work);
    lines.push_back({std::move(line), options.hide_makers ? std::string() : row.other_name, work, known});
  }
  if (lines.empty()) {
    notes << "No line of " << options.file << " has an id of a work of " << options.items << ".\n";
    return 1;
  }
  std::sort(unknown.begin(), unknown.end());
  imports::Matcher matcher;
  std::size_t held = 0;
  for (const Item& work : *works) {
    if (std::binary_search(unknown.begin(), unknown.end(), &work)) continue;
    matcher.add(work);
    ++held;
  }

  Counts alone;
  std::array<Counts, confidences.size()> at{};
  std::size_t findable = 0;
  std::size_t among = 0;
  for (const Labelled& one : lines) {
    findable += one.known;
    if (const Item* work = matcher.find(one.line, one.other_name)) {
      ++alone.taken;
      alone.right += work == one.work;
    }
    const auto candidates = matcher.candidates(one.line, one.other_name);
    among += std::any_of(candidates.begin(), candidates.end(), [&](const auto& candidate) { return candidate.work == one.work; });
    const bool several = candidates.size() > 1 && candidates[0].confidence <= candidates[1].confidence;
    if (candidates.empty() || several) continue;
    for (std::size_t i = 0; i < confidences.size(); ++i) {
      if (candidates.front().confidence < confidences[i]) continue;
      ++at[i].taken;
      at[i].right += candidates.front().work == one.work;
    }
  }
  out << lines.size() << " lines whose work is known by its id, " << findable << " of them among the " << held << " works to find.\n";
  out << "                         taken   right   precision   of findable\n";
  tell(out, "by itself", alone, findable);
  for (std::size_t i = 0; i < confidences.size(); ++i) {
    char what[40];
    std::snprintf(what, sizeof what, "confidence from %.3f", confidences[i]);
    tell(out, what, at[i], findable);
  }
  out << "Among the candidates that a person is shown: " << among << ".\n";
  return 0;
}

}  // namespace hub::cli
