#include "core/cli/stories.hpp"

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "core/cli/evaluate_files.hpp"
#include "core/features/story.hpp"

namespace hub::cli {

int stories_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes) {
  if (arguments.size() != 1) {
    notes << "Usage: hub stories ITEMS\n";
    return 2;
  }
  const auto works = read_works(std::string(arguments.front()));
  if (!works) {
    notes << works.error().message << '\n';
    return 1;
  }
  for (const Item& work : *works) {
    const std::string text = features::story_of(work);
    if (text.empty()) continue;
    out << nlohmann::ordered_json{{"item_id", work.id.substr(work.id.find('/') + 1)}, {"text", text}}.dump() << '\n';
  }
  out.flush();
  return out ? 0 : 1;
}

}  // namespace hub::cli
