#include "CSystemAccount.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

int64_t csystem_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

size_t csystem_user_name(char *name, size_t capacity) {
    struct passwd entry, *found = NULL;
    char buffer[4096];
    int length;
    if (getpwuid_r(getuid(), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL)
        length = snprintf(name, capacity, "%s", found->pw_name);
    else
        length = snprintf(name, capacity, "%u", (unsigned)getuid());
    if (length < 0) return 0;
    return (size_t)length < capacity ? (size_t)length : capacity - 1;
}

/// Newer service managers hand a credential over as root's, with a list of who else may read it: that list shows as the
/// group's right to read, and the group is root's.
static int is_private(const struct stat *status) {
    if (status->st_uid == geteuid()) return (status->st_mode & 077) == 0;
    return status->st_uid == 0 && status->st_gid == 0 && (status->st_mode & 037) == 0;
}

long csystem_read_private(const char *path, unsigned char *bytes, size_t capacity) {
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return -errno;
    struct stat status;
    long answer;
    if (fstat(descriptor, &status) != 0)
        answer = -errno;
    else if (!S_ISREG(status.st_mode) || !is_private(&status))
        answer = -EPERM;
    else {
        ssize_t count = read(descriptor, bytes, capacity);
        answer = count < 0 ? -errno : (long)count;
    }
    close(descriptor);
    return answer;
}

size_t csystem_error_text(int code, char *text, size_t capacity) {
    char buffer[256];
    int length = snprintf(text, capacity, "%s", strerror_r(code, buffer, sizeof buffer));
    if (length < 0) return 0;
    return (size_t)length < capacity ? (size_t)length : capacity - 1;
}
