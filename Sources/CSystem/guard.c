#include "CSystemTerminal.h"
#include "guarded.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { RESTORE_CAPACITY = 512, REPORT_CAPACITY = 16384, FOLLOW_MILLISECONDS = 1500 };

/// What the child tells its guard: in memory that both see.
struct notice {
    volatile sig_atomic_t is_up;
    volatile sig_atomic_t count;
    char bytes[RESTORE_CAPACITY];
};

static struct notice *notice;
static struct termios modes_at_start;
static int has_modes;
/// Where standard error went at the start, and the memory file that takes its place while the screen is up.
static int outside = -1, report = -1;

void process_harden(void) {
    static const int faults[] = {SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGSYS};
    struct rlimit none = {0, 0};
    umask(077);
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    for (unsigned place = 0; place < sizeof faults / sizeof *faults; place++) signal(faults[place], SIG_DFL);
}

void guard_screen_is_up(const char *bytes, long count) {
    if (!notice) return;
    if (count > RESTORE_CAPACITY) count = RESTORE_CAPACITY;
    memcpy(notice->bytes, bytes, (size_t)count);
    notice->count = (sig_atomic_t)count;
    notice->is_up = 1;
    if (report >= 0) dup2(report, STDERR_FILENO);
}

void guard_screen_is_down(void) {
    if (!notice) return;
    if (outside >= 0) dup2(outside, STDERR_FILENO);
    notice->is_up = 0;
}

/// A dead line can't hold it up: what the terminal doesn't take within a moment is not sent.
static void send_restoring_bytes(void) {
    struct pollfd terminal = {STDOUT_FILENO, POLLOUT, 0};
    if (poll(&terminal, 1, 200) != 1 || !(terminal.revents & POLLOUT)) return;
    ssize_t sent = write(STDOUT_FILENO, notice->bytes, (size_t)notice->count);
    (void)sent;
}

/// A key that sends a signal (Ctrl-C, Ctrl-Z) makes the kernel throw away what the terminal has not taken yet. Once the
/// screen's process has given the terminal its modes back, that is the end of the screen: it is sent once more.
static int was_typed(const siginfo_t *arrived) {
    int number = arrived->si_signo;
    return (number == SIGINT || number == SIGQUIT || number == SIGTSTP) && arrived->si_code == SI_KERNEL;
}

static int one_is_typed(void) {
    static const struct timespec at_once = {0, 0};
    sigset_t typed;
    sigemptyset(&typed);
    sigaddset(&typed, SIGINT);
    sigaddset(&typed, SIGQUIT);
    sigaddset(&typed, SIGTSTP);
    siginfo_t arrived;
    while (sigtimedwait(&typed, &arrived, &at_once) > 0) {
        if (was_typed(&arrived)) return 1;
    }
    return 0;
}

static void restore_terminal(void) {
    if (notice->is_up) send_restoring_bytes();
    if (has_modes) tcsetattr(STDIN_FILENO, TCSANOW, &modes_at_start);
    // What was typed for the screen is not for the shell.
    tcflush(STDIN_FILENO, TCIFLUSH);
}

/// The last line that the child wrote to standard error, in printable ASCII; empty if it wrote none.
static void take_last_line(char *line, size_t capacity) {
    static char text[REPORT_CAPACITY];
    *line = 0;
    if (report < 0) return;
    off_t length = lseek(report, 0, SEEK_CUR);
    if (length <= 0) return;
    ssize_t count = pread(report, text, sizeof text, 0);
    if (count > length) count = length;
    while (count > 0 && (text[count - 1] == '\n' || text[count - 1] == ' ')) count--;
    ssize_t start = count;
    while (start > 0 && text[start - 1] != '\n') start--;
    size_t kept = 0;
    for (ssize_t place = start; place < count && kept + 1 < capacity; place++) {
        unsigned char byte = (unsigned char)text[place];
        line[kept++] = byte >= 0x20 && byte < 0x7f ? (char)byte : '?';
    }
    line[kept] = 0;
}

static void say_how_it_ended(int signal) {
    char line[400], said[300];
    take_last_line(said, sizeof said);
    int is_fault = signal == SIGILL || signal == SIGTRAP || signal == SIGABRT || signal == SIGFPE || signal == SIGBUS
        || signal == SIGSEGV || signal == SIGSYS;
    int length = snprintf(
        line, sizeof line, "patrol: %s (signal %d%s%s); every change that was confirmed is kept\n",
        is_fault ? "ended by a fault of its own" : "was ended from outside", signal, *said ? ": " : "", said);
    if (length >= (int)sizeof line) line[length = (int)sizeof line - 1, length - 1] = '\n';
    ssize_t sent = write(outside >= 0 ? outside : STDERR_FILENO, line, (size_t)length);
    (void)sent;
}

/// The child ended: so does the guard.
static _Noreturn void follow(int status, int asked, int is_typed) {
    if (WIFEXITED(status)) {
        if (notice->is_up) restore_terminal();
        // Without bytes there never was a screen.
        else if (notice->count > 0 && (one_is_typed() || is_typed)) send_restoring_bytes();
        _exit(WEXITSTATUS(status));
    }
    restore_terminal();
    // Killed because it did not follow the signal that it was sent.
    if (asked && WTERMSIG(status) == SIGKILL) _exit(128 + asked);
    say_how_it_ended(WTERMSIG(status));
    _exit(128 + WTERMSIG(status));
}

static long milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static _Noreturn void stand_guard(pid_t child, const sigset_t *signals) {
    int asked = 0, is_typed = 0;
    long deadline = 0;
    for (;;) {
        int status, number;
        pid_t changed;
        siginfo_t arrived = {0};
        while ((changed = waitpid(child, &status, WNOHANG | WUNTRACED)) == child) {
            if (!WIFSTOPPED(status)) follow(status, asked, is_typed);
            int by = WSTOPSIG(status);
            if (by != SIGTSTP && by != SIGTTIN && by != SIGTTOU) continue;
            // The shell looks at this process: stop with the child, and continue it when continued.
            signals_stop(1);
            kill(child, SIGCONT);
        }
        if (changed < 0 && errno == ECHILD) _exit(1);
        if (asked) {
            long left = deadline - milliseconds_now();
            if (left <= 0) { kill(child, SIGKILL); left = 1000; }
            struct timespec wait = {left / 1000, left % 1000 * 1000000};
            number = sigtimedwait(signals, &arrived, &wait);
        } else {
            number = sigwaitinfo(signals, &arrived);
        }
        is_typed |= number > 0 && was_typed(&arrived);
        if (number <= 0 || number == SIGCHLD || number == SIGWINCH) continue;
        if (kill(child, number) == 0 && number != SIGTSTP && number != SIGCONT && !asked) {
            asked = number;
            deadline = milliseconds_now() + FOLLOW_MILLISECONDS;
        }
    }
}

int guard_start(void) {
    sigset_t signals;
    signals_make_set(&signals);
    sigaddset(&signals, SIGCHLD);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGCHLD, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    has_modes = tcgetattr(STDIN_FILENO, &modes_at_start) == 0;
    notice = mmap(NULL, sizeof *notice, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (notice == MAP_FAILED) { notice = NULL; return errno; }
    outside = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10);
    report = memfd_create("standard error", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (report >= 0 && (ftruncate(report, REPORT_CAPACITY) || fcntl(report, F_ADD_SEALS, F_SEAL_GROW))) {
        close(report);
        report = -1;
    }
    pid_t guard = getpid();
    pid_t child = fork();
    if (child < 0) return errno;
    if (child > 0) stand_guard(child, &signals);
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (getppid() != guard) raise(SIGTERM);
    return 0;
}
