#include "CHTTP.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { backlog = 4096 };

int chttp_listen_address(const unsigned char *address, size_t count, unsigned port) {
    struct sockaddr_storage place = {0};
    socklen_t length;
    if (count == 4) {
        struct sockaddr_in *four = (struct sockaddr_in *)&place;
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)port);
        memcpy(&four->sin_addr, address, 4);
        length = sizeof *four;
    } else if (count == 16) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)&place;
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)port);
        memcpy(&six->sin6_addr, address, 16);
        length = sizeof *six;
    } else {
        return -EINVAL;
    }
    int socket_ = socket(place.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ < 0) return -errno;
    const int yes = 1;
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (count == 16) setsockopt(socket_, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (bind(socket_, (struct sockaddr *)&place, length) != 0 || listen(socket_, backlog) != 0) {
        const int failure = errno;
        close(socket_);
        return -failure;
    }
    return socket_;
}

// Whether somebody answers on the socket at this path.
static int is_served(const struct sockaddr_un *place) {
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0) return 1;
    const int answers = connect(probe, (const struct sockaddr *)place, sizeof *place) == 0 || errno != ECONNREFUSED;
    close(probe);
    return answers;
}

int chttp_listen_path(const char *path, unsigned mode) {
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof place.sun_path) return -ENAMETOOLONG;
    strcpy(place.sun_path, path);
    struct stat what;
    if (lstat(path, &what) == 0) {
        if (!S_ISSOCK(what.st_mode)) return -EEXIST;
        if (is_served(&place)) return -EADDRINUSE;
        if (unlink(path) != 0) return -errno;
    }
    int socket_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket_ < 0) return -errno;
    // Between `bind` and `chmod` it is open to nobody but this user.
    const mode_t before = umask(0177);
    const int bound = bind(socket_, (struct sockaddr *)&place, sizeof place);
    const int failure = errno;
    umask(before);
    if (bound != 0) {
        close(socket_);
        return -failure;
    }
    if (chmod(path, mode) != 0 || listen(socket_, backlog) != 0) {
        const int later = errno;
        unlink(path);
        close(socket_);
        return -later;
    }
    return socket_;
}

int chttp_port(int listening) {
    struct sockaddr_storage place;
    socklen_t length = sizeof place;
    if (getsockname(listening, (struct sockaddr *)&place, &length) != 0) return -errno;
    if (place.ss_family == AF_INET) return ntohs(((struct sockaddr_in *)&place)->sin_port);
    if (place.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&place)->sin6_port);
    return 0;
}

size_t chttp_address(int listening, unsigned char address[16]) {
    struct sockaddr_storage place;
    socklen_t length = sizeof place;
    if (getsockname(listening, (struct sockaddr *)&place, &length) != 0) return 0;
    if (place.ss_family == AF_INET) {
        memcpy(address, &((struct sockaddr_in *)&place)->sin_addr, 4);
        return 4;
    }
    if (place.ss_family != AF_INET6) return 0;
    memcpy(address, &((struct sockaddr_in6 *)&place)->sin6_addr, 16);
    return 16;
}

// The protocol of systemd's socket activation: descriptors from 3 on, for the process named in LISTEN_PID.
int chttp_inherited(void) {
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    if (!pid || !count) return -1;
    char *end;
    const long owner = strtol(pid, &end, 10);
    if (*end || owner != (long)getpid()) return -1;
    const long given = strtol(count, &end, 10);
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    if (*end || given != 1) return -EINVAL;
    int listens = 0;
    socklen_t length = sizeof listens;
    if (getsockopt(3, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || !listens) return -ENOTSOCK;
    if (fcntl(3, F_SETFD, FD_CLOEXEC) != 0 || fcntl(3, F_SETFL, fcntl(3, F_GETFL) | O_NONBLOCK) != 0) return -errno;
    return 3;
}
