#include "CSystemStops.h"

#include <signal.h>
#include <string.h>

// How often a stop was asked for; a signal handler reaches nothing else.
static volatile sig_atomic_t asked;
static volatile sig_atomic_t is_watching;

static void note(int number) {
    asked = asked + 1;
    if (asked < 3) return;
    signal(number, SIG_DFL);
    raise(number);
}

static struct sigaction before[2];

static void watch(int number, struct sigaction *before) {
    struct sigaction action;
    // What the starter had ignored (nohup) stays so.
    if (sigaction(number, NULL, before) != 0 || before->sa_handler == SIG_IGN) return;
    memset(&action, 0, sizeof action);
    action.sa_handler = note;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

void csystem_watch_stops(void) {
    if (is_watching) return;
    is_watching = 1;
    watch(SIGINT, &before[0]);
    watch(SIGTERM, &before[1]);
}

void csystem_forget_stops(void) {
    if (!is_watching) return;
    sigaction(SIGINT, &before[0], NULL);
    sigaction(SIGTERM, &before[1], NULL);
    is_watching = 0;
    asked = 0;
}

int csystem_stop_asked(void) {
    sigset_t waiting;
    if (!is_watching) return 0;
    if (asked) return 1;
    return sigpending(&waiting) == 0 && (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1);
}
