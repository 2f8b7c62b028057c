#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/engine/agreements.hpp"
#include "core/engine/held_model.hpp"
#include "core/engine/picture_model.hpp"
#include "core/engine/vector_files.hpp"
#include "core/engine/works.hpp"
#include "core/features/byte_pairs.hpp"
#include "core/features/vector_store.hpp"
#include "core/features/work_vectors.hpp"
#include "core/fetching/queue.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// What works look like: the poster of each as a vector that a model of pictures makes of it, in the background and the most useful first.
/// Posters come from what the browser has kept, else from their hosts, one after the other; of a poster that no page may read there is no
/// vector.
///
/// A model that reads texts, too, then reads what is written about these works, so that it is known how well their posters fit that
/// (agreements.hpp, looks_texts.cpp).
///
/// One of these is of one model: another one that somebody chooses begins beside it, and takes its place when it has seen all.
class Looks final : public features::WorkVectors {
 public:
  /// Milliseconds with nothing to see after which the model is ended.
  static constexpr double idle = 30'000;
  /// Milliseconds after which vectors are written.
  static constexpr double gathered = 5'000;

  struct Calls {
    std::function<std::vector<Works::Ref>()> works;                ///< whose posters are to be seen, the most useful first
    std::function<void()> changed;                                 ///< something of state() has
    std::function<void(const std::vector<Works::Ref>&)> seen;      ///< these have vectors now
    std::function<void()> found;                                   ///< the words typed last have one
    std::function<void(const std::vector<Works::Ref>&)> compared;  ///< of these it is known now how well poster and text agree
  };

  /// Milliseconds without a key pressed before typed words are read.
  static constexpr double rest = 250;

  struct Alike {
    Works::Ref work;
    float likeness = 0;
  };

  /// @param host, queue, outside  must outlive this.
  Looks(ModelHost& host, ModelPlace place, PictureModel model, fetching::Queue& queue, fetching::Outside& outside, Calls calls);
  ~Looks() override;
  Looks(const Looks&) = delete;
  Looks& operator=(const Looks&) = delete;

  /// Takes in the vectors that are kept, and looks which files of the model are. @param files  null where nothing is kept.
  void open(storage::FileSystem* files, bool may_write);

  protocol::Looks state() const;
  /// Of all posters that can be had there is a vector.
  bool complete() const { return !stale_ && read_ == all_ && all_ > 0; }
  /// And all texts there are beside them were read for agreement().
  bool compared() const { return complete() && agreements_.planned() && agreements_.read() == agreements_.all(); }
  /// Whether any has one.
  bool empty() const { return store_.size() == 0; }
  /// While it is the one that somebody has chosen, it sees; else it only keeps what it has.
  void choose(bool on);

  void wish(std::string_view wish);  ///< protocol::WishPictureModel
  void pause(bool on);
  void hide(bool hidden);
  /// While something else is computed that the person waits for, or another model is in memory, nothing is begun, and the model is ended.
  void yield(bool on);

  /// Other works than before are known, or others of them are the most useful ones.
  void works_changed();

  void told(const ModelNews& news);
  /// What ModelHost::see brought. @param features  as many as the model says. @param code  empty, or why it failed.
  void seen(std::uint32_t id, Seen what, std::span<const float> features, std::string_view code);
  /// Time has passed (Outside::call_in).
  void run();

  /// Words that somebody typed, to be read as soon as they have rested; in place of those before. Empty: none.
  void type(std::string words);
  /// What ModelHost::describe brought, as seen().
  void described(std::uint32_t id, std::span<const float> features, std::string_view code);
  /// Works of a type whose posters look like what was typed, the closest first: those that stand out among all of the type, by more than
  /// their spread. None as long as those very words have no vector, and none of a model that reads no texts.
  std::vector<Alike> about(std::string_view words, MediaType type, std::size_t most);

  const PictureModel& offered() const { return offered_; }

  std::string_view model() const override { return offered_.hash; }
  std::size_t dimensions() const override { return store_.dimensions(); }
  bool of(const Item& work, std::span<float> into) const override;

  /// How well the poster fits what is written about the work, -1 … 1; nothing where it is not known, or the model reads no texts.
  std::optional<double> agreement(const Item& work) const;

  /// Vectors that are in no file yet have gathered for long enough. @return ticks at which they will have; nothing when there are none.
  std::optional<double> write_due() const;
  void write();
  /// VectorFiles::synced and withdraw.
  void synced();
  void withdraw();
  /// Vectors and the model itself.
  void remove_all();

 private:
  struct Wanted {
    Works::Ref work;
    std::uint64_t key = 0;
    metadata::Request request;
  };
  struct Job {
    Wanted wanted;
    std::uint32_t id = 0;      ///< of what the model is asked; 0: it is being fetched
    std::uint32_t ticket = 0;  ///< of the queue
  };
  using Jobs = std::list<Job>;

  /// Under which the vector of a work's poster is kept; nothing without a poster.
  static std::optional<std::uint64_t> key_of_poster(const Item& work);

  void plan();
  void begin();
  void see(Job& job, const std::string* bytes);
  void fetch(Job& job);
  void arrived(std::uint64_t key, const Expected<fetching::Answer>& answer);
  void end_without(Jobs::iterator job);
  void fail(std::string code);
  void drop();
  void end_when_idle();
  void describe();
  /// What the model says, made as long as what is kept of a poster and of length 1; nothing where that has no direction.
  std::optional<std::vector<float>> unit_of(std::span<const float> said) const;

  void plan_comparing();
  /// Goes on with reading texts, if nothing else is to be done. @param may  it is allowed to.
  void compare(bool may);
  void text_read(std::span<const float> said, std::string_view code);
  /// A model can have its tower for pictures or its tower for texts in memory, but in the background not both.
  void make_room(bool other_tower);

  ModelHost& host_;
  fetching::Queue& queue_;
  fetching::Outside& outside_;
  Calls calls_;
  ModelPlace place_;
  PictureModel offered_;
  HeldModel held_;
  std::optional<features::BytePairs> pieces_;
  bool chosen_ = false;
  bool started_ = false;  ///< the model has answered since it was ended last
  bool sees_all_ = true;  ///< not in a tab beside the one that writes: that one does
  bool paused_ = false;
  bool hidden_ = false;
  bool yields_ = false;

  features::VectorStore store_;
  VectorFiles files_;
  std::vector<features::VectorStore::Row> unwritten_;
  double unwritten_since_ = 0;

  bool stale_ = true;
  std::vector<Wanted> queue_of_works_;                       ///< the next one last
  std::unordered_set<std::uint64_t> without_;                ///< that cannot be read, as far as this visit knows
  std::unordered_map<std::uint64_t, std::uint32_t> failed_;  ///< how often
  double not_before_ = 0;                                    ///< ticks; until then nothing is asked of hosts that could not be reached
  std::uint32_t all_ = 0;
  std::uint32_t read_ = 0;
  Jobs jobs_;
  std::uint32_t last_id_ = 0;
  double idle_since_ = 0;

  Agreements agreements_;
  // Which towers were started in the background since the model was ended.
  bool sees_now_ = false;
  bool reads_now_ = false;

  std::string typed_;
  double typed_due_ = 0;        ///< ticks; 0: it is read, or there is nothing
  std::uint32_t typed_id_ = 0;  ///< of what the model is asked; 0: nothing
  std::string typed_asked_;
  std::string typed_read_;  ///< that `typed_vector_` is of
  std::optional<features::Quantised> typed_vector_;
};

}  // namespace hub::engine
