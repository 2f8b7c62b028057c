#include "core/engine/sight.hpp"

#include <algorithm>

namespace hub::engine {
namespace {

/// "clip image": the model that is chosen, and the one whose vectors are used.
constexpr std::string_view choice_file = "picture-model";

}  // namespace

void Sight::offer(std::vector<PictureModel> models) {
  ModelPlace place = first_picture_place;
  for (PictureModel& model : models) {
    auto calls = calls_;
    // The last poster may be one that cannot be had.
    calls.changed = [this, changed = calls_.changed] {
      take_over();
      changed();
    };
    looks_.emplace_back(host_, place++, std::move(model), queue_, outside_, std::move(calls));
  }
}

std::size_t Sight::place_of(std::string_view id) const {
  const auto found = std::find_if(looks_.begin(), looks_.end(), [&](const Looks& one) { return one.offered().id == id; });
  return static_cast<std::size_t>(found - looks_.begin());
}

void Sight::open(storage::FileSystem* files, bool may_write) {
  chosen_ = used_ = 0;
  if (files) {
    if (const auto kept = files->read(choice_file)) {
      const std::string_view text(reinterpret_cast<const char*>(kept->data()), kept->size());
      const std::size_t space = std::min(text.find(' '), text.size());
      if (const auto place = place_of(text.substr(0, space)); place < looks_.size()) chosen_ = used_ = place;
      if (const auto place = place_of(text.substr(std::min(space + 1, text.size()))); place < looks_.size()) used_ = place;
    }
  }
  files_ = may_write ? files : nullptr;
  for (std::size_t place = 0; place < looks_.size(); ++place) {
    looks_[place].choose(place == chosen_);
    looks_[place].open(files, may_write);
  }
}

void Sight::keep_choice() {
  if (!files_) return;
  const std::string text = looks_[chosen_].offered().id + " " + looks_[used_].offered().id;
  (void)files_->write(std::string(choice_file), {text.begin(), text.end()});
}

protocol::Looks Sight::state() const {
  if (looks_.empty()) return {};
  auto told = looks_[chosen_].state();
  told.paused = paused_;
  for (const Looks& one : looks_) told.choices.push_back({one.offered().id, one.offered().name, one.offered().download_bytes});
  if (used_ != chosen_ && !looks_[used_].empty()) told.used = looks_[used_].offered().name;
  return told;
}

void Sight::take_over() {
  if (used_ == chosen_ || !(complete() || looks_[used_].empty())) return;
  looks_[used_].remove_all();
  used_ = chosen_;
  keep_choice();
}

void Sight::wish(std::string_view wish) {
  if (!looks_.empty()) looks_[chosen_].wish(wish);
}

void Sight::choose(std::string_view id) {
  const std::size_t place = place_of(id);
  if (place >= looks_.size() || place == chosen_) return;
  looks_[chosen_].choose(false);
  chosen_ = place;
  looks_[chosen_].pause(paused_);
  looks_[chosen_].choose(true);
  take_over();
  keep_choice();
  calls_.changed();
}

void Sight::pause(bool on) {
  paused_ = on;
  if (!looks_.empty()) looks_[chosen_].pause(on);
}

void Sight::hide(bool hidden) {
  for (Looks& one : looks_) one.hide(hidden);
}

void Sight::yield(bool on) {
  for (Looks& one : looks_) one.yield(on);
}

void Sight::works_changed() {
  for (Looks& one : looks_) one.works_changed();
}

Looks* Sight::at(ModelPlace place) {
  const std::size_t index = place - first_picture_place;
  return place >= first_picture_place && index < looks_.size() ? &looks_[index] : nullptr;
}

void Sight::told(ModelPlace place, const ModelNews& news) {
  if (Looks* one = at(place)) one->told(news);
}

void Sight::seen(ModelPlace place, std::uint32_t id, Seen what, std::span<const float> features, std::string_view code) {
  if (Looks* one = at(place)) one->seen(id, what, features, code);
}

void Sight::described(ModelPlace place, std::uint32_t id, std::span<const float> features, std::string_view code) {
  if (Looks* one = at(place)) one->described(id, features, code);
}

void Sight::run() {
  for (Looks& one : looks_) one.run();
}

void Sight::type(const std::string& words) {
  if (!looks_.empty()) looks_[chosen_].type(words);
}

std::vector<Looks::Alike> Sight::about(std::string_view words, MediaType type, std::size_t most) {
  return looks_.empty() ? std::vector<Looks::Alike>() : looks_[chosen_].about(words, type, most);
}

std::optional<double> Sight::write_due() const {
  std::optional<double> due;
  for (const Looks& one : looks_)
    if (const auto of_one = one.write_due()) due = due ? std::min(*due, *of_one) : *of_one;
  return due;
}

void Sight::write() {
  for (Looks& one : looks_) one.write();
}

void Sight::synced() {
  for (Looks& one : looks_) one.synced();
}

void Sight::withdraw() {
  for (Looks& one : looks_) one.withdraw();
}

void Sight::remove_all() {
  for (Looks& one : looks_) one.remove_all();
  if (files_) (void)files_->remove(std::string(choice_file));
}

}  // namespace hub::engine
