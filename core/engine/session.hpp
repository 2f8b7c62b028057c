#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/catalogue.hpp"
#include "core/engine/model_host.hpp"
#include "core/engine/picture_model.hpp"
#include "core/engine/posters.hpp"
#include "core/fetching/addresses.hpp"
#include "core/fetching/outside.hpp"
#include "core/imports/byte_source.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

using storage::Bytes;

/// What the session needs of the thread it runs on. Its ticks are also for time slices.
class Host : public fetching::Outside, public Pictures, public ModelHost {
 public:
  /// Sends a message to the interface; `bulk` is transferred.
  virtual void post(const protocol::Message& message, Bytes bulk, std::uint32_t in_reply_to) = 0;
  /// Sends text to the sessions of the page's other tabs, which hand it to follow().
  virtual void broadcast(const std::string& text) = 0;
  /// 16 random hexadecimal digits.
  virtual std::string random_id() = 0;
  /// Asks that run() be called soon; asking twice is asking once.
  virtual void wake() = 0;
};

/// How storage could be had.
enum class StorageMode {
  writer,     ///< this tab holds the writer's lock
  read_only,  ///< another tab does
  memory      ///< storage is blocked or absent: nothing outlives the page
};

/// The engine's side of the conversation: commands in, messages out. One library, its journal, the models learnt from it, the jobs under
/// way. Knows no browser and has no thread of its own: it works when receive() or run() is called, a time slice at once.
class Session {
 public:
  /// @param files     must outlive the session, and so must `host`.
  /// @param services  where the services are reached; none are by default.
  Session(storage::FileSystem& files, Host& host, std::vector<Item> catalogue, std::vector<DemoRating> demo,
          fetching::Addresses services = {});
  ~Session();

  /// The text model that this page has. Before open(); without, the page has none.
  void offer(TextModel model);
  /// The models of pictures, likewise.
  void offer(std::vector<PictureModel> models);

  /// Reads the journal and sends the library. @param why  what the person should know: for StorageMode::memory the reason, for the others
  /// what had to be done before there was a journal to read; it counts as a warning, and what is there is written back at once.
  void open(StorageMode mode, std::string why = {});

  /// Takes one command. What changes state is applied and journalled before this returns; what takes long becomes a job.
  void receive(const protocol::Command& command, Bytes bulk, std::uint32_t id);

  /// Takes the command with a file that stays where it lies and is read piece by piece.
  void receive(const protocol::ReadFile& command, std::unique_ptr<const imports::ByteSource> file, std::uint32_t id);

  /// Works for about `budget` milliseconds. @return whether there is more to do.
  bool run(double budget);

  /// Text from another tab's broadcast().
  void follow(std::string_view text);

  /// What Host::fetch brought.
  void arrived(std::uint32_t id, fetching::Arrival arrival);
  /// What Host::show brought (Posters::pictured).
  void pictured(std::uint32_t id, Pictured what, int width, int height, Bytes rgba);
  /// Vectors of the catalogue that come with the page (Stories::bring), at any time after offer(); empty where they could not be had. What
  /// is learnt from them waits for this, though not for long.
  void bring_stories(Bytes vectors);
  /// News of a model's files.
  void model_told(ModelPlace model, ModelNews news);
  /// What Host::embed brought (Stories::embedded).
  void embedded(std::uint32_t id, std::span<const float> states, std::string_view code);
  /// What Host::see brought (Looks::seen).
  void seen(ModelPlace model, std::uint32_t id, Seen what, std::span<const float> features, std::string_view code);
  /// What Host::describe brought (Looks::described).
  void described(ModelPlace model, std::uint32_t id, std::span<const float> features, std::string_view code);
  /// Time has passed (Host::call_in).
  void time_passed();

  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hub::engine
