#include "CSystemStorage.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// The number after the slash; the whole address where there is none; -1 where it is no number.
static int prefix_length(const char *slash, int whole) {
    if (!slash) return whole;
    if (slash[1] < '0' || slash[1] > '9' || strlen(slash + 1) > 3) return -1;
    char *end;
    long length = strtol(slash + 1, &end, 10);
    return *end == 0 && length <= whole ? (int)length : -1;
}

int csystem_network(const char *text, char *network, size_t capacity) {
    char address[INET6_ADDRSTRLEN];
    unsigned char bytes[16];
    const char *slash = strchr(text, '/');
    size_t count = slash ? (size_t)(slash - text) : strlen(text);
    if (count >= sizeof address) return -EINVAL;
    memcpy(address, text, count);
    address[count] = 0;
    int family = strchr(address, ':') ? AF_INET6 : AF_INET;
    int whole = family == AF_INET ? 32 : 128;
    int kept = family == AF_INET ? 24 : 48;
    if (inet_pton(family, address, bytes) != 1) return -EINVAL;
    if (prefix_length(slash, whole) < kept) return -EINVAL;
    size_t size = (size_t)whole / 8;
    memset(bytes + kept / 8, 0, size - (size_t)kept / 8);
    if (!inet_ntop(family, bytes, address, sizeof address)) return -errno;
    int written = snprintf(network, capacity, "%s/%d", address, kept);
    return written > 0 && (size_t)written < capacity ? written : -ENAMETOOLONG;
}
