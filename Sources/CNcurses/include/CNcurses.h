#pragma once

// The screen by ncurses, in plain types. There is one a process, as ncurses has it.
//
#include "shorten.h"

// Nothing here reads keys: ncurses passes on what it doesn't know as Escape and letters, and waits for the rest of a
// sequence. See `KeyDecoder`.

enum {
    SCREEN_OPENED = 0,
    /// No such type of terminal, or not enough memory.
    SCREEN_UNKNOWN = 1,
    /// The terminal can't move its cursor.
    SCREEN_DUMB = 2,
};

/// The looks of a text; together they can be added up.
enum {
    SCREEN_BOLD = 1,
    SCREEN_DIM = 2,
    SCREEN_UNDERLINE = 4,
    SCREEN_REVERSE = 8,
    SCREEN_ITALIC = 16,
};

/// The most rows, and the most columns, that ncurses gets to know of: 6.4 dies of 32,768.
enum { SCREEN_MAXIMUM = 1000 };

/// Takes the terminal on standard input and output over, as the type of that name: its screen saved, its
/// keys unfiltered, pastes marked. The size is cut to `SCREEN_MAXIMUM`; `has_unicode` is 0 when only ASCII can
/// be written.
int screen_open(const char *type, int rows, int columns, int has_colour, int has_unicode);

/// How many colours it shows: 0, 8, 16 or 256.
int screen_colours(void);

/// From now on the screen has this size, which is cut to `SCREEN_MAXIMUM`, and is drawn anew.
void screen_resize(int rows, int columns);

/// The number for this pair of colours (0–255; -1 is the terminal's own), 0 when there are too many.
int screen_pair(int foreground, int background);

/// Blanks cells of a row, to be drawn.
void screen_blank(int row, int column, int count);

/// Puts text (UTF-8, `count` bytes) at a place. What doesn't fit into the row is left out; nothing in it
/// can move the cursor.
void screen_draw(int row, int column, const unsigned char *text, long count, int looks, int pair);

/// Where the cursor rests (-1: anywhere) and whether it is seen.
void screen_place_cursor(int row, int column, int is_visible);

/// Sends what differs from what the terminal shows.
void screen_show(void);

/// With the next `screen_show` the terminal is cleared and drawn anew.
void screen_forget(void);

/// Writes over every cell at once, then does as `screen_forget`: clearing alone would put what stands there into the history
/// of terminals that keep one of this screen, as tmux does without its alternate screen.
void screen_scrub(void);

/// Has the mouse's clicks and wheel told as keys are (SGR reports, mode 1006), or leaves them to the terminal.
void screen_capture_mouse(int is_captured);

/// Asks the terminal for its background's colour (OSC 11) and whether it knows the modes 2031 and 2026, in this order; it may
/// answer among the keys.
void screen_ask(void);

/// From now on the terminal tells when its colours become light or dark (mode 2031), among the keys.
void screen_follow_scheme(void);

/// From now on larger frames are marked at both ends, so that the terminal shows them whole (mode 2026).
void screen_synchronize(int is_wanted);

/// Gives the terminal back, and takes it again.
void screen_leave(void);
void screen_return(void);

/// What sets a terminal right that was left in use: at most `capacity` bytes, the number of them.
long screen_restoring_bytes(char *bytes, long capacity);

/// What the terminal sends for a key, by its terminfo name (`kcuu1`), or NULL.
const char *screen_key_bytes(const char *name);
