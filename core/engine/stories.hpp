#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/engine/held_model.hpp"
#include "core/engine/older_stories.hpp"
#include "core/engine/story_space.hpp"
#include "core/engine/vector_files.hpp"
#include "core/engine/works.hpp"
#include "core/features/story_words.hpp"
#include "core/features/vector_store.hpp"
#include "core/features/wordpiece.hpp"
#include "core/fetching/outside.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// What works are about: the text of each (features::story_of) as a vector that a text model makes of it, in the background and the most
/// useful first; which works are alike, and which fit words that somebody typed. Vectors of the catalogue come with the page; without the
/// model there are those, and what it has read before, and nothing else waits for it.
class Stories {
 public:
  /// Milliseconds without a key pressed before typed words are read.
  static constexpr double rest = 250;
  /// Milliseconds with nothing to read after which the model is ended. It takes a second to be started again.
  static constexpr double idle = 30'000;
  /// Milliseconds after which vectors are written: a batch brings a few.
  static constexpr double gathered = 5'000;

  struct Calls {
    std::function<std::vector<Works::Ref>()> works;            ///< those that are to be read, the most useful first
    std::function<void()> changed;                             ///< something of state() has
    std::function<void(const std::vector<Works::Ref>&)> read;  ///< these have vectors now
    std::function<void()> found;                               ///< the words typed last have one
  };

  using Alike = StorySpace::Alike;

  /// @param model, outside  must outlive this.
  Stories(ModelHost& model, fetching::Outside& outside, Calls calls);

  /// The model that this page has. Without, state() is “none” for ever.
  void offer(TextModel model);

  /// Takes in the vectors that are kept, and looks which files of the model are. @param files  null where nothing is kept.
  /// @param may_write  this tab is the one that writes.
  void open(storage::FileSystem* files, bool may_write);

  /// Takes in vectors that come with the page (vector_records.hpp), which stay when everything is deleted. They are kept beside those of
  /// the person's own works, where there are such: when another page brings another model, both go on being compared by what this one has
  /// read.
  /// @return whether there are any of the model that is offered; others are not compared with its own.
  bool bring(std::vector<std::uint8_t> records);

  /// How it stands.
  protocol::Stories state() const;

  void wish(std::string_view wish);  ///< protocol::WishTextModel
  void pause(bool on);
  void hide(bool hidden);
  /// While something else is computed that the person waits for, nothing is begun that nobody waits for.
  void yield(bool on);

  /// Whether the model is in memory, or on its way there.
  bool runs() const { return started_ || running_; }

  /// Other works than before are known.
  void works_changed();
  /// Others of them are the most useful ones now.
  void order_changed();

  /// A work that is no part of works(), to be read next and kept in memory alone; null: none any more.
  void look_at(Works::Ref work);

  void told(ModelNews news);
  /// What ModelHost::embed brought. @param states  rows x length x dimensions. @param code  empty, or why it failed.
  void embedded(std::uint32_t id, std::span<const float> states, std::string_view code);
  /// Time has passed (Outside::call_in).
  void run();

  /// The model that this page has.
  const std::optional<TextModel>& offered() const { return offered_; }
  /// The vectors that are used: those of an older page's model, until this page's has read all that it had; null without a model.
  std::shared_ptr<StorySpace> used() const { return uses_older() ? older_.space() : own_; }
  bool uses_older() const { return older_.space() != nullptr; }
  /// From now on the vectors of this page's model are used, if it has read all that the older one had.
  /// @return whether others are used than before.
  bool take_over();

  /// Works of a type that are about something like this one, the most alike first.
  ///
  /// Their likeness is the cosine of their vectors less what is common to all of their types (a title alone, or that it is a film, makes
  /// nothing alike), and half of what they share of genres and keywords: at most 1.5. Two that are told of to somebody have 0.25 or more.
  std::vector<Alike> like(const Works::Ref& work, MediaType type, std::size_t most);

  /// Words that somebody typed, to be read as soon as they have rested; in place of those before. Empty: none.
  void type(std::string words);
  /// Works of a type that are about what was typed, by this page's model alone, the closest first, and none that is far from it. With the
  /// model their likeness is the cosine of the vectors, and there are none as long as those very words have no vector. While the model is
  /// not here it is how much of the words they have (features::StoryWords).
  std::vector<Alike> about(std::string_view words, MediaType type, std::size_t most);

  /// Vectors that are in no file yet have gathered for long enough. @return ticks at which they will have; nothing when there are none.
  std::optional<double> write_due() const;
  void write();
  VectorFiles& files() { return files_; }

  /// Vectors, also those of an older model, and the model itself.
  void remove_all();

 private:
  struct Wanted {
    Works::Ref work;
    std::uint64_t key = 0;
    bool keep = true;
  };
  struct Running {
    std::uint32_t id = 0;
    TextBatch batch;
    std::vector<Wanted> works;  ///< of each row; none for typed words
    std::optional<std::string> typed;
  };

  /// All works, each hashed once.
  std::vector<KeyedWork> keyed_works();
  void plan();
  bool may_read() const;
  void begin();
  void send(Running running);
  void add_row(TextBatch& batch, std::vector<std::int32_t> pieces) const;
  void fail(std::string code);
  /// It is not used any more.
  void drop();
  /// For the words of what works are about; made when they are first asked for.
  struct WordsOfType {
    bool stale = true;
    features::StoryWords words;
    std::vector<Works::Ref> works;
  };

  std::vector<Alike> by_words(std::string_view words, MediaType type, std::size_t most);
  /// What has come with the page is to be kept.
  bool keeps_brought() const;
  /// Vectors wait for write() from now on, if none does yet.
  void gather();

  ModelHost& model_;
  fetching::Outside& outside_;
  Calls calls_;
  std::optional<TextModel> offered_;
  HeldModel held_;
  std::optional<features::WordPiece> pieces_;
  bool started_ = false;   ///< the model has answered since it was ended last
  bool reads_all_ = true;  ///< not in a tab beside the one that writes: that one does
  bool paused_ = false;
  bool hidden_ = false;
  bool yields_ = false;

  std::shared_ptr<StorySpace> own_;  ///< of the model that this page has; null without
  OlderStories older_;
  VectorFiles files_;
  std::vector<std::uint8_t> brought_;
  std::vector<features::VectorStore::Row> brought_rows_;  ///< of those, what is in no file
  std::vector<features::VectorStore::Row> unwritten_;
  double unwritten_since_ = 0;

  std::unordered_map<Works::Ref, std::uint64_t> keys_;  ///< of their texts; 0: it has none
  bool stale_ = true;                                   ///< what is to be read has to be asked for again
  std::vector<Wanted> queue_;                           ///< the next one last
  std::uint32_t all_ = 0;
  std::uint32_t read_ = 0;
  std::optional<Wanted> looked_at_;

  std::array<WordsOfType, media_type_count> words_of_type_;

  std::string typed_;
  double typed_due_ = 0;    ///< ticks; 0: it is read, or there is nothing
  std::string typed_read_;  ///< that `typed_vector_` is of
  std::optional<features::Quantised> typed_vector_;

  std::optional<Running> running_;
  std::uint32_t last_id_ = 0;
  double idle_since_ = 0;
};

}  // namespace hub::engine
