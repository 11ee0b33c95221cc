#include "request.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

struct chttp_request *chttp_request_make(struct chttp_server *server, const char *target) {
    struct chttp_request *request = malloc(sizeof *request);
    if (!request) return NULL;
    // Small enough for the allocator's quick lists. The fields and the short target are written before they are read.
    request->server = server;
    request->connection = NULL;
    request->method = "";
    request->fields = request->usual_fields;
    request->field_count = 0;
    request->field_room = chttp_usual_fields;
    request->body = NULL;
    request->body_count = request->body_room = 0;
    request->peer_count = 0;
    request->begun = request->handled = request->suspended = false;
    request->refusal = 0;
    request->answer = NULL;
    request->longer_target = NULL;
    request->target_count = strlen(target);
    char *place = request->target;
    if (request->target_count > sizeof request->target) {
        place = request->longer_target = malloc(request->target_count);
        if (!place) {
            free(request);
            return NULL;
        }
    }
    memcpy(place, target, request->target_count);
    atomic_fetch_add(&server->requests, 1);
    return request;
}

void chttp_request_free(struct chttp_request *request) {
    atomic_fetch_sub(&request->server->requests, 1);
    if (request->answer) MHD_destroy_response(request->answer);
    if (request->body) {
        explicit_bzero(request->body, request->body_room);
        free(request->body);
    }
    if (request->fields != request->usual_fields) free(request->fields);
    free(request->longer_target);
    free(request);
}

static enum MHD_Result take_field(
    void *context, enum MHD_ValueKind kind, const char *name, size_t name_count, const char *value,
    size_t value_count
) {
    (void)kind;
    struct chttp_request *request = context;
    if (request->field_count == request->field_room) return MHD_NO;
    struct chttp_field *field = &request->fields[request->field_count++];
    field->name.bytes = name;
    field->name.count = name_count;
    field->value.bytes = value ? value : "";
    field->value.count = value ? value_count : 0;
    return MHD_YES;
}

static bool is_named(const struct chttp_field *field, const char *name) {
    return strlen(name) == field->name.count && strncasecmp(field->name.bytes, name, field->name.count) == 0;
}

// Two opinions about where a body ends are how requests are smuggled past a proxy: one length, or chunks, not both.
static void check_framing(struct chttp_request *request) {
    int lengths = 0, encodings = 0;
    for (size_t at = 0; at < request->field_count; at++) {
        const struct chttp_field *field = &request->fields[at];
        if (memchr(field->value.bytes, 0, field->value.count)) request->refusal = 400;
        if (is_named(field, "Content-Length")) {
            lengths++;
            size_t length = 0;
            if (field->value.count == 0 || field->value.count > 15) request->refusal = 400;
            for (size_t digit = 0; digit < field->value.count && !request->refusal; digit++) {
                const char c = field->value.bytes[digit];
                if (c < '0' || c > '9') request->refusal = 400;
                length = length * 10 + (size_t)(c - '0');
            }
            if (!request->refusal && length > request->server->limits.body) request->refusal = 413;
        } else if (is_named(field, "Transfer-Encoding")) {
            encodings++;
            if (field->value.count != 7 || strncasecmp(field->value.bytes, "chunked", 7) != 0) request->refusal = 400;
        }
    }
    if (lengths > 1 || encodings > 1 || (lengths && encodings)) request->refusal = 400;
}

static void note_peer(struct chttp_request *request) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) return;
    if (info->client_addr->sa_family == AF_INET) {
        request->peer_count = 4;
        memcpy(request->peer, &((const struct sockaddr_in *)info->client_addr)->sin_addr, 4);
    } else if (info->client_addr->sa_family == AF_INET6) {
        const struct in6_addr *address = &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr;
        if (IN6_IS_ADDR_V4MAPPED(address)) {
            request->peer_count = 4;
            memcpy(request->peer, address->s6_addr + 12, 4);
        } else {
            request->peer_count = 16;
            memcpy(request->peer, address, 16);
        }
    }
}

void chttp_request_begin(struct chttp_request *request, struct MHD_Connection *connection, const char *method) {
    request->connection = connection;
    request->method = method;
    request->begun = true;
    const int count = MHD_get_connection_values_n(connection, MHD_HEADER_KIND, NULL, NULL);
    if (count > chttp_most_fields) {
        request->refusal = 431;
        return;
    }
    if (count > chttp_usual_fields) {
        struct chttp_field *room = malloc((size_t)count * sizeof *room);
        if (!room) {
            request->refusal = 503;
            return;
        }
        request->fields = room;
        request->field_room = (size_t)count;
    }
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_field, request);
    if (!request->refusal) check_framing(request);
    note_peer(request);
}

bool chttp_request_add(struct chttp_request *request, const char *bytes, size_t count) {
    if (count > request->server->limits.body - request->body_count) return false;
    if (request->body_count + count > request->body_room) {
        size_t room = request->body_room ? request->body_room * 2 : 4096;
        while (room < request->body_count + count) room *= 2;
        char *larger = malloc(room);
        if (!larger) return false;
        // A body may hold a secret: no copy of it stays behind.
        if (request->body) {
            memcpy(larger, request->body, request->body_count);
            explicit_bzero(request->body, request->body_room);
            free(request->body);
        }
        request->body = larger;
        request->body_room = room;
    }
    memcpy(request->body + request->body_count, bytes, count);
    request->body_count += count;
    return true;
}

struct chttp_text chttp_method(const struct chttp_request *request) {
    return (struct chttp_text){request->method, strlen(request->method)};
}

struct chttp_text chttp_target(const struct chttp_request *request) {
    return (struct chttp_text){
        request->longer_target ? request->longer_target : request->target, request->target_count};
}

const struct chttp_field *chttp_fields(const struct chttp_request *request, size_t *count) {
    *count = request->field_count;
    return request->fields;
}

struct chttp_text chttp_body(const struct chttp_request *request) {
    return (struct chttp_text){request->body, request->body_count};
}

struct chttp_text chttp_peer(const struct chttp_request *request) {
    return (struct chttp_text){request->peer, request->peer_count};
}
