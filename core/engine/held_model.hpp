#pragma once

#include <string>
#include <string_view>

#include "core/engine/model_host.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// Whether a model that this page offers is on this device: what was wished for, how far its download is, and what went wrong. What it is
/// used for is its owner's.
class HeldModel {
 public:
  /// @param host  must outlive this.
  HeldModel(ModelHost& host, ModelPlace place) : host_(host), place_(place) {}

  /// This page has it. Without, it is “none” for ever.
  void offer() { state_ = "absent"; }
  void look() { host_.look_for_model(place_); }

  /// What follows for the owner.
  enum class Wished {
    nothing,
    told,  ///< state has changed
    use,   ///< it is here: what went wrong before may be tried again
    gone   ///< it must not be used any more
  };
  /// @param wish  "get", "stop" or "remove".
  Wished wish(std::string_view wish);

  void told(const ModelNews& news);
  /// @param code  as ModelNews. What cannot be run is here all the same.
  void fail(std::string code);
  /// It does not run any more.
  void end() { host_.end_model(place_); }

  bool here() const { return state_ == "here"; }
  bool usable() const { return here() && code_.empty(); }
  void tell(protocol::OnDevice& told) const;

 private:
  ModelHost& host_;
  ModelPlace place_;
  std::string state_ = "none";
  std::string code_;
  std::uint64_t got_bytes_ = 0;
  bool begun_ = false;
};

}  // namespace hub::engine
