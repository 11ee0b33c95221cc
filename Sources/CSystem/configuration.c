#include "CSystemTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/// Whether a file is missing, by that error, behind a link that is there.
static int leads_nowhere(const char *path, int error) {
    struct stat about;
    int is_there = error == ENOENT && lstat(path, &about) == 0;
    errno = error;
    return is_there;
}

long configuration_read(const char *path, unsigned char *bytes, long capacity) {
    struct stat about;
    // A pipe would wait for its writer.
    int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (file < 0) return leads_nowhere(path, errno) ? -ELOOP : -errno;
    long count = 0;
    if (fstat(file, &about) != 0) count = -errno;
    else if (S_ISDIR(about.st_mode)) count = -EISDIR;
    else if (!S_ISREG(about.st_mode)) count = -EINVAL;
    else if (about.st_size > capacity) count = -EFBIG;
    while (count >= 0 && count < capacity) {
        ssize_t part = read(file, bytes + count, (size_t)(capacity - count));
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) count = -errno;
        if (part <= 0) break;
        count += part;
    }
    close(file);
    return count;
}

static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        (void)mkdir(path, 0700);
        *slash = '/';
    }
}

static int write_whole(int file, const unsigned char *bytes, long count) {
    while (count > 0) {
        ssize_t part = write(file, bytes, (size_t)count);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0) return errno;
        bytes += part;
        count -= part;
    }
    return 0;
}

/// Where the file is, of at most `PATH_MAX` bytes with the zero: where the name is a link, what it leads to. Folders that are
/// missing are made.
static int find_place(const char *path, char *place) {
    if (realpath(path, place)) return 0;
    int error = errno;
    // A link that leads nowhere stays one.
    if (leads_nowhere(path, error)) return ELOOP;
    if (error != ENOENT) return error;
    if (strlen(path) >= PATH_MAX) return ENAMETOOLONG;
    strcpy(place, path);
    make_folders(place);
    return 0;
}

/// Whether another one has the lock, after this failure of `flock`. There are file systems without any.
static int is_held(int error) { return error == EWOULDBLOCK || error == EINTR; }

int configuration_lock(const char *path, int milliseconds) {
    static const struct timespec pause = {.tv_nsec = 5000000};
    char folder[PATH_MAX];
    char *slash = find_place(path, folder) ? NULL : strrchr(folder, '/');
    if (!slash) return CONFIGURATION_UNLOCKED;
    slash[slash == folder] = 0;
    int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0) return CONFIGURATION_UNLOCKED;
    while (flock(lock, LOCK_EX | LOCK_NB) != 0 && is_held(errno)) {
        milliseconds -= 5;
        if (milliseconds < 0) {
            close(lock);
            return CONFIGURATION_HELD;
        }
        nanosleep(&pause, NULL);
    }
    return lock;
}

void configuration_unlock(int lock) {
    if (lock >= 0) close(lock);
}

int configuration_write(const char *path, const unsigned char *bytes, long count) {
    char place[PATH_MAX], fresh[PATH_MAX + 32];
    int error = find_place(path, place);
    if (error) return error;
    snprintf(fresh, sizeof fresh, "%s.%ld.new", place, (long)getpid());
    (void)unlink(fresh);
    int file = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return errno;
    error = write_whole(file, bytes, count);
    if (!error && fsync(file) != 0) error = errno;
    close(file);
    if (!error && rename(fresh, place) != 0) error = errno;
    if (error) (void)unlink(fresh);
    return error;
}

int folder_watch(const char *path) {
    int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) return -1;
    // Not when a file goes: editors that save by rename take the old one away first.
    int watch = inotify_add_watch(descriptor, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
    if (watch >= 0) return descriptor;
    close(descriptor);
    return -1;
}

int folder_changed(int descriptor) {
    char events[4096];
    int has_changed = 0;
    while (read(descriptor, events, sizeof events) > 0) has_changed = 1;
    return has_changed;
}
