#include <iostream>
#include <span>
#include <string_view>
#include <vector>

#include "core/cli/answer.hpp"
#include "core/cli/convert.hpp"
#include "core/cli/evaluate.hpp"
#include "core/cli/evaluate_threads.hpp"
#include "core/cli/export.hpp"
#include "core/cli/matching.hpp"
#include "core/cli/stories.hpp"
#include "core/cli/tokens.hpp"

namespace {

constexpr std::string_view help =
    "hub: the core of Media Hub on the command line\n"
    "\n"
    "  hub convert FILE    what an export file or archive contains, one JSON object a line; warnings on standard error\n"
    "  hub export KIND FILE  what a backup or an export contains as a file for a service: letterboxd, imdb, goodreads, csv, …\n"
    "  hub answer …        what recorded answers of a metadata service say, one JSON object a line\n"
    "  hub evaluate …      how well ratings are predicted, measured on a set of people's ratings\n"
    "  hub matching …      how right titles without ids are matched to works, measured on a file that has ids\n"
    "  hub stories ITEMS   what is written about works, as the embedding model reads it, one JSON object a line\n"
    "  hub tokens FILE     texts cut into the pieces of the embedding model (--clip: of CLIP), one JSON object a line\n"
    "  hub help            this text\n";

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const std::string_view command = words.empty() ? std::string_view() : words.front();
  const std::span<const std::string_view> arguments = std::span(words).subspan(words.empty() ? 0 : 1);
  if (command == "convert") return hub::cli::convert_command(arguments, std::cout, std::cerr);
  if (command == "export") return hub::cli::export_command(arguments, std::cout, std::cerr);
  if (command == "answer") return hub::cli::answer_command(arguments, std::cout, std::cerr);
  if (command == "evaluate") return hub::cli::evaluate_command(arguments, std::cout, std::cerr, hub::cli::on_all_cores);
  if (command == "matching") return hub::cli::matching_command(arguments, std::cout, std::cerr);
  if (command == "stories") return hub::cli::stories_command(arguments, std::cout, std::cerr);
  if (command == "tokens") return hub::cli::tokens_command(arguments, std::cout, std::cerr);
  if (command == "help" || command == "--help" || command == "-h") {
    std::cout << help;
    return 0;
  }
  std::cerr << (command.empty() ? std::string() : "There is no command “" + std::string(command) + "”.\n\n") << help;
  return 2;
}
