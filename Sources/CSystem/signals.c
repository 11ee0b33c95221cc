#include "CSystemTerminal.h"
#include "guarded.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

void signals_make_set(sigset_t *set) {
    static const int numbers[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    sigemptyset(set);
    for (unsigned place = 0; place < sizeof numbers / sizeof *numbers; place++) sigaddset(set, numbers[place]);
}

int signals_open(void) {
    sigset_t set;
    signals_make_set(&set);
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int signals_next(int descriptor) {
    struct signalfd_siginfo arrived;
    if (read(descriptor, &arrived, sizeof arrived) != (ssize_t)sizeof arrived) return 0;
    return (int)arrived.ssi_signo;
}

void signals_stop(int whole_group) {
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    // Sent while it is blocked, it is one with another that waits already: two would stop the process twice.
    // The kernel leaves out the default action in a process group that no shell looks after.
    signal(SIGTSTP, SIG_DFL);
    kill(whole_group ? 0 : getpid(), SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
    sigprocmask(SIG_BLOCK, &stop, NULL);
}

void signals_suspend(void) { signals_stop(0); }
