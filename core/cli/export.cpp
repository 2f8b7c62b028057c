#include "core/cli/export.hpp"

#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include "core/cli/file_bytes.hpp"
#include "core/engine/file_job.hpp"
#include "core/exports/exports.hpp"
#include "core/library/library.hpp"

namespace hub::cli {
namespace {

Expected<Library> library_of(const std::string& name, storage::Bytes bytes) {
  auto job = engine::FileJob::start(1, name, std::make_unique<imports::HeldBytes>(std::move(bytes)));
  if (!job) return tl::unexpected(std::move(job.error()));
  for (;;) {
    const auto more = job->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) break;
  }
  Library library;
  if (job->backup) {
    (void)library.merge(std::move(*job->backup));
  } else {
    const auto change = library.apply(library.make("0000000000000001", 1, engine::batch_of(*job->parsed, {}, name, library)));
    if (!change) return tl::unexpected(change.error());
  }
  return library;
}

}  // namespace

int export_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& notes) {
  if (arguments.size() != 2 || arguments[0].starts_with("-")) {
    notes << "Usage: hub export KIND FILE\nKinds:";
    for (const exports::Service& service : exports::services()) notes << ' ' << service.key;
    notes << '\n';
    return 2;
  }
  const std::string name(arguments[1]);
  auto bytes = bytes_of_file(name);
  if (!bytes) {
    notes << "The file " << name << " cannot be opened.\n";
    return 1;
  }
  const auto library = library_of(name, std::move(*bytes));
  if (!library) {
    notes << library.error().message << '\n';
    return 1;
  }
  const auto written = exports::write(*library, arguments[0]);
  if (!written) {
    notes << written.error().message << '\n';
    return 1;
  }
  out << written->text;
  out.flush();
  notes << written->written << " titles written for " << written->service->name << ", " << written->left_out << " left out.\n";
  return out ? 0 : 1;
}

}  // namespace hub::cli
