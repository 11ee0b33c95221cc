#include "CPseudoTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

typedef struct {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
} preparation;

static void prepare(preparation *made, const char *folder, short flags) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&made->actions);
    posix_spawnattr_init(&made->attributes);
    posix_spawnattr_setsigdefault(&made->attributes, &all);
    posix_spawnattr_setsigmask(&made->attributes, &none);
    posix_spawnattr_setflags(
        &made->attributes, (short)(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | flags));
    if (folder) posix_spawn_file_actions_addchdir_np(&made->actions, folder);
}

static int start(
    preparation *made, const char *program, char *const *arguments, char *const *environment,
    int *process) {
    pid_t child = -1;
    posix_spawn_file_actions_addclosefrom_np(&made->actions, 3);
    int error = posix_spawn(&child, program, &made->actions, &made->attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&made->actions);
    posix_spawnattr_destroy(&made->attributes);
    *process = error ? -1 : child;
    return error;
}

int pseudo_terminal_resize(int terminal, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(terminal, TIOCSWINSZ, &size) ? errno : 0;
}

int pseudo_terminal_start(
    const char *program, char *const *arguments, char *const *environment, const char *folder,
    int rows, int columns, int *process, int *terminal) {
    char name[128];
    int ours = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (ours < 0) return errno;
    int error = 0;
    if (unlockpt(ours) || ptsname_r(ours, name, sizeof name)) error = errno;
    if (!error) error = pseudo_terminal_resize(ours, rows, columns);
    // Held until the program has its own, else our side reads "hung up" for a moment.
    int theirs = error ? -1 : open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (!error && theirs < 0) error = errno;
    if (!error) {
        // The first terminal that a session's leader opens becomes the session's own.
        preparation made;
        prepare(&made, folder, POSIX_SPAWN_SETSID);
        posix_spawn_file_actions_addopen(&made.actions, 0, name, O_RDWR, 0);
        posix_spawn_file_actions_adddup2(&made.actions, 0, 1);
        posix_spawn_file_actions_adddup2(&made.actions, 0, 2);
        error = start(&made, program, arguments, environment, process);
    }
    if (theirs >= 0) close(theirs);
    if (error) {
        close(ours);
        return error;
    }
    *terminal = ours;
    return 0;
}

int pseudo_terminal_is_sane(int terminal) {
    struct termios modes;
    tcflag_t wanted = ICANON | ECHO | ISIG;
    if (tcgetattr(terminal, &modes)) return 0;
    return (modes.c_lflag & wanted) == wanted && (modes.c_oflag & OPOST) && (modes.c_iflag & ICRNL);
}

int pseudo_terminal_foreground(int terminal) { return tcgetpgrp(terminal); }

static void close_pair(int *pair) {
    if (pair[0] >= 0) close(pair[0]);
    if (pair[1] >= 0) close(pair[1]);
}

int piped_program_start(
    const char *program, char *const *arguments, char *const *environment, const char *folder,
    int *process, int *input, int *output, int *errors) {
    int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
    if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
        int error = errno;
        close_pair(in), close_pair(out), close_pair(err);
        return error;
    }
    preparation made;
    prepare(&made, folder, POSIX_SPAWN_SETSID);
    posix_spawn_file_actions_adddup2(&made.actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&made.actions, out[1], 1);
    posix_spawn_file_actions_adddup2(&made.actions, err[1], 2);
    int error = start(&made, program, arguments, environment, process);
    if (error) {
        close_pair(in), close_pair(out), close_pair(err);
        return error;
    }
    close(in[0]), close(out[1]), close(err[1]);
    fcntl(in[1], F_SETFL, O_NONBLOCK);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    *input = in[1], *output = out[0], *errors = err[0];
    return 0;
}

long program_write(int descriptor, const unsigned char *bytes, long count) {
    // A reader that has gone must not end us: SIGPIPE is held back, and taken off again if it came.
    sigset_t broken, before;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    ssize_t written;
    do written = write(descriptor, bytes, (size_t)count);
    while (written < 0 && errno == EINTR);
    int error = errno;
    if (written < 0 && error == EPIPE) {
        struct timespec now = {0, 0};
        sigtimedwait(&broken, NULL, &now);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (written >= 0) return written;
    return error == EAGAIN ? 0 : -1;
}

long program_read(int descriptor, unsigned char *bytes, long capacity) {
    ssize_t count;
    do count = read(descriptor, bytes, (size_t)capacity);
    while (count < 0 && errno == EINTR);
    if (count > 0) return count;
    return count < 0 && errno == EAGAIN ? 0 : -1;
}

int program_poll(int readable1, int readable2, int writable, int milliseconds) {
    struct pollfd watched[3] = {
        {.fd = readable1, .events = POLLIN},
        {.fd = readable2, .events = POLLIN},
        {.fd = writable, .events = POLLOUT},
    };
    if (poll(watched, 3, milliseconds) <= 0) return 0;
    return (watched[0].revents != 0) | (watched[1].revents != 0) << 1 | (watched[2].revents != 0) << 2;
}

int program_wait(int process, int milliseconds, int *code, int *by_signal) {
    int descriptor = (int)syscall(SYS_pidfd_open, process, 0);
    if (descriptor < 0) return errno;
    struct pollfd watched = {.fd = descriptor, .events = POLLIN};
    int ready;
    do ready = poll(&watched, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    close(descriptor);
    if (ready == 0) return ETIMEDOUT;
    int status;
    if (waitpid(process, &status, 0) != process) return errno;
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    *by_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return 0;
}

int program_signal(int process, int number) { return kill(process, number) ? errno : 0; }

void program_close(int descriptor) { close(descriptor); }

long long monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}
