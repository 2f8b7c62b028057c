#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/looks.hpp"

namespace hub::engine {

/// The models of pictures that this page has, of which one is chosen: it sees the posters. When another is chosen, what the one before has
/// seen is used until the new one has seen all; then the old vectors go. Which is chosen is kept on this device, in no backup.
class Sight final : public features::WorkVectors, public features::WorkNumbers {
 public:
  /// All must outlive this. @see Looks
  Sight(ModelHost& host, fetching::Queue& queue, fetching::Outside& outside, Looks::Calls calls)
      : host_(host), queue_(queue), outside_(outside), calls_(std::move(calls)) {}

  /// Before open(); the first is the one for whoever has not chosen. Without any, state() is “none” for ever.
  void offer(std::vector<PictureModel> models);
  /// @param files  null where nothing is kept.
  void open(storage::FileSystem* files, bool may_write);

  protocol::Looks state() const;
  /// The model whose vectors are used; null without any.
  const PictureModel* used() const { return looks_.empty() ? nullptr : &looks_[used_].offered(); }
  /// Of all posters that can be had the chosen model has a vector.
  bool complete() const { return !looks_.empty() && looks_[chosen_].complete(); }

  /// And, where it reads texts, it has read all that belong to them.
  bool compared() const { return !looks_.empty() && looks_[chosen_].compared(); }

  void wish(std::string_view wish);
  /// @param id  of a model; others are passed over.
  void choose(std::string_view id);
  void pause(bool on);
  void hide(bool hidden);
  void yield(bool on);
  void works_changed();

  void told(ModelPlace place, const ModelNews& news);
  void seen(ModelPlace place, std::uint32_t id, Seen what, std::span<const float> features, std::string_view code);
  void described(ModelPlace place, std::uint32_t id, std::span<const float> features, std::string_view code);
  void run();

  void type(const std::string& words);
  std::vector<Looks::Alike> about(std::string_view words, MediaType type, std::size_t most);

  std::optional<double> write_due() const;
  void write();
  void synced();
  void withdraw();
  void remove_all();

  // Of the model whose vectors are used.
  std::string_view model() const override { return looks_.empty() ? std::string_view() : looks_[used_].model(); }
  std::size_t dimensions() const override { return looks_.empty() ? 0 : looks_[used_].dimensions(); }
  bool of(const Item& work, std::span<float> into) const override { return !looks_.empty() && looks_[used_].of(work, into); }
  std::optional<double> of(const Item& work) const override { return looks_.empty() ? std::nullopt : looks_[used_].agreement(work); }

 private:
  std::size_t place_of(std::string_view id) const;
  Looks* at(ModelPlace place);
  void keep_choice();
  /// The chosen model has seen all: its vectors are used from now on.
  void take_over();

  ModelHost& host_;
  fetching::Queue& queue_;
  fetching::Outside& outside_;
  Looks::Calls calls_;
  std::deque<Looks> looks_;
  std::size_t chosen_ = 0;
  std::size_t used_ = 0;
  bool paused_ = false;
  storage::FileSystem* files_ = nullptr;
};

}  // namespace hub::engine
