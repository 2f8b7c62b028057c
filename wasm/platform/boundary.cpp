#include "wasm/platform/boundary.hpp"

#include <emscripten.h>

// `Module.page` is the object made by web/host-boundary.js. HEAPU8 and its like are read inside, as memory moves when it grows.
// clang-format off
extern "C" {
EM_JS(void, page_request_frame, (void), { Module.page.requestFrame(); })
EM_JS(void, page_ready, (void), { Module.page.ready(); })
EM_JS(void, page_mirror_update, (const char* json, size_t length), { Module.page.mirrorUpdate(HEAPU8.subarray(json, json + length)); })
EM_JS(void, page_environment, (double* to), { HEAPF64.set(Module.page.environment(), to >> 3); })
EM_JS(double, page_number, (int which, double argument), { return Module.page.number(which, argument); })
EM_JS(void, page_text, (int which, const char* argument, size_t length), { Module.page.text(which, HEAPU8.subarray(argument, argument + length)); })
EM_JS(uint32_t, page_system_color, (const char* name, size_t length), { return Module.page.systemColor(HEAPU8.subarray(name, name + length)); })
EM_JS(void, page_set_colors, (uint32_t background, uint32_t caret, uint32_t selection, uint32_t scrollbar, uint32_t text, int dark), {
  Module.page.setColors(background, caret, selection, scrollbar, text, dark);
})
EM_JS(void, page_set_cursor, (int cursor), { Module.page.setCursor(cursor); })
EM_JS(void, page_font_metrics, (int face, float size, float* to), { HEAPF32.set(Module.page.fontMetrics(face, size), to >> 2); })
EM_JS(void, page_measure, (int face, float size, const char* text, size_t length, float* to), {
  HEAPF32.set(Module.page.measure(face, size, HEAPU8.subarray(text, text + length)), to >> 2);
})
EM_JS(int, page_draw, (int face, float size, const char* text, size_t length, float scale_x, float scale_y, float pen_x, float pen_y, int width, int height, uint8_t* to), {
  return Module.page.draw(face, size, HEAPU8.subarray(text, text + length), scale_x, scale_y, pen_x, pen_y, width, height, HEAPU8.subarray(to, to + width * height * 4));
})
EM_JS(void, page_post, (const char* json, size_t length, const int* handles, int count), {
  Module.page.post(HEAPU8.subarray(json, json + length), HEAP32.subarray(handles >> 2, (handles >> 2) + count));
})
EM_JS(void, page_restart_engine, (void), { Module.page.restartEngine(); })
EM_JS(double, page_bulk_size, (int handle), { return Module.page.bulkSize(handle); })
EM_JS(void, page_bulk_text, (int handle, int which), { Module.page.bulkText(handle, which); })
EM_JS(double, page_bulk_read, (int handle, double offset, uint8_t* to, double length), {
  return Module.page.bulkRead(handle, offset, HEAPU8.subarray(to, to + length));
})
EM_JS(int, page_bulk_new, (const uint8_t* from, size_t length), { return Module.page.bulkNew(HEAPU8.slice(from, from + length)); })
EM_JS(void, page_bulk_free, (int handle), { Module.page.bulkFree(handle); })
EM_JS(void, page_do, (int which, const char* a, size_t a_length, const char* b, size_t b_length), {
  Module.page.doText(which, HEAPU8.subarray(a, a + a_length), HEAPU8.subarray(b, b + b_length));
})
EM_JS(void, page_act, (int which, int argument), { Module.page.act(which, argument); })
EM_JS(void, page_download, (const char* name, size_t name_length, const char* mime, size_t mime_length, int handle), {
  Module.page.download(HEAPU8.subarray(name, name + name_length), HEAPU8.subarray(mime, mime + mime_length), handle);
})
EM_JS(void, page_write_backup_file, (const char* mark, size_t length, int handle), {
  Module.page.writeBackupFile(HEAPU8.subarray(mark, mark + length), handle);
})
EM_JS(void, page_pick_files, (const char* types, size_t length), { Module.page.pickFiles(HEAPU8.subarray(types, types + length)); })
EM_JS(void, page_set_shortcuts, (const char* chords, size_t length), { Module.page.setShortcuts(HEAPU8.subarray(chords, chords + length)); })
}
// clang-format on
