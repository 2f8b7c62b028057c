#include "core/cli/answer.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include "core/library/json.hpp"
#include "core/metadata/inquiry.hpp"

namespace hub::cli {
namespace {

std::optional<metadata::Ask> ask_from(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(metadata::Ask::find); ++i)
    if (metadata::name_of(static_cast<metadata::Ask>(i)) == word) return static_cast<metadata::Ask>(i);
  return std::nullopt;
}

std::optional<std::string> text_of_file(const std::string& name) {
  std::ifstream stream(name, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

}  // namespace

int answer_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings) {
  const auto service = arguments.size() >= 4 ? metadata::service_from(arguments[0]) : std::nullopt;
  const auto type = arguments.size() >= 4 ? media_type_from(arguments[1]) : std::nullopt;
  if (!service || !type || arguments.size() % 2 != 0) {
    warnings << "Usage: hub answer SERVICE TYPE KIND FILE [KIND FILE]...\n"
                "SERVICE is one of:";
    for (const metadata::ServiceInfo& one : metadata::services()) warnings << ' ' << one.word;
    warnings << "\nTYPE is film, show, game, album or book; KIND is search, details, or what follows them: facts, names, edition, …\n";
    return 2;
  }
  std::optional<metadata::Inquiry> inquiry;
  bool fine = true;
  for (std::size_t i = 2; i < arguments.size(); i += 2) {
    const std::string file(arguments[i + 1]);
    const auto ask = ask_from(arguments[i]);
    const auto text = text_of_file(file);
    if (!ask || !text) {
      warnings << (ask ? "The file " + file + " cannot be opened.\n"
                       : "There is no kind of answer called " + std::string(arguments[i]) + ".\n");
      return ask ? 1 : 2;
    }
    if (!inquiry) {
      auto begun = metadata::Inquiry::replay(*service, *type, *ask, {});
      if (!begun) {
        warnings << begun.error().message << '\n';
        return 1;
      }
      inquiry = std::move(*begun);
    }
    const auto& wanted = inquiry->wanted();
    const auto asked = std::find_if(wanted.begin(), wanted.end(), [&](const metadata::Request& one) { return one.ask == *ask; });
    if (asked == wanted.end()) {
      warnings << "Nothing of the kind " << arguments[i] << " is asked for after the answers before it.\n";
      fine = false;
      continue;
    }
    if (const auto taken = inquiry->take(metadata::Request(*asked), 200, *text); !taken) {
      warnings << file << ": " << taken.error().message << '\n';
      fine = false;
    }
  }
  for (const Item& item : inquiry->items()) out << json_text(to_json(item)) << '\n';
  out.flush();
  return fine && out ? 0 : 1;
}

}  // namespace hub::cli
