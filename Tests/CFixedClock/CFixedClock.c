#include "CFixedClock.h"

#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    const char *fixed = getenv("FIXED_CLOCK");
    if (clock != CLOCK_REALTIME || !fixed) return (int)syscall(SYS_clock_gettime, clock, now);
    now->tv_sec = strtoll(fixed, NULL, 10);
    now->tv_nsec = 0;
    return 0;
}
