#include "CNcurses.h"
#include "output.h"

#include <curses.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

// A macro of term.h, for a field of its own.
#undef columns

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h", mouse_off[] = "\033[?1006l\033[?1000l";
static const char synchronized_off[] = "\033[?2026l";
static const char scheme_on[] = "\033[?2031h", scheme_off[] = "\033[?2031l", scheme_question[] = "\033[?996n";
/// The background's colour, and whether the modes 2031 and 2026 are known.
static const char questions[] = "\033]11;?\033\\\033[?2031$p\033[?2026$p";

static SCREEN *screen;
static int colours;
static int captures_mouse, is_synchronized, follows_scheme;
int screen_has_unicode;

static const char *capability(const char *name) {
    const char *bytes = tigetstr(name);
    return bytes == (const char *)-1 ? NULL : bytes;
}

const char *screen_key_bytes(const char *name) { return capability(name); }

/// Modes that ncurses doesn't know, past it.
static void send(const char *bytes) {
    fflush(stdout);
    ssize_t sent = write(STDOUT_FILENO, bytes, strlen(bytes));
    (void)sent;
}

static int can_move(const char *type) {
    int error = 0;
    // 1: it prints on paper.
    if (setupterm(type, STDOUT_FILENO, &error) != OK) return error == 1 ? SCREEN_DUMB : SCREEN_UNKNOWN;
    int found = capability("cup") ? SCREEN_OPENED : SCREEN_DUMB;
    // Where colours are red, green and blue, numbers of a palette would be other colours.
    if (tigetnum("colors") > 256) found = SCREEN_UNKNOWN;
    del_curterm(cur_term);
    return found;
}

static void start_colours(void) {
    colours = 0;
    if (start_color() != OK || !has_colors()) return;
    use_default_colors();
    colours = COLORS >= 256 ? 256 : COLORS >= 16 ? 16 : COLORS >= 8 ? 8 : 0;
}

static int within(int value) { return value < 1 ? 1 : value > SCREEN_MAXIMUM ? SCREEN_MAXIMUM : value; }

/// ncurses asks these variables first. Without them it would take what the kernel says of the window as it is; told to
/// look at neither, it knows no size for types that have none of their own, such as `linux`.
static void note_size(int rows, int columns) {
    char number[16];
    snprintf(number, sizeof number, "%d", within(rows));
    setenv("LINES", number, 1);
    snprintf(number, sizeof number, "%d", within(columns));
    setenv("COLUMNS", number, 1);
}

static void forget_size(void) {
    unsetenv("LINES");
    unsetenv("COLUMNS");
}

int screen_open(const char *type, int rows, int columns, int has_colour, int has_unicode) {
    // ncurses sets handlers of its own where there are none. Ours are read by descriptor.
    static const int handled[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    int found = can_move(type);
    if (found != SCREEN_OPENED) return found;
    note_size(rows, columns);
    FILE *output = output_open();
    screen = newterm(type, output ? output : stdout, stdin);
    forget_size();
    if (!screen) return SCREEN_UNKNOWN;
    for (unsigned place = 0; place < sizeof handled / sizeof *handled; place++) signal(handled[place], SIG_DFL);
    screen_has_unicode = has_unicode;
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    typeahead(-1);
    scrollok(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    if (has_colour) start_colours();
    send(paste_on);
    return SCREEN_OPENED;
}

int screen_colours(void) { return colours; }

void screen_resize(int rows, int columns) {
    // Also when the size is the same: a terminal that was resized to and fro shows anything.
    resizeterm(within(rows), within(columns));
    clearok(curscr, TRUE);
}

int screen_pair(int foreground, int background) {
    if (!colours) return 0;
    int pair = alloc_pair(foreground, background);
    return pair < 0 ? 0 : pair;
}

void screen_blank(int row, int column, int count) {
    if (count > 0) mvhline(row, column, ' ', count);
}

void screen_place_cursor(int row, int column, int is_visible) {
    static int seen = -1;
    output_gather();
    if (row >= 0) wmove(stdscr, row, column);
    if (seen != is_visible) curs_set(is_visible);
    seen = is_visible;
}

void screen_show(void) {
    output_gather();
    wnoutrefresh(stdscr);
    doupdate();
    output_send();
}

void screen_forget(void) {
    clearok(curscr, TRUE);
    // Whatever the terminal was told by others.
    shorten_forget();
}

void screen_scrub(void) {
    output_gather();
    for (int row = 0; row < LINES; row++) mvhline(row, 0, '.', COLS);
    wnoutrefresh(stdscr);
    doupdate();
    output_send();
    screen_forget();
}

void screen_capture_mouse(int is_captured) {
    if (captures_mouse == is_captured) return;
    captures_mouse = is_captured;
    send(is_captured ? mouse_on : mouse_off);
}

void screen_ask(void) { send(questions); }

void screen_synchronize(int is_wanted) {
    is_synchronized = is_wanted;
    output_synchronize(is_wanted);
}

void screen_follow_scheme(void) {
    if (!follows_scheme) send(scheme_on);
    follows_scheme = 1;
}

/// One capability after another into a buffer, without the waits for printers that they may ask for.
struct bytes {
    char *start;
    long count, capacity;
};

static void add(struct bytes *bytes, const char *text) {
    if (!text) return;
    for (; *text; text++) {
        if (text[0] == '$' && text[1] == '<') {
            const char *end = strchr(text, '>');
            if (end) { text = end; continue; }
        }
        if (bytes->count < bytes->capacity) bytes->start[bytes->count++] = *text;
    }
}

static void send_capability(const char *name) {
    char text[64];
    struct bytes bytes = {text, 0, sizeof text - 1};
    add(&bytes, capability(name));
    text[bytes.count] = 0;
    send(text);
}

void screen_leave(void) {
    // The terminal's own modes are set through the same stream.
    output_release();
    if (captures_mouse) send(mouse_off);
    if (follows_scheme) send(scheme_off);
    send(paste_off);
    // Where there is no other screen to leave for, as in GNU screen by default, the last frame would stay.
    // Cleared in the terminal's own colours.
    send_capability("sgr0");
    send_capability("clear");
    endwin();
    // Some terminals (those of libvterm) keep whether the cursor is seen with the screen that the program leaves for, and
    // bring that back: it is shown again on the screen that it came from.
    send_capability("cnorm");
}

void screen_return(void) {
    reset_prog_mode();
    clearok(curscr, TRUE);
    send(paste_on);
    if (captures_mouse) send(mouse_on);
    if (!follows_scheme) return;
    send(scheme_on);
    // It may have become another one meanwhile.
    send(scheme_question);
}

long screen_restoring_bytes(char *start, long capacity) {
    struct bytes bytes = {start, 0, capacity};
    if (is_synchronized) add(&bytes, synchronized_off);
    if (captures_mouse) add(&bytes, mouse_off);
    if (follows_scheme) add(&bytes, scheme_off);
    add(&bytes, paste_off);
    add(&bytes, capability("sgr0"));
    add(&bytes, capability("op"));
    add(&bytes, capability("cnorm"));
    add(&bytes, capability("rmkx"));
    add(&bytes, capability("clear"));
    const char *saved = capability("rmcup");
    add(&bytes, saved ? saved : "\r\n");
    // As in `screen_leave`.
    add(&bytes, capability("cnorm"));
    return bytes.count;
}
