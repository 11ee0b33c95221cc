#include "CTerminalEmulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

enum { ANSWER_CAPACITY = 4096, MODE_LIMIT = 4096, SEQUENCE_CAPACITY = 131072, REPEAT_LIMIT = 1000, SMALLEST_COLUMNS = 4 };
enum { LEFT_RIGHT_MARGINS = 69 };

// libvterm 0.1 does not know REP (repeat the last character), which the description of
// xterm-256color makes ncurses use, loses a string (a title) that comes in pieces, and does not tell which
// modes are on. So each byte passes a small scanner first: it spells REP out, hands on sequences and strings
// whole, and keeps a list of private modes and the text for the clipboard.
//
// Four things make it write where it has no memory, so they never come to it: a wide character where a row has one
// column; a cursor above the screen, after the rows below it were pushed out by a smaller size; a saved cursor that
// lies outside of a screen which is smaller by now; a scrolling region that reaches beyond it.
typedef enum { SCAN_TEXT, SCAN_ESCAPE, SCAN_SEQUENCE, SCAN_STRING } scan_state;

struct terminal_emulator {
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    int cursor_is_visible;
    int is_alternate;
    int bells;
    char title[256];
    unsigned char answers[ANSWER_CAPACITY];
    long answer_count;
    unsigned char modes[MODE_LIMIT];
    scan_state state;
    char sequence[SEQUENCE_CAPACITY];
    int sequence_length;
    char *clipboard;
    char last[4];
    int last_length;
};

static int property_changed(VTermProp property, VTermValue *value, void *user) {
    terminal_emulator *terminal = user;
    switch (property) {
    case VTERM_PROP_CURSORVISIBLE: terminal->cursor_is_visible = value->boolean; break;
    case VTERM_PROP_ALTSCREEN: terminal->is_alternate = value->boolean; break;
    case VTERM_PROP_TITLE: strncpy(terminal->title, value->string, sizeof terminal->title - 1); break;
    default: break;
    }
    return 1;
}

static int rang(void *user) {
    ((terminal_emulator *)user)->bells += 1;
    return 1;
}

static void answered(const char *bytes, size_t count, void *user) {
    terminal_emulator *terminal = user;
    for (size_t index = 0; index < count && terminal->answer_count < ANSWER_CAPACITY; index++) {
        terminal->answers[terminal->answer_count++] = (unsigned char)bytes[index];
    }
}

static int wide_enough(int columns) { return columns < SMALLEST_COLUMNS ? SMALLEST_COLUMNS : columns; }

static const VTermScreenCallbacks callbacks = {.settermprop = property_changed, .bell = rang};

terminal_emulator *terminal_emulator_create(int rows, int columns) {
    if (rows < 1 || columns < 1 || rows > 1000 || columns > 1000) return NULL;
    terminal_emulator *terminal = calloc(1, sizeof *terminal);
    if (!terminal) return NULL;
    terminal->rows = rows;
    terminal->columns = columns;
    terminal->vterm = vterm_new(rows, wide_enough(columns));
    if (!terminal->vterm) {
        free(terminal);
        return NULL;
    }
    terminal->cursor_is_visible = 1;
    vterm_set_utf8(terminal->vterm, 1);
    vterm_output_set_callback(terminal->vterm, answered, terminal);
    terminal->screen = vterm_obtain_screen(terminal->vterm);
    vterm_screen_set_callbacks(terminal->screen, &callbacks, terminal);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    return terminal;
}

void terminal_emulator_destroy(terminal_emulator *terminal) {
    if (!terminal) return;
    vterm_free(terminal->vterm);
    free(terminal->clipboard);
    free(terminal);
}

static VTermPos cursor(const terminal_emulator *terminal) {
    VTermPos place;
    vterm_state_get_cursorpos(vterm_obtain_state(terminal->vterm), &place);
    return place;
}

static int within(int place, int count) { return place < 0 ? 0 : place >= count ? count - 1 : place; }

// Puts the cursor on the nearest place of the screen to this one.
static void move_cursor(terminal_emulator *terminal, VTermPos place) {
    char bytes[32];
    int row = within(place.row, terminal->rows), column = within(place.col, wide_enough(terminal->columns));
    int count = snprintf(bytes, sizeof bytes, "\033[%d;%dH", row + 1, column + 1);
    vterm_input_write(terminal->vterm, bytes, (size_t)count);
}

static void pass(terminal_emulator *terminal, const char *bytes, int count) {
    vterm_input_write(terminal->vterm, bytes, (size_t)count);
    VTermPos place = cursor(terminal);
    int is_inside = within(place.row, terminal->rows) == place.row && within(place.col, wide_enough(terminal->columns)) == place.col;
    if (!is_inside) move_cursor(terminal, place);
}

static void remember_character(terminal_emulator *terminal, unsigned char byte) {
    if (byte < 0x20 || byte == 0x7f) return;
    int continues = (byte & 0xc0) == 0x80;
    if (!continues) terminal->last_length = 0;
    if (terminal->last_length < (int)sizeof terminal->last) {
        terminal->last[terminal->last_length++] = (char)byte;
    }
}

static void note_modes(terminal_emulator *terminal, int is_on) {
    char *place = terminal->sequence + 3;
    for (;;) {
        long mode = strtol(place, &place, 10);
        if (mode >= 0 && mode < MODE_LIMIT) terminal->modes[mode] = (unsigned char)is_on;
        if (*place != ';') return;
        place += 1;
    }
}

// `sequence` holds all of it: escape, bracket, parameters, final byte.
static void finish_sequence(terminal_emulator *terminal) {
    char final = terminal->sequence[terminal->sequence_length - 1];
    char first = terminal->sequence[2];
    terminal->sequence[terminal->sequence_length] = 0;
    if (final == 'b' && (first == 'b' || (first >= '0' && first <= '9'))) {
        long count = strtol(terminal->sequence + 2, NULL, 10);
        for (long time = 0; time < (count < 1 ? 1 : count) && time < REPEAT_LIMIT; time++) {
            pass(terminal, terminal->last, terminal->last_length);
        }
        return;
    }
    if (first == '?' && (final == 'h' || final == 'l')) note_modes(terminal, final == 'h');
    pass(terminal, terminal->sequence, terminal->sequence_length);
}

// OSC 52 sets the clipboard: `ESC ] 52 ; c ; base64`, ended by BEL or `ESC \\`.
static void finish_string(terminal_emulator *terminal) {
    const char *text = terminal->sequence;
    int length = terminal->sequence_length;
    int ending = text[length - 1] == 7 ? 1 : 2;
    pass(terminal, text, length);
    if (length < 7 || memcmp(text + 1, "]52;", 4)) return;
    const char *data = memchr(text + 5, ';', (size_t)(length - 5));
    if (!data) return;
    free(terminal->clipboard);
    terminal->clipboard = strndup(data + 1, (size_t)(text + length - ending - data - 1));
}

// The bytes so far mean nothing: another escape has come.
static void begin_sequence(terminal_emulator *terminal) {
    terminal->state = SCAN_ESCAPE;
    terminal->sequence[0] = 0x1b;
    terminal->sequence_length = 1;
}

static void scan_escape(terminal_emulator *terminal, unsigned char byte) {
    if (byte == 0x1b) return begin_sequence(terminal);
    // `ESC ( B` goes on after its second byte.
    if (byte >= 0x20 && byte < 0x30) return;
    int is_second = terminal->sequence_length == 2;
    if (is_second && byte == '[') {
        terminal->state = SCAN_SEQUENCE;
    } else if (is_second && byte && strchr("]PX^_", byte)) {
        terminal->state = SCAN_STRING;
    } else {
        pass(terminal, terminal->sequence, terminal->sequence_length);
        terminal->state = SCAN_TEXT;
    }
}

static void scan_sequence(terminal_emulator *terminal, unsigned char byte) {
    if (byte == 0x1b) return begin_sequence(terminal);
    if (byte >= 0x20 && byte < 0x40) return;
    if (byte < 0x20) {
        // It is done at once, and the sequence goes on; CAN and SUB end it.
        terminal->sequence_length -= 1;
        if (byte == 0x18 || byte == 0x1a) terminal->state = SCAN_TEXT;
        else pass(terminal, (const char *)&byte, 1);
        return;
    }
    if (byte <= 0x7e) finish_sequence(terminal);
    terminal->state = SCAN_TEXT;
}

static void scan_string(terminal_emulator *terminal, unsigned char byte) {
    int is_escaped = terminal->sequence_length > 3 && terminal->sequence[terminal->sequence_length - 2] == 0x1b;
    if (byte == 7 || (is_escaped && byte == '\\')) {
        finish_string(terminal);
        terminal->state = SCAN_TEXT;
    } else if (is_escaped) {
        begin_sequence(terminal);
        if (byte == 0x1b) return;
        terminal->sequence[terminal->sequence_length++] = (char)byte;
        scan_escape(terminal, byte);
    }
}

static void scan(terminal_emulator *terminal, unsigned char byte) {
    terminal->sequence[terminal->sequence_length++] = (char)byte;
    switch (terminal->state) {
    case SCAN_TEXT: break;
    case SCAN_ESCAPE: scan_escape(terminal, byte); break;
    case SCAN_SEQUENCE: scan_sequence(terminal, byte); break;
    case SCAN_STRING: scan_string(terminal, byte); break;
    }
    // What does not end is no sequence.
    if (terminal->sequence_length == SEQUENCE_CAPACITY - 1) terminal->state = SCAN_TEXT;
}

static long text_length(const unsigned char *bytes, long count) {
    long length = 0;
    while (length < count && bytes[length] != 0x1b) length += 1;
    return length;
}

void terminal_emulator_write(terminal_emulator *terminal, const unsigned char *bytes, long count) {
    for (long index = 0; index < count;) {
        if (terminal->state == SCAN_TEXT) {
            long length = text_length(bytes + index, count - index);
            for (long place = 0; place < length; place++) remember_character(terminal, bytes[index + place]);
            if (length) pass(terminal, (const char *)bytes + index, (int)length);
            index += length;
            if (index == count) break;
            begin_sequence(terminal);
            index += 1;
        } else {
            scan(terminal, bytes[index++]);
        }
    }
    vterm_screen_flush_damage(terminal->screen);
}

void terminal_emulator_resize(terminal_emulator *terminal, int rows, int columns) {
    if (rows < 1 || columns < 1 || rows > 1000 || columns > 1000) return;
    terminal->rows = rows;
    terminal->columns = columns;
    vterm_set_size(terminal->vterm, rows, wide_enough(columns));
    // As in xterm another size ends scrolling regions, which takes the cursor to the first place.
    VTermPos place = cursor(terminal);
    const char *no_regions = terminal->modes[LEFT_RIGHT_MARGINS] ? "\033[r\033[s" : "\033[r";
    move_cursor(terminal, place);
    pass(terminal, no_regions, (int)strlen(no_regions));
    move_cursor(terminal, place);
}

static int colour(VTermColor of, int is_default) {
    if (is_default) return -1;
    if (VTERM_COLOR_IS_INDEXED(&of)) return of.indexed.idx;
    return 0x1000000 | of.rgb.red << 16 | of.rgb.green << 8 | of.rgb.blue;
}

int terminal_emulator_cell(const terminal_emulator *terminal, int row, int column, terminal_cell *cell) {
    VTermScreenCell found;
    VTermPos place = {.row = row, .col = column};
    if (row < 0 || column < 0 || row >= terminal->rows || column >= terminal->columns) return 0;
    if (!vterm_screen_get_cell(terminal->screen, place, &found)) return 0;
    memset(cell, 0, sizeof *cell);
    if (found.chars[0] == (uint32_t)-1) return 1;
    cell->width = found.width;
    while (cell->scalar_count < TERMINAL_CELL_SCALARS && found.chars[cell->scalar_count]) {
        cell->scalars[cell->scalar_count] = found.chars[cell->scalar_count];
        cell->scalar_count += 1;
    }
    cell->is_bold = found.attrs.bold;
    cell->is_underlined = found.attrs.underline != 0;
    cell->is_italic = found.attrs.italic;
    cell->is_blinking = found.attrs.blink;
    cell->is_reversed = found.attrs.reverse;
    cell->is_struck = found.attrs.strike;
    cell->foreground = colour(found.fg, VTERM_COLOR_IS_DEFAULT_FG(&found.fg));
    cell->background = colour(found.bg, VTERM_COLOR_IS_DEFAULT_BG(&found.bg));
    return 1;
}

int terminal_emulator_cursor_row(const terminal_emulator *terminal) { return cursor(terminal).row; }

int terminal_emulator_cursor_column(const terminal_emulator *terminal) {
    return within(cursor(terminal).col, terminal->columns);
}

int terminal_emulator_cursor_is_visible(const terminal_emulator *terminal) {
    return terminal->cursor_is_visible;
}

int terminal_emulator_is_alternate(const terminal_emulator *terminal) { return terminal->is_alternate; }

int terminal_emulator_mode(const terminal_emulator *terminal, int mode) {
    return mode >= 0 && mode < MODE_LIMIT && terminal->modes[mode];
}

int terminal_emulator_bells(const terminal_emulator *terminal) { return terminal->bells; }

const char *terminal_emulator_title(const terminal_emulator *terminal) { return terminal->title; }

const char *terminal_emulator_clipboard(const terminal_emulator *terminal) {
    return terminal->clipboard ? terminal->clipboard : "";
}

long terminal_emulator_take_answers(terminal_emulator *terminal, unsigned char *bytes, long capacity) {
    long count = terminal->answer_count < capacity ? terminal->answer_count : capacity;
    memcpy(bytes, terminal->answers, (size_t)count);
    memmove(terminal->answers, terminal->answers + count, (size_t)(terminal->answer_count - count));
    terminal->answer_count -= count;
    return count;
}
