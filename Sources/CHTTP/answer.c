#include "request.h"

#include <stdlib.h>
#include <string.h>

// libmicrohttpd wants names and values that end with a zero byte. What can't stand in a field becomes `?`, so that no
// value begins a line of its own.
static void add_field(struct MHD_Response *answer, const struct chttp_field *field) {
    char name[64], place[256];
    char *value = place;
    if (field->name.count >= sizeof name) return;
    if (field->value.count >= sizeof place && !(value = malloc(field->value.count + 1))) return;
    memcpy(name, field->name.bytes, field->name.count);
    name[field->name.count] = 0;
    for (size_t at = 0; at < field->value.count; at++) {
        const unsigned char c = (unsigned char)field->value.bytes[at];
        value[at] = c >= 0x20 && c < 0x7f ? (char)c : '?';
    }
    value[field->value.count] = 0;
    MHD_add_response_header(answer, name, value);
    if (value != place) free(value);
}

static void give(
    struct chttp_request *request, struct MHD_Response *answer, unsigned status,
    const struct chttp_field *fields, size_t count
) {
    for (size_t at = 0; answer && at < count; at++) add_field(answer, &fields[at]);
    if (answer && atomic_load_explicit(&request->server->draining, memory_order_relaxed)) {
        MHD_add_response_header(answer, "Connection", "close");
    }
    request->answer = answer;
    request->status = status;
    if (request->suspended) {
        struct chttp_server *server = request->server;
        MHD_resume_connection(request->connection);
        atomic_fetch_sub(&server->suspended, 1);
    }
}

void chttp_answer(
    struct chttp_request *request, unsigned status, const struct chttp_field *fields, size_t count,
    struct chttp_text body
) {
    struct MHD_Response *answer = MHD_create_response_from_buffer(
        body.count, (void *)(body.count ? body.bytes : ""),
        body.count ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
    give(request, answer, status, fields, count);
}

enum MHD_Result chttp_queue(struct chttp_request *request) {
    if (!request->answer) return MHD_NO;
    enum MHD_Result result = MHD_queue_response(request->connection, request->status, request->answer);
    MHD_destroy_response(request->answer);
    request->answer = NULL;
    return result;
}

void chttp_suspend(struct chttp_request *request) {
    request->suspended = true;
    atomic_fetch_add(&request->server->suspended, 1);
    MHD_suspend_connection(request->connection);
}

struct chttp_stream {
    struct chttp_server *server;
    struct MHD_Connection *connection;
    chttp_more more;
    chttp_over over;
    void *context;
    pthread_mutex_t mutex;
    /// Whether the connection sleeps, and whether it was woken before it did.
    bool sleeps;
    bool woken;
};

static ssize_t read_stream(void *context, uint64_t position, char *bytes, size_t room) {
    (void)position;
    struct chttp_stream *stream = context;
    pthread_mutex_lock(&stream->mutex);
    stream->woken = false;
    pthread_mutex_unlock(&stream->mutex);
    ptrdiff_t count = stream->more(stream->context, bytes, room);
    if (count < 0) return MHD_CONTENT_READER_END_OF_STREAM;
    if (count > 0) return count;
    pthread_mutex_lock(&stream->mutex);
    if (!stream->woken) {
        atomic_fetch_add(&stream->server->suspended, 1);
        MHD_suspend_connection(stream->connection);
        stream->sleeps = true;
    }
    pthread_mutex_unlock(&stream->mutex);
    return 0;
}

static void end_stream(void *context) {
    struct chttp_stream *stream = context;
    stream->over(stream->context);
    pthread_mutex_destroy(&stream->mutex);
    free(stream);
}

struct chttp_stream *chttp_answer_stream(
    struct chttp_request *request, unsigned status, const struct chttp_field *fields, size_t count,
    chttp_more more, chttp_over over, void *context
) {
    struct chttp_stream *stream = calloc(1, sizeof *stream);
    if (!stream) return NULL;
    stream->server = request->server;
    stream->connection = request->connection;
    stream->more = more;
    stream->over = over;
    stream->context = context;
    pthread_mutex_init(&stream->mutex, NULL);
    struct MHD_Response *answer =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 16384, read_stream, stream, end_stream);
    if (!answer) {
        pthread_mutex_destroy(&stream->mutex);
        free(stream);
        return NULL;
    }
    give(request, answer, status, fields, count);
    return stream;
}

void chttp_stream_wake(struct chttp_stream *stream) {
    pthread_mutex_lock(&stream->mutex);
    stream->woken = true;
    if (stream->sleeps) {
        stream->sleeps = false;
        MHD_resume_connection(stream->connection);
        atomic_fetch_sub(&stream->server->suspended, 1);
    }
    pthread_mutex_unlock(&stream->mutex);
}
