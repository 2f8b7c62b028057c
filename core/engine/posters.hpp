#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <vector>

#include "core/fetching/queue.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// What came of Pictures::show.
enum class Pictured : std::uint8_t {
  not_kept,  ///< there were no bytes for it
  picture,
  none  ///< the bytes are no picture
};

/// What the browser does with pictures: it can decode them, off the thread that draws, and keeps their bytes across visits, as many as
/// there is room for, in no backup.
class Pictures {
 public:
  struct Wish {
    std::string key;    ///< under which its bytes are kept
    int width = 0;      ///< pixels: it is made smaller until it fits in
    int height = 0;     ///< pixels
    int most_days = 0;  ///< how old kept bytes may be
  };

  virtual ~Pictures() = default;

  /// Decodes a picture; answered later, once, by Posters::pictured.
  ///
  /// @param bytes  null: those that are kept. Else they are kept from now on, also when they are no picture: then it need not be fetched
  ///               again to know that.
  virtual void show(std::uint32_t id, const Wish& wish, const std::string* bytes) = 0;
  /// Removes all that is kept.
  virtual void forget_all() = 0;
};

/// The pictures of the works on the screen: those that are kept, else from their hosts, through the queue.
class Posters {
 public:
  using Tell = std::function<void(protocol::Poster, storage::Bytes)>;

  /// All must outlive this. @param tell  called for each that was wished for, never from within wish().
  Posters(fetching::Queue& queue, Pictures& pictures, Tell tell);
  ~Posters();
  Posters(const Posters&) = delete;
  Posters& operator=(const Posters&) = delete;

  /// In place of all earlier wishes; what is still to be fetched for those is not any more.
  void wish(const std::vector<protocol::WantedPoster>& wanted);

  /// What Pictures::show brought. @param rgba  width x height pixels, line by line from the top, not premultiplied.
  void pictured(std::uint32_t id, Pictured what, int width, int height, storage::Bytes rgba);

 private:
  struct Job {
    protocol::WantedPoster wanted;
    metadata::Request request;
    std::uint32_t id = 0;      ///< of what Pictures is doing; 0: it is being fetched
    std::uint32_t ticket = 0;  ///< of the queue
  };
  using Jobs = std::list<Job>;

  void show(Job& job, const std::string* bytes);
  void fetch(Job& job);
  void arrived(const protocol::WantedPoster& wanted, const Expected<fetching::Answer>& answer);
  void end(Jobs::iterator job, protocol::Poster poster, storage::Bytes rgba = {});

  fetching::Queue& queue_;
  Pictures& pictures_;
  Tell tell_;
  Jobs jobs_;
  std::uint32_t last_id_ = 0;
};

}  // namespace hub::engine
