#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static FILE *file;
static int stream = -1, gathered = -1, terminal = -1;
static char *frame;
static long frame_capacity;

static int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

FILE *output_open(void) {
    if (file) return file;
    stream = duplicate(STDOUT_FILENO);
    terminal = duplicate(STDOUT_FILENO);
    gathered = memfd_create("frame", MFD_CLOEXEC);
    file = stream >= 0 ? fdopen(stream, "w") : NULL;
    if (file && terminal >= 0 && gathered >= 0) return file;
    // Without the means frames go out as ncurses writes them.
    if (gathered >= 0) close(gathered);
    gathered = -1;
    return file;
}

void output_gather(void) {
    if (gathered < 0 || lseek(gathered, 0, SEEK_SET) != 0) return;
    dup3(gathered, stream, O_CLOEXEC);
}

static void write_all(const char *bytes, long count) {
    while (count > 0) {
        ssize_t written = write(terminal, bytes, (size_t)count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            struct pollfd ready = {.fd = terminal, .events = POLLOUT};
            poll(&ready, 1, -1);
            continue;
        }
        // A terminal that is gone: the loop finds out when it reads.
        if (written <= 0) return;
        bytes += written;
        count -= written;
    }
}

static long make_room(long count) {
    if (count <= frame_capacity) return count;
    char *larger = realloc(frame, (size_t)count * 2);
    if (!larger) return frame_capacity;
    frame = larger;
    frame_capacity = count * 2;
    return count;
}

void output_send(void) {
    if (gathered < 0) return;
    long count = lseek(gathered, 0, SEEK_CUR);
    dup3(terminal, stream, O_CLOEXEC);
    count = make_room(count);
    if (count > 0) count = pread(gathered, frame, (size_t)count, 0);
    if (count <= 0) return;
    write_all(frame, count);
    // There may have been a secret in it.
    explicit_bzero(frame, (size_t)count);
    if (ftruncate(gathered, 0) != 0) gathered = -1;
}
