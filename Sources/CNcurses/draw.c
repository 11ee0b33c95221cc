#include "CNcurses.h"

#include <curses.h>
#include <wchar.h>

extern int screen_has_unicode;

/// One scalar of UTF-8 from `text`, which has `count` bytes; the number of bytes that it takes. What is no UTF-8
/// becomes `?`.
static long decode(const unsigned char *text, long count, wchar_t *scalar) {
    unsigned char first = text[0];
    long length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    *scalar = L'?';
    if (length == 0 || length > count) return 1;
    unsigned value = length == 1 ? first : first & (0x7fu >> length);
    for (long place = 1; place < length; place++) {
        if ((text[place] & 0xc0) != 0x80) return 1;
        value = value << 6 | (text[place] & 0x3fu);
    }
    *scalar = (wchar_t)value;
    return length;
}

/// The nearest in ASCII, for terminals that write nothing else.
static wchar_t plain(wchar_t scalar) {
    if (scalar < 0x80) return scalar;
    if (scalar == 0x2500 || scalar == 0x2501 || scalar == 0x2550 || scalar == 0x2013 || scalar == 0x2014) return L'-';
    if (scalar == 0x2502 || scalar == 0x2503 || scalar == 0x2551) return L'|';
    if (scalar >= 0x2500 && scalar < 0x2580) return L'+';
    // Bars of a plot, by height.
    if (scalar >= 0x2581 && scalar <= 0x2588) return (wchar_t)"._-=+*##"[scalar - 0x2581];
    switch (scalar) {
    case 0x00b7: return L'.';
    // What was cut off, which a dot would not tell.
    case 0x2026: return L'~';
    case 0x25c6: return L'#';
    case 0x2691: return L'F';
    // Shades of the strip.
    case 0x2591: return L'.';
    case 0x2592: return L':';
    case 0x2593: return L'+';
    case 0x2022: case 0x25cf: case 0x25a0: case 0x2605: return L'*';
    case 0x25cb: case 0x25c7: case 0x25a1: return L'o';
    case 0x25b2: case 0x2191: case 0x25b4: return L'^';
    case 0x25bc: case 0x2193: case 0x25be: return L'v';
    case 0x25b6: case 0x25b8: case 0x2192: case 0x203a: case 0x276f: return L'>';
    case 0x25c0: case 0x25c2: case 0x2190: case 0x2039: return L'<';
    case 0x2713: case 0x2714: return L'+';
    case 0x2715: case 0x2717: case 0x00d7: case 0x2716: return L'x';
    case 0x2018: case 0x2019: return L'\'';
    case 0x201c: case 0x201d: return L'"';
    default: return L'?';
    }
}

static attr_t attributes(int looks) {
    attr_t attributes = 0;
    if (looks & SCREEN_BOLD) attributes |= A_BOLD;
    if (looks & SCREEN_DIM) attributes |= A_DIM;
    if (looks & SCREEN_UNDERLINE) attributes |= A_UNDERLINE;
    if (looks & SCREEN_REVERSE) attributes |= A_REVERSE;
    if (looks & SCREEN_ITALIC) attributes |= A_ITALIC;
    return attributes;
}

/// The cells of one run: the last one is open until a scalar comes that doesn't join it.
struct run {
    cchar_t cells[SCREEN_MAXIMUM + 1];
    int cell_count;
    wchar_t open[CCHARW_MAX + 1];
    int open_count;
    attr_t attributes;
    int pair;
    /// A cell of the run that holds one scalar.
    cchar_t single;
    int has_single;
};

static void close_cell(struct run *run) {
    if (run->open_count == 0) return;
    run->open[run->open_count] = 0;
    cchar_t *cell = &run->cells[run->cell_count++];
    // A letter alone differs from the first one of the run in nothing else.
    if (run->open_count == 1 && run->has_single) {
        *cell = run->single;
        cell->chars[0] = run->open[0];
    } else {
        setcchar(cell, run->open, run->attributes, 0, &run->pair);
        if (run->open_count == 1) { run->single = *cell; run->has_single = 1; }
    }
    run->open_count = 0;
}

static void open_cell(struct run *run, wchar_t scalar) {
    close_cell(run);
    run->open[run->open_count++] = scalar;
}

static void join_cell(struct run *run, wchar_t mark) {
    int is_possible = run->open_count > 0 && run->open_count < CCHARW_MAX && screen_has_unicode;
    if (is_possible) run->open[run->open_count++] = mark;
}

void screen_draw(int row, int column, const unsigned char *text, long count, int looks, int pair) {
    static struct run run;
    if (row < 0 || column < 0) return;
    run.cell_count = run.open_count = run.has_single = 0;
    run.attributes = attributes(looks);
    run.pair = pair;
    int left = getmaxx(stdscr) - column;
    while (count > 0) {
        wchar_t scalar;
        long length = decode(text, count, &scalar);
        text += length;
        count -= length;
        int width = scalar >= 0x20 && scalar < 0x7f ? 1 : wcwidth(scalar);
        if (width == 0) { join_cell(&run, scalar); continue; }
        // What this library's tables don't know, or a control that came through: never to the terminal.
        if (width < 0) { scalar = L'?'; width = 1; }
        left -= width;
        if (left < 0) break;
        int is_plain = screen_has_unicode || scalar < 0x80;
        for (int times = is_plain ? 1 : width; times > 0; times--) open_cell(&run, is_plain ? scalar : plain(scalar));
    }
    close_cell(&run);
    if (run.cell_count > 0) mvadd_wchnstr(row, column, run.cells, run.cell_count);
}
