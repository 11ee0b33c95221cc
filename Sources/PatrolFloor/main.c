// The floor: the least that a terminal program with a long list can do. 100,000 rows, arrow and page keys, two
// halves (a list and the detail of the row under the cursor), changed rows drawn, nothing done while idle.
// What Patrol takes is measured against it, in the same run.

#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROWS = 100000 };

static int selected, top, is_detail, old_selected = -1, old_top = -1, old_detail = -1;

static void draw_row(int line) {
    int row = top + line;
    move(line + 1, 0);
    if (row == selected) attron(A_REVERSE);
    printw("%-24.24s %-12s %8d %-20s", "nightly export", "reader", row * 7919 % ROWS, "ada@example.org");
    if (row == selected) attroff(A_REVERSE);
    clrtoeol();
}

static void draw_detail(void) {
    for (int line = 1; line < LINES - 1; line++) {
        mvprintw(line, 0, "row %d, line %d of its detail", selected, line);
        clrtoeol();
    }
}

static void draw(void) {
    int lines = LINES - 2;
    if (selected < top) top = selected;
    if (selected >= top + lines) top = selected - lines + 1;
    if (is_detail) {
        draw_detail();
    } else if (top != old_top || old_detail != is_detail) {
        for (int line = 0; line < lines; line++) draw_row(line);
    } else {
        draw_row(old_selected - top);
        draw_row(selected - top);
    }
    mvprintw(0, 0, "Tokens %d", ROWS);
    mvprintw(LINES - 1, 0, "%d of %d", selected + 1, ROWS);
    clrtoeol();
    old_selected = selected, old_top = top, old_detail = is_detail;
    refresh();
}

static void keep_in_range(void) {
    if (selected < 0) selected = 0;
    if (selected > ROWS - 1) selected = ROWS - 1;
}

// False: it is time to leave.
static int obey(int key) {
    int page = LINES - 2;
    switch (key) {
    case 'q': return 0;
    case KEY_DOWN: selected += 1; break;
    case KEY_UP: selected -= 1; break;
    case KEY_NPAGE: selected += page, top += page; break;
    case KEY_PPAGE: selected -= page, top -= page; break;
    case KEY_HOME: selected = 0; break;
    case KEY_END: selected = ROWS - 1; break;
    case '\r': case '\n': is_detail = 1; break;
    case 27: is_detail = 0; break;
    case KEY_RESIZE: old_top = -1; erase(); break;
    default: break;
    }
    keep_in_range();
    if (top > ROWS - page) top = ROWS - page;
    if (top < 0) top = 0;
    return 1;
}

int main(void) {
    setlocale(LC_ALL, "");
    set_escdelay(25);
    if (!newterm(NULL, stdout, stdin)) return 1;
    cbreak();
    noecho();
    nonl();
    curs_set(0);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    draw();
    for (;;) {
        struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
        if (poll(&input, 1, -1) > 0 && input.revents & (POLLHUP | POLLERR)) break;
        int key;
        while ((key = getch()) != ERR) {
            if (!obey(key)) {
                endwin();
                return 0;
            }
        }
        draw();
    }
    endwin();
    return 0;
}
