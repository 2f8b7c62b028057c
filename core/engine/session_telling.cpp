#include "core/engine/session_state.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "core/engine/portions.hpp"
#include "core/engine/resemblance.hpp"
#include "core/metadata/merge.hpp"
#include "core/predictor/pair_words.hpp"

namespace hub::engine {
namespace {

/// Past ratings told beside a prediction.
constexpr std::size_t most_carriers = 8;
/// Ratings looked through for what would be without one of those.
constexpr std::size_t most_influences = 200;

}  // namespace

void Session::State::send_storage(std::uint32_t reply) {
  p::StorageState state;
  state.state = demo ? "demo" : storage_state;
  state.message = demo ? "" : storage_message;
  state.bytes = store ? store->size() : 0;
  post(state, {}, reply);
}

void Session::State::send_library() {
  p::Opened opened;
  opened.device = device;
  opened.demo = demo.has_value();
  opened.read_only = !demo && mode == StorageMode::read_only;
  opened.replaced = !demo && replaced_on_disk;
  opened.warnings = warnings;
  opened.damaged_files = damaged_files;
  if (restored && !demo) (restored->undone ? opened.redo : opened.undo) = restored->what;
  opened.deleted_held = restored && !demo && restored->deletion && !restored->undone;
  post(opened);
  const auto& events = library().events();
  in_portions(events, [&](std::span<const Event> portion, bool last) { post(p::EventsAdded{{portion.begin(), portion.end()}, last}); });
  send_storage();
}

void Session::State::rebuild() {
  auto embedders = works.embedders();
  works = Works(catalogue);
  works.learn_from(std::move(embedders));
  known_works.reset();
  opened_ids.clear();
  found_too.clear();
  learn_later = {};
  learn_due = learn_began = 0;
  lookup.end_search();
  lookup.end_open();
  predicted.clear();
  std::vector<std::string> ids;
  for (const Entry* entry : library().entries()) ids.push_back(entry->item->id);
  works.update(library(), ids);
  trainer = Trainer();
  taste = SongTaste();
  end_search(true);
  of_type = {};
  reporting.reset();
  report.reset();
  for (const MediaType type : media_types) trainer.mark_stale(type);
  send_library();
  send_training();
  send_details();
  if (watching_songs) send_songs(true);
  send_network();
  sources = {};
  add_sources(ids);
  follow_works();
  send_stories();
  send_looks();
  review_stale = true;
  matching.reset();
  fill.works_changed();
  fill_told.clear();
  filling_changed();
  host.wake();
}

void Session::State::send_predictions(MediaType type, const std::vector<Works::Ref>& items,
                                      const std::vector<predictor::Expectation>& predictions) {
  Bytes bulk(predictions.size() * sizeof(p::PredictionRecord));
  for (std::size_t i = 0; i < predictions.size(); ++i) {
    const auto& prediction = predictions[i];
    const p::PredictionRecord record{key_of(items[i]->id), prediction.stars, static_cast<std::uint32_t>(prediction.basis)};
    std::memcpy(bulk.data() + i * sizeof record, &record, sizeof record);
    predicted[items[i]->id] = prediction.stars;
  }
  post(p::Predictions{type, static_cast<std::uint32_t>(predictions.size())}, std::move(bulk));
}

void Session::State::send_visible() {
  for (const MediaType type : media_types) {
    std::vector<Works::Ref> items;
    const auto add = [&](const std::string& id) {
      auto item = works.find(id);
      if (item && item->type == type) items.push_back(std::move(item));
    };
    for (const std::string& id : visible) add(id);
    add(inspected);
    predict(type, items);
  }
}

Works::Ref Session::State::for_learning(const Works::Ref& item) const {
  if (!works.found(item->id)) return item;
  return std::make_shared<const Item>(metadata::allowed(*item, metadata::Use::learn));
}

void Session::State::predict(MediaType type, const std::vector<Works::Ref>& items) {
  if (items.empty()) return;
  std::vector<Works::Ref> seen;
  std::vector<const Item*> facts;
  seen.reserve(items.size());
  facts.reserve(items.size());
  for (const Works::Ref& item : items) facts.push_back(seen.emplace_back(for_learning(item)).get());
  send_predictions(type, items, trainer.model(type).expect(facts));
}

void Session::State::predict_found(MediaType type) {
  std::vector<Works::Ref> items;
  for (const std::string& id : visible)
    if (auto item = works.found(id); item && item->type == type) items.push_back(std::move(item));
  predict(type, items);
}

void Session::State::send_details(std::uint32_t reply) {
  if (inspected.empty()) return;
  p::Details details;
  details.item_id = inspected;
  if (lookup.opened_id() == inspected) details.asked = lookup.asked_of_opened();
  if (const auto item = works.find(inspected)) {
    details.item = *in_full(inspected);
    details.attributions = attributions(*details.item);
    const auto& model = trainer.model(item->type);
    const auto facts = for_learning(item);
    const auto explanation = model.explain(*facts);
    details.stars = explanation.prediction.stars;
    details.low = explanation.prediction.low;
    details.high = explanation.prediction.high;
    details.basis = name_of(explanation.prediction.basis);
    details.basis_words = explanation.basis_words;
    details.base = explanation.base;
    details.base_words = explanation.base_words;
    for (const auto& part : explanation.contributions) details.reasons.push_back({part.group, part.words, part.stars});
    details.held_out = explanation.held_out;
    details.pending = trainer.pending(item->type);
    // What can wait until the model rests: the first answer to a rating is to be quick.
    std::unordered_map<std::string, double> moves;
    if (!details.pending) {
      // A rated work's prediction is made without its own rating; what another rating moves is known for the model with it.
      if (!details.held_out)
        for (auto& one : model.influence(*facts, most_influences)) moves.emplace(std::move(one.item_id), one.stars);
      details.together = predictor::words_of_pair(model.tree_effects(*facts));
    }
    for (const auto& carrier : explanation.carried_by) {
      if (details.carried.size() == most_carriers) break;
      const auto work = works.find(carrier.item_id);
      if (!work) continue;
      const auto move = moves.find(carrier.item_id);
      details.carried.push_back({carrier.item_id, work->title, work->type, carrier.rating, carrier.stars,
                                 move == moves.end() ? 0 : move->second, shared_words(*item, *work)});
    }
    details.similar = similar_to(item);
  }
  post(details, {}, reply);
}

void Session::State::begin_report(std::uint32_t reply) {
  reporting.reset();
  report.reset();
  if (!inspected_model) return;
  auto held_out = held_out_by(trainer.model(*inspected_model), *inspected_model, library(), works);
  report = report_of(*inspected_model, trainer.model(*inspected_model), held_out);
  if (!trainer.pending(*inspected_model))
    reporting.emplace(*inspected_model, std::move(held_out), works.corpus(), trainer.model(*inspected_model).settings());
  send_report(reply);
  host.wake();
}

void Session::State::send_report(std::uint32_t reply) {
  if (!report) return;
  auto told = *report;
  told.pending = reporting || trainer.pending(told.type);
  told.tuning = tuning_of(told.type);
  if (!demo) told.cards = models.cards(told.type, of_type[index_of(told.type)].card);
  if (reporting) {
    reporting->add_to(told);
    told.progress = reporting->progress();
  }
  post(told, {}, reply);
}

void Session::State::step_reporting() {
  const bool more = reporting->step();
  const double progress = reporting->progress();
  if (more && !report_pace.due(progress, host.ticks())) return;
  if (!more) {
    report_pace.restart();
    reporting->add_to(*report);
    reporting.reset();
  }
  send_report();
}

}  // namespace hub::engine
