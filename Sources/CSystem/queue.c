// The queue of writers: a lock of the kernel on a file beside the database. Who waits for it waits
// in the kernel, first come, first served; a timer ends the wait, so that a stopped holder stops
// nobody else for longer than they agreed to.

#include "CSystemStorage.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int waking_signal(void) { return SIGRTMIN + 7; }

static void wake(int signal) { (void)signal; }

static pthread_once_t is_prepared = PTHREAD_ONCE_INIT;

static void prepare(void) {
    struct sigaction action = {0};
    action.sa_handler = wake;  // Without SA_RESTART: a waiting flock answers EINTR.
    sigemptyset(&action.sa_mask);
    sigaction(waking_signal(), &action, NULL);
}

static int64_t milliseconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/// A timer that keeps waking this thread from the deadline on, until it is deleted: one signal
/// could come just before the wait begins.
static int start_timer(int64_t milliseconds, timer_t *timer) {
    struct sigevent event = {0};
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = waking_signal();
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, timer) != 0) return -errno;
    struct itimerspec when = {
        .it_value = {milliseconds / 1000, milliseconds % 1000 * 1000000 + 1},
        .it_interval = {0, 20 * 1000000},
    };
    if (timer_settime(*timer, 0, &when, NULL) == 0) return 0;
    int outcome = -errno;
    timer_delete(*timer);
    return outcome;
}

static void leave_number(int descriptor) {
    char text[24];
    int count = snprintf(text, sizeof text, "%-19d\n", (int)getpid());
    // For a message only: a full disk must not end the turn.
    ssize_t written = pwrite(descriptor, text, (size_t)count, 0);
    (void)written;
}

static int wait_for_turn(int descriptor, int64_t end) {
    for (;;) {
        if (flock(descriptor, LOCK_EX) == 0) return 0;
        if (errno != EINTR) return -errno;
        if (milliseconds_now() >= end) return -ETIMEDOUT;
    }
}

int csystem_enter_queue(int descriptor, int64_t deadline) {
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        leave_number(descriptor);
        return 0;
    }
    if (errno != EWOULDBLOCK && errno != EINTR) return -errno;
    if (deadline <= 0) return -ETIMEDOUT;
    pthread_once(&is_prepared, prepare);
    sigset_t waking, before;
    sigemptyset(&waking);
    sigaddset(&waking, waking_signal());
    pthread_sigmask(SIG_UNBLOCK, &waking, &before);
    timer_t timer;
    int outcome = start_timer(deadline, &timer);
    if (outcome == 0) {
        outcome = wait_for_turn(descriptor, milliseconds_now() + deadline);
        timer_delete(timer);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (outcome == 0) leave_number(descriptor);
    return outcome;
}

int csystem_leave_queue(int descriptor) { return flock(descriptor, LOCK_UN) == 0 ? 0 : -errno; }

int32_t csystem_queue_holder(int descriptor) {
    char text[24] = {0};
    if (pread(descriptor, text, sizeof text - 1, 0) <= 0) return 0;
    long number = strtol(text, NULL, 10);
    return number > 0 && number <= INT32_MAX ? (int32_t)number : 0;
}

_Static_assert(sizeof(sigset_t) <= 16 * sizeof(uint64_t), "a signal set fits its place");

static void hold(const int *held, size_t count, uint64_t state[16]) {
    sigset_t set, before;
    sigemptyset(&set);
    for (size_t place = 0; place < count; place++) sigaddset(&set, held[place]);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    memset(state, 0, 16 * sizeof(uint64_t));
    memcpy(state, &before, sizeof before);
}

void csystem_hold_stops(uint64_t state[16]) {
    static const int stops[] = {SIGTSTP, SIGTTIN, SIGTTOU};
    hold(stops, sizeof stops / sizeof *stops, state);
}

void csystem_hold_ends(uint64_t state[16]) {
    static const int ends[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    hold(ends, sizeof ends / sizeof *ends, state);
}

void csystem_release_signals(const uint64_t state[16]) {
    sigset_t before;
    memcpy(&before, state, sizeof before);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
