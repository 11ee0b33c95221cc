#include "request.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// Called for each request line, before the library takes it apart: the target as it came.
static void *begin(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    return chttp_request_make(context, target);
}

// Nothing is decoded by the library: what is judged is what came.
static size_t keep(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

static enum MHD_Result refuse(struct chttp_request *request) {
    static const char body[] = "{\"code\":\"invalid_request\",\"message\":\"the request can't be read\"}\n";
    const struct chttp_field fields[] = {
        {{"Content-Type", 12}, {"application/json", 16}}, {{"Connection", 10}, {"close", 5}}};
    request->handled = true;
    request->server->refused(request->server->context, (int)request->refusal);
    chttp_answer(request, request->refusal, fields, 2, (struct chttp_text){body, sizeof body - 1});
    return chttp_queue(request);
}

// Called once with the head, then with each part of the body, and at its end with none.
static enum MHD_Result serve(
    void *context, struct MHD_Connection *connection, const char *target, const char *method,
    const char *version, const char *bytes, size_t *count, void **place
) {
    (void)context;
    (void)target;
    (void)version;
    struct chttp_request *request = *place;
    if (!request) return MHD_NO;
    if (!request->begun) {
        chttp_request_begin(request, connection, method);
        // Refused before the body is taken: the connection is closed then.
        return request->refusal ? refuse(request) : MHD_YES;
    }
    if (*count) {
        if (request->handled) return MHD_NO;
        if (!chttp_request_add(request, bytes, *count)) {
            request->refusal = 413;
            *count = 0;
            return MHD_YES;
        }
        *count = 0;
        return MHD_YES;
    }
    if (request->refusal && !request->handled) return refuse(request);
    if (!request->handled) {
        request->handled = true;
        request->server->handle(request->server->context, request);
        if (request->suspended) return MHD_YES;
    }
    return chttp_queue(request);
}

static void end(
    void *context, struct MHD_Connection *connection, void **place, enum MHD_RequestTerminationCode code
) {
    (void)context;
    (void)connection;
    (void)code;
    if (*place) chttp_request_free(*place);
    *place = NULL;
}

// The library's own remarks quote what came over the wire, and are of no use to anybody who runs this.
static void ignore(void *context, const char *format, va_list arguments) {
    (void)context;
    (void)format;
    (void)arguments;
}

struct chttp_server *chttp_start(
    int listening, const struct chttp_limits *limits, chttp_handler handle, chttp_refusal refused, void *context
) {
    struct chttp_server *server = calloc(1, sizeof *server);
    if (!server) return NULL;
    server->listening = listening;
    server->limits = *limits;
    server->handle = handle;
    server->refused = refused;
    server->context = context;
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, serve, server,
        MHD_OPTION_EXTERNAL_LOGGER, ignore, NULL,
        MHD_OPTION_LISTEN_SOCKET, listening,
        MHD_OPTION_THREAD_POOL_SIZE, limits->threads,
        MHD_OPTION_CONNECTION_LIMIT, limits->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, limits->connections_per_address,
        MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->memory_per_connection,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_URI_LOG_CALLBACK, begin, server,
        MHD_OPTION_UNESCAPE_CALLBACK, keep, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, end, NULL,
        MHD_OPTION_END);
    if (!server->daemon) {
        free(server);
        return NULL;
    }
    return server;
}

void chttp_drain(struct chttp_server *server) {
    atomic_store(&server->draining, true);
    MHD_quiesce_daemon(server->daemon);
    // The library's threads may look at the descriptor until they end, so it stays one; but nobody waits any more to be
    // let in. A service manager has the socket still, and keeps who comes for the next start.
    const int inert = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (inert < 0) return;
    dup3(inert, server->listening, O_CLOEXEC);
    close(inert);
}

unsigned chttp_requests(const struct chttp_server *server) { return atomic_load(&server->requests); }

bool chttp_stop(struct chttp_server *server) {
    enum { most_waits = 200, pause = 50000 };
    for (int waits = 0; atomic_load(&server->suspended) && waits < most_waits; waits++) usleep(pause);
    if (atomic_load(&server->suspended)) return false;
    const bool was_quiet = atomic_load(&server->draining);
    MHD_stop_daemon(server->daemon);
    if (was_quiet) close(server->listening);
    free(server);
    return true;
}
