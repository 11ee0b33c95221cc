#include "CRawClient.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connected(int family, const struct sockaddr *place, socklen_t length) {
    const int connection = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection < 0) return -errno;
    if (connect(connection, place, length) == 0) return connection;
    const int failure = errno;
    close(connection);
    return -failure;
}

int raw_connect_port(unsigned port) {
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connected(AF_INET, (struct sockaddr *)&place, sizeof place);
}

int raw_connect_path(const char *path) {
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof place.sun_path) return -ENAMETOOLONG;
    strcpy(place.sun_path, path);
    return connected(AF_UNIX, (struct sockaddr *)&place, sizeof place);
}

int raw_send(int connection, const void *bytes, size_t count) {
    while (count > 0) {
        const ssize_t sent = send(connection, bytes, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return -errno;
        bytes = (const char *)bytes + sent;
        count -= (size_t)sent;
    }
    return 0;
}

ptrdiff_t raw_receive(int connection, void *bytes, size_t room, int milliseconds) {
    struct pollfd wait = {.fd = connection, .events = POLLIN};
    const int ready = poll(&wait, 1, milliseconds);
    if (ready < 0) return -errno;
    if (ready == 0) return -ETIMEDOUT;
    const ssize_t count = recv(connection, bytes, room, 0);
    return count < 0 ? -errno : count;
}

void raw_finish(int connection) { shutdown(connection, SHUT_WR); }

void raw_close(int connection) { close(connection); }

int raw_receiver_at_path(const char *path) {
    struct sockaddr_un place = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof place.sun_path) return -ENAMETOOLONG;
    strcpy(place.sun_path, path);
    const int receiver = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (receiver < 0) return -errno;
    if (bind(receiver, (struct sockaddr *)&place, sizeof place) == 0) return receiver;
    const int failure = errno;
    close(receiver);
    return -failure;
}
