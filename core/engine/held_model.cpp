#include "core/engine/held_model.hpp"

#include <utility>

namespace hub::engine {
namespace {

std::string words_of(std::string_view code) {
  if (code == "network") return "The download broke off. What has come is kept, and the next try goes on from there.";
  if (code == "wrong_hash")
    return "A file of the model is not the one that this page expects, so it was thrown away. Try again; if that happens once more, the copy on this page’s host is damaged.";
  if (code == "quota_exceeded") return "This device has no room left for the model. Make some, then try again.";
  if (code == "blocked")
    return "This browser does not let the page keep files, perhaps because the window is private, so the model cannot be had here.";
  if (code == "runtime") return "The model could not be started, perhaps for want of memory. Everything else works without it.";
  return {};
}

}  // namespace

HeldModel::Wished HeldModel::wish(std::string_view wish) {
  if (wish == "get" && state_ != "downloading") {
    code_.clear();
    if (here()) return Wished::use;
    state_ = "downloading";
    host_.get_model(place_);
  } else if (wish == "stop" && state_ == "downloading") {
    host_.stop_getting_model(place_);
    return Wished::nothing;
  } else if (wish == "remove") {
    // Whatever comes of that, it is not used any more.
    state_ = "absent";
    end();
    host_.remove_model(place_);
    return Wished::gone;
  }
  return Wished::told;
}

void HeldModel::told(const ModelNews& news) {
  got_bytes_ = news.got_bytes;
  begun_ = news.begun;
  switch (news.kind) {
    case ModelNews::Kind::absent: state_ = "absent"; break;
    case ModelNews::Kind::coming: state_ = "downloading"; break;
    case ModelNews::Kind::here:
      state_ = "here";
      code_.clear();
      break;
    case ModelNews::Kind::failed: fail(news.code); break;
  }
}

void HeldModel::fail(std::string code) {
  code_ = std::move(code);
  if (code_ != "runtime") state_ = "absent";
}

void HeldModel::tell(protocol::OnDevice& told) const {
  told.state = state_;
  told.got_bytes = got_bytes_;
  told.begun = begun_;
  told.code = code_;
  told.words = words_of(code_);
}

}  // namespace hub::engine
