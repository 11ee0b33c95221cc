#pragma once

// A terminal in memory (libvterm): bytes that a program sends go in, cells that a person would see come out.
// Not for use from two threads at once.

typedef struct terminal_emulator terminal_emulator;

enum { TERMINAL_CELL_SCALARS = 6 };

/// What stands in one cell.
typedef struct {
    /// The character and its combining marks; `scalar_count` of them, none in an empty cell.
    unsigned int scalars[TERMINAL_CELL_SCALARS];
    int scalar_count;
    /// Columns: 1 or 2; 0 for the right half of a wide character.
    int width;
    int is_bold, is_underlined, is_italic, is_blinking, is_reversed, is_struck;
    /// -1: the terminal's own; 0–255: of the palette; from 0x1000000 on: 0x1RRGGBB.
    int foreground, background;
} terminal_cell;

/// A terminal of 1–1000 rows and columns, or NULL.
terminal_emulator *terminal_emulator_create(int rows, int columns);
void terminal_emulator_destroy(terminal_emulator *terminal);

void terminal_emulator_write(terminal_emulator *terminal, const unsigned char *bytes, long count);
void terminal_emulator_resize(terminal_emulator *terminal, int rows, int columns);

/// Fills `cell`; 0 when there is no such place.
int terminal_emulator_cell(const terminal_emulator *terminal, int row, int column, terminal_cell *cell);
int terminal_emulator_cursor_row(const terminal_emulator *terminal);
int terminal_emulator_cursor_column(const terminal_emulator *terminal);
int terminal_emulator_cursor_is_visible(const terminal_emulator *terminal);
/// Whether the alternate screen is shown.
int terminal_emulator_is_alternate(const terminal_emulator *terminal);
/// Whether a private mode (2004: bracketed paste, 1000: mouse, …) was switched on and not off again.
int terminal_emulator_mode(const terminal_emulator *terminal, int mode);
/// How often it rang.
int terminal_emulator_bells(const terminal_emulator *terminal);
/// The window's title as last set, at most 255 bytes.
const char *terminal_emulator_title(const terminal_emulator *terminal);
/// What was last put on the clipboard (OSC 52), in base 64; empty: nothing was.
const char *terminal_emulator_clipboard(const terminal_emulator *terminal);

/// Takes what the terminal answers to the program's questions; the number of bytes put into `bytes`.
long terminal_emulator_take_answers(terminal_emulator *terminal, unsigned char *bytes, long capacity);
