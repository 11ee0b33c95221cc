#include "CSystemTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int file_write_new(const char *path, const unsigned char *bytes, long count) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) return errno;
    int error = 0;
    while (count > 0 && !error) {
        ssize_t written = write(file, bytes, (size_t)count);
        if (written < 0) { if (errno != EINTR) error = errno; continue; }
        bytes += written;
        count -= written;
    }
    if (!error && fsync(file) != 0 && errno != EINVAL) error = errno;
    if (close(file) != 0 && !error) error = errno;
    // Half a secret is of no use.
    if (error) unlink(path);
    return error;
}
