#include "CSystemTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/// Writes all of it until `deadline`, and closes the pipe: its end is the end of the text.
static int write_until(int pipe_end, const unsigned char *bytes, long count, long deadline) {
    int error = 0;
    fcntl(pipe_end, F_SETFL, O_NONBLOCK);
    while (count > 0 && !error) {
        ssize_t written = write(pipe_end, bytes, (size_t)count);
        if (written > 0) { bytes += written; count -= written; continue; }
        if (errno == EINTR) continue;
        struct pollfd ready = {pipe_end, POLLOUT, 0};
        long left = deadline - now();
        if (errno != EAGAIN) error = errno;
        else if (left <= 0 || poll(&ready, 1, (int)left) == 0) error = ETIMEDOUT;
    }
    close(pipe_end);
    return error;
}

static int wait_until(pid_t child, long deadline) {
    for (;;) {
        int status;
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child) return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : EIO;
        if (ended < 0 && errno != EINTR) return errno;
        if (now() >= deadline) break;
        struct timespec moment = {0, 2000000};
        nanosleep(&moment, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return ETIMEDOUT;
}

static int program_feed(const char *const words[], const unsigned char *bytes, long count, int milliseconds) {
    static const int usual[] = {SIGPIPE, SIGTTOU, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCHLD};
    long deadline = now() + milliseconds;
    int ends[2];
    pid_t child;
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, defaults;
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (unsigned place = 0; place < sizeof usual / sizeof *usual; place++) sigaddset(&defaults, usual[place]);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    // What it says is not for the screen.
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int error = posix_spawnp(&child, words[0], &files, &attributes, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    close(ends[0]);
    if (error) { close(ends[1]); return error; }
    error = write_until(ends[1], bytes, count, deadline);
    int ended = wait_until(child, deadline);
    return error ? error : ended;
}

int tmux_load_buffer(const unsigned char *bytes, long count, int is_kept, int milliseconds) {
    static const char *const load[] = {"tmux", "load-buffer", "-w", "-b", "patrol", "-", NULL};
    static const char *const delete[] = {"tmux", "delete-buffer", "-b", "patrol", NULL};
    int error = program_feed(load, bytes, count, milliseconds);
    // Also when it failed: it may have gone half the way.
    if (!is_kept) program_feed(delete, NULL, 0, milliseconds);
    return error;
}
