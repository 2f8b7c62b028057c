#include "core/engine/session_state.hpp"

#include <algorithm>

#include "core/engine/date.hpp"
#include "core/exports/exports.hpp"

namespace hub::engine {

void Session::State::report_job(std::uint32_t id, std::string label, double progress, bool ended, bool cancelled) {
  if (!ended && !job_pace.due(progress, host.ticks())) return;
  if (ended) job_pace.restart();
  post(p::JobProgress{id, std::move(label), progress, ended, cancelled, !search || search->job() != id});
}

Session::State::Matchable Session::State::matchable_works() const {
  Matchable known;
  for (const MediaType type : media_types) {
    const auto all = works.of_type(type);
    known.held.insert(known.held.end(), all.begin(), all.end());
  }
  for (const Works::Ref& work : known.held) known.matcher.add(*work);
  return known;
}

imports::MatchResult Session::State::match_known(imports::Parsed& parsed) const {
  const Matchable known = matchable_works();
  return imports::match(parsed, known.matcher, [this](const std::string& key) { return own.decision(key); });
}

void Session::State::step_reading() {
  auto& job = *reading;
  const std::string label = "Reading " + job.name();
  const auto more = job.step();
  if (!more) {
    report_job(job.id(), label, job.progress(), true);
    fail(0, more.error().code, more.error().message);
    reading.reset();
    return;
  }
  if (*more) {
    report_job(job.id(), label, job.progress());
    return;
  }
  report_job(job.id(), label, 1, true);
  if (job.parsed) {
    auto matched = match_known(*job.parsed);
    post(preview_of(*job.parsed, matched, job.name(), own));
    import_ready.emplace(ImportReady{job.name(), std::move(*job.parsed), std::move(matched)});
  } else {
    Library sum;
    (void)sum.merge(*job.backup);
    const auto& events = sum.events();
    const auto fresh = std::count_if(events.begin(), events.end(), [&](const Event& event) { return !own.contains(event.id); });
    post(p::RestorePreview{job.name(), static_cast<std::uint32_t>(events.size()), static_cast<std::uint32_t>(sum.rating_count()),
                           static_cast<std::uint32_t>(fresh)});
    restore_ready.emplace(job.name(), std::move(*job.backup));
  }
  reading.reset();
}

void Session::State::step_writing() {
  BackupJob& job = *writing.front();
  if (job.writer->step()) {
    if (!job.quiet) report_job(job.id, "Writing the backup", job.writer->progress());
    return;
  }
  if (!job.quiet) report_job(job.id, "Writing the backup", 1, true);
  post(p::FileReady{"media-hub-backup-" + date_of(host.now()) + ".jsonl", "application/x-ndjson"}, std::move(job.written), job.reply);
  writing.erase(writing.begin());
}

void Session::State::handle(const p::ReadFile& command, Bytes bulk, std::uint32_t reply) {
  read_file(command.name, std::make_unique<imports::HeldBytes>(std::move(bulk)), reply);
}

void Session::State::read_file(const std::string& name, std::unique_ptr<const imports::ByteSource> file, std::uint32_t reply) {
  if (!may_change(reply)) return;
  import_ready.reset();
  restore_ready.reset();
  reading.reset();
  job_pace.restart();
  auto job = FileJob::start(++last_job, name, std::move(file));
  if (!job) return fail(reply, job.error().code, job.error().message);
  reading.emplace(std::move(*job));
  report_job(last_job, "Reading " + name, 0);
  host.wake();
}

void Session::State::handle(const p::ConfirmImport&, Bytes, std::uint32_t reply) {
  if (!may_change(reply)) return;
  if (!import_ready) return fail(reply, "no_preview", "There is no file waiting to be imported. Choose it again.");
  const auto [file, parsed, matched] = std::move(*import_ready);
  import_ready.reset();
  Imported batch = batch_of(parsed, matched, file, own);
  if (batch.ratings.empty() && batch.told.empty() && batch.songs.empty()) {
    const bool nothing = parsed.rows.empty() && parsed.mentions.empty() && parsed.songs.empty();
    return post(
        p::Notice{nothing ? "Nothing to do: nothing in this file can be taken." : "Nothing to do: all of it is in your library already.",
                  false},
        {}, reply);
  }
  const std::string words = batch.words();
  if (commit({std::move(batch)}, reply)) post(p::Notice{"Imported " + words, true}, {}, reply);
}

void Session::State::handle(const p::ReportImport&, Bytes, std::uint32_t reply) {
  if (!import_ready) return fail(reply, "no_preview", "There is no file waiting to be imported. Choose it again.");
  const auto& [file, parsed, matched] = *import_ready;
  const std::string table = report_of(parsed, matched, own);
  post(p::FileReady{"media-hub-import-report-" + date_of(host.now()) + ".csv", "text/csv"}, Bytes(table.begin(), table.end()), reply);
}

void Session::State::handle(const p::ConfirmRestore& command, Bytes, std::uint32_t reply) {
  if (!may_change(reply)) return;
  if (!restore_ready) return fail(reply, "no_preview", "There is no backup waiting to be restored. Choose it again.");
  auto [file, events] = std::move(*restore_ready);
  restore_ready.reset();
  if (!command.replace) {
    // The union of both histories; order of arrival does not matter to the library.
    std::vector<Event> all = own.events();
    all.insert(all.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
    events = std::move(all);
  }
  restored = Restored{"restored " + file, false, own.events()};
  replace_history(std::move(events), command.replace);
  post(p::Notice{"Restored " + file + ": " + std::to_string(own.rating_count()) + " ratings are in your library now", true}, {}, reply);
}

void Session::State::handle(const p::DropPreview&, Bytes, std::uint32_t) {
  import_ready.reset();
  restore_ready.reset();
}

Json Session::State::manifests(bool of_own) const {
  Json list = demo && !of_own ? Json::array() : models.manifests();
  if (const auto& text = stories.offered()) list.push_back(Json{{"type", "text"}, {"name", text->name}, {"sha256", text->hash}});
  if (const PictureModel* pictures = sight.used())
    list.push_back(Json{{"type", "pictures"}, {"name", pictures->name}, {"sha256", pictures->hash}});
  return list;
}

void Session::State::handle(const p::MakeBackup& command, Bytes, std::uint32_t reply) {
  // One that is asked for again is begun anew.
  std::erase_if(writing, [&](const auto& job) { return job->quiet == command.own; });
  auto job = std::make_unique<BackupJob>();
  job->id = ++last_job;
  job->reply = reply;
  job->quiet = command.own;
  job->events = (command.own ? own : library()).events();
  job->writer = std::make_unique<storage::BackupWriter>(
      job->events, host.now(), [to = &job->written](std::string_view piece) { to->insert(to->end(), piece.begin(), piece.end()); },
      manifests(command.own));
  if (!job->quiet) {
    job_pace.restart();
    report_job(job->id, "Writing the backup", 0);
  }
  writing.push_back(std::move(job));
  host.wake();
}

void Session::State::handle(const p::Export& command, Bytes, std::uint32_t reply) {
  auto written = exports::write(library(), command.service);
  if (!written) return fail(reply, written.error().code, written.error().message);
  const exports::Service& service = *written->service;
  std::string words =
      "Wrote " + std::to_string(written->written) + (written->written == 1 ? " title" : " titles") + " for " + std::string(service.name);
  if (written->left_out > 0)
    words += "; " + std::to_string(written->left_out) + (written->left_out == 1 ? " other has" : " others have") + " no place there";
  post(p::Notice{std::move(words), false});
  post(p::FileReady{std::string(service.file), std::string(service.mime)}, bytes_of(written->text), reply);
}

void Session::State::handle(const p::OpenDemo&, Bytes, std::uint32_t reply) {
  Imported batch;
  batch.source = "Demo";
  for (const DemoRating& rating : demo_ratings) {
    const auto known = std::find_if(catalogue->begin(), catalogue->end(), [&](const Item& item) { return item.id == rating.item_id; });
    if (known == catalogue->end()) continue;
    batch.items.push_back(*known);
    batch.ratings.push_back({rating.item_id, rating.rating});
  }
  if (batch.ratings.empty()) return fail(reply, "no_demo", "This page was built without a demo.");
  reading.reset();
  import_ready.reset();
  restore_ready.reset();
  demo.emplace();
  // A device of its own, so that Undo in the demo does not reach below it.
  (void)demo->apply(Event{{"demo000000000000", 1}, host.now(), std::move(batch)});
  rebuild();
}

void Session::State::handle(const p::LeaveDemo&, Bytes, std::uint32_t) {
  if (!demo) return;
  demo.reset();
  rebuild();
}

void Session::State::handle(const p::CancelJob& command, Bytes, std::uint32_t) {
  if (reading && reading->id() == command.job) {
    report_job(command.job, "Reading " + reading->name(), reading->progress(), true, true);
    reading.reset();
  }
  if (std::erase_if(writing, [&](const auto& job) { return job->id == command.job && !job->quiet; }) > 0)
    report_job(command.job, "Writing the backup", 1, true, true);
  if (search && search->job() == command.job) {
    const MediaType type = search->type();
    end_search(true);
    if (inspected_model == type) send_report();
  }
}

}  // namespace hub::engine
