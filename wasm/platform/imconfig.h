#pragma once
// How Dear ImGui is compiled (IMGUI_USER_CONFIG).

// Glyphs are drawn by the browser's own text engine, so neither a font file, nor a rasteriser, nor the built-in fonts are needed.
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_STB_TRUETYPE

// Emoji and rarer scripts lie beyond 16 bits.
#define IMGUI_USE_WCHAR32

// Its hooks tell each item's id, box, label and state; the accessible mirror is made from them.
#define IMGUI_ENABLE_TEST_ENGINE

#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
// The platform gives ImGui the clipboard, the time and links; it has no files.
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// A screen full of text and drawn covers has more than 65,536 corners.
#define ImDrawIdx unsigned int
