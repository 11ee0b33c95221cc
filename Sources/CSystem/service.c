// What a program that serves others needs of the system.
#include "CSystemService.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static void service_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
}

void csystem_hold_service_signals(void) {
    sigset_t set;
    service_signals(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

int csystem_next_service_signal(int milliseconds) {
    sigset_t set;
    service_signals(&set);
    const struct timespec most = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    const int signal = sigtimedwait(&set, NULL, &most);
    if (signal == SIGHUP) return csystem_service_reload;
    return signal > 0 ? csystem_service_end : 0;
}

void csystem_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

int csystem_notify_service(const char *state) {
    const char *path = getenv("NOTIFY_SOCKET");
    if (!path) return 0;
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    const size_t length = strlen(path);
    if (length < 2 || length >= sizeof place.sun_path || (path[0] != '/' && path[0] != '@')) return EINVAL;
    memcpy(place.sun_path, path, length);
    if (path[0] == '@') place.sun_path[0] = 0;
    const int to = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (to < 0) return errno;
    const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    const ssize_t sent = sendto(to, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&place, size);
    const int failure = sent < 0 ? errno : 0;
    close(to);
    return failure;
}

int process_become_sibling(const char *name, char *const words[], int count) {
    char path[4096 + 64];
    const ssize_t length = readlink("/proc/self/exe", path, 4096);
    if (length <= 0 || length >= 4096) return length < 0 ? errno : ENAMETOOLONG;
    path[length] = 0;
    char *end = strrchr(path, '/');
    if (!end || strlen(name) > 60) return ENOENT;
    strcpy(end + 1, name);
    const char **all = calloc((size_t)count + 2, sizeof *all);
    if (!all) return ENOMEM;
    all[0] = name;
    for (int at = 0; at < count; at++) all[at + 1] = words[at];
    execv(path, (char *const *)all);
    const int failure = errno;
    free(all);
    return failure;
}
