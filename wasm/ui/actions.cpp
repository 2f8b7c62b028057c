#include "wasm/ui/actions.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/command_palette.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/persistence.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/data.hpp"
#include "wasm/ui/views/file_types.hpp"
#include "wasm/ui/views/library.hpp"
#include "wasm/ui/views/library_columns.hpp"
#include "wasm/ui/views/library_layout.hpp"
#include "wasm/ui/views/library_selection.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/predict_list.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/key_caps.hpp"

namespace hub::ui {
namespace {

constexpr std::string_view setting_typed = "typed_shortcuts";
/// Seconds in which the second character of two has to follow.
constexpr double follow_within = 1.5;

MediaType type_of(int argument) {
  return media_types[static_cast<std::size_t>(argument)];
}

bool may_change(int = 0) {
  return client().opened() && !client().read_only();
}
bool may_keep(int = 0) {
  return may_change() && !client().demo();
}

/// The title that is open, as far as it can be rated.
const std::string* open_title() {
  const Route& where = route();
  return where.view == View::predict && !where.item.empty() && may_change() && client().item(where.item) ? &where.item : nullptr;
}
Deeds deeds_of_open() {
  const Entry* entry = client().library().find(*open_title());
  return entry ? entry->deeds : Deeds();
}
bool title_open(int) {
  return open_title() != nullptr;
}
bool title_rated(int) {
  const std::string* id = open_title();
  return id && client().rating(*id).has_value();
}
bool title_dismissable(int) {
  const std::string* id = open_title();
  return id && !client().rating(*id) && !client().library().is_not_interested(*id);
}

bool library_there(int = 0) {
  return client().opened() && client().library().rating_count() > 0;
}

bool previewing() {
  return client().import_preview() || client().restore_preview();
}

bool tunable(int) {
  const protocol::ModelReport* report = client().report();
  return report && may_change() && report->needs.tuning <= report->ratings && !report->tuning.running && !client().job();
}

bool removable(const protocol::OnDevice& model) {
  return model.state != "none" && model.state != "downloading" && model.begun;
}

/// Whether a model has something left to work through.
bool at_work(const protocol::OnDevice& model) {
  return model.state != "none" && model.state != "absent" && model.state != "downloading" && model.read < model.all;
}

void titles_actions(std::vector<Action>& to) {
  // The best first: one looks for “rate 5” more often than for “rate 0.5”.
  for (int halves = 10; halves >= 1; --halves)
    to.push_back({.group = ActionGroup::title,
                  .icon = Icon::star,
                  .name = "Rate this title " + words::stars(halves / 2.0),
                  .other_words = "my rating stars",
                  .possible = title_open,
                  .run = [](int half) { client().rate(*open_title(), half / 2.0); },
                  .argument = halves});
  to.push_back({.group = ActionGroup::title,
                .icon = Icon::close,
                .name = "Clear my rating of this title",
                .other_words = "remove delete unrate",
                .possible = title_rated,
                .run = [](int) { client().clear_rating(*open_title()); }});
  to.push_back({.group = ActionGroup::title,
                .icon = Icon::search,
                .name = "Say that this is the wrong work…",
                .other_words = "match correct other remake facts",
                .possible = [](int) { return open_title() && views::can_be_matched(*open_title()); },
                .run = [](int) { open_match(*open_title()); }});
  struct Mark {
    std::string_view name, other_words;
    bool (*possible)(int);
    void (*run)(int);
  };
  const std::array<Mark, 4> marks{{
      {"Put this title on my wish list", "mark later want", [](int) { return open_title() && !deeds_of_open().wished; },
       [](int) { client().mark(*open_title(), "wished", true); }},
      {"Take this title off my wish list", "mark later want", [](int) { return open_title() && deeds_of_open().wished; },
       [](int) { client().mark(*open_title(), "wished", false); }},
      {"I know this title: seen, read, heard or played", "mark watched", [](int) { return open_title() && !deeds_of_open().seen; },
       [](int) { client().mark(*open_title(), "seen", true); }},
      {"Forget that I know this title", "mark watched seen read heard played", [](int) { return open_title() && deeds_of_open().seen; },
       [](int) { client().mark(*open_title(), "seen", false); }},
  }};
  for (const Mark& mark : marks)
    to.push_back({.group = ActionGroup::title,
                  .icon = Icon::check,
                  .name = std::string(mark.name),
                  .other_words = mark.other_words,
                  .possible = mark.possible,
                  .run = mark.run});
  to.push_back({.group = ActionGroup::title,
                .icon = Icon::eye,
                .name = "Not interested in this title",
                .other_words = "dismiss hide skip",
                .possible = title_dismissable,
                .run = [](int) { client().dismiss(*open_title()); }});
}

void places_actions(std::vector<Action>& to) {
  struct Place {
    View view;
    Icon icon;
    std::string_view name, other_words, typed;
  };
  constexpr std::array<Place, 5> places{{
      {View::start, Icon::home, "Go to Start", "home welcome", "gs"},
      {View::predict, Icon::star, "Go to Predict", "search titles", "gp"},
      {View::library, Icon::library, "Go to Library", "my ratings collection", "gl"},
      {View::accuracy, Icon::target, "Go to Accuracy", "errors model", "ga"},
      {View::data, Icon::database, "Go to Data", "import export storage network settings", "gd"},
  }};
  for (const Place& place : places)
    to.push_back({.group = ActionGroup::places,
                  .icon = place.icon,
                  .name = std::string(place.name),
                  .other_words = place.other_words,
                  .typed = place.typed,
                  .run = [](int view) { go(static_cast<View>(view)); },
                  .argument = static_cast<int>(place.view)});
}

void search_actions(std::vector<Action>& to) {
  to.push_back({.group = ActionGroup::search,
                .icon = Icon::search,
                .name = "Search for a title",
                .other_words = "find predict",
                .typed = "/",
                .run = [](int) { views::search_in(std::nullopt); }});
  for (const MediaType type : media_types)
    to.push_back({.group = ActionGroup::search,
                  .icon = Icon::search,
                  .name = "Search " + std::string(noun_of(type, true)),
                  .other_words = "find predict",
                  .run = [](int which) { views::search_in(type_of(which)); },
                  .argument = static_cast<int>(index_of(type))});
}

void history_actions(std::vector<Action>& to) {
  to.push_back({.group = ActionGroup::history,
                .icon = Icon::undo,
                .name = "Undo the last change",
                .other_words = "take back revert",
                .chord = ImGuiMod_Ctrl | ImGuiKey_Z,
                .possible = [](int) { return may_change() && !client().undo_words().empty(); },
                .run = [](int) { client().undo(); }});
  to.push_back({.group = ActionGroup::history,
                .icon = Icon::redo,
                .name = "Redo what was undone",
                .other_words = "again",
                .chord = ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z,
                .possible = [](int) { return may_change() && !client().redo_words().empty(); },
                .run = [](int) { client().redo(); }});
}

void files_actions(std::vector<Action>& to) {
  const auto add = [&](Icon icon, std::string_view name, std::string_view other_words, bool (*possible)(int), void (*run)(int)) {
    to.push_back({.group = ActionGroup::files,
                  .icon = icon,
                  .name = std::string(name),
                  .other_words = other_words,
                  .possible = possible,
                  .run = run});
  };
  add(
      Icon::check, "Import what was found in the file", "confirm add", [](int) { return client().import_preview().has_value(); },
      [](int) { client().confirm_import(); });
  add(
      Icon::download, "Save the import report", "table lines skipped why preview",
      [](int) { return client().import_preview().has_value(); }, [](int) { client().report_import(); });
  add(
      Icon::check, "Add the backup to what is here", "restore merge confirm", [](int) { return client().restore_preview().has_value(); },
      [](int) { client().confirm_restore(false); });
  add(
      Icon::trash, "Replace everything by the backup…", "restore instead", [](int) { return client().restore_preview().has_value(); },
      [](int) {
        go(View::data);
        views::ask_to_replace();
      });
  add(
      Icon::close, "Put the file away without importing", "cancel", [](int) { return previewing(); }, [](int) { client().drop_preview(); });
  add(
      Icon::close, "Stop what is under way", "cancel job", [](int) { return client().job().has_value(); },
      [](int) { client().cancel_job(); });
  add(
      Icon::upload, "Import a file of ratings", "choose open bring export backup restore", [](int) { return may_keep() && !previewing(); },
      [](int) { host::pick_files(views::accepted_files); });
  add(Icon::download, "Download a backup", "export save", nullptr, [](int) { client().make_backup(); });
  using backup_file::Stage;
  add(
      Icon::plus, "Keep a backup file up to date…", "automatic auto choose save follow",
      [](int) { return may_keep() && backup_file::stage() == Stage::none; }, [](int) { backup_file::choose(); });
  add(
      Icon::refresh, "Write the backup file now", "automatic auto save again",
      [](int) {
        const Stage stage = backup_file::stage();
        return may_keep() && (stage == Stage::kept || stage == Stage::held || stage == Stage::failed) && !backup_file::writing();
      },
      [](int) { backup_file::write_now(); });
  add(
      Icon::refresh, "Allow the backup file to be written again", "automatic auto permission go on",
      [](int) { return may_keep() && backup_file::stage() == Stage::waits; }, [](int) { backup_file::allow(); });
  add(
      Icon::plus, "Choose another backup file…", "automatic auto keep save", [](int) { return may_keep() && !backup_file::name().empty(); },
      [](int) { backup_file::choose(); });
  add(
      Icon::close, "Stop writing the backup file", "automatic auto forget", [](int) { return may_keep() && !backup_file::name().empty(); },
      [](int) { backup_file::stop(); });
  for (std::size_t i = 0; i < views::export_kinds().size(); ++i)
    to.push_back({.group = ActionGroup::files,
                  .icon = Icon::download,
                  .name = "Write a file for " + std::string(views::export_kinds()[i].name),
                  .other_words = "export take along download",
                  .possible = library_there,
                  .run = [](int kind) { client().write_export(views::export_kinds()[static_cast<std::size_t>(kind)].key); },
                  .argument = static_cast<int>(i)});
  add(
      Icon::refresh, "Try again to save", "storage failed", [](int) { return client().storage().state == "failed"; },
      [](int) { client().save_again(); });
  add(
      Icon::sparkle, "Open the demo", "example try", [](int) { return client().opened() && !client().demo() && !client().read_only(); },
      [](int) {
        go(View::start);
        client().open_demo();
      });
  add(
      Icon::refresh, "Begin the demo anew", "reset example", [](int) { return client().demo(); }, [](int) { client().open_demo(); });
  add(
      Icon::close, "Leave the demo", "example close", [](int) { return client().demo(); },
      [](int) {
        client().leave_demo();
        go(View::start);
      });
  add(
      Icon::lock, "Stay offline: ask nobody", "network privacy services", [](int) { return !client().network().stay_offline; },
      [](int) { client().stay_offline(true); });
  add(
      Icon::search, "Ask services for titles again", "online network", [](int) { return client().network().stay_offline; },
      [](int) { client().stay_offline(false); });
  add(
      Icon::search, "Look up what titles lack", "missing facts genres makers cast metadata fill",
      [](int) { return client().filling().state == "off" && client().filling().left > 0 && !client().demo() && !client().read_only(); },
      [](int) {
        go(View::data);
        client().fill_facts(true);
      });
  add(
      Icon::close, "Stop looking up what titles lack", "missing facts pause metadata",
      [](int) {
        const auto& state = client().filling().state;
        return (state == "asking" || state == "waiting" || state == "through") && !client().demo() && !client().read_only();
      },
      [](int) { client().fill_facts(false); });
  add(
      Icon::lock, "Go on in this tab", "take over writer read only other",
      [](int) { return client().read_only() && !client().turn_asked(); }, [](int) { client().take_turn(); });
  add(Icon::trash, "Delete everything…", "remove reset erase", may_keep, [](int) {
    go(View::data);
    views::ask_to_delete();
  });
  add(
      Icon::trash, "Delete for good what was deleted", "forget erase undo", [](int) { return client().deleted_held(); },
      [](int) { client().delete_everything(true); });
  add(
      Icon::lock, "Ask the browser to keep my ratings", "persist storage promise", [](int) { return persistence::offered(); },
      [](int) { persistence::ask(); });
}

void model_actions(std::vector<Action>& to) {
  struct Wish {
    Icon icon;
    std::string_view name, other_words;
    bool (*possible)(int);
    void (*run)(int);
  };
  const std::array<Wish, 10> wishes{{
      {Icon::download, "Download the text model", "similar stories description get go on",
       [](int) { return client().stories().state == "absent"; },
       [](int) {
         go(View::data);
         client().wish_text_model("get");
       }},
      {Icon::close, "Stop the download of the text model", "cancel", [](int) { return client().stories().state == "downloading"; },
       [](int) { client().wish_text_model("stop"); }},
      {Icon::close, "Pause reading stories", "text model stop rest",
       [](int) { return at_work(client().stories()) && !client().stories().paused; }, [](int) { client().pause_stories(true); }},
      {Icon::refresh, "Go on reading stories", "text model", [](int) { return at_work(client().stories()) && client().stories().paused; },
       [](int) { client().pause_stories(false); }},
      {Icon::trash, "Remove the text model", "similar stories delete free room", [](int) { return removable(client().stories()); },
       [](int) { client().wish_text_model("remove"); }},
      {Icon::download, "Download the picture model", "poster cover look get go on", [](int) { return client().looks().state == "absent"; },
       [](int) {
         go(View::data);
         client().wish_picture_model("get");
       }},
      {Icon::close, "Stop the download of the picture model", "cancel", [](int) { return client().looks().state == "downloading"; },
       [](int) { client().wish_picture_model("stop"); }},
      {Icon::close, "Pause looking at posters", "picture model stop rest",
       [](int) { return at_work(client().looks()) && !client().looks().paused; }, [](int) { client().pause_looks(true); }},
      {Icon::refresh, "Go on looking at posters", "picture model", [](int) { return at_work(client().looks()) && client().looks().paused; },
       [](int) { client().pause_looks(false); }},
      {Icon::trash, "Remove the picture model", "poster cover delete free room", [](int) { return removable(client().looks()); },
       [](int) { client().wish_picture_model("remove"); }},
  }};
  for (const Wish& wish : wishes)
    to.push_back({.group = ActionGroup::files,
                  .icon = wish.icon,
                  .name = std::string(wish.name),
                  .other_words = wish.other_words,
                  .possible = wish.possible,
                  .run = wish.run});
}

/// The library's titles are on the screen and may be changed.
bool titles_shown(int = 0) {
  return route().view == View::library && !route().songs && may_change() && views::library_shown() > 0;
}

void selection_actions(std::vector<Action>& to) {
  using Deed = ChangedTogether::Deed;
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::check,
                .name = "Select all titles that are shown",
                .other_words = "choose bulk many every",
                .chord = ImGuiMod_Ctrl | ImGuiKey_A,
                .lent = true,
                .possible = titles_shown,
                .run = [](int) { views::library_selection().all(); }});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::check,
                .name = "Select titles in my library",
                .other_words = "choose bulk many edit",
                .possible = library_there,
                .run = [](int) {
                  go(View::library);
                  views::library_selection().begin();
                }});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::close,
                .name = "Stop selecting titles",
                .other_words = "clear selection none",
                .possible = [](int) { return titles_shown() && views::library_selection().on(); },
                .run = [](int) { views::library_selection().end(); }});
  struct Act {
    Deed deed;
    Icon icon;
    std::string_view name, other_words;
  };
  constexpr std::array<Act, ChangedTogether::deed_count> acts{{
      {Deed::rated, Icon::star, "Rate the selected titles…", "bulk stars"},
      {Deed::wished, Icon::plus, "Put the selected titles on my wish list", "bulk later want"},
      {Deed::unwished, Icon::close, "Take the selected titles off my wish list", "bulk later want"},
      {Deed::seen, Icon::eye, "Mark the selected titles as seen", "bulk watched read heard played"},
      {Deed::unrated, Icon::close, "Take the rating of the selected titles away", "bulk clear unrate"},
      {Deed::removed, Icon::trash, "Remove the selected titles from my library", "bulk delete"},
  }};
  for (const Act& act : acts)
    to.push_back({.group = ActionGroup::library,
                  .icon = act.icon,
                  .name = std::string(act.name),
                  .other_words = act.other_words,
                  .possible = [](int deed) { return titles_shown() && views::library_selection().possible(static_cast<Deed>(deed)); },
                  .run = [](int deed) { views::library_selection().change(static_cast<Deed>(deed)); },
                  .argument = static_cast<int>(act.deed)});
}

void library_actions(std::vector<Action>& to) {
  using views::LibraryColumn;
  struct Order {
    LibraryColumn column;
    std::string_view name;
  };
  constexpr std::array<Order, 12> orders{{
      {LibraryColumn::date, "Sort my library by date"},
      {LibraryColumn::rating, "Sort my library by my rating"},
      {LibraryColumn::predicted, "Sort my library by prediction"},
      {LibraryColumn::gap, "Sort my library by gap"},
      {LibraryColumn::title, "Sort my library by title"},
      {LibraryColumn::year, "Sort my library by year"},
      {LibraryColumn::by, "Sort my library by who made it"},
      {LibraryColumn::type, "Sort my library by type"},
      {LibraryColumn::community, "Sort my library by public rating"},
      {LibraryColumn::genres, "Sort my library by genre"},
      {LibraryColumn::length, "Sort my library by length"},
      {LibraryColumn::language, "Sort my library by language"},
  }};
  for (const Order& order : orders)
    to.push_back({.group = ActionGroup::library,
                  .icon = Icon::sort_down,
                  .name = std::string(order.name),
                  .other_words = "order; again turns it round",
                  .possible = library_there,
                  .run =
                      [](int column) {
                        go(View::library);
                        views::library_sort(static_cast<LibraryColumn>(column));
                      },
                  .argument = static_cast<int>(order.column)});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::filter,
                .name = "Filter my library",
                .other_words = "genre decade year rating predicted language narrow choose",
                .possible = library_there,
                .run = [](int) {
                  go(View::library);
                  views::library_filter();
                }});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::filter,
                .name = "Clear the filters of my library",
                .other_words = "reset remove none",
                .possible = library_there,
                .run = [](int) {
                  go(View::library);
                  views::library_clear();
                }});
  selection_actions(to);
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::library,
                .name = "Choose the columns of my library",
                .other_words = "table fields genres length language public show hide",
                .possible = [](int) { return library_there() && display::size().x >= views::table_from; },
                .run =
                    [](int) {
                      go(View::library);
                      views::library_covers(false);
                      views::choose_library_columns();
                    }});
  for (std::size_t i = 0; i < library_grouping_count; ++i) {
    const auto grouping = static_cast<views::LibraryGrouping>(i);
    std::string by(views::name_of(grouping));
    by[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(by[0])));
    if (by.starts_with("your ")) by.replace(0, 4, "my");
    to.push_back({.group = ActionGroup::library,
                  .icon = Icon::library,
                  .name = grouping == views::LibraryGrouping::none ? std::string("Do not group my library") : "Group my library by " + by,
                  .other_words = "headings together sections",
                  .possible = library_there,
                  .run =
                      [](int by_what) {
                        go(View::library);
                        views::library_group(static_cast<views::LibraryGrouping>(by_what));
                      },
                  .argument = static_cast<int>(i)});
  }
  for (const bool covers : {true, false})
    to.push_back({.group = ActionGroup::library,
                  .icon = Icon::library,
                  .name = covers ? "Show my library as covers" : "Show my library as a list",
                  .other_words = "posters wall grid table rows",
                  .possible = library_there,
                  .run =
                      [](int as_covers) {
                        go(View::library);
                        views::library_covers(as_covers != 0);
                      },
                  .argument = covers ? 1 : 0});
  for (const MediaType type : media_types)
    to.push_back({.group = ActionGroup::library,
                  .icon = Icon::filter,
                  .name = "Show only " + std::string(noun_of(type, true)) + " in my library",
                  .other_words = "filter",
                  .possible = library_there,
                  .run =
                      [](int which) {
                        go(View::library);
                        views::library_show(type_of(which));
                      },
                  .argument = static_cast<int>(index_of(type))});
  struct Choice {
    views::LibraryChoice choice;
    std::string_view name, other_words;
  };
  constexpr std::array<Choice, 4> choices{{{views::LibraryChoice::wished, "Show my wish list", "later want"},
                                           {views::LibraryChoice::seen, "Show what I know but did not rate", "seen watched read played"},
                                           {views::LibraryChoice::not_rated, "Show what is not rated in my library", "filter unrated"},
                                           {views::LibraryChoice::rated, "Show what is rated in my library", "filter rated"}}};
  for (const Choice& choice : choices)
    to.push_back({.group = ActionGroup::library,
                  .icon = Icon::filter,
                  .name = std::string(choice.name),
                  .other_words = choice.other_words,
                  .possible = [](int) { return client().opened(); },
                  .run =
                      [](int which) {
                        go(View::library);
                        views::library_choose(static_cast<views::LibraryChoice>(which));
                      },
                  .argument = static_cast<int>(choice.choice)});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::search,
                .name = "Look at titles that could be other works",
                .other_words = "review match import queue",
                .possible = [](int) { return may_change() && !client().review().empty(); },
                .run = [](int) { go_review(); }});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::heart,
                .name = "Show my songs, and which I might like",
                .other_words = "music tracks liked chance",
                .possible = [](int) { return client().opened(); },
                .run = [](int) { go_songs(); }});
  to.push_back({.group = ActionGroup::library,
                .icon = Icon::library,
                .name = "Show all of my library",
                .other_words = "filter none everything",
                .possible = library_there,
                .run = [](int) {
                  go(View::library);
                  views::library_show(std::nullopt);
                }});
}

void accuracy_actions(std::vector<Action>& to) {
  for (const MediaType type : media_types)
    to.push_back({.group = ActionGroup::accuracy,
                  .icon = Icon::target,
                  .name = "How right predictions of " + std::string(noun_of(type, true)) + " are",
                  .other_words = "accuracy error model",
                  .run =
                      [](int which) {
                        go(View::accuracy);
                        replace_accuracy(type_of(which));
                      },
                  .argument = static_cast<int>(index_of(type))});
  to.push_back({.group = ActionGroup::accuracy,
                .icon = Icon::sparkle,
                .name = "Look for better settings of the model",
                .other_words = "tune improve",
                .possible = tunable,
                .run = [](int) { client().tune(client().report()->type, views::tuning_seconds); }});
}

void look_actions(std::vector<Action>& to) {
  struct Look {
    theme::Choice choice;
    Icon icon;
    std::string_view name;
  };
  constexpr std::array<Look, 3> looks{{{theme::Choice::light, Icon::sun, "Light colours"},
                                       {theme::Choice::dark, Icon::moon, "Dark colours"},
                                       {theme::Choice::system, Icon::eye, "Colours as on this device"}}};
  for (const Look& look : looks)
    to.push_back({.group = ActionGroup::look,
                  .icon = look.icon,
                  .name = std::string(look.name),
                  .other_words = "theme mode appearance",
                  .possible = [](int choice) { return theme::choice() != static_cast<theme::Choice>(choice); },
                  .run = [](int choice) { theme::choose(static_cast<theme::Choice>(choice)); },
                  .argument = static_cast<int>(look.choice)});
  for (const bool more : {true, false})
    to.push_back({.group = ActionGroup::look,
                  .icon = Icon::eye,
                  .name = more ? "More contrast" : "Usual contrast",
                  .other_words = "theme high contrast appearance",
                  .possible = [](int wanted) { return theme::contrast() != (wanted != 0); },
                  .run = [](int wanted) { theme::choose_contrast(wanted != 0); },
                  .argument = more ? 1 : 0});
}

void help_actions(std::vector<Action>& to) {
  to.push_back({.group = ActionGroup::help,
                .icon = Icon::more,
                .name = "All commands",
                .chord = ImGuiMod_Ctrl | ImGuiKey_K,
                .in_text = true,
                .possible = [](int) { return !palette::open(); },
                .run = [](int) { palette::show(); }});
  to.push_back({.group = ActionGroup::help,
                .icon = Icon::info,
                .name = "Keyboard shortcuts",
                .other_words = "keys help list",
                .typed = "?",
                .run = [](int) { palette::show_shortcuts(); }});
  to.push_back({.group = ActionGroup::help,
                .icon = Icon::refresh,
                .name = "Start the engine again",
                .other_words = "failed try reload",
                .possible = [](int) { return client().engine_failed(); },
                .run = [](int) { client().start_engine_again(); }});
  to.push_back({.group = ActionGroup::help,
                .icon = Icon::refresh,
                .name = "Load the newer version of this page",
                .other_words = "update reload",
                .possible = [](int) { return host::update_ready(); },
                .run = [](int) { host::apply_update(); }});
}

std::string capital(char letter) {
  return {static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter)};
}

/// The first of two characters, until the second follows.
struct Begun {
  std::string text;
  double at = 0;
};

/// Read once: asking the page in each frame would cost more than all else here.
bool& typed_on() {
  static bool on = host::setting(setting_typed) != "off";
  return on;
}

void run_typed() {
  static Begun begun;
  for (const auto& event : input::key_events()) {
    if (event.in_text || event.text.empty() || (event.mods & ImGuiMod_Alt) != 0) continue;
    const std::string so_far = frame::now() < begun.at + follow_within ? begun.text + event.text : event.text;
    begun = {};
    for (const Action& action : actions()) {
      if (action.typed.empty()) continue;
      if (action.typed == so_far) {
        if (possible(action)) run(action);
        return;
      }
      if (action.typed.size() == 2 && action.typed.substr(0, 1) == event.text) begun = {event.text, frame::now()};
    }
  }
}

}  // namespace

std::string_view heading_of(ActionGroup group) {
  switch (group) {
    case ActionGroup::title: return "The title that is open";
    case ActionGroup::places: return "Places";
    case ActionGroup::search: return "Search";
    case ActionGroup::history: return "Changes";
    case ActionGroup::files: return "Data";
    case ActionGroup::library: return "Library";
    case ActionGroup::accuracy: return "Accuracy";
    case ActionGroup::look: return "Look";
    case ActionGroup::help: return "Help";
  }
  return "";
}

std::span<const Action> actions() {
  static const std::vector<Action> all = [] {
    std::vector<Action> made;
    titles_actions(made);
    places_actions(made);
    search_actions(made);
    history_actions(made);
    files_actions(made);
    model_actions(made);
    library_actions(made);
    accuracy_actions(made);
    look_actions(made);
    help_actions(made);
    return made;
  }();
  return all;
}

bool possible(const Action& action) {
  return action.possible == nullptr || action.possible(action.argument);
}

void run(const Action& action) {
  if (action.act)
    action.act();
  else
    action.run(action.argument);
}

std::vector<std::string> keys_of(const Action& action) {
  std::vector<std::string> keys;
  if (action.chord != 0) {
    const bool apple = host::apple();
    if ((action.chord & ImGuiMod_Ctrl) != 0) keys.emplace_back(apple ? "⌘" : "Ctrl");
    if ((action.chord & ImGuiMod_Shift) != 0) keys.emplace_back(apple ? "⇧" : "Shift");
    const auto key = static_cast<ImGuiKey>(action.chord & ~ImGuiMod_Mask_);
    keys.push_back(capital(static_cast<char>('A' + (key - ImGuiKey_A))));
  } else if (typed_shortcuts()) {
    for (const char letter : action.typed) keys.push_back(capital(letter));
  }
  return keys;
}

std::string key_words_of(const Action& action) {
  return key_words(keys_of(action), action.chord != 0 ? " + " : " then ");
}

void run_shortcuts() {
  const bool free = !dialog_open();
  for (const Action& action : actions())
    if (action.chord != 0 && !(action.lent && !possible(action)) && input::shortcut(action.chord, action.in_text) && free &&
        possible(action))
      run(action);
  // What Windows calls Redo too.
  if (input::shortcut(ImGuiMod_Ctrl | ImGuiKey_Y) && free && may_change() && !client().redo_words().empty()) client().redo();
  if (!typed_shortcuts()) return;
  // Some browsers open a search of their own with it, on whatever keys the layout has it.
  (void)input::shortcut(ImGuiKey_Slash);
  (void)input::shortcut(ImGuiMod_Shift | ImGuiKey_Slash);
  if (free) run_typed();
}

bool typed_shortcuts() {
  return typed_on();
}

void set_typed_shortcuts(bool on) {
  typed_on() = on;
  host::set_setting(setting_typed, on ? "" : "off");
}

}  // namespace hub::ui
