#include "CSystemTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

int terminal_is(int descriptor) { return isatty(descriptor); }

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

int terminal_choose_text(void) {
    int exists = setlocale(LC_CTYPE, "") != NULL;
    if (exists && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) return 0;
    const char *name = setting("LC_ALL");
    if (!name) name = setting("LC_CTYPE");
    int is_deliberate = name != NULL;
    if (!name) name = setting("LANG");
    if (!name) return 1;
    if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0) return !is_deliberate;
    const char *set = strchr(name, '.');
    if (set) return strncasecmp(set, ".utf-8", 6) == 0 || strncasecmp(set, ".utf8", 5) == 0;
    return !exists;
}

void terminal_size(int *rows, int *columns) {
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) ioctl(STDIN_FILENO, TIOCGWINSZ, &size);
    *rows = size.ws_row;
    *columns = size.ws_col;
}

/// Where keys come from: standard input, or a descriptor of our own on the same terminal.
static int input = STDIN_FILENO;

void terminal_open_input(void) {
    unsigned own, standard;
    int terminal = open("/dev/tty", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (terminal < 0) return;
    int is_same = ioctl(terminal, TIOCGDEV, &own) == 0 && ioctl(STDIN_FILENO, TIOCGDEV, &standard) == 0
        && own == standard;
    if (is_same) input = terminal;
    else close(terminal);
}

int terminal_is_ours(void) {
    pid_t group = tcgetpgrp(STDIN_FILENO);
    return group < 0 || group == getpgrp();
}

int terminal_has_input(void) {
    struct pollfd typed = {input, POLLIN, 0};
    return poll(&typed, 1, 0) == 1;
}

long terminal_read(unsigned char *bytes, long capacity) {
    // Our own descriptor never waits.
    if (input == STDIN_FILENO && !terminal_has_input()) return 0;
    ssize_t count = read(input, bytes, (size_t)capacity);
    if (count > 0) return count;
    // In raw mode a terminal that is there never gives an empty read.
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}

int terminal_send(const unsigned char *bytes, long count) {
    while (count > 0) {
        ssize_t sent = write(STDOUT_FILENO, bytes, (size_t)count);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno == EAGAIN) {
            struct pollfd output = {STDOUT_FILENO, POLLOUT, 0};
            poll(&output, 1, 1000);
            continue;
        }
        if (sent < 0) return errno;
        bytes += sent;
        count -= sent;
    }
    return 0;
}

int terminal_wait(int signals, int changes, int folder, int milliseconds) {
    struct pollfd sources[] = {
        {input, POLLIN, 0}, {signals, POLLIN, 0}, {changes, POLLIN, 0}, {folder, POLLIN, 0},
    };
    if (poll(sources, 4, milliseconds) <= 0) return 0;
    int ready = 0;
    for (int place = 0; place < 4; place++) if (sources[place].revents) ready |= 1 << place;
    return ready;
}

/// The last signal that came while a line was read without showing it.
static volatile sig_atomic_t interruption;

static void note_interruption(int number) { interruption = number; }

/// Reads with the echo off, which is on again before a signal does what it does.
static long read_silently(unsigned char *bytes, long capacity, const struct termios *shown) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};
    enum { COUNT = sizeof numbers / sizeof *numbers };
    struct sigaction noting = {.sa_handler = note_interruption}, former[COUNT];
    struct termios silent = *shown;
    sigset_t held, before;
    fd_set input_set;
    long count = -1;
    interruption = 0;
    sigemptyset(&held);
    for (int place = 0; place < COUNT; place++) sigaddset(&held, numbers[place]);
    sigprocmask(SIG_BLOCK, &held, &before);
    for (int place = 0; place < COUNT; place++) {
        sigaction(numbers[place], NULL, &former[place]);
        if (former[place].sa_handler != SIG_IGN) sigaction(numbers[place], &noting, NULL);
    }
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    FD_ZERO(&input_set);
    FD_SET(STDIN_FILENO, &input_set);
    if (pselect(STDIN_FILENO + 1, &input_set, NULL, NULL, NULL, &before) > 0)
        count = read(STDIN_FILENO, bytes, (size_t)capacity);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, shown);
    for (int place = 0; place < COUNT; place++) sigaction(numbers[place], &former[place], NULL);
    if (interruption) raise(interruption);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return count;
}

long terminal_read_hidden(unsigned char *bytes, long capacity) {
    struct termios shown;
    if (tcgetattr(STDIN_FILENO, &shown) != 0) return read(STDIN_FILENO, bytes, (size_t)capacity);
    for (;;) {
        long count = read_silently(bytes, capacity, &shown);
        // After a stop that was gone on from, the line is asked for again.
        if (count >= 0 || !interruption) return count;
    }
}
