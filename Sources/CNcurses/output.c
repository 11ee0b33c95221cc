#include "output.h"
#include "shorten.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/// More than ncurses writes for the largest screen with another colour in each cell.
enum { CAPACITY = 64 << 20 };

/// The memory of larger frames is given back.
enum { LARGE = 1 << 20 };

static FILE *file;
/// `stream` is what ncurses writes to: now the terminal, now `gathered`.
static int stream = -1, gathered = -1, terminal = -1;
static char *frame;
/// The same frame in fewer bytes, if there is memory for it.
static char *shorter;
static long room;
static int is_gathering;

/// Smaller frames arrive in one piece as they are, and the marks would be a good part of them.
enum { WHOLE_AT_ONCE = 1024 };
static const char whole_begins[] = "\033[?2026h", whole_ends[] = "\033[?2026l";
static int is_synchronized;

static int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

static void give_up(void) {
    if (gathered >= 0) close(gathered);
    gathered = -1;
}

FILE *output_open(void) {
    if (file) return file;
    stream = duplicate(STDOUT_FILENO);
    terminal = duplicate(STDOUT_FILENO);
    file = stream >= 0 ? fdopen(stream, "w") : NULL;
    gathered = memfd_create("frame", MFD_CLOEXEC);
    void *mapped = MAP_FAILED;
    if (file && terminal >= 0 && gathered >= 0) mapped = mmap(NULL, CAPACITY, PROT_READ | PROT_WRITE, MAP_SHARED, gathered, 0);
    // Without the means frames go out as ncurses writes them.
    if (mapped == MAP_FAILED) give_up();
    else frame = mapped;
    return file;
}

void output_gather(void) {
    if (gathered < 0 || is_gathering) return;
    is_gathering = dup3(gathered, stream, O_CLOEXEC) >= 0;
    shorten_forget();
}

void output_release(void) {
    if (!is_gathering) return;
    is_gathering = 0;
    dup3(terminal, stream, O_CLOEXEC);
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

static void write_frame(const char *bytes, long count) {
    int is_marked = is_synchronized && count > WHOLE_AT_ONCE;
    if (is_marked) write_all(whole_begins, sizeof whole_begins - 1);
    write_all(bytes, count);
    if (is_marked) write_all(whole_ends, sizeof whole_ends - 1);
}

void output_synchronize(int is_wanted) { is_synchronized = is_wanted; }

static int make_room(long count) {
    if (count <= room) return 1;
    free(shorter);
    shorter = malloc((size_t)count);
    room = shorter ? count : 0;
    return shorter != NULL;
}

static void send(long count) {
    if (!make_room(shorten_room(count))) {
        write_frame(frame, count);
        shorten_forget();
        return;
    }
    long length = shorten(frame, count, shorter);
    write_frame(shorter, length);
    explicit_bzero(shorter, (size_t)length);
}

void output_send(void) {
    if (!is_gathering) return;
    long count = lseek(gathered, 0, SEEK_CUR);
    if (count <= 0) return;
    if (count > CAPACITY) count = CAPACITY;
    send(count);
    // There may have been a secret in it.
    explicit_bzero(frame, (size_t)count);
    if (count > LARGE && ftruncate(gathered, 0) != 0) return;
    lseek(gathered, 0, SEEK_SET);
}
