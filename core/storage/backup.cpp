#include "core/storage/backup.hpp"

#include <algorithm>
#include <utility>

#include "core/library/event_text.hpp"
#include "core/library/json.hpp"
#include "core/storage/crc32c.hpp"

namespace hub::storage {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t most_head_bytes = std::size_t{64} * 1024;
constexpr const char* version_key = "media_hub_backup";
constexpr std::string_view foot_begin = "{\"crc32c\":\"";
constexpr std::string_view foot_end = "\"}";

std::string hexadecimal(std::uint32_t number) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (int shift = 28; shift >= 0; shift -= 4) text.push_back(digits[(number >> shift) & 0xF]);
  return text;
}

bool is_foot(std::string_view line) {
  if (line.ends_with("\r")) line.remove_suffix(1);
  return line.starts_with(foot_begin) && line.ends_with(foot_end) && line.size() == foot_begin.size() + 8 + foot_end.size();
}

}  // namespace

BackupWriter::BackupWriter(std::span<const Event> events, std::int64_t now, std::function<void(std::string_view)> write, const Json& models)
    : events_(events), write_(std::move(write)) {
  Json head{{version_key, present_format().version()}, {"created", now}, {"events", events_.size()}};
  if (!models.empty()) head["models"] = models;
  add_line(json_text(head));
}

void BackupWriter::add_line(const std::string& line) {
  piece_ += line;
  piece_ += '\n';
}

bool BackupWriter::step() {
  if (done_) return false;
  while (next_ < events_.size() && piece_.size() < piece_bytes) add_line(event_text(events_[next_++]));
  sum_ = crc32c(piece_, sum_);
  if (next_ == events_.size()) {
    done_ = true;
    add_line(std::string(foot_begin) + hexadecimal(sum_) + std::string(foot_end));
  }
  write_(piece_);
  piece_.clear();
  return !done_;
}

double BackupWriter::progress() const {
  if (done_) return 1;
  return static_cast<double>(next_) / static_cast<double>(events_.size() + 1);
}

BackupReader::BackupReader(const Format& format) : format_(&format) {}

tl::unexpected<Error> BackupReader::fail(std::string code, std::string message) {
  error_ = {std::move(code), std::move(message) + " Your library was not changed."};
  return tl::unexpected(error_);
}

Expected<void> BackupReader::take(std::string_view piece) {
  if (!error_.code.empty()) return tl::unexpected(error_);
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    if (end == std::string_view::npos) {
      rest_ += piece;
      break;
    }
    // Most lines are whole in one piece and need no copy.
    const std::string_view part = piece.substr(0, end);
    piece.remove_prefix(end + 1);
    Expected<void> taken;
    if (rest_.empty()) {
      taken = take_line(part);
    } else {
      rest_ += part;
      taken = take_line(std::exchange(rest_, {}));
    }
    if (!taken) return taken;
  }
  if (line_ == 0 && rest_.size() > most_head_bytes) return fail("not_a_backup", "This file is not a backup of this page.");
  return {};
}

Expected<void> BackupReader::take_line(std::string_view line) {
  ++line_;
  if (ended_) {
    more_after_end_ = more_after_end_ || line.find_first_not_of(" \r\t") != std::string_view::npos;
    return {};
  }
  if (line_ > 1 && is_foot(line)) {
    ended_ = true;
    sum_matches_ = line.substr(foot_begin.size()).starts_with(hexadecimal(sum_) + std::string(foot_end));
    return {};
  }
  sum_ = crc32c("\n", 1, crc32c(line, sum_));
  if (line_ == 1) return take_head(line);
  Expected<Event> event = format_->read(line, version_);
  if (!event) return fail("bad_event", "Line " + std::to_string(line_) + " of the backup is damaged. " + event.error().message);
  events_.push_back(std::move(*event));
  return {};
}

Expected<void> BackupReader::take_head(std::string_view line) {
  const auto number = [](const Json& json, const char* key) -> std::optional<std::uint64_t> {
    const auto found = json.find(key);
    const auto* value = found == json.end() ? nullptr : found->get_ptr<const Json::number_unsigned_t*>();
    return value ? std::optional(*value) : std::nullopt;
  };
  const Expected<Json> head = parse_json(line);
  const std::optional<std::uint64_t> version = head && head->is_object() ? number(*head, version_key) : std::nullopt;
  if (!version || *version == 0) return fail("not_a_backup", "This file is not a backup of this page.");
  if (*version > format_->version())
    return fail("newer_version",
                "This backup was made by a newer version of this page. Reload the page to get the newer version, then try again.");
  version_ = static_cast<std::uint32_t>(*version);
  expected_events_ = number(*head, "events").value_or(0);
  return {};
}

Expected<std::vector<Event>> BackupReader::finish() {
  if (!rest_.empty() && error_.code.empty()) {
    // The last line may lack its end; a line cut short is no event and no foot.
    const bool foot = is_foot(rest_) || ended_;
    if (line_ == 0 || foot) {
      if (auto taken = take_line(std::exchange(rest_, {})); !taken) return tl::unexpected(error_);
    }
  }
  if (!error_.code.empty()) return tl::unexpected(error_);
  if (line_ == 0) return fail("not_a_backup", "This file is empty, so it is not a backup of this page.");
  if (!ended_)
    return fail("truncated", "The end of this backup is missing, as after a download that was interrupted. Download or copy it once more.");
  if (!sum_matches_ || more_after_end_ || events_.size() != expected_events_)
    return fail("damaged", "This backup was changed after it was made: its check sum does not match. Bring a copy that nobody edited.");
  return std::move(events_);
}

}  // namespace hub::storage
