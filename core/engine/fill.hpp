#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/work_lookup.hpp"
#include "core/engine/works.hpp"
#include "core/protocol/protocol.hpp"
#include "core/storage/file_system.hpp"

namespace hub::engine {

/// Whether a work has not all of what services usually know of its type, and what predictions learn from: genres, makers, and by type cast,
/// companies or themes.
bool lacks_facts(const Item& item);

/// Looks up what the library lacks, in the background: one title after another, at the pace that each service allows, after everything that
/// somebody waits for (Urgency::background). Titles go out, so nothing is asked before the person has agreed; that, and which titles were
/// asked for, is kept on this device, so that it goes on where it was.
///
/// A title is asked for by its ids. Where none of them leads anywhere, it is searched for, and taken only where it can be but one work
/// (imports::Matcher). Services whose terms keep facts from being kept, or that give few answers a day, are not asked.
class Fill {
 public:
  static constexpr std::size_t at_once = 4;         ///< titles
  static constexpr double gathered = 15'000;        ///< milliseconds that facts are gathered for before they go into the library
  static constexpr std::size_t most_gathered = 50;  ///< titles, likewise
  static constexpr int most_failures = 3;           ///< titles in a row that nobody answered for, before it rests
  static constexpr double rest = 120'000;           ///< milliseconds, then
  static constexpr double rest_offline = 30'000;    ///< milliseconds until the network is looked for again
  static constexpr std::int64_t asked_again = 90;   ///< days after which a title that still lacks facts is asked for anew

  struct Calls {
    std::function<std::vector<Works::Ref>()> lacking;  ///< works of the library that lack facts, the most useful first
    std::function<bool(std::vector<Item>)> keep;       ///< facts for the library. @return  false where it takes none just now
    std::function<void()> changed;                     ///< of state()
    /// Of a title: what the person said that it is not, as Matched::refused.
    std::function<std::vector<std::string>(const std::string& id)> refused;
  };

  /// @param queue, outside  must outlive this.
  Fill(fetching::Queue& queue, fetching::Outside& outside, Calls calls);

  /// @param files  where it is kept how far it is; null where nothing can be. @param writes  whether this tab does.
  void open(storage::FileSystem* files, bool writes);
  /// The person agrees, or has it rest.
  void turn(bool on);
  /// The library is another than before.
  void works_changed();
  /// Forgets everything, as “Delete everything” does.
  void remove_all();
  /// Time has passed, or an answer has come.
  void run();

  protocol::Filling state();

 private:
  enum class Stage : std::uint8_t { by_id, by_title, details };
  struct Title {
    Works::Ref work;
    Stage stage = Stage::by_id;
    std::unique_ptr<WorkLookup> lookup;
    bool changed = false;
  };

  void look_again();
  bool may_go_on();
  void start(Works::Ref work);
  /// @return  whether it has ended.
  bool go_on(Title& title);
  void found(const Title& title);
  void ended(const Works::Ref& work, bool with_facts);
  void failed(Works::Ref work, const Error& error);
  void flush();
  void write();
  std::int64_t today() const { return outside_.now() / 86'400'000; }

  fetching::Queue& queue_;
  fetching::Outside& outside_;
  Calls calls_;
  storage::FileSystem* files_ = nullptr;
  bool writes_ = false;
  bool on_ = false;
  bool stale_ = true;                                    ///< the plan is yet to be made
  bool just_opened_ = true;                              ///< and it is the first since open()
  std::unordered_map<std::string, std::int64_t> asked_;  ///< day by id
  std::deque<Works::Ref> plan_;
  std::vector<std::unique_ptr<Title>> titles_;  ///< that are being asked for
  std::vector<Item> gathered_;
  double due_ = 0;  ///< ticks when those are kept; 0: there are none
  bool keeping_ = false;
  std::uint32_t done_ = 0;
  std::uint32_t found_ = 0;
  int failures_ = 0;       ///< in a row
  double held_until_ = 0;  ///< ticks
  std::string words_;      ///< why it rests
  double began_ = 0;       ///< ticks
  std::uint32_t done_before_ = 0;
};

}  // namespace hub::engine
