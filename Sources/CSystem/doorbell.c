// The doorbell: a small file beside the database that a writer touches after each commit. The log
// of the database itself is written before the commit can be seen, so it wakes readers too early.

#include "CSystemStorage.h"

#include <errno.h>
#include <sys/inotify.h>
#include <unistd.h>

static int add_watch(int descriptor, const char *path) {
    // A file that is held open is not deleted when its name is: its attributes change.
    int watch = inotify_add_watch(
        descriptor, path, IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF);
    return watch >= 0 ? watch : -errno;
}

int csystem_watch(const char *path, int *watch) {
    int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return -errno;
    *watch = add_watch(descriptor, path);
    if (*watch >= 0) return descriptor;
    close(descriptor);
    return *watch;
}

int csystem_rewatch(int descriptor, const char *path, int *watch) {
    // The same file gives the same watch. Taking the old one away wakes us once more, so only where it
    // hangs on another file.
    int again = add_watch(descriptor, path);
    if (again < 0) return again;
    if (again != *watch) (void)inotify_rm_watch(descriptor, *watch);
    *watch = again;
    return 0;
}

int csystem_drain(int descriptor, int *is_lost) {
    _Alignas(struct inotify_event) char events[4096];
    int has_rung = 0;
    for (;;) {
        ssize_t count = read(descriptor, events, sizeof events);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return has_rung;
        has_rung = 1;
        for (char *place = events; place < events + count;) {
            struct inotify_event *event = (struct inotify_event *)place;
            if (event->mask & (IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED)) *is_lost = 1;
            place += sizeof *event + event->len;
        }
    }
}

int csystem_ring(int descriptor) {
    ssize_t written;
    do {
        written = pwrite(descriptor, "\a", 1, 0);
    } while (written < 0 && errno == EINTR);
    return written == 1 ? 0 : -errno;
}
